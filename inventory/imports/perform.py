# SPDX-License-Identifier: EUPL-1.2
"""Checking and carrying out an import whose file was uploaded, with its progress kept in its record."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from inventory.actions.imports.records import begin_import, finish_import, remember_mapping
from inventory.actions.imports.states import (
    drop_parts,
    fail_import,
    hold_import,
    keep_refused,
    move_import,
    write_shown_rows,
)
from inventory.database import session_factory
from inventory.imports.kinds import LAYOUTS, import_kind
from inventory.imports.mapping import FileMapping, parse_mapping
from inventory.imports.model.perform_model import carry_out_model, is_model_name
from inventory.imports.refusal import FileRefusedError
from inventory.imports.refused_rows import make_refused_file
from inventory.imports.shown_rows import list_shown_rows
from inventory.imports.telling import telling
from inventory.queries.imports.records import ImportRecord, read_import, read_part, read_parts
from inventory.tables import REFUSED_PARTS, ImportKind, ImportStatus
from inventory.takeoff.refusal import ModelRefusedError


def perform_import(engine: Engine, *, import_id: UUID, dry_run: bool, today: date) -> None:
    """Check an uploaded file, or import it.

    Parameters
    ----------
    engine
        The database.
    import_id
        An import in the state that says what is to be done; any other is left alone.
    dry_run
        True checks: the same work is done and taken back, and the rows to be shown are kept. False imports
        the good rows in one transaction, all or nothing.
    today
        The day it is.
    """
    with engine.begin() as holder:
        hold_import(holder, import_id=import_id)
        _perform_held(engine, import_id=import_id, dry_run=dry_run, today=today)


def _perform_held(engine: Engine, *, import_id: UUID, dry_run: bool, today: date) -> None:
    sessions = session_factory(engine)
    with sessions.begin() as session:
        record = read_import(session, import_id=import_id)
        wanted = ImportStatus.CHECKING if dry_run else ImportStatus.RUNNING
        if record is None or record.status != wanted:
            return
    try:
        with unpack_file(engine, record=record) as path:
            if is_model_name(record.file):
                carry_out_model(engine, path, record=record, dry_run=dry_run)
            else:
                _carry_out(engine, path, record=record, dry_run=dry_run, today=today)
    except (FileRefusedError, ModelRefusedError) as refusal:
        error = {
            "code": refusal.details["code"],
            "da": refusal.details["why_da"],
            "en": refusal.details["why_en"],
        }
        with sessions.begin() as session:
            fail_import(session, import_id=import_id, error=error)
    except Exception:
        with sessions.begin() as session:
            fail_import(session, import_id=import_id, error={"code": "fault", "da": "", "en": ""})
        raise


def read_record_mapping(record: ImportRecord) -> FileMapping | None:
    """Read the mapping of a record; None where it has none yet."""
    if record.mapping is None:
        return None
    return parse_mapping(dict(record.mapping), layout=LAYOUTS[record.kind], file=record.file)


def _carry_out(engine: Engine, path: Path, *, record: ImportRecord, dry_run: bool, today: date) -> None:
    mapping = read_record_mapping(record)
    sessions = session_factory(engine)
    with sessions() as session:
        begin_import(
            session,
            kind=ImportKind(record.kind),
            file=record.file,
            at=record.created_at,
            import_id=record.id,
        )
        with telling(engine, import_id=record.id) as tell:
            report = import_kind(session, path, kind=record.kind, today=today, mapping=mapping, progress=tell)
        rows = list_shown_rows(report)
        if dry_run:
            session.rollback()
            move_import(session, import_id=record.id, to=ImportStatus.CHECKED, counts=report.count())
        else:
            finish_import(session, import_id=record.id, counts=report.count())
            if mapping is not None:
                remember_mapping(
                    session,
                    kind=ImportKind(record.kind),
                    columns=mapping.fold_headers(),
                    organisation_id=record.organisation_id,
                    at=datetime.now(UTC),
                )
            drop_parts(session, import_id=record.id)
        write_shown_rows(session, import_id=record.id, rows=rows)
        files = {language: make_refused_file(report, language=language) for language in REFUSED_PARTS}
        keep_refused(session, import_id=record.id, files=files if report.refused else {})
        session.commit()


@contextmanager
def unpack_file(engine: Engine, *, record: ImportRecord, most: int | None = None) -> Iterator[Path]:
    """Write an uploaded file into a temporary folder.

    Parameters
    ----------
    engine
        The database.
    record
        The import; its file gets the ending of its name and nothing else of it.
    most
        At most so many parts, for a look at its first rows.
    """
    suffix = "".join(
        letter for letter in Path(record.file).suffix.lower() if letter.isalnum() or letter == "."
    )
    sessions = session_factory(engine)
    with tempfile.TemporaryDirectory(prefix="genbro-") as folder:
        path = Path(folder) / f"import{suffix[:12]}"
        with sessions() as session, path.open("wb") as file:
            for part in read_parts(session, import_id=record.id)[:most]:
                file.write(read_part(session, import_id=record.id, part=part))
        yield path
