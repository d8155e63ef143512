# SPDX-License-Identifier: EUPL-1.2
"""Describe the tables in Markdown, from the tables themselves: ``python -m inventory.tables.describe``."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

from sqlalchemy import Column, Constraint, Index, Table
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.schema import AddConstraint, CreateIndex

from inventory.tables import Base
from inventory.tables.base import Code

DIALECT = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy gives dialects no types

HEAD = """# Tables

<!-- Made by `python -m inventory.tables.describe > docs/reference/tables.md`; a test keeps it current. -->

One PostgreSQL database with PostGIS; points are in EPSG:25832 (ETRS89 / UTM zone 32N, metres).
Windows are half-open: `*_from` is the first day, `*_to` the day after the last. Quantities are whole numbers
of the class's step. Codes are text held to their list by a CHECK. Triggers keep `updated_at` (site, lot,
requirement), `lot.geom` (the site's point, when the lot comes and when the site moves), and the classes a
tree.
The queue's own tables (`procrastinate_*`) are procrastinate's and are not described here.
"""


def describe_tables() -> str:
    """Write all tables, by name: purpose, columns, rules and indexes.

    Returns
    -------
    str
        Markdown, ending in a newline.
    """
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    parts = [HEAD]
    for name, table in sorted(Base.metadata.tables.items()):
        purpose = inspect.getdoc(models[name]) or ""
        parts.append(f"## {name}\n\n{purpose}\n")
        parts.append("| column | type | empty | meaning |\n|---|---|---|---|")
        parts += [describe_column(column) for column in table.columns]
        parts.append("")
        parts += [f"- `{rule}`" for rule in sorted(describe_rules(table))]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def describe_column(column: Column[object]) -> str:
    """Write a column as a row of a Markdown table."""
    kind = str(column.type.compile(dialect=DIALECT)).lower()
    meaning = [column.comment] if column.comment else []
    if isinstance(column.type, Code):
        meaning.append("one of " + ", ".join(f"`{code}`" for code in column.type.codes))
    empty = "yes" if column.nullable else ""
    return f"| `{column.name}` | {kind} | {empty} | {'; '.join(meaning)} |"


def describe_rules(table: Table) -> Iterator[str]:
    """Write each constraint and index of a table on one line, its name first."""
    for constraint in table.constraints:
        yield f"{constraint.name}: {describe_constraint(constraint)}"
    for index in table.indexes:
        yield f"{index.name}: {describe_index(index)}"


def describe_constraint(constraint: Constraint) -> str:
    """Write what a constraint asks, in SQL."""
    # The constraint stays part of its table: it would otherwise miss from the next CREATE TABLE.
    statement = AddConstraint(constraint, isolate_from_table=False).compile(dialect=DIALECT)
    return " ".join(str(statement).split(f" ADD CONSTRAINT {constraint.name} ", 1)[1].split())


def describe_index(index: Index) -> str:
    """Write what an index is over."""
    statement = str(CreateIndex(index).compile(dialect=DIALECT))
    return ("unique " if index.unique else "") + "index on " + " ".join(statement.split(" ON ", 1)[1].split())


if __name__ == "__main__":
    sys.stdout.write(describe_tables())
