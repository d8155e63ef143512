# SPDX-License-Identifier: EUPL-1.2
"""Proposing which header is which column, and what else is guessed of a file, each with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from inventory.imports.cells.dates import guess_month_first
from inventory.imports.cells.municipalities import MunicipalityIndex
from inventory.imports.cells.number import NumberStyle, guess_style
from inventory.imports.cells.problem import Cell, show_cell
from inventory.imports.cells.spelling import fold_text, suggest_words
from inventory.imports.checked_table import MESSAGE_HEADERS
from inventory.imports.contents import ContentsJudge
from inventory.imports.converted_places import read_pairs
from inventory.imports.files.delimited import RawSheet
from inventory.imports.files.source import Source, read_source
from inventory.imports.headers import NUMBER_KINDS, Layout, match_headers
from inventory.imports.layouts.buildings import BUILDING_LAYOUT
from inventory.imports.mapping import FileMapping
from inventory.imports.placing import PLACE_COLUMNS
from inventory.imports.systems import guess_system
from inventory.imports.table_reading import choose_sheets, find_header

Why = Literal["past", "name", "spelling", "contents", "none"]
_SAMPLES = 3
# One or two letters are near every short word.
_SHORTEST = 4
_LOOKED_AT = 500
# Headers of the register, spelt as they should be: where a layout has no such column they are not read.
_MEANS_ANOTHER = frozenset(
    fold_text(spelling) for column in BUILDING_LAYOUT.columns for spelling in column.spellings
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProposal:
    """A header of the file, the column proposed for it (None: not read), why, and values found in it."""

    header: str
    column: str | None
    why: Why
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A mapping with every guess filled in, and what the guesses are about.

    `missing` are columns that must be there and were not found; `sheets` the sheets or layers there are;
    `rows` the rows under the header; `on_land` the share of a sample of points that the coordinate system
    puts on Danish land, None where there are no points; `place_cells` the cells of the columns by which rows
    without coordinates are placed, row by row.
    """

    mapping: FileMapping
    columns: tuple[ColumnProposal, ...]
    missing: tuple[str, ...]
    file_format: str
    line_ends: str
    sheets: tuple[str, ...]
    rows: int
    on_land: float | None
    decimal_known: str
    place_cells: Mapping[str, Sequence[Cell]]


def propose_mapping(
    path: Path,
    *,
    layout: Layout,
    judge: ContentsJudge,
    past: Mapping[str, str] | None = None,
    mapping: FileMapping | None = None,
) -> Proposal:
    """Propose a mapping of a file.

    Parameters
    ----------
    path
        The file.
    layout
        The columns there may be.
    judge
        Knows a column by what stands in it.
    past
        Folded header -> column, from the organisation's earlier mappings; wins over names.
    mapping
        What is decided already; its columns are kept as they are.

    Raises
    ------
    FileRefusedError
        If the file as a whole cannot be used. Columns that are missing are told, not refused.
    """
    source = read_source(path, mapping=mapping)
    file = show_cell(path.name)
    raws = choose_sheets(source, file=file, sheet=mapping.sheet if mapping else None)
    headers = [find_header(raw, file=file, layout=layout, mapping=_without_columns(mapping)) for raw in raws]
    at = min(range(len(raws)), key=lambda index: (len(headers[index].missing), index))
    raw, header = raws[at], headers[at]
    titles = [show_cell(cell) for cell in raw.rows[header.row]] if raw.rows else []
    body = [row for row in raw.rows[header.row + 1 :] if any(cell is not None for cell in row)]
    cells = {
        position: [row[position] if position < len(row) else None for row in body[:_LOOKED_AT]]
        for position, title in enumerate(titles)
        if title
    }
    columns = _propose_columns(
        titles, cells=cells, layout=layout, judge=judge, past=past or {}, mapping=mapping
    )
    by_name = {
        proposal.column: position for position, proposal in columns.items() if proposal.column is not None
    }
    whole = _guess_rest(
        source, raw=raw, header_row=header.row, by_name=by_name, layout=layout, judge=judge, mapping=mapping
    )
    fixed = dict(mapping.fixed) if mapping else {}
    return Proposal(
        mapping=FileMapping(
            **{**whole.decided, "columns": {p.header: p.column for p in columns.values()}, "fixed": fixed}
        ),
        columns=tuple(columns.values()),
        missing=layout.find_missing({*by_name, *fixed}),
        file_format=source.file_format,
        line_ends=source.line_ends,
        sheets=tuple(sheet.name for sheet in source.sheets if sheet.name),
        rows=len(body),
        on_land=whole.on_land,
        decimal_known=whole.style.known_by,
        place_cells={
            name: [fixed[name]] * len(body)
            if name in fixed
            else [row[by_name[name]] if by_name[name] < len(row) else None for row in body]
            for name in PLACE_COLUMNS
            if name in fixed or name in by_name
        },
    )


def _without_columns(mapping: FileMapping | None) -> FileMapping | None:
    if mapping is None:
        return None
    told = {name: getattr(mapping, name) for name in FileMapping.__dataclass_fields__}
    return FileMapping(**{**told, "columns": None})


def _propose_columns(
    titles: Sequence[str],
    *,
    cells: Mapping[int, Sequence[Cell]],
    layout: Layout,
    judge: ContentsJudge,
    past: Mapping[str, str],
    mapping: FileMapping | None,
) -> dict[int, ColumnProposal]:
    taking = _Taking(taken=set(mapping.fixed) if mapping else set())
    silent = {fold_text(header) for header in MESSAGE_HEADERS}
    decided = mapping.columns if mapping and mapping.columns is not None else {}
    for position in cells:
        if titles[position] in decided:
            taking.take(position, decided[titles[position]], "past")
        elif fold_text(titles[position]) in silent:
            taking.take(position, None, "none")
    for position in cells:
        known = past.get(fold_text(titles[position]))
        if known in layout.by_name:
            taking.take(position, known, "past")
    for position, name in match_headers(titles, layout=layout).items():
        if position in cells:
            taking.take(position, name, "name")
    spellings = {spelling: column.name for column in layout.columns for spelling in column.spellings}
    for position in taking.leave(cells):
        # a postcode ("postnr") is no misspelt number of a site ("stednr"): two buildings would become one
        if fold_text(titles[position]) in _MEANS_ANOTHER:
            continue
        long_enough = len(fold_text(titles[position])) >= _SHORTEST
        near = suggest_words(titles[position], known=spellings, most=1) if long_enough else ()
        if near and judge.fits(cells[position], layout=layout, column=spellings[near[0]]):
            taking.take(position, spellings[near[0]], "spelling")
    by_contents = judge.judge(taking.leave(cells), layout=layout, taken=taking.taken)
    for position, name in by_contents.items():
        taking.take(position, name, "contents")
    return {
        position: ColumnProposal(
            header=titles[position],
            column=taking.found.get(position, (None, "none"))[0],
            why=taking.found.get(position, (None, "none"))[1],
            samples=tuple(dict.fromkeys(show_cell(cell) for cell in values if cell is not None))[:_SAMPLES],
        )
        for position, values in cells.items()
    }


@dataclass(slots=True, kw_only=True)
class _Taking:
    """What each header was taken for, and why; a column is taken once."""

    taken: set[str]
    found: dict[int, tuple[str | None, Why]] = field(default_factory=dict)

    def take(self, position: int, name: str | None, why: Why) -> None:
        if position not in self.found and name not in self.taken:
            self.found[position] = (name, why)
            if name is not None:
                self.taken.add(name)

    def leave(self, cells: Mapping[int, Sequence[Cell]]) -> dict[int, Sequence[Cell]]:
        return {position: values for position, values in cells.items() if position not in self.found}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rest:
    decided: dict[str, Any]
    on_land: float | None
    style: NumberStyle


def _guess_rest(
    source: Source,
    *,
    raw: RawSheet,
    header_row: int,
    by_name: Mapping[str, int],
    layout: Layout,
    judge: ContentsJudge,
    mapping: FileMapping | None,
) -> _Rest:
    def cells_of(name: str) -> list[Cell]:
        position = by_name.get(name)
        rows = raw.rows[header_row + 1 :]
        return [] if position is None else [row[position] if position < len(row) else None for row in rows]

    numbers = [name for name in by_name if layout.by_name[name].kind in NUMBER_KINDS]
    days = [name for name in by_name if layout.by_name[name].kind == "date"]
    style = guess_style(
        (cell for name in numbers for cell in set(cells_of(name))), separator=source.separator
    )
    if mapping is not None and mapping.decimal is not None:
        style = NumberStyle(decimal=mapping.decimal, known_by="values")
    month_first = guess_month_first(cell for name in days for cell in set(cells_of(name)))
    pair = ("x", "y") if "x" in by_name and "y" in by_name else ("lon", "lat")
    epsg, swapped, on_land = raw.epsg, raw.swapped, None
    if pair[0] in by_name and pair[1] in by_name:
        first, second = read_pairs(cells_of(pair[0]), cells_of(pair[1]), style=style)
        given = (mapping.epsg if mapping else None) or (4326 if pair[0] == "lon" else None)
        vector = raw.epsg is not None
        codes = _read_municipalities(cells_of("municipality"), judge=judge)
        guess = guess_system(first, second, epsg=25832 if vector else given, municipalities=codes)
        on_land = guess.share
        if not vector:
            epsg, swapped = guess.epsg, guess.swapped
    decided: dict[str, Any] = {
        "kind": layout.kind,
        "sheet": raw.name or None,
        "encoding": source.encoding or None,
        "separator": source.separator,
        "header_row": header_row + 1,
        "decimal": style.decimal,
        "date_form": "month_first" if month_first else "day_first",
        "epsg": epsg,
        "swapped": swapped,
    }
    if mapping is not None:
        told = {name: getattr(mapping, name) for name in decided}
        decided |= {name: value for name, value in told.items() if value is not None}
    return _Rest(decided=decided, on_land=on_land, style=style)


def _read_municipalities(cells: Sequence[Cell], *, judge: ContentsJudge) -> list[str] | None:
    index: MunicipalityIndex = judge.municipalities
    return [index.parse(cell).value or "" for cell in cells] or None
