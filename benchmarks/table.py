# SPDX-License-Identifier: EUPL-1.2
"""The rows as a table, on the terminal and on a page of the documentation."""

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from benchmarks.row import Row

HEADS = ("row", "size", "peer", "ours", "theirs", "unit", "ratio", "bar", "met", "runs")
START, END = "<!-- rows -->", "<!-- end of rows -->"
"""Marks on a page, between which the table stands."""


def lay_table(rows: Sequence[Row]) -> Table:
    """Lay the rows out for a terminal."""
    table = Table(title=rows[0].machine if rows else None, title_justify="left")
    for head in HEADS:
        right = head in {"ours", "theirs", "ratio", "runs"}
        table.add_column(head, justify="right" if right else "left", no_wrap=right)
    for row in rows:
        table.add_row(*_list_cells(row), style=None if row.met in {True, None} else "bold red")
    return table


def fill_page(path: Path, *, rows: Sequence[Row]) -> None:
    """Put the rows between the marks of a page, with when and on what they were measured.

    Raises
    ------
    ValueError
        The page has no marks.
    """
    before, start, rest = path.read_text(encoding="utf-8").partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise ValueError(f"{path} has no {START} and {END}")
    days, machines = sorted({row.measured for row in rows}), sorted({row.machine for row in rows})
    versions = {name: version for row in rows for name, version in row.versions.items() if name != "sources"}
    told = ", ".join(f"{name} {version}" for name, version in versions.items())
    heading = f"Measured {' and '.join(days)} on {' and '.join(machines)}; {told}.\n\n"
    page = f"{before}{start}\n{heading}{write_markdown(rows)}{end}{after}"
    path.write_text(page, encoding="utf-8")


def write_markdown(rows: Sequence[Row]) -> str:
    """Write the rows as a table of Markdown."""
    lines = ["| " + " | ".join(HEADS) + " |", "|" + " --- |" * len(HEADS)]
    lines += ["| " + " | ".join(_list_cells(row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _list_cells(row: Row) -> list[str]:
    met = "" if row.met is None else "yes" if row.met else "**no**"
    return [
        row.name,
        row.size,
        row.peer,
        _write_number(row.ours),
        _write_number(row.theirs),
        row.unit,
        _write_number(row.ratio),
        row.bar or "none: for information",
        met,
        str(row.runs),
    ]


def _write_number(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"
