# SPDX-License-Identifier: EUPL-1.2
"""Pasting requirements from a spreadsheet: on to the columns where one is missing, else to the preview."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.imports.states import forget_uploads, upload_import
from inventory.imports.pasted import KIND, MOST_LETTERS, NAME, PastedFor, read_pasted
from inventory.settings import get_settings
from inventory.tables import ImportKind
from web.language import current_language, page_url
from web.own_imports import own_import
from web.pages.imports import start_work
from web.pages.projects.finding import find_project
from web.pages.surveys.answers import REFUSED, answer_saved
from web.session import get_reader, get_session


def show_paste(project_id: UUID) -> str:
    """Show the field to paste into.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    return _show(find_project(project_id))


def take_paste(project_id: UUID) -> BaseResponse:
    """Take what was pasted for an import of its own, checked at once where every column is known.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    project, text = find_project(project_id), request.form.get("cells", "")
    if len(text) > MOST_LETTERS:
        words = gettext("This is too much to paste. Save it as a file, and import that.")
        return make_response(_show(project, text="", problem=words), REFUSED)
    wanted = PastedFor(id=project.id, ref=project.ref, starts=project.starts, ends=project.ends)
    pasted = read_pasted(get_session(), text, project=wanted, language=current_language())
    if pasted is None:
        return make_response(_show(project, text=text, problem=gettext("Paste at least one row.")), REFUSED)
    now = datetime.now(UTC)
    with get_reader().write() as session:
        forget_uploads(session, before=now - timedelta(days=get_settings().upload_days))
        import_id = upload_import(
            session,
            kind=ImportKind(KIND),
            file=NAME,
            parts=[pasted.content],
            at=now,
            mapping=pasted.mapping.make_document(),
        )
    own_import(import_id)
    if pasted.missing:
        return answer_saved(page_url("import_mapping", import_id=import_id))
    return start_work(import_id, dry_run=True)


def _show(project: Any, *, text: str = "", problem: str | None = None) -> str:
    return render_template("project_paste.html", project=project, text=text, problem=problem)
