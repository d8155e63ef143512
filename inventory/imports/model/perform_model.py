# SPDX-License-Identifier: EUPL-1.2
"""Measuring, checking and importing an uploaded building model, each step kept in its record."""

import json
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from inventory.actions.ifc_rules import remember_ifc_rules
from inventory.actions.imports.records import begin_import, finish_import
from inventory.actions.imports.states import (
    drop_parts,
    keep_refused,
    keep_takeoff,
    move_import,
    write_shown_rows,
)
from inventory.database import session_factory
from inventory.imports.model.import_model import import_model
from inventory.imports.model.mapping import KINDS, ModelMapping, is_model_mapping, parse_model_mapping
from inventory.imports.model.rules import list_rules
from inventory.imports.refused_rows import make_refused_file
from inventory.imports.shown_rows import list_shown_rows
from inventory.imports.telling import telling
from inventory.queries.imports.records import ImportRecord, read_takeoff_part
from inventory.tables import REFUSED_PARTS, ImportKind, ImportStatus
from inventory.takeoff.rows import Takeoff, read_takeoff
from inventory.takeoff.take_off import measure_apart

# What drawing programs write beside IFC is named too, so that it is refused in words of its own.
_NAMES = (".ifc", ".ifczip", ".ifcxml", ".dwg", ".rvt")


def is_model_name(file: str) -> bool:
    """Tell whether a file calls itself a building model, or what people take for one."""
    return file.lower().endswith(_NAMES)


def read_record_takeoff(session: Session, *, record: ImportRecord) -> Takeoff | None:
    """Read the take-off of an uploaded model; None where it was not measured yet."""
    content = read_takeoff_part(session, import_id=record.id)
    return None if content is None else read_takeoff(json.loads(content))


def read_record_model_mapping(record: ImportRecord) -> ModelMapping | None:
    """Read the mapping of an uploaded model; None where nobody has decided anything yet."""
    kind = next((kind for kind in KINDS if kind == record.kind), None)
    if kind is None or not is_model_mapping(record.mapping):
        return None
    return parse_model_mapping(dict(record.mapping or {}), kind=kind, file=record.file)


def carry_out_model(engine: Engine, path: Path, *, record: ImportRecord, dry_run: bool) -> None:
    """Measure a model that was not measured yet; then, where its classes are decided, check or import it.

    Parameters
    ----------
    engine
        The database.
    path
        The file; not read again where the model was measured before.
    record
        The import.
    dry_run
        Check, and keep the rows to be shown; else import.

    Raises
    ------
    inventory.takeoff.refusal.ModelRefusedError
        If it is no whole model that can be read.
    FileRefusedError
        From `inventory.imports.model.import_model.import_model`.
    """
    sessions = session_factory(engine)
    with telling(engine, import_id=record.id) as tell:
        with sessions() as session:
            takeoff = read_record_takeoff(session, record=record)
        if takeoff is None:
            tell("measure", 0, 1)
            document = measure_apart(path)
            with sessions.begin() as session:
                keep_takeoff(session, import_id=record.id, document=document)
            takeoff = read_takeoff(document)
        mapping = read_record_model_mapping(record)
        if mapping is None:
            with sessions.begin() as session:
                move_import(session, import_id=record.id, to=ImportStatus.UPLOADED)
            return
        with sessions() as session:
            begin_import(
                session,
                kind=ImportKind(record.kind),
                file=record.file,
                at=record.created_at,
                import_id=record.id,
            )
            report = import_model(
                session,
                takeoff,
                file=record.file,
                mapping=mapping,
                organisation_id=record.organisation_id,
                dry_run=dry_run,
                progress=tell,
            )
            if dry_run:
                session.rollback()
                move_import(session, import_id=record.id, to=ImportStatus.CHECKED, counts=report.count())
            else:
                finish_import(session, import_id=record.id, counts=report.count())
                remember_ifc_rules(
                    session,
                    rules=list_rules(mapping),
                    organisation_id=record.organisation_id,
                    at=datetime.now(UTC),
                )
                drop_parts(session, import_id=record.id)
            write_shown_rows(session, import_id=record.id, rows=list_shown_rows(report))
            files = {language: make_refused_file(report, language=language) for language in REFUSED_PARTS}
            keep_refused(session, import_id=record.id, files=files if report.refused else {})
            session.commit()
