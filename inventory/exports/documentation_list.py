# SPDX-License-Identifier: EUPL-1.2
"""The documentation of a building's lots as a table: each thing that is missing, and what it would open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from inventory.documentation.class_tests import read_class_tests
from inventory.documentation.completeness import Completeness, JudgedItem
from inventory.exports.sheets import Cell, Sheet

Names = Mapping[tuple[str, str], Any]

_WORDS = {
    "title": ("Dokumentation", "Documentation"),
    "lot": ("Parti", "Lot"),
    "material": ("Materiale", "Material"),
    "quantity": ("Mængde", "Quantity"),
    "unit": ("Enhed", "Unit"),
    "level": ("Dokumentation", "Documentation"),
    "score": ("Hvor fuldstændig, %", "How complete, %"),
    "offer": ("Nok til at udbyde", "Enough to offer"),
    "missing": ("Mangler", "Missing"),
    "how": ("Hvad man gør", "What to do"),
    "requirements": ("Behov der spørger om det", "Requirements that ask for it"),
    "uses": ("Brug det åbner", "Uses it opens"),
    "papers": ("Papirer det hjælper", "Papers it helps"),
    "yes": ("ja", "yes"),
    "no": ("nej", "no"),
}
_HEADS = (
    "lot", "material", "quantity", "unit", "level", "score", "offer", "missing", "how", "requirements",
    "uses", "papers",
)  # fmt: skip


def lay_out_documentation(
    lots: Sequence[Any], *, complete: Mapping[UUID, Completeness], names: Names, language: str
) -> Sheet:
    """Lay out the documentation of lots as a table: a row for each gap, one for a lot without.

    Parameters
    ----------
    lots
        Rows of `list_documented_lots`.
    complete
        Of each lot.
    names
        Names of the codes of the lists ``documentation``, ``use`` and ``paper``.
    language
        ``da`` or ``en``.
    """
    at = 0 if language == "da" else 1
    rows: list[list[Cell]] = []
    for lot in lots:
        found = complete[lot.id]
        head: list[Cell] = [
            lot.ref,
            (lot.name_da, lot.name_en)[at],
            float(lot.amount),
            lot.unit,
            _name(names, "documentation", lot.documentation, at=at),
            found.score,
            _WORDS["yes" if found.enough_to_offer else "no"][at],
        ]
        rows += [[*head, *_tell(one, names=names, at=at)] for one in found.missing] or [[*head, *[None] * 5]]
    return Sheet(title=_WORDS["title"][at], heads=[_WORDS[name][at] for name in _HEADS], rows=rows)


def _tell(one: JudgedItem, *, names: Names, at: int) -> list[Cell]:
    name, how = ((one.item.name_da, one.item.how_da), (one.item.name_en, one.item.how_en))[at]
    parts = ", ".join(_name_part(part, names=names, at=at) for part in one.lacking)
    return [
        f"{name}: {parts}" if parts else name,
        how,
        one.requirements,
        ", ".join(_name(names, "use", code, at=at) for code in one.uses),
        ", ".join(_name(names, "paper", code, at=at) for code in one.item.papers),
    ]


def _name_part(part: str, *, names: Names, at: int) -> str:
    """Name an attribute or a test."""
    for test in read_class_tests():
        if test.code == part:
            return (test.name_da, test.name_en)[at]
    return _name(names, "attribute", part, at=at)


def _name(names: Names, kind: str, code: str, *, at: int) -> str:
    row = names.get((kind, str(code)))
    return str((row.name_da, row.name_en)[at]) if row is not None else str(code).replace("_", " ")


def describe_documentation(found: Completeness) -> dict[str, Any]:
    """Describe a lot's documentation as JSON."""
    return {
        "score": found.score,
        "enough_to_offer": found.enough_to_offer,
        "level": found.level.value,
        "missing": [
            {
                "item": one.item.code,
                "percent": one.percent,
                "enough_to_offer": one.item.basic,
                "lacking": list(one.lacking),
                "requirements": one.requirements,
                "uses": list(one.uses),
                "papers": list(one.item.papers),
            }
            for one in found.missing
        ],
    }
