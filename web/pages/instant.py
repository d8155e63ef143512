# SPDX-License-Identifier: EUPL-1.2
"""What could serve a project now: best mixes, back-ups, the next best, what is scarce, what would help."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import make_response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from inventory.errors import GenbroError
from inventory.matching.instant import NothingAskedError, answer_project
from inventory.matching.ranking import RANKED
from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import read_code_names
from inventory.queries.projects.change_log import map_supplier_choices
from inventory.queries.projects.projects import list_design_options, list_wanted
from inventory.queries.projects.wanted_classes import list_class_attributes, list_substitutes
from inventory.tables import ATTRIBUTES, RequirementStatus
from web.clock import current_day
from web.kept import get_kept_lots, is_warming
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.pages.projects.acts import save_changes, say_refusal
from web.pages.projects.code_choices import list_code_choices
from web.pages.projects.finding import find_project
from web.pages.projects.history import tell_label, tell_value
from web.pages.projects.history_words import gather_words
from web.pages.projects.requirement_reading import CODED, write_typed
from web.pages.projects.served import PER_ORE, serve_parts
from web.pages.projects.trial_form import read_trial
from web.pages.projects.trials import Tries, list_tries, read_tries, write_try
from web.pages.surveys.answers import answer_saved, read_by, say_once
from web.session import get_reader, get_session

ALTERNATIVES = RANKED
HELPING = 4
"""Most ways of helping shown for a requirement."""
SOON = 3
"""Seconds after which a browser asks again, where the lots are still being read."""
MANY = 20
"""Of more requirements than that the next best lots are shown for the one asked about alone."""


def show_instant(project_id: UUID) -> str | BaseResponse:
    """Show what could serve a project now, its requirements as they are or as they are tried.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    FilterError
        What is tried in the address is nothing that can be.
    """
    project, session = find_project(project_id), get_session()
    tried = read_tries(request.args.getlist("try"))
    rows = [
        row for row in list_wanted(session, project_id=project_id) if row.status == RequirementStatus.OPEN
    ]
    form = FormReader()
    if "change_of" in request.args:
        form = FormReader(MultiDict(request.args))
        changed = _read_change(rows, form, tried=tried)
        if changed is not None:
            return redirect(page_url("instant", project_id=project_id, **{"try": list_tries(changed)}), 303)
    if is_warming():
        waiting = make_response(render_template("instant.html", project=project, waiting=True, found=None))
        waiting.headers["Refresh"] = str(SOON)
        return waiting
    try:
        found = answer_project(
            get_reader().engine,
            project=str(project_id),
            as_of=current_day(),
            alternatives=ALTERNATIVES,
            tried=tried,
            kept=get_kept_lots(),
        )
    except NothingAskedError:
        return render_template("instant.html", project=project, found=None, parts=[])
    parts = serve_parts(found, today=current_day())
    chosen = request.args.get("requirement", default="")
    changing = request.args.get("change") or request.args.get("change_of", default="")
    words = gather_words(session, project_id=project_id)
    return render_template(
        "instant.html",
        project=project,
        found=found,
        parts=sorted(parts, key=lambda part: (str(part.id) != chosen, -part.met / part.wanted)),
        helping=HELPING,
        many=len(parts) > MANY,
        saving_ore=found.answer.saving / PER_ORE,
        others_ore=found.answer.others / PER_ORE,
        exact=all(part.answer.exact for part in parts),
        attributes=words.attributes,
        codes=words.codes,
        tries=list_tries(tried),
        told=_tell_tries(rows, tried, words=words),
        undecided=_is_undecided(project_id, rows),
        supplied={row.id: row.supplied_by for row in rows},
        choices=map_supplier_choices(session, requirement_ids=[row.id for row in rows]),
        chosen=chosen,
        changing=changing,
        change=_lay_change(rows, changing, form=form, tried=tried),
    )


def save_tried(project_id: UUID) -> BaseResponse:
    """Save what is tried, all of it or nothing.

    Raises
    ------
    PageNotFoundError
        There is no such project, or a requirement is none of it.
    FilterError
        What is tried is nothing that can be.
    """
    find_project(project_id)
    texts, by = request.form.getlist("try"), read_by()
    try:
        changed = save_changes(project_id, read_tries(texts), by=by)
    except (GenbroError, KeyError) as error:
        say_once("error", say_refusal(error))
        return answer_saved(page_url("instant", project_id=project_id, **{"try": texts}))
    say_once(
        "success" if changed else "warning",
        gettext("What you tried is saved. Each requirement can be undone on the project's page.")
        if changed
        else gettext("That changes nothing."),
    )
    return answer_saved(page_url("instant", project_id=project_id))


def _read_change(rows: list[AnyRow], form: FormReader, *, tried: Tries) -> Tries | None:
    """Read the form of one requirement into what is tried; None where something of it is wrong."""
    row = next((one for one in rows if str(one.id) == form.typed("change_of")), None)
    if row is None:
        return tried
    session = get_session()
    values = read_trial(
        form,
        requirement=row,
        attributes=list_class_attributes(session, class_id=row.class_id),
        codes=read_code_names(session, lists=CODED),
    )
    if form.errors:
        return None
    rest = {one: kept for one, kept in tried.items() if one != row.id}
    return {**rest, row.id: values} if values else rest


def _lay_change(
    rows: list[AnyRow], changing: str, *, form: FormReader, tried: Tries
) -> dict[str, Any] | None:
    """Lay out the form that changes one requirement, as it is tried now or was just sent."""
    row = next((one for one in rows if str(one.id) == changing), None)
    if row is None:
        return None
    session = get_session()
    if not form.errors:
        typed = write_typed(row, step=row.step)
        for name, value in tried.get(row.id, {}).items():
            if name == "unknown_ok":
                typed |= {f"{one}_unknown": "1" for one in value}
        typed |= _write_tried(tried.get(row.id, {}))
        form = FormReader(MultiDict(typed))
    attributes = list_class_attributes(session, class_id=row.class_id)
    return {
        "row": row,
        "form": form,
        "attributes": sorted(attributes, key=lambda one: ATTRIBUTES.index(one.name)),
        "codes": list_code_choices(),
        "substitutes": list_substitutes(session, class_ids=[row.class_id]),
        "others": [text for text in list_tries(tried) if not text.startswith(f"{row.id}~")],
    }


def _write_tried(values: dict[str, Any]) -> dict[str, str]:
    """Write what is tried of a requirement over the texts of its form."""
    shaped = dict(values)
    shaped.pop("unknown_ok", None)
    typed: dict[str, str] = {}
    for name, value in shaped.items():
        text = write_try("", name, value).rpartition("~")[2]
        if name == "max_metres":
            typed["max_km"] = "" if value is None else f"{value / 1000:g}"
        elif name == "wanted_to":
            typed["wanted_to"] = value.fromordinal(value.toordinal() - 1).isoformat()
        elif name in {"substitutes_ok", "unknown_screening_ok"}:
            typed[name] = "1" if value else ""
        else:
            typed[name] = text
    return typed


def _tell_tries(rows: list[AnyRow], tried: Tries, *, words: Any) -> list[dict[str, Any]]:
    """Say what is tried: of which requirement, which bound, as it is and as it would be, and all but it."""
    told = []
    texts = list_tries(tried)
    by_id = {row.id: row for row in rows}
    for requirement_id, values in tried.items():
        row = by_id.get(requirement_id)
        if row is None:
            continue
        for name, value in values.items():
            mine = write_try(requirement_id, name, value)
            told.append(
                {
                    "row": row,
                    "label": tell_label(name, words=words),
                    "before": tell_value(name, getattr(row, name), words=words, material=row),
                    "after": tell_value(name, value, words=words, material=row),
                    "without": [text for text in texts if text != mine],
                }
            )
    return told


def _is_undecided(project_id: UUID, rows: list[AnyRow]) -> bool:
    """Say whether designs stand side by side, none of them chosen: then all of them are answered."""
    if not any(row.design_option_id for row in rows):
        return False
    options = list_design_options(get_session(), project_id=project_id)
    return sum(1 for one in options if one.requirements) > 1 and not any(one.chosen for one in options)
