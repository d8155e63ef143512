# SPDX-License-Identifier: EUPL-1.2
"""Requirements answered as if they were other than they are: tried, and nothing saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pyarrow as pa

from inventory.matching.days import name_day, number_day
from inventory.tables.attribute import ATTRIBUTES
from matcher.instant.answer import Relaxation
from matcher.instant.changes import ChangeKind
from matcher.problem.columns import DOCUMENTATION_CODES

Tried = Mapping[UUID, Mapping[str, Any]]
"""Requirement -> column of its table -> value tried; `unknown_ok` lists attributes beside those it has."""

TRIABLE = (
    "max_metres",
    "wanted_from",
    "wanted_to",
    "storage_days",
    "documentation_min",
    "unknown_screening_ok",
    "substitutes_ok",
    "unknown_ok",
    *(f"{name}_{end}" for name in ATTRIBUTES for end in ("min", "max")),
)
"""The columns that can be tried."""

_COLUMNS = {
    **{name: name for name in TRIABLE},
    **{f"{name}_min": f"minimum.{name}" for name in ATTRIBUTES},
    **{f"{name}_max": f"maximum.{name}" for name in ATTRIBUTES},
}


def apply_tried(table: pa.Table, *, tried: Tried) -> pa.Table:
    """Write what is tried into requirements as they were read.

    Parameters
    ----------
    table
        From `inventory.matching.read_requirements.read_requirements`.
    tried
        What to change; requirements that are not in the table are left out.

    Returns
    -------
    pyarrow.Table
        The same columns and rows.
    """
    ids = table["id"].to_pylist()
    changed: dict[str, list[Any]] = {}

    def write(column: str, row: int, value: Any) -> None:
        changed.setdefault(column, table[column].to_pylist())[row] = value

    for requirement_id, values in tried.items():
        if str(requirement_id) not in ids:
            continue
        row = ids.index(str(requirement_id))
        for name, value in values.items():
            if name == "unknown_ok":
                for attribute in value:
                    write(f"unknown_ok.{attribute}", row, True)
            else:
                write(_COLUMNS[name], row, number_day(value) if isinstance(value, date) else value)
    for name, column in changed.items():
        at = table.column_names.index(name)
        table = table.set_column(at, name, pa.array(column, type=table.schema.field(name).type))
    return table


def name_column(relaxation: Relaxation) -> tuple[str, Any]:
    """Say which column of a requirement a relaxation changes, and to what; of `unknown_ok` what it adds."""
    value = relaxation.value
    match relaxation.kind:
        case ChangeKind.FARTHER:
            return "max_metres", value
        case ChangeKind.LATER:
            return "wanted_to", name_day(value)
        case ChangeKind.EARLIER:
            return "wanted_from", name_day(value)
        case ChangeKind.STORED_LONGER:
            return "storage_days", value
        case ChangeKind.DOCUMENTATION:
            return "documentation_min", dict(enumerate(DOCUMENTATION_CODES))[value]
        case ChangeKind.SCREENING:
            return "unknown_screening_ok", True
        case ChangeKind.SUBSTITUTES:
            return "substitutes_ok", True
        case ChangeKind.ATTRIBUTE_MINIMUM:
            return f"{relaxation.attribute}_min", value
        case ChangeKind.ATTRIBUTE_MAXIMUM:
            return f"{relaxation.attribute}_max", value
        case ChangeKind.ATTRIBUTE_UNKNOWN:
            return "unknown_ok", [relaxation.attribute]
