# SPDX-License-Identifier: EUPL-1.2
"""A table with what is wrong with its rows as such, before any column is read."""

from datetime import date
from functools import partial

from inventory.imports.cells.dates import parse_date
from inventory.imports.cells.number import NumberStyle, guess_style
from inventory.imports.cells.spelling import fold_text, suggest_words
from inventory.imports.findings import Findings, Parser
from inventory.imports.headers import NUMBER_KINDS, Layout
from inventory.imports.table import Table

MESSAGE_HEADERS = ("genbro_besked", "genbro_message")
"""What the column of messages of a file of refused rows is called; it is never read."""
_FORMULA_ERRORS = frozenset({"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#I/T"})


def check_table(table: Table, *, layout: Layout, not_used: frozenset[str] = frozenset()) -> Findings:
    """Look at the table as a whole: unknown columns, unreadable rows, broken characters, Excel errors.

    Parameters
    ----------
    table
        As read.
    layout
        The columns that may be there.
    not_used
        Headers that are known and of no use, so not worth a word.

    Returns
    -------
    Findings
        Rows not to be trusted are refused already.
    """
    findings = Findings(table=table)
    silent = {fold_text(header) for header in (*not_used, *MESSAGE_HEADERS)}
    spellings = [spelling for column in layout.columns for spelling in column.spellings]
    for header in table.unknown:
        if fold_text(header) not in silent:
            near = suggest_words(header, known=spellings)
            findings.add(None, code="column_not_read", header=header, suggested=near)
    for other in table.other_sheets:
        findings.add(None, code="sheet_not_read", other=other)
    for other in table.hidden_sheets:
        findings.add(None, code="sheet_hidden", other=other)
    if table.macros:
        findings.add(None, code="macros_not_run")
    if table.axes_found:
        findings.add(None, code="axes_exchanged")
    if table.misnamed is not None:
        findings.add(None, code="not_as_named", suffix=table.misnamed, actual=table.file_format)
    for index in sorted(table.broken):
        findings.add(index, code="row_unreadable")
    for index, found in table.wide.items():
        if index not in table.broken:
            findings.add(index, code="too_many_cells", found=found, expected=table.width)
    for index, column in sorted(table.spread):
        findings.add(index, code="cell_merged", column=column)
    unstored = {index for index, _ in table.unstored}
    for index, column in sorted(table.unstored):
        findings.add(index, code="formula_not_stored", column=column)
    findings.mistrust([*table.broken, *table.wide, *unstored, *_check_characters(table, findings=findings)])
    return findings


def _check_characters(table: Table, *, findings: Findings) -> set[int]:
    spoilt: set[int] = set()
    for column, cells in table.columns.items():
        for index, cell in enumerate(cells):
            if not isinstance(cell, str) or (cell.isascii() and not cell.startswith("#")):
                continue
            if any("\udc80" <= letter <= "\udcff" for letter in cell) or "\ufffd" in cell or "\x00" in cell:
                findings.add(index, code="bad_character", column=column, encoding=table.encoding or "Excel")
                spoilt.add(index)
            elif cell in _FORMULA_ERRORS:
                findings.add(index, code="formula_error", column=column)
                spoilt.add(index)
    return spoilt


def guess_table_style(table: Table, *, layout: Layout) -> NumberStyle:
    """Guess how the table writes decimals, from all its number columns, unless its mapping says."""
    if table.decimal is not None:
        return NumberStyle(decimal=table.decimal, known_by="values")
    cells = (
        cell
        for column in layout.columns
        if column.kind in NUMBER_KINDS
        for cell in set(table.column(column.name) or ())
    )
    return guess_style(cells, separator=table.separator)


def make_date_parser(table: Table) -> Parser[date]:
    """Make the parser of the table's days: day first unless its mapping says otherwise."""
    return partial(parse_date, month_first=table.month_first)
