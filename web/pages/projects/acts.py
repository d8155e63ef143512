# SPDX-License-Identifier: EUPL-1.2
"""What the buttons of a project's page do: loosen a bound, copy, remove, put back and undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.projects.design_options import OptionInUseError, OptionNameTakenError
from inventory.actions.projects.requirements import (
    copy_requirement,
    correct_requirement,
    restore_requirement,
    withdraw_requirement,
)
from inventory.actions.projects.undo import undo_project, undo_requirement
from inventory.actions.projects.undone import ChangedAfterwardsError, NothingLeftToUndoError
from inventory.actions.projects.wanted import OptionElsewhereError
from inventory.errors import BadInputError, GenbroError
from inventory.queries.projects.projects import list_wanted
from inventory.queries.reading import Session
from web.errors import FilterError, PageNotFoundError
from web.language import page_url
from web.pages.projects.finding import find_project
from web.pages.projects.trials import join_values, read_tries
from web.pages.surveys.answers import answer_saved, read_by, say_once
from web.session import get_reader, get_session

_ = lazy_gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a button does to a requirement, and what is said when it is done or changed nothing."""

    do: Callable[[Session, UUID, str | None], object]
    done: LazyString


def _copy(session: Session, requirement_id: UUID, by: str | None) -> object:
    return copy_requirement(session, requirement_id=requirement_id, by=by)


def _remove(session: Session, requirement_id: UUID, by: str | None) -> object:
    return withdraw_requirement(session, requirement_id=requirement_id, by=by)


def _restore(session: Session, requirement_id: UUID, by: str | None) -> object:
    return restore_requirement(session, requirement_id=requirement_id, by=by)


def _undo(session: Session, requirement_id: UUID, by: str | None) -> object:
    return undo_requirement(session, requirement_id=requirement_id, by=by)


ACTS = {
    "copy": Act(do=_copy, done=_("The requirement is copied.")),
    "remove": Act(do=_remove, done=_("The requirement is removed. It can be put back below.")),
    "restore": Act(do=_restore, done=_("The requirement is put back.")),
    "undo": Act(do=_undo, done=_("It is undone.")),
}


def act(project_id: UUID) -> BaseResponse:
    """Do what a button of a project's page says.

    Raises
    ------
    PageNotFoundError
        There is no such project, the requirement is none of it, or the button is none of the page.
    """
    find_project(project_id)
    by, done = read_by(), None
    try:
        if "loosen" in request.form:
            done = _loosen(project_id, request.form["loosen"], by=by)
        elif "undo_project" in request.form:
            with get_reader().write() as session:
                undo_project(session, project_id=project_id, by=by)
            say_once("success", gettext("It is undone."))
        else:
            done = _act_on_requirement(project_id, by=by)
    except (GenbroError, FilterError) as error:
        if isinstance(error, PageNotFoundError):
            raise
        say_once("error", say_refusal(error))
    anchor = None if done is None else f"r-{done}"
    if request.form.get("back") == "instant":
        return answer_saved(
            page_url(
                "instant", project_id=project_id, requirement=done, _anchor=f"choice-{done}" if done else None
            )
        )
    return answer_saved(page_url("project", project_id=project_id, done=done, _anchor=anchor))


def _act_on_requirement(project_id: UUID, *, by: str | None) -> UUID:
    name = next((one for one in ACTS if one in request.form), None)
    if name is None:
        raise PageNotFoundError(what="act", name=", ".join(request.form))
    requirement_id = _read_id(project_id, request.form[name])
    with get_reader().write() as session:
        result = ACTS[name].do(session, requirement_id, by)
    changed = result is not False
    say_once(
        "success" if changed else "warning",
        str(ACTS[name].done) if changed else gettext("That changes nothing."),
    )
    return result if isinstance(result, UUID) else requirement_id


def _read_id(project_id: UUID, text: str) -> UUID:
    known = {str(row.id): row.id for row in list_wanted(get_session(), project_id=project_id)}
    if text not in known:
        raise PageNotFoundError(what="requirement", name=text)
    requirement_id: UUID = known[text]
    return requirement_id


def _loosen(project_id: UUID, text: str, *, by: str | None) -> UUID:
    """Save one change of one requirement, as the button carries it."""
    (requirement_id, values), *_more = read_tries([text]).items()
    save_changes(project_id, {requirement_id: values}, by=by)
    say_once("success", gettext("The requirement is loosened. Undo gives the bound back."))
    return requirement_id


def save_changes(project_id: UUID, tried: dict[UUID, dict[str, object]], *, by: str | None) -> int:
    """Save what was tried of the requirements of a project, all or nothing, and give how many changed.

    Raises
    ------
    PageNotFoundError
        One is none of the project's.
    inventory.errors.GenbroError
        One cannot be as it was tried.
    """
    there = {row.id: row for row in list_wanted(get_session(), project_id=project_id)}
    changed = 0
    with get_reader().write() as session:
        for requirement_id, values in tried.items():
            if requirement_id not in there:
                raise PageNotFoundError(what="requirement", name=requirement_id)
            present = there[requirement_id]._mapping  # noqa: SLF001  SQLAlchemy's own public name for it
            changed += correct_requirement(
                session,
                requirement_id=requirement_id,
                values=join_values(dict(present), values),
                by=by,
                why=gettext("tried against the lots first"),
            )
    return changed


def say_refusal(error: Exception) -> str:
    """Say why an act was refused, in the language of the page."""
    told = getattr(error, "details", {})
    if isinstance(error, ChangedAfterwardsError):
        return gettext("It cannot be undone: something of it has changed since. Correct it by hand.")
    if isinstance(error, NothingLeftToUndoError):
        return gettext("There is nothing left to undo.")
    if isinstance(error, OptionInUseError):
        return gettext(
            "The design option %(name)s holds requirements, removed ones among them. Move them first.",
            name=told["name"],
        )
    if isinstance(error, OptionNameTakenError):
        return gettext("The project has a design option called %(name)s already.", name=told["name"])
    if isinstance(error, OptionElsewhereError):
        return gettext("This design option is not there any more.")
    if isinstance(error, FilterError | BadInputError):
        return gettext("A requirement cannot be like that. Open it and look at its bounds and days.")
    return str(error)
