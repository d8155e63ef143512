# SPDX-License-Identifier: EUPL-1.2
"""Importing a table in steps: upload, which column is which, preview, import, result, undo."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.imports.states import ImportTransitionError, forget_uploads, move_import, upload_import
from inventory.actions.imports.undo import ImportHeldError, ImportStateError, undo_import
from inventory.files.names import tidy_name
from inventory.imports.kinds import LAYOUTS
from inventory.imports.mapping import FileMapping
from inventory.imports.model.mapping import KINDS as MODEL_KINDS
from inventory.imports.model.perform_model import is_model_name
from inventory.imports.pasted import fix_project
from inventory.imports.perform import perform_import, read_record_mapping
from inventory.imports.placing import has_coordinates
from inventory.imports.refusal import FileRefusedError
from inventory.queries.imports.records import (
    ImportRecord,
    ShownRows,
    list_imports_of,
    read_parts,
    read_refused,
    read_rows,
    read_takeoff_part,
)
from inventory.queue import enqueue_import
from inventory.settings import get_settings
from inventory.tables import ImportKind, ImportStatus
from web.clock import current_day
from web.errors import PageNotFoundError
from web.forms.imports import GUESS_CHOICES, Outlook, propose_upload, read_mapping_form
from web.language import current_language, page_url
from web.own_imports import list_own_ids, own_import, read_own_import
from web.page_turn import read_turn
from web.pages.import_projects import find_import_project, find_project_for
from web.pages.models import FormRefusedError, name_classes, read_model_form, refuse_form, show_model
from web.session import get_reader, get_session
from web.uploads import LARGEST_UPLOAD, read_upload

# So small a file (parts of 4 MB) is worked on while the browser waits; a larger one goes to the worker.
_AT_ONCE_PARTS = 1
_PER_PAGE = 50
_REFRESH_S = 2
_WORKING = (ImportStatus.CHECKING, ImportStatus.RUNNING)
# Its columns can be chosen no more.
_SETTLED = (ImportStatus.DONE, ImportStatus.UNDONE, *_WORKING)

View = Callable[..., str | BaseResponse]


def show_imports() -> str:
    """Show the form that uploads a file, and the imports of this browser."""
    return _show_list(problem=None)


def _show_list(*, problem: str | None) -> str:
    return render_template(
        "imports.html",
        imports=list_imports_of(get_session(), ids=list_own_ids()),
        kinds=list(LAYOUTS),
        largest_mb=LARGEST_UPLOAD // 1_000_000,
        largest=LARGEST_UPLOAD,
        chosen=request.values.get("kind", ImportKind.LOTS.value),
        project=find_project_for(request.values.get("project", "")),
        problem=problem,
    )


def upload_file() -> str | BaseResponse:
    """Keep an uploaded file and go on to its columns."""
    upload, kind = request.files.get("file"), request.form.get("kind", "")
    if kind not in LAYOUTS:  # areas of municipalities are the operator's to load, by command
        return _show_list(problem=gettext("Say what the rows of the file are."))
    if upload is None or not upload.filename:
        return _show_list(problem=gettext("Choose a file first."))
    name = tidy_name(upload.filename)
    if is_model_name(name) and kind not in MODEL_KINDS:
        return _show_list(problem=gettext("A building model becomes lots or requirements: choose either."))
    now, project = datetime.now(UTC), find_project_for(request.form.get("project", ""))
    known = None if project is None or kind != ImportKind.REQUIREMENTS else fix_project(project=project)
    with closing(upload), get_reader().write() as session:
        forget_uploads(session, before=now - timedelta(days=get_settings().upload_days))
        import_id = upload_import(
            session,
            kind=ImportKind(kind),
            file=name,
            parts=read_upload(upload),
            at=now,
            mapping=None if known is None else known.make_document(),
        )
    own_import(import_id)
    if is_model_name(name):
        return start_work(import_id, dry_run=True)  # measured first; what its types are is asked then
    return redirect(page_url("import_mapping", import_id=import_id), 303)


def start_work(import_id: UUID, *, dry_run: bool, mapping: dict[str, Any] | None = None) -> BaseResponse:
    """Start the check or the import itself: at once where the file is small, else by the worker."""
    to = ImportStatus.CHECKING if dry_run else ImportStatus.RUNNING
    small = len(read_parts(get_session(), import_id=import_id)) <= _AT_ONCE_PARTS
    try:
        with get_reader().write() as session:
            move_import(session, import_id=import_id, to=to, mapping=mapping)
            if not small:
                enqueue_import(session, import_id=import_id, dry_run=dry_run)
    except ImportTransitionError:
        # Pressed twice, or from a page that is left behind: how it stands now is the answer.
        return redirect(page_url("import", import_id=import_id), 303)
    if small:
        perform_import(get_reader().writing, import_id=import_id, dry_run=dry_run, today=current_day())
    return redirect(page_url("import", import_id=import_id), 303)


def start_import(import_id: UUID) -> BaseResponse:
    """Import the good rows of a file that was checked."""
    read_own_import(import_id)
    return start_work(import_id, dry_run=False)


def show_import(import_id: UUID) -> BaseResponse:
    """Show how far an import is, its rows with what was found in each cell, and what came of it."""
    record = read_own_import(import_id)
    return _show_record(record, problem=None)


def _show_record(record: ImportRecord, *, problem: str | None) -> BaseResponse:
    if record.status == ImportStatus.UPLOADED:
        return redirect(page_url("import_mapping", import_id=record.id), 303)
    only_marked = request.args.get("show") == "marked"
    shown: ShownRows = read_rows(
        get_session(),
        import_id=record.id,
        turn=read_turn(request.args),
        per_page=_PER_PAGE,
        only_marked=only_marked,
    )
    page = render_template(
        "import.html",
        record=record,
        counts=record.counts,
        shown=shown,
        only_marked=only_marked,
        is_model=is_model_name(record.file),
        class_names=name_classes() if is_model_name(record.file) else {},
        measured=read_takeoff_part(get_session(), import_id=record.id) is not None,
        working=record.status in _WORKING,
        project=find_import_project(record),
        problem=problem,
    )
    response = make_response(page)
    if record.status in _WORKING:
        # by a header, not in the page: with no JavaScript the progress still moves
        response.headers["Refresh"] = f"{_REFRESH_S}; url={page_url('import', import_id=record.id)}"
    return response


def undo_one(import_id: UUID) -> BaseResponse:
    """Undo an import, or say what stands in the way."""
    record = read_own_import(import_id)
    try:
        with get_reader().write() as session:
            undo_import(session, import_id=import_id)
    except ImportHeldError as held:
        why = held.details["why_da" if current_language() == "da" else "why_en"]
        return _show_record(record, problem=why)
    except ImportStateError:
        pass  # undone already: its page says so
    return redirect(page_url("import", import_id=import_id), 303)


def turn_back(import_id: UUID) -> BaseResponse:
    """Lead from the address of a form that was sent to the import: the language link goes there."""
    return redirect(page_url("import", import_id=read_own_import(import_id).id), 303)


def download_refused(import_id: UUID) -> Response:
    """Give the rows that were not taken as a file to mend and upload again."""
    record = read_own_import(import_id)
    content = read_refused(get_session(), import_id=import_id, language=current_language())
    if content is None:
        raise PageNotFoundError(what="file of refused rows of import", name=import_id)
    text = record.counts.get("file_format") == "csv"
    kind = "text/csv" if text else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = f"genbro-{import_id}.{'csv' if text else 'xlsx'}"
    disposition = f'attachment; filename="{name}"'
    return Response(content, mimetype=kind, headers={"Content-Disposition": disposition})


def show_mapping(import_id: UUID) -> str | BaseResponse:
    """Show which header is proposed as which column, and what else was guessed."""
    record = read_own_import(import_id)
    if record.status in _SETTLED:
        return redirect(page_url("import", import_id=import_id), 303)
    if is_model_name(record.file):
        if read_takeoff_part(get_session(), import_id=import_id) is not None:
            return show_model(record)
        if record.status == ImportStatus.FAILED:
            # a model that cannot be read has no classes to choose: its page says why
            return redirect(page_url("import", import_id=import_id), 303)
        return start_work(import_id, dry_run=True)  # the server stopped before it had begun
    return _show_mapping(record, mapping=None, problem=None)


def _show_mapping(
    record: ImportRecord,
    *,
    mapping: FileMapping | None,
    problem: str | None,
    outlook: Outlook | None = None,
) -> str:
    try:
        decided = mapping or read_record_mapping(record)
        outlook = outlook or propose_upload(record, mapping=decided)
    except FileRefusedError as refusal:
        why = refusal.details["why_da" if current_language() == "da" else "why_en"]
        return render_template("import_mapping.html", record=record, proposal=None, problem=why)
    return render_template(
        "import_mapping.html",
        record=record,
        proposal=outlook.proposal,
        placing=outlook.placing,
        mapping=outlook.proposal.mapping,
        layout=LAYOUTS[record.kind],
        choices=GUESS_CHOICES,
        problem=problem,
    )


def save_mapping(import_id: UUID) -> str | BaseResponse:
    """Take the mapping as it was decided: look again with it, or check the file by it."""
    record = read_own_import(import_id)
    if record.status in _SETTLED:
        return redirect(page_url("import", import_id=import_id), 303)
    if is_model_name(record.file):
        try:
            decided = read_model_form(record)
        except FormRefusedError as error:
            return refuse_form(record, error)
        return start_work(import_id, dry_run=True, mapping=decided)
    try:
        mapping = read_mapping_form(request.form, record=record)
    except FileRefusedError as refusal:
        why = refusal.details["why_da" if current_language() == "da" else "why_en"]
        return _show_mapping(record, mapping=None, problem=why)
    if request.form.get("go") != "check":
        return _show_mapping(record, mapping=mapping, problem=None)
    refused = _refuse_mapping(record, mapping)
    return refused or start_work(import_id, dry_run=True, mapping=mapping.make_document())


def _refuse_mapping(record: ImportRecord, mapping: FileMapping) -> str | None:
    """Show the columns again where no row could be imported by them: it is said once, not row by row."""
    named = {*filter(None, (mapping.columns or {}).values()), *mapping.fixed}
    missing = LAYOUTS[record.kind].find_missing(named)
    if not missing and has_coordinates(named):
        return None  # the file itself is read by the check
    try:
        outlook = propose_upload(record, mapping=mapping)
    except FileRefusedError:
        return None  # the check finds it too, and its page says why
    if missing and outlook.proposal.missing:
        problem = gettext("Choose a header for each column named below, or give one value for all rows.")
    elif outlook.hopeless:
        problem = gettext("Not one row has a place Genbro knows, so none could be imported.")
    else:
        return None
    return _show_mapping(record, mapping=mapping, problem=problem, outlook=outlook)
