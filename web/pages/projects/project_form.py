# SPDX-License-Identifier: EUPL-1.2
"""The form of a project: begun, and corrected with its history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import make_response, render_template, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.projects.projects import (
    ProjectChangedError,
    ProjectFacts,
    ProjectNumberTakenError,
    begin_project,
    correct_project,
)
from inventory.imports.told_place import ToldPlace
from inventory.queries.choices import read_municipality_choices
from inventory.queries.projects.change_log import read_last_change
from inventory.queries.projects.projects import list_builders
from inventory.tables import OrganisationKind
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.pages.projects.finding import find_project
from web.pages.projects.numbers import read_end, read_first, read_number, write_last, write_number
from web.pages.surveys.answers import CHANGED, REFUSED, answer_saved, read_by, remembered_by, say_once
from web.session import get_reader, get_session
from web.told_place import find_place
from web.words.codes import BUILDING_TYPE, say

_LARGEST_M2, _LARGEST_BUDGET = 10_000_000, 10_000_000_000
_ORE = 100
# What a builder may be; the kinds of firms are for their own pages.
BUILDER_KINDS = (OrganisationKind.PUBLIC_BUILDER, OrganisationKind.MUNICIPALITY, OrganisationKind.OTHER)


def show_new() -> str:
    """Show the empty form of a project."""
    return _show(FormReader(), project=None)


def begin_one() -> BaseResponse:
    """Begin a project, or show the form again with what is to be mended."""
    form, by = FormReader(request.form), read_by()
    facts, place = _read_facts(form)
    ref = form.read_text("ref", most=40)
    if facts is not None and place is not None and not form.errors:
        try:
            with get_reader().write() as session:
                project_id = begin_project(session, facts=facts, ref=ref, by=by)
        except ProjectNumberTakenError:
            form.errors["ref"] = gettext("There is a project of this number already. Choose another.")
        else:
            say_once("success", gettext("The project is begun. Now say what it requires."))
            _tell_rough(place)
            return answer_saved(page_url("project", project_id=project_id))
    return make_response(_show(form, project=None), REFUSED)


def show_edit(project_id: UUID) -> str:
    """Show the form of a project as it stands.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    project = find_project(project_id)
    return _show(FormReader(MultiDict(_write_typed(project))), project=project)


def correct_one(project_id: UUID) -> BaseResponse:
    """Correct a project, or show the form again with what is to be mended.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    project, form, by = find_project(project_id), FormReader(request.form), read_by()
    facts, place = _read_facts(form)
    why, seen = form.read_text("why", most=400), form.read_whole("seen")
    if facts is None or place is None or form.errors:
        return make_response(_show(form, project=project), REFUSED)
    try:
        with get_reader().write() as session:
            changed = correct_project(
                session, project_id=project_id, facts=facts, by=by, why=why, seen=seen or 0
            )
    except ProjectChangedError:
        form.errors["name"] = gettext(
            "Somebody else has corrected the project since you opened it. Save again to put yours over it."
        )
        return make_response(_show(form, project=project), CHANGED)
    words = gettext("The project is corrected.") if changed else gettext("That changes nothing.")
    say_once("success" if changed else "warning", words)
    _tell_rough(place)
    return answer_saved(page_url("project", project_id=project_id))


def _tell_rough(place: ToldPlace) -> None:
    if place.source == "municipality_code":
        say_once(
            "warning",
            gettext("It is placed roughly, in the middle of its municipality. Give a town or coordinates."),
        )


def _read_facts(form: FormReader) -> tuple[ProjectFacts | None, ToldPlace | None]:
    session = get_session()
    name = form.read_text("name", needed=True, most=200)
    municipalities = {code for code, _name in read_municipality_choices(session)}
    code = form.read_choice("municipality_code", known=municipalities, needed=False)
    town, coordinates = form.read_text("town", most=100), form.read_text("coordinates", most=100)
    address, postcode = form.read_text("address", most=200), form.read_text("postcode", most=10)
    kind = form.read_choice("organisation_kind", known=set(BUILDER_KINDS), needed=False)
    organisation = form.read_text("organisation", most=200)
    building_type = form.read_text("building_type", most=100)
    area = read_number(form, "area_m2", most=_LARGEST_M2)
    starts, ends = read_first(form, "starts"), read_end(form, "ends")
    budget = read_number(form, "budget", most=_LARGEST_BUDGET)
    if starts is not None and ends is not None and starts >= ends:
        form.errors["ends"] = gettext("The last day is before the first.")
    place = find_place(form, coordinates=coordinates, town=town, municipality_code=code)
    if place is None or name is None:
        return None, None
    facts = ProjectFacts(
        name=name,
        x=place.x,
        y=place.y,
        land_mass=place.land_mass,
        road_node=place.road_node,
        municipality_code=place.municipality_code,
        address=address,
        postcode=postcode,
        town=place.town,
        organisation=organisation,
        organisation_kind=OrganisationKind(kind) if kind else OrganisationKind.OTHER,
        building_type=building_type,
        area_m2=area,
        starts=starts,
        ends=ends,
        budget_ore=None if budget is None else round(budget * _ORE),
    )
    return facts, place


def _write_typed(project: Any) -> dict[str, str]:
    point = "" if project.x is None else f"{project.x:.2f}".rstrip("0").rstrip(".")
    point += "" if project.y is None else " " + f"{project.y:.2f}".rstrip("0").rstrip(".")
    kept = {
        name: str(getattr(project, name) or "")
        for name in ("name", "address", "postcode", "town", "municipality_code", "building_type")
    }
    return kept | {
        "coordinates": point,
        "organisation": project.organisation_name or "",
        "organisation_kind": str(project.organisation_kind or ""),
        "area_m2": write_number(project.area_m2),
        "starts": "" if project.starts is None else project.starts.isoformat(),
        "ends": write_last(project.ends),
        "budget": write_number(None if project.budget_ore is None else project.budget_ore / _ORE),
    }


def _show(form: FormReader, *, project: Any | None) -> str:
    session = get_session()
    seen = 0 if project is None else read_last_change(session, subject=("project", project.id))
    return render_template(
        "project_form.html",
        form=form,
        project=project,
        seen=seen,
        municipalities=read_municipality_choices(session),
        builders=list_builders(session),
        building_types=[str(words) for words in BUILDING_TYPE.values()],
        builder_choices=[(kind.value, say(kind, "builder_kind")) for kind in BUILDER_KINDS],
        by=remembered_by(),
    )
