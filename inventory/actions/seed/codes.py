# SPDX-License-Identifier: EUPL-1.2
"""Turn the reference tables of registers and limits into rows: code lists, screening limits."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable

from inventory.actions.seed.reference import Values, read_reference, refuse_twice


def read_code_lists(folder: Traversable) -> list[Values]:
    """Read the rows of table code_list."""
    rows = read_reference(
        "code_lists",
        columns="list code name_da name_en source valid_from valid_to note",
        folder=folder,
    )
    refuse_twice(rows, "list", "code")
    return [
        {
            "list": row.text("list"),
            "code": row.text("code"),
            "name_da": row.text("name_da"),
            "name_en": row.optional("name_en"),
            "source": row.text("source"),
            "valid_from": row.optional_day("valid_from"),
            "valid_to": row.optional_day("valid_to"),
            "note": row.optional("note"),
        }
        for row in rows
    ]


def read_screening_limits(folder: Traversable, *, municipalities: Mapping[str, Values]) -> list[Values]:
    """Read the rows of table screening_limit; without municipality, national guidance."""
    rows = read_reference(
        "screening_limits",
        columns="municipality substance unit clean_below hazardous_from note source valid_from valid_to",
        folder=folder,
    )
    refuse_twice(rows, "municipality", "substance", "unit", "valid_from")
    return [
        {
            "municipality_code": row.optional_reference("municipality", municipalities),
            "substance": row.text("substance"),
            "unit": row.text("unit"),
            "clean_below": row.optional_number("clean_below"),
            "hazardous_from": row.optional_number("hazardous_from"),
            "note": row.optional("note"),
            "source": row.text("source"),
            "valid_from": row.optional_day("valid_from"),
            "valid_to": row.optional_day("valid_to"),
        }
        for row in rows
    ]
