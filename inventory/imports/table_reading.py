# SPDX-License-Identifier: EUPL-1.2
"""From the sheets of a file to the one table that is imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from inventory.files.formula import rearm
from inventory.imports.cells.problem import Cell, show_cell
from inventory.imports.converted_places import convert_places
from inventory.imports.files.delimited import RawSheet
from inventory.imports.files.source import Source, read_source
from inventory.imports.headers import Layout, match_headers
from inventory.imports.mapping import FileMapping
from inventory.imports.refusal import FileRefusedError
from inventory.imports.table import Table

# Titles and remarks may stand above the header; it is looked for in so many first rows.
_HEADER_WITHIN = 20
# More columns with a title than any register has: somebody's whole calculation, not a list.
MOST_COLUMNS = 1_000
_FORMAT_SUFFIXES = {
    "csv": {".csv", ".txt", ".tsv", ".tab", ""},
    "workbook": {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"},
    "geojson": {".geojson", ".json"},
    "geopackage": {".gpkg"},
    "shapefile": {".zip", ".shp"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A row that may be the header: index of the row, known columns by position, columns lacking."""

    row: int
    names: dict[int, str]
    missing: tuple[str, ...]


def read_table(
    path: Path, *, layout: Layout, sheet: str | None = None, mapping: FileMapping | None = None
) -> Table:
    """Read a file into columns under our own names.

    Parameters
    ----------
    path
        CSV text in any of the encodings of `decode_text`, a workbook, GeoPackage, GeoJSON or Shapefile; told
        by content, not name.
    layout
        The columns that may be there and those that must.
    sheet
        Name of the sheet of a workbook, or of the layer of a map; None takes the first that has the
        required columns.
    mapping
        Which header is which column, and what would else be guessed.

    Returns
    -------
    Table

    Raises
    ------
    FileRefusedError
        If the file is missing, empty, binary, protected, damaged, or lacks required columns.
    """
    source = read_source(path, mapping=mapping)
    file = show_cell(path.name)
    wanted = sheet or (mapping.sheet if mapping else None)
    table = _choose_sheet(source, file=file, layout=layout, sheet=wanted, mapping=mapping)
    wrong = path.suffix.lower() not in _FORMAT_SUFFIXES[source.file_format]
    table = replace(
        table,
        misnamed=path.suffix.lower() if wrong else None,
        hidden_sheets=tuple(
            raw.name for raw in source.hidden if not find_header(raw, file=file, layout=layout).missing
        ),
    )
    return table if mapping is None else convert_places(table, mapping=mapping)


def _choose_sheet(
    source: Source, *, file: str, layout: Layout, sheet: str | None, mapping: FileMapping | None
) -> Table:
    chosen = choose_sheets(source, file=file, sheet=sheet)
    fitting = [(raw, find_header(raw, file=file, layout=layout, mapping=mapping)) for raw in chosen]
    whole = [(raw, header) for raw, header in fitting if not header.missing]
    if not whole:
        raw, best = min(fitting, key=lambda pair: len(pair[1].missing))
        raise FileRefusedError(
            file=file,
            code="columns_missing",
            expected=", ".join(best.missing),
            found=_list_titles(raw.rows[best.row] if raw.rows else []),
        )
    raw, header = whole[0]
    # a word that happens to be a header, as in the guide of a template, makes no table
    others = tuple(other.name for other, head in whole[1:] if len(set(head.names.values())) > 1)
    return _build_table(raw, header=header, file=file, source=source, others=others, mapping=mapping)


def choose_sheets(source: Source, *, file: str, sheet: str | None) -> list[RawSheet]:
    """Give the sheets that may be meant: the one named, else all that hold anything.

    Raises
    ------
    FileRefusedError
        ``no_sheets``, ``sheet_missing``, ``file_empty``.
    """
    if sheet is None:
        chosen = [raw for raw in source.sheets if any(any(row) for row in raw.rows)]
        if not chosen:
            raise FileRefusedError(file=file, code="file_empty")
        return chosen
    chosen = [raw for raw in source.sheets if raw.name == sheet]
    if not chosen and source.file_format in ("csv", "geojson"):
        raise FileRefusedError(file=file, code="no_sheets", expected=sheet)
    if not chosen:
        found = ", ".join(raw.name for raw in source.sheets)
        raise FileRefusedError(file=file, code="sheet_missing", expected=sheet, found=found)
    return chosen


def _list_titles(cells: Sequence[Cell]) -> str:
    texts = [show_cell(cell) for cell in cells if cell is not None]
    return ", ".join(texts[:12]) + (", ..." if len(texts) > 12 else "") or "-"


def find_header(raw: RawSheet, *, file: str, layout: Layout, mapping: FileMapping | None = None) -> Header:
    """Find the row of headers: the one named, else the one of the first 20 that lacks least.

    Raises
    ------
    FileRefusedError
        ``header_row_missing``, ``headers_missing``, ``too_many_columns``.
    """
    fixed = set(mapping.fixed) if mapping else set()
    at = range(min(_HEADER_WITHIN, len(raw.rows)))
    if mapping is not None and mapping.header_row is not None:
        if mapping.header_row > len(raw.rows):
            found, wanted = str(len(raw.rows)), str(mapping.header_row)
            raise FileRefusedError(file=file, code="header_row_missing", expected=wanted, found=found)
        at = range(mapping.header_row - 1, mapping.header_row)
    best = Header(row=at.start, names={}, missing=layout.find_missing(fixed))
    absent: list[str] = []
    for row in at:
        if row in raw.broken:
            continue
        titles = [str(cell) if cell is not None else "" for cell in raw.rows[row]]
        count = sum(map(bool, titles))
        if count > MOST_COLUMNS:
            raise FileRefusedError(
                file=file, code="too_many_columns", found=str(count), expected=str(MOST_COLUMNS)
            )
        if mapping is None or mapping.columns is None:
            names = match_headers(titles, layout=layout)
        else:
            names = _map_titles(raw.rows[row], columns=mapping.columns)
        names = {position: name for position, name in names.items() if name not in fixed}
        missing = layout.find_missing({*names.values(), *fixed})
        if (len(missing), -len(names)) < (len(best.missing), -len(best.names)):
            best = Header(row=row, names=names, missing=missing)
    if mapping is not None and mapping.columns is not None and raw.rows:
        there = {show_cell(cell) for cell in raw.rows[best.row] if cell is not None}
        absent = [title for title, name in mapping.columns.items() if name is not None and title not in there]
        if absent and best.missing:
            raise FileRefusedError(
                file=file,
                code="headers_missing",
                expected=", ".join(absent[:12]),
                found=_list_titles(raw.rows[best.row]),
            )
    return best


def _map_titles(cells: Sequence[Cell], *, columns: Mapping[str, str | None]) -> dict[int, str]:
    """Find the columns a mapping names; of two headers of one name the first is meant."""
    names: dict[int, str] = {}
    for position, cell in enumerate(cells):
        name = None if cell is None else columns.get(show_cell(cell))
        if name is not None and name not in names.values():
            names[position] = name
    return names


def _build_table(
    raw: RawSheet,
    *,
    header: Header,
    file: str,
    source: Source,
    others: tuple[str, ...],
    mapping: FileMapping | None,
) -> Table:
    titles = raw.rows[header.row]
    names = list(header.names.values())
    for name in names:
        if names.count(name) > 1:
            twice = [str(titles[at]) for at, known in header.names.items() if known == name]
            raise FileRefusedError(file=file, code="column_twice", expected=name, found=", ".join(twice))
    width = max((at for at, title in enumerate(titles) if title is not None), default=-1) + 1
    kept = [
        at for at in range(header.row + 1, len(raw.rows)) if any(cell is not None for cell in raw.rows[at])
    ]
    if not kept:
        raise FileRefusedError(file=file, code="no_rows", row=header.row + 1)
    wide = {
        index: len(raw.rows[at])
        for index, at in enumerate(kept)
        if len(raw.rows[at]) > width and any(cell is not None for cell in raw.rows[at][width:])
    }
    broken = frozenset(index for index, at in enumerate(kept) if at in raw.broken)
    # cells that may stand under the wrong header are not read at all
    trusted = [[] if index in broken or index in wide else raw.rows[at] for index, at in enumerate(kept)]
    columns: dict[str, list[Cell]] = {
        name: [_take(row[position]) if position < len(row) else None for row in trusted]
        for position, name in header.names.items()
    }
    fixed = dict(mapping.fixed) if mapping else {}
    columns |= {name: [value] * len(kept) for name, value in fixed.items()}
    index_of = {at: index for index, at in enumerate(kept)} if raw.spread or raw.unstored else {}
    decided = mapping.columns if mapping and mapping.columns is not None else {}
    return Table(
        file=file,
        sheet=raw.name,
        file_format=source.file_format,
        encoding=source.encoding,
        separator=source.separator,
        header_row=header.row + 1,
        headers={name: show_cell(titles[position]) for position, name in header.names.items()}
        | {name: name for name in fixed},
        unknown=tuple(
            show_cell(title)
            for at, title in enumerate(titles)
            # a header the mapping leaves out was looked at by a person: no word about it
            if title is not None and at not in header.names and show_cell(title) not in decided
        ),
        other_sheets=others,
        misnamed=None,
        columns=columns,
        numbers=tuple(at + 1 for at in kept),
        blank=kept[-1] - header.row - len(kept),
        width=width,
        broken=broken,
        wide=wide,
        titles=tuple(titles[:width]),
        rows=tuple(raw.rows[at] for at in kept),
        positions={name: position for position, name in header.names.items()},
        fixed=frozenset(fixed),
        line_ends=source.line_ends,
        macros=source.macros,
        spread=_place_cells(raw.spread, index_of=index_of, names=header.names),
        unstored=_place_cells(raw.unstored, index_of=index_of, names=header.names),
        decimal=mapping.decimal if mapping else None,
        month_first=mapping is not None and mapping.date_form == "month_first",
        epsg=raw.epsg,
        swapped=raw.swapped,
        axes_found=raw.swapped and (mapping is None or mapping.swapped is None),
    )


def _take(cell: Cell) -> Cell:
    """Take a cell as it was meant: an apostrophe that kept it from being calculated is not part of it."""
    return str(rearm(cell)) if isinstance(cell, str) else cell


def _place_cells(
    cells: set[tuple[int, int]], *, index_of: dict[int, int], names: dict[int, str]
) -> frozenset[tuple[int, str]]:
    return frozenset(
        (index_of[row], names[column]) for row, column in cells if row in index_of and column in names
    )
