# SPDX-License-Identifier: EUPL-1.2
"""Lots laid out as the rows of a file of lots, which the importer of lots reads again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from inventory.imports.cells.words import WORDS
from inventory.imports.headers import Column
from inventory.imports.layouts.lots import LOT_LAYOUT

_ORE_PER_KRONE = 100
# Degrees say what x and y say; an address is told to nobody who has not given it.
_NOT_WRITTEN = frozenset({"lon", "lat", "address", "postcode"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRows:
    """Headers, cells, and a point (x, y in EPSG:25832, or None) per row.

    Cells are texts, whole numbers, exact decimals or None; those of coordinates are among them.
    """

    names: list[str]
    heads: list[str]
    rows: list[list[str | int | Decimal | None]]
    points: list[tuple[float, float] | None]


def lay_out_lots(
    lots: Sequence[Any], *, language: Literal["da", "en"], colours: Mapping[str, tuple[str, str]]
) -> LotRows:
    """Lay lots out as rows.

    Parameters
    ----------
    lots
        From `inventory.queries.lots.files.read_file_rows`.
    language
        Of headers and words.
    colours
        Code -> Danish and English name.
    """
    columns = [column for column in LOT_LAYOUT.columns if column.name not in _NOT_WRITTEN]
    at = 0 if language == "da" else 1

    def tell(column: Column, lot: Any) -> str | int | Decimal | None:
        value = _VALUES[column.name](lot) if column.name in _VALUES else getattr(lot, column.name)
        if value is None:
            return None
        if column.kind == "yes_no":
            return WORDS["yes_no"]["true" if value else "false"][at]
        if column.kind == "word" and column.words is not None:
            return WORDS[column.words][str(value)][at]
        if column.words == "colour":
            return colours[str(value)][at] if str(value) in colours else str(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return Decimal(f"{value.normalize():f}")
        return value if isinstance(value, int) else str(value)

    return LotRows(
        names=[column.name for column in columns],
        heads=[column.da if language == "da" else column.en for column in columns],
        rows=[[tell(column, lot) for column in columns] for lot in lots],
        points=[None if lot.x is None else (lot.x, lot.y) for lot in lots],
    )


def _price(ore: Decimal | None, step: Decimal) -> Decimal | None:
    """Turn oere per step into DKK per unit."""
    return None if ore is None else ore / _ORE_PER_KRONE / step


def _of_site(name: str) -> Callable[[Any], Any]:
    """Read what is said of a place where the row describes it: the register knows its buildings."""
    return lambda lot: None if lot.in_building else getattr(lot, name)


def _coordinate(name: str) -> Callable[[Any], Any]:
    read = _of_site(name)
    return lambda lot: None if (value := read(lot)) is None else Decimal(repr(value))


_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "class": lambda lot: lot.class_code,
    "x": _coordinate("x"),
    "y": _coordinate("y"),
    "municipality": _of_site("municipality_code"),
    "quantity": lambda lot: lot.quantity * lot.step,
    "moved": lambda lot: lot.moved * lot.step if lot.moved else None,
    "price_dkk": lambda lot: _price(lot.price_ore, lot.step),
    "preparation_dkk": lambda lot: _price(lot.preparation_ore, lot.step),
    "minimum_take": lambda lot: lot.minimum_take * lot.step if lot.minimum_take else None,
    "materials_owner": lambda lot: lot.owner,
}
