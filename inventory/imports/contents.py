# SPDX-License-Identifier: EUPL-1.2
"""Knowing a column by what stands in it, where its header says nothing."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from inventory.geography.coordinate import CoordinateKind, classify_coordinates
from inventory.imports.cells.cells import parse_uuid
from inventory.imports.cells.classes import ClassIndex
from inventory.imports.cells.dates import parse_date
from inventory.imports.cells.municipalities import MunicipalityIndex
from inventory.imports.cells.number import NumberStyle, guess_style, parse_number
from inventory.imports.cells.problem import Cell, Parsed
from inventory.imports.cells.words import parse_word, parse_yes_no
from inventory.imports.findings import Parser
from inventory.imports.headers import NUMBER_KINDS, Layout

_WKT = re.compile(r"POINT ?\(", re.IGNORECASE)
# So much of a column must read as what it is taken for: surveys have gaps and slips.
_ENOUGH = 0.8
# Lists whose words are too like those of others, or say too little, to know a column by.
_UNCLEAR_WORDS = frozenset({"yes_no", "attribute", "organisation_kind", "party", "crane"})


class ContentsJudge:
    """Judges columns by their cells, with the classes and municipalities there are."""

    def __init__(self, *, classes: ClassIndex, municipalities: MunicipalityIndex) -> None:
        """Take the indexes of what is known."""
        self.classes = classes
        self.municipalities = municipalities

    def fits(self, cells: Sequence[Cell], *, layout: Layout, column: str) -> bool:
        """Tell whether cells may be those of a column; empty ones may be anything's."""
        parse = self._find_parser(cells, layout=layout, column=column)
        return parse is None or not any(cell is not None for cell in cells) or _rate(cells, parse) >= _ENOUGH

    def judge(
        self, columns: Mapping[int, Sequence[Cell]], *, layout: Layout, taken: set[str]
    ) -> dict[int, str]:
        """Propose columns by contents alone: what has a form of its own, never a plain number or text.

        Parameters
        ----------
        columns
            Position -> cells, of the headers that nothing else explains.
        layout
            The columns there are.
        taken
            Columns that are found already.

        Returns
        -------
        dict
            Position -> column. Of two columns of days the earlier begins a window and the later ends it; of
            numbers, pairs that are places in Denmark are coordinates.
        """
        found: dict[int, str] = {}
        for column in layout.columns:
            telling = column.kind in ("class", "uuid") or (
                column.kind == "word" and column.words not in _UNCLEAR_WORDS
            )
            if not (telling or column.name in ("municipality", "point")) or column.name in taken:
                continue
            rates = {
                at: _rate(cells, parse)
                for at, cells in columns.items()
                if at not in found
                and (parse := self._find_parser(cells, layout=layout, column=column.name)) is not None
            }
            best = max(rates, key=lambda at: rates[at], default=None)
            if best is not None and rates[best] >= _ENOUGH:
                found[best] = column.name
        left = {at: cells for at, cells in columns.items() if at not in found}
        found |= _judge_windows(left, layout=layout, taken=taken)
        left = {at: cells for at, cells in left.items() if at not in found}
        return found | _judge_places(left, layout=layout, taken=taken)

    def _find_parser(self, cells: Sequence[Cell], *, layout: Layout, column: str) -> Parser[object] | None:
        known = layout.by_name[column]
        parser: Parser[object] | None = None
        if known.kind == "class":
            parser = self.classes.parse
        elif known.kind == "uuid":
            parser = parse_uuid
        elif known.kind == "date":
            parser = parse_date
        elif known.kind == "yes_no":
            parser = parse_yes_no
        elif known.kind == "word" and known.words is not None:
            parser = partial(parse_word, words=known.words)
        elif known.kind in NUMBER_KINDS:
            style = guess_style(cells, separator=None)
            parser = partial(parse_number, style=NumberStyle(decimal=style.decimal or ".", known_by="values"))
        elif column == "municipality":
            parser = self.municipalities.parse
        elif column == "point":
            return (
                None if not any(isinstance(cell, str) and _WKT.match(cell) for cell in cells) else _parse_wkt
            )
        return parser


def _parse_wkt(cell: Cell) -> Parsed[object]:
    return Parsed(value=cell if isinstance(cell, str) and _WKT.match(cell) else None)


def _rate(cells: Sequence[Cell], parse: Parser[object]) -> float:
    filled = [cell for cell in cells if cell is not None]
    return sum(parse(cell).value is not None for cell in filled) / len(filled) if filled else 0.0


def _judge_windows(
    columns: Mapping[int, Sequence[Cell]], *, layout: Layout, taken: set[str]
) -> dict[int, str]:
    names = [
        name
        for name in ("available_from", "available_to", "wanted_from", "wanted_to")
        if name in layout.by_name
    ]
    if set(names) & taken:
        return {}
    days = {
        at: [parse_date(cell).value for cell in cells]
        for at, cells in columns.items()
        if _rate(cells, parse_date) >= _ENOUGH
    }
    if len(days) != 2 or len(names) != 2:
        return {}
    one, other = days
    pairs = [(a, b) for a, b in zip(days[one], days[other], strict=True) if a is not None and b is not None]
    if pairs and all(a < b for a, b in pairs):
        return {one: names[0], other: names[1]}
    if pairs and all(a > b for a, b in pairs):
        return {other: names[0], one: names[1]}
    return {}


def _judge_places(
    columns: Mapping[int, Sequence[Cell]], *, layout: Layout, taken: set[str]
) -> dict[int, str]:
    if "x" not in layout.by_name or taken & {"x", "y", "lon", "lat", "point"}:
        return {}
    style = guess_style((cell for cells in columns.values() for cell in cells), separator=None)
    style = NumberStyle(decimal=style.decimal or ".", known_by="values")
    numbers = {}
    for at, cells in columns.items():
        values = [parse_number(cell, style=style).value for cell in cells]
        if values and sum(value is not None for value in values) >= _ENOUGH * len(values):
            numbers[at] = np.array([np.nan if value is None else float(value) for value in values])
    for one, first in numbers.items():
        for other, second in numbers.items():
            if one == other:
                continue
            kinds = classify_coordinates(first, second)
            for kind, names in (
                (CoordinateKind.METRES, ("x", "y")),
                (CoordinateKind.DEGREES, ("lon", "lat")),
            ):
                if float((kinds == kind.value).mean()) >= _ENOUGH:
                    return {one: names[0], other: names[1]}
    return {}
