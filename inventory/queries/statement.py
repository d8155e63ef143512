# SPDX-License-Identifier: EUPL-1.2
"""Statements compiled once and run many times: of a tile, composing takes ten times as long as running."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import CompoundSelect, CursorResult
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.orm import Session

from inventory.queries.offers import AnySelect


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement as the driver takes it, and the values of its own constants."""

    text: str
    constants: Mapping[str, Any]


def compile_statement(query: AnySelect | CompoundSelect[Any]) -> Statement:
    """Compile a query; parameters without a value in it are given each time it is run."""
    dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy gives dialects no types
    # Every parameter needs some value to be compiled; those given when it is run win.
    compiled = query.params(today=date.min).compile(dialect=dialect)
    expanded = compiled.construct_expanded_state()
    constants = {
        name: value.value if isinstance(value, Enum) else value
        for name, value in expanded.parameters.items()
        if value is not None
    }
    return Statement(text=expanded.statement, constants=constants)


def run_statement(
    session: Session, statement: Statement, values: Mapping[str, Any]
) -> CursorResult[tuple[Any, ...]]:
    """Run a statement in a session's transaction; values it does not ask for are left out by the driver."""
    return session.connection().exec_driver_sql(statement.text, {**statement.constants, **values})
