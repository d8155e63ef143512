# SPDX-License-Identifier: EUPL-1.2
"""The form of a requirement: its material chosen first, then what it may be and when; corrected later."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import make_response, render_template, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.projects.projects import ProjectChangedError
from inventory.actions.projects.requirements import (
    RequirementNumberTakenError,
    add_requirement,
    correct_requirement,
)
from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import read_code_names
from inventory.queries.projects.change_log import (
    find_undoable_change,
    read_last_change,
    read_requirement_history,
)
from inventory.queries.projects.projects import list_design_options
from inventory.queries.projects.wanted_classes import list_class_attributes, list_materials, list_substitutes
from inventory.tables import ATTRIBUTES
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.pages.projects.class_choice import choose_classes
from web.pages.projects.code_choices import list_code_choices, list_option_choices
from web.pages.projects.finding import find_project, find_requirement
from web.pages.projects.history import tell_lines
from web.pages.projects.history_words import gather_words
from web.pages.projects.requirement_reading import CODED, begin_typed, read_wanted, write_typed
from web.pages.surveys.answers import CHANGED, REFUSED, answer_saved, read_by, remembered_by, say_once
from web.session import get_reader, get_session

_LONGEST = 100


def show_new(project_id: UUID) -> str:
    """Show the tree of materials to choose from, or the form of the one that was chosen.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    project = find_project(project_id)
    material = _find_material(request.args.get("class", ""))
    if material is not None:
        return _show_form(project, material, form=FormReader(MultiDict(begin_typed(project))))
    words = " ".join(request.args.get("q", "").replace("\x00", "").split())[:_LONGEST]
    choice = choose_classes(list_materials(get_session()), words=words)
    return render_template("requirement_class.html", project=project, choice=choice, words=words)


def add_one(project_id: UUID) -> BaseResponse:
    """Add a requirement, or show the form again with what is to be mended.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    project, form, by = find_project(project_id), FormReader(request.form), read_by()
    material = _find_material(form.typed("class"))
    if material is None:
        return answer_saved(page_url("requirement_new", project_id=project_id))
    wanted = _read(form, material, project_id=project_id)
    ref = form.read_text("ref", most=40)
    if wanted is not None and not form.errors:
        try:
            with get_reader().write() as session:
                requirement_id = add_requirement(
                    session, project_id=project_id, wanted=wanted, ref=ref, by=by
                )
        except RequirementNumberTakenError:
            form.errors["ref"] = gettext("The project has a requirement of this number already.")
        else:
            say_once("success", gettext("The requirement is added."))
            return answer_saved(
                page_url("project", project_id=project_id, done=requirement_id, _anchor=f"r-{requirement_id}")
            )
    return make_response(_show_form(project, material, form=form), REFUSED)


def show_edit(requirement_id: UUID) -> str:
    """Show the form of a requirement as it stands, or of another material chosen for it.

    Raises
    ------
    PageNotFoundError
        There is no such requirement.
    """
    facts = find_requirement(requirement_id)
    form = FormReader(MultiDict(write_typed(facts.requirement, step=facts.material.step)))
    return _show_form(
        find_project(facts.project.id), facts.material, form=form, requirement=facts.requirement
    )


def correct_one(requirement_id: UUID) -> BaseResponse:
    """Correct a requirement, or show the form again with what is to be mended.

    Raises
    ------
    PageNotFoundError
        There is no such requirement.
    """
    facts, form, by = find_requirement(requirement_id), FormReader(request.form), read_by()
    project = find_project(facts.project.id)
    wanted = _read(form, facts.material, project_id=project.id)
    why, seen = form.read_text("why", most=400), form.read_whole("seen")
    if wanted is None or form.errors:
        page = _show_form(project, facts.material, form=form, requirement=facts.requirement)
        return make_response(page, REFUSED)
    try:
        with get_reader().write() as session:
            changed = correct_requirement(
                session,
                requirement_id=requirement_id,
                values=wanted.list_values(),
                by=by,
                why=why,
                seen=seen or 0,
            )
    except ProjectChangedError:
        form.errors["quantity"] = gettext(
            "Somebody else has corrected this since you opened it. Save again to put yours over it."
        )
        page = _show_form(project, facts.material, form=form, requirement=facts.requirement)
        return make_response(page, CHANGED)
    words = gettext("The requirement is corrected.") if changed else gettext("That changes nothing.")
    say_once("success" if changed else "warning", words)
    return answer_saved(
        page_url("project", project_id=project.id, done=requirement_id, _anchor=f"r-{requirement_id}")
    )


def _find_material(code: str) -> AnyRow | None:
    return next((one for one in list_materials(get_session()) if one.code == code and one.tradable), None)


def _read(form: FormReader, material: AnyRow, *, project_id: UUID) -> Any:
    session = get_session()
    return read_wanted(
        form,
        material=material,
        attributes=list_class_attributes(session, class_id=material.id),
        options=list_design_options(session, project_id=project_id),
        codes=read_code_names(session, lists=CODED),
    )


def _show_form(
    project: AnyRow, material: AnyRow, *, form: FormReader, requirement: AnyRow | None = None
) -> str:
    session = get_session()
    attributes = list_class_attributes(session, class_id=material.id)
    subject = None if requirement is None else ("requirement", requirement.id)
    lines = []
    if requirement is not None:
        rows = read_requirement_history(session, requirement_id=requirement.id)
        lines = tell_lines(rows, words=gather_words(session, project_id=project.id), material=material)
    return render_template(
        "requirement_form.html",
        project=project,
        material=material,
        form=form,
        requirement=requirement,
        attributes=sorted(attributes, key=lambda one: ATTRIBUTES.index(one.name)),
        codes=list_code_choices(),
        options=list_option_choices(project.id),
        substitutes=list_substitutes(session, class_ids=[material.id]),
        seen=0 if subject is None else read_last_change(session, subject=subject),
        undoable=None if subject is None else find_undoable_change(session, subject=subject),
        lines=lines,
        by=remembered_by(),
    )
