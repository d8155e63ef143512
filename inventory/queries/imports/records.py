# SPDX-License-Identifier: EUPL-1.2
"""Imports as people look at them: the list, one of them, its rows, and earlier mappings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.queries.keyset import Page, Place, Step, Turn, read_keyset_page
from inventory.tables import (
    REFUSED_PARTS,
    TAKEOFF_PART,
    Import,
    ImportMapping,
    ImportPart,
    ImportRow,
    Organisation,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """One import; `counts` is empty until it is done or checked."""

    id: UUID
    kind: str
    file: str
    organisation: str | None
    organisation_id: UUID | None
    status: str
    step: str | None
    done_rows: int
    total_rows: int
    mapping: Mapping[str, Any] | None
    counts: Mapping[str, Any]
    error: Mapping[str, Any] | None
    created_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None


_COLUMNS = (
    Import.id,
    Import.kind,
    Import.file,
    Organisation.name,
    Import.organisation_id,
    Import.status,
    Import.step,
    Import.done_rows,
    Import.total_rows,
    Import.mapping,
    Import.counts,
    Import.error,
    Import.created_at,
    Import.finished_at,
    Import.undone_at,
)


def _make_record(row: Sequence[Any]) -> ImportRecord:
    values = dict(zip(ImportRecord.__dataclass_fields__, row, strict=True))
    return ImportRecord(
        **{
            **values,
            "kind": str(values["kind"]),
            "status": str(values["status"]),
            "counts": values["counts"] or {},
        }
    )


def list_imports(session: Session, *, limit: int) -> list[ImportRecord]:
    """List the latest imports, newest first."""
    query = (
        select(*_COLUMNS)
        .outerjoin(Organisation, Organisation.id == Import.organisation_id)
        .order_by(Import.created_at.desc(), Import.id)
        .limit(limit)
    )
    return [_make_record(row) for row in session.execute(query)]


def list_imports_of(session: Session, *, ids: Sequence[UUID]) -> list[ImportRecord]:
    """List some imports, newest first."""
    query = (
        select(*_COLUMNS)
        .outerjoin(Organisation, Organisation.id == Import.organisation_id)
        .where(Import.id.in_(ids))
        .order_by(Import.created_at.desc(), Import.id)
    )
    return [_make_record(row) for row in session.execute(query)] if ids else []


def read_import(session: Session, *, import_id: UUID) -> ImportRecord | None:
    """Read one import; None where there is none of that id."""
    query = (
        select(*_COLUMNS)
        .outerjoin(Organisation, Organisation.id == Import.organisation_id)
        .where(Import.id == import_id)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else _make_record(row)


def map_past_headers(session: Session, *, kind: str, organisation_id: UUID | None) -> dict[str, str]:
    """Map the folded headers of an organisation's earlier files to what they were taken for."""
    query = select(ImportMapping.header, ImportMapping.column_name).where(
        ImportMapping.kind == kind, ImportMapping.organisation_id.is_not_distinct_from(organisation_id)
    )
    return dict(session.execute(query).all())


def find_organisation(session: Session, *, name: str) -> UUID | None:
    """Find an organisation by its name."""
    return session.execute(select(Organisation.id).where(Organisation.name == name)).scalar_one_or_none()


def list_organisation_names(session: Session) -> list[str]:
    """List the names of all organisations."""
    return list(session.execute(select(Organisation.name).order_by(Organisation.name)).scalars())


def read_parts(session: Session, *, import_id: UUID) -> list[int]:
    """List the numbers of the parts of an uploaded file."""
    query = select(ImportPart.part).where(ImportPart.import_id == import_id, ImportPart.part >= 0)
    return sorted(session.execute(query).scalars())


def read_part(session: Session, *, import_id: UUID, part: int) -> bytes:
    """Read one part of an uploaded file."""
    query = select(ImportPart.content).where(ImportPart.import_id == import_id, ImportPart.part == part)
    return session.execute(query).scalar_one()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row as it is shown: its number, its cells, and what was found in each (-1: in the row)."""

    number: int
    refused: bool
    cells: tuple[str, ...]
    marks: Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRows:
    """A page of rows, the headers above them, what was found of the file as a whole, and which page it is."""

    headers: tuple[str, ...]
    file_marks: tuple[Mapping[str, str], ...]
    rows: tuple[ShownRow, ...]
    page: Page[Place]


def read_rows(
    session: Session, *, import_id: UUID, turn: Turn[Place], per_page: int, only_marked: bool
) -> ShownRows:
    """Read a page of the rows that are kept for showing.

    Parameters
    ----------
    session
        Its transaction.
    import_id
        The import.
    turn
        Which page.
    per_page
        Rows on a page.
    only_marked
        Leave out rows in which nothing was found.
    """
    where = [ImportRow.import_id == import_id, ImportRow.number > 0]
    if only_marked:
        where.append(ImportRow.marks != {})
    total = session.execute(select(func.count()).select_from(ImportRow).where(*where)).scalar_one()
    top = session.execute(
        select(ImportRow.cells, ImportRow.marks).where(
            ImportRow.import_id == import_id, ImportRow.number == 0
        )
    ).one_or_none()
    query = select(ImportRow.number, ImportRow.refused, ImportRow.cells, ImportRow.marks).where(*where)
    steps = [Step(by=ImportRow.number)]
    page = read_keyset_page(session, query, steps=steps, wanted=turn, total=total, size=per_page)
    return ShownRows(
        headers=() if top is None else tuple(top.cells),
        file_marks=() if top is None else tuple(mark for marks in top.marks.values() for mark in marks),
        rows=tuple(
            ShownRow(number=row.number, refused=row.refused, cells=tuple(row.cells), marks=row.marks)
            for row in page.rows
        ),
        page=page,
    )


def read_takeoff_part(session: Session, *, import_id: UUID) -> bytes | None:
    """Read the take-off of an uploaded building model; None where it was not measured yet."""
    query = select(ImportPart.content).where(
        ImportPart.import_id == import_id, ImportPart.part == TAKEOFF_PART
    )
    return session.execute(query).scalar_one_or_none()


def read_refused(session: Session, *, import_id: UUID, language: str) -> bytes | None:
    """Read the file of the refused rows, its messages in a language; None where none were refused."""
    query = select(ImportPart.content).where(
        ImportPart.import_id == import_id, ImportPart.part == REFUSED_PARTS[language]
    )
    return session.execute(query).scalar_one_or_none()
