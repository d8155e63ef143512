# SPDX-License-Identifier: EUPL-1.2
"""The Materialepas of a lot: a form, and the same as JSON and PDF, without what names a person."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.materialepas import keep_pass
from inventory.documentation.materialepas.document import (
    PassProblemsError,
    PassUnreadableError,
    parse_pass,
    write_pass,
)
from inventory.documentation.materialepas.fields import list_plain_fields
from inventory.exports.materialepas_pdf import SECTIONS, write_pass_pdf
from inventory.files.names import tidy_name
from inventory.queries.materialepas import PassState, read_pass
from inventory.settings import get_settings
from web.clock import current_day
from web.errors import PageNotFoundError
from web.language import current_language, page_url
from web.lot_forms.materialepas import read_pass_form, show_pass_form
from web.session import get_reader, get_session


def _find(lot_id: UUID) -> PassState:
    state = read_pass(get_session(), lot_id=lot_id, base_url=get_settings().base_url)
    if state is None:
        raise PageNotFoundError(what="surveyed lot", name=lot_id)
    return state


def show_pass(lot_id: UUID) -> str:
    """Show the pass of a surveyed lot as a form.

    Raises
    ------
    PageNotFoundError
        There is no such lot, or it is an estimate.
    """
    return _show(_find(lot_id))


def _show(state: PassState, *, errors: dict[str, str] | None = None, **more: Any) -> str:
    sent = request.form if errors else None
    names = {field.path: field for field in list_plain_fields()}
    return render_template(
        "materialepas.html",
        state=state,
        sections=show_pass_form(state, sent=sent, errors=errors),
        section_names={
            number: names[0 if current_language() == "da" else 1] for number, names in SECTIONS.items()
        },
        errors=errors or {},
        fields=names,
        filled=sum(value not in (None, []) for value in state.values.values()),
        saved=request.args.get("saved"),
        **more,
    )


def save_pass(lot_id: UUID) -> str | BaseResponse:
    """Keep what was written in the form, or show it again with what is wrong."""
    state = _find(lot_id)
    said, errors = read_pass_form(request.form, state=state)
    if errors:
        return _show(state, errors=errors)
    with get_reader().write() as session:
        keep_pass(session, lot_id=lot_id, said=said, at=datetime.now(UTC))
    return redirect(page_url("materialepas", lot_id=lot_id, saved=1), 303)


def upload_pass(lot_id: UUID) -> str | BaseResponse:
    """Take a pass from JSON, or name every field of it that cannot be taken."""
    state, file = _find(lot_id), request.files.get("pass")
    if file is None or not file.filename:
        return _show(state, file_problem=gettext("Choose a file first."))
    try:
        found = parse_pass(file.stream.read(), name=tidy_name(file.filename), language=current_language())
    except PassUnreadableError as error:
        return _show(state, file_problem=gettext("The file is no JSON: %(why)s", why=error.details["why"]))
    except PassProblemsError as error:
        return _show(state, problems=error.details["problems"], language=current_language())
    kept = {
        field.path: state.said[field.path]
        for field in list_plain_fields()
        # A pass that was fetched here names nobody: sent back, it takes nothing away.
        if field.personal and found.values[field.path] is None and field.path in state.said
    }
    with get_reader().write() as session:
        keep_pass(session, lot_id=lot_id, said=found.values | kept, at=datetime.now(UTC))
    return redirect(page_url("materialepas", lot_id=lot_id, saved=1), 303)


def turn_back(lot_id: UUID) -> BaseResponse:
    """Lead from the address of a file that was sent to the pass: the language link goes there."""
    return redirect(page_url("materialepas", lot_id=_find(lot_id).lot_id), 303)


def download_json(lot_id: UUID) -> Response:
    """Give the pass as JSON."""
    state = _find(lot_id).make_public()
    content = json.dumps(write_pass(state.values, lot_id=lot_id), ensure_ascii=False, indent=2)
    return _send(f"{content}\n".encode(), lot_id=lot_id, suffix="json", media_type="application/json")


def download_pdf(lot_id: UUID) -> Response:
    """Give the pass as PDF."""
    state = _find(lot_id).make_public()
    content = write_pass_pdf(
        state, base_url=get_settings().base_url, today=current_day(), language=current_language()
    )
    return _send(content, lot_id=lot_id, suffix="pdf", media_type="application/pdf")


def _send(content: bytes, *, lot_id: UUID, suffix: str, media_type: str) -> Response:
    disposition = f'attachment; filename="materialepas-{lot_id}.{suffix}"'
    return Response(content, mimetype=media_type, headers={"Content-Disposition": disposition})
