# SPDX-License-Identifier: EUPL-1.2
"""The design options of a project: added, chosen, renamed, removed."""

from __future__ import annotations

from uuid import UUID

from flask import make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.projects.design_options import (
    OptionInUseError,
    OptionNameTakenError,
    add_option,
    choose_option,
    remove_option,
    rename_option,
)
from inventory.actions.projects.wanted import OptionElsewhereError
from inventory.queries.projects.change_log import find_undoable_change
from inventory.queries.projects.projects import list_design_options
from inventory.queries.reading import Session
from web.errors import PageNotFoundError
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.pages.projects.acts import say_refusal
from web.pages.projects.code_choices import list_option_choices
from web.pages.projects.finding import find_project
from web.pages.surveys.answers import REFUSED, answer_saved, read_by, remembered_by, say_once
from web.session import get_reader, get_session

_NAME = 80


def show_options(project_id: UUID) -> str:
    """Show the design options of a project.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    return _show(project_id, FormReader())


def save_options(project_id: UUID) -> BaseResponse:
    """Do what was asked of the design options, or show the form again with what is to be mended.

    Raises
    ------
    PageNotFoundError
        There is no such project, or the button is none of the page.
    """
    find_project(project_id)
    form, by = FormReader(request.form), read_by()
    try:
        with get_reader().write() as session:
            _act(session, project_id, form, by=by)
    except OptionNameTakenError as error:
        form.errors["name"] = say_refusal(error)
    except (OptionInUseError, OptionElsewhereError) as error:
        say_once("error", say_refusal(error))
    if form.errors:
        return make_response(_show(project_id, form), REFUSED)
    return answer_saved(page_url("project_options", project_id=project_id))


def _act(session: Session, project_id: UUID, form: FormReader, *, by: str | None) -> None:
    sent = request.form
    known = {str(row.id): row.id for row in list_design_options(session, project_id=project_id)}
    if "add" in sent:
        name = form.read_text("name", needed=True, most=_NAME)
        copied = form.read_choice("copy_of", known=set(known), needed=False)
        if name is not None and not form.errors:
            add_option(session, project_id=project_id, name=name, copy_of=known.get(copied or ""), by=by)
            say_once("success", gettext("The design option is added."))
    elif "choose" in sent:
        choose_option(session, project_id=project_id, option_id=known.get(sent["choose"]), by=by)
        say_once("success", gettext("The choice is kept."))
    elif "rename" in sent:
        name = form.read_text("new_name", needed=True, most=_NAME)
        if name is not None and not form.errors:
            if sent["rename"] not in known:
                raise OptionElsewhereError
            rename_option(session, project_id=project_id, option_id=known[sent["rename"]], name=name, by=by)
            say_once("success", gettext("The design option is renamed."))
    elif "remove" in sent:
        if sent["remove"] not in known:
            raise OptionElsewhereError
        remove_option(session, project_id=project_id, option_id=known[sent["remove"]], by=by)
        say_once("success", gettext("The design option is removed."))
    else:
        raise PageNotFoundError(what="act", name=", ".join(sent))


def _show(project_id: UUID, form: FormReader) -> str:
    project, session = find_project(project_id), get_session()
    return render_template(
        "project_options.html",
        project=project,
        options=list_design_options(session, project_id=project_id),
        option_choices=list_option_choices(project_id),
        undoable=find_undoable_change(session, subject=("project", project_id)),
        form=form,
        by=remembered_by(),
    )
