# SPDX-License-Identifier: EUPL-1.2
"""Bring a table to the state of its reference rows and count what that changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Table, and_, delete, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from inventory.actions.seed.reference import Values
from inventory.errors import GenbroError
from inventory.tables import Base

Key = tuple[Any, ...]

# 65,535 parameters go into one statement at most; the widest reference table has 17 columns.
ROWS_PER_STATEMENT = 2_000


class ReferenceRefusedError(GenbroError):
    """The database refuses a row of reference table {table}: {why}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedCount:
    """What seeding did to one table, in rows.

    ``kept`` rows are no longer in the reference data but others still name them: they stay, ended
    by the day of the seeding that missed them where the table has a ``valid_to``.
    """

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceTable:
    """The rows a table is to hold.

    Parameters
    ----------
    model : type[Base]
    key : tuple of str
        Columns of the natural key, under a unique constraint of the table.
    rows : Sequence[dict[str, Any]]
        Values by column, the same columns in each; a row comes after those it names.
    """

    model: type[Base]
    key: tuple[str, ...]
    rows: Sequence[Values]

    @property
    def table(self) -> Table:
        """The table itself."""
        return Base.metadata.tables[self.model.__tablename__]

    def keys(self) -> set[Key]:
        """Give the natural keys of the rows."""
        return {tuple(row[column] for column in self.key) for row in self.rows}


def upsert_rows(session: Session, reference: ReferenceTable) -> tuple[int, int]:
    """Insert rows not there and change those that differ; give how many of each."""
    inserted = updated = 0
    for start in range(0, len(reference.rows), ROWS_PER_STATEMENT):
        rows = list(reference.rows[start : start + ROWS_PER_STATEMENT])
        # xmax is 0 in a row just inserted, and the locker's number in one just updated.
        statement = upsert_statement(reference, rows).returning(literal_column("xmax = 0", Boolean()))
        try:
            fresh = session.execute(statement).scalars().all()
        except (IntegrityError, DataError) as error:
            raise ReferenceRefusedError(
                table=reference.model.__tablename__, why=str(error.orig).strip()
            ) from error
        inserted += sum(fresh)
        updated += len(fresh) - sum(fresh)
    return inserted, updated


def upsert_statement(reference: ReferenceTable, rows: list[Values]) -> Insert:
    """Make the statement that inserts rows or changes those that differ, and leaves the rest alone."""
    table = reference.table
    statement: Insert = insert(table).values(rows)
    changing = [name for name in rows[0] if name not in reference.key]
    if not changing:
        return statement.on_conflict_do_nothing(index_elements=list(reference.key))
    return statement.on_conflict_do_update(
        index_elements=list(reference.key),
        set_={name: statement.excluded[name] for name in changing},
        where=or_(*(table.c[name].is_distinct_from(statement.excluded[name]) for name in changing)),
    )


def find_vanished(session: Session, reference: ReferenceTable) -> list[Key]:
    """Find the keys of rows in the table that are not among the reference rows, sorted."""
    columns = [reference.table.c[name] for name in reference.key]
    found = {tuple(row) for row in session.execute(select(*columns))}
    return sorted(found - reference.keys(), key=repr)


def retire_rows(
    session: Session, reference: ReferenceTable, *, keys: Iterable[Key], today: date
) -> tuple[int, int]:
    """Remove rows, or end those that others name; give how many of each."""
    table = reference.table
    removed = kept = 0
    for key in keys:
        here = match_key(reference, key)
        try:
            with session.begin_nested():
                session.execute(delete(table).where(here))
            removed += 1
        except IntegrityError:
            kept += 1
            if "valid_to" in table.c:
                session.execute(update(table).where(here, table.c.valid_to.is_(None)).values(valid_to=today))
    return removed, kept


def match_key(reference: ReferenceTable, key: Key) -> ColumnElement[bool]:
    """State that a row has this natural key, empty parts included."""
    return and_(
        *(
            reference.table.c[name].is_not_distinct_from(value)
            for name, value in zip(reference.key, key, strict=True)
        )
    )
