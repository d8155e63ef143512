# SPDX-License-Identifier: EUPL-1.2
"""Collecting what is found in a table, row by row, and closing it into a report."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from inventory.actions.bulk.counts import RowsWritten
from inventory.imports.cells.problem import Cell, Parsed, Problem, Value, show_cell
from inventory.imports.messages import MESSAGES
from inventory.imports.report import Finding, ImportReport
from inventory.imports.table import Table

Parser = Callable[[Cell], Parsed[Value]]


@lru_cache(maxsize=4096)
def _fill_message(code: str, params: tuple[tuple[str, object], ...]) -> tuple[str, str, str, str]:
    message = MESSAGES[code]
    values: dict[str, object] = {"suggestion_da": "", "suggestion_en": "", **dict(params)}
    suggested = values.pop("suggested", ())
    if isinstance(suggested, tuple) and suggested:
        listed = ", ".join(str(word) for word in suggested)
        values["suggestion_da"] = f" Mente du {listed}?"
        values["suggestion_en"] = f" Did you mean {listed}?"
    da, en, mend_da, mend_en = (
        words.format_map(values) for words in (message.da, message.en, message.mend_da, message.mend_en)
    )
    return da, en, mend_da, mend_en


@dataclass(slots=True, kw_only=True)
class Findings:
    """Collects what is found in one table and knows which rows are refused and which warned of."""

    table: Table
    items: list[tuple[int | None, Finding]] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    mistrusted: set[int] = field(default_factory=set)
    warned: set[int] = field(default_factory=set)

    def add(self, index: int | None, *, code: str, column: str = "", **params: object) -> None:
        """Add one finding.

        Parameters
        ----------
        index
            Index of the row in the table, None for the file.
        code
            A code of `MESSAGES`; its severity decides whether the row is refused.
        column
            Name of the column in our own vocabulary; its header and value are looked up.
        **params
            What the message's placeholders need.
        """
        message = MESSAGES[code]
        if index in self.mistrusted:
            return
        words = _fill_message(code, tuple(params.items()))
        value = "" if index is None or not column else show_cell(self.table.show(index, column=column))
        self.items.append(
            (
                index,
                Finding(
                    file=self.table.file,
                    sheet=self.table.sheet,
                    row=None if index is None else self.table.row_number(index),
                    column=self.table.headers.get(column, column),
                    value=value,
                    severity=message.severity,
                    code=code,
                    message_da=words[0],
                    message_en=words[1],
                    mend_da=words[2],
                    mend_en=words[3],
                ),
            )
        )
        if index is not None:
            (self.refused if message.severity == "error" else self.warned).add(index)

    def mistrust(self, rows: Collection[int]) -> None:
        """Empty the cells of rows that are not to be trusted, and say no more of them."""
        self.mistrusted |= set(rows)
        for cells in self.table.columns.values():
            for index in rows:
                cells[index] = None

    def add_problem(self, index: int, *, column: str, problem: Problem) -> None:
        """Add a problem of one cell."""
        self.add(index, code=problem.code, column=column, **problem.params)

    def make_report(
        self,
        *,
        kind: str,
        written: RowsWritten,
        figures: Mapping[str, int],
        dry_run: bool,
    ) -> ImportReport:
        """Close the collection: findings sorted by row, counts that add up.

        Raises
        ------
        AssertionError
            If the counts do not add up to the rows of the file: a fault of ours.
        """
        table = self.table
        done = written.inserted + written.updated + written.unchanged
        if done + len(self.refused) != len(table):
            raise AssertionError(
                f"{done} rows written and {len(self.refused)} refused are not the {len(table)} of the file"
            )
        ordered = sorted(self.items, key=lambda item: -1 if item[0] is None else item[0])
        return ImportReport(
            kind=kind,
            file=table.file,
            sheet=table.sheet,
            file_format=table.file_format,
            encoding=table.encoding,
            header_row=table.header_row,
            rows=len(table),
            blank=table.blank,
            inserted=written.inserted,
            updated=written.updated,
            unchanged=written.unchanged,
            refused=len(self.refused),
            warned=len(self.warned - self.refused),
            dry_run=dry_run,
            figures=figures,
            findings=tuple(finding for _, finding in ordered),
            table=table,
        )


def parse_cells(findings: Findings, *, column: str, parse: Parser[Value]) -> list[Value | None]:
    """Parse a whole column; each distinct cell is parsed once.

    Parameters
    ----------
    findings
        Where problems go; its table gives the cells.
    column
        Name of the column in our vocabulary; a column the file lacks gives None for each row.
    parse
        Reads one cell.

    Returns
    -------
    list
        One value per row of the table, None where empty or not readable.
    """
    cells = findings.table.column(column)
    if cells is None:
        return [None] * len(findings.table)
    known: dict[tuple[type, Cell], Parsed[Value]] = {}
    values: list[Value | None] = []
    for index, cell in enumerate(cells):
        key = (type(cell), cell)
        parsed = known.get(key)
        if parsed is None:
            parsed = known[key] = parse(cell)
        if parsed.problem is not None:
            findings.add_problem(index, column=column, problem=parsed.problem)
        values.append(parsed.value)
    return values
