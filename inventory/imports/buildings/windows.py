# SPDX-License-Identifier: EUPL-1.2
"""Demolition windows that a file gives its buildings; none is ever invented."""

from functools import partial

from inventory.imports.buildings.cells import Columns, soften
from inventory.imports.cells.words import parse_word
from inventory.imports.checked_table import make_date_parser
from inventory.imports.findings import Findings, parse_cells
from inventory.tables import Firmness


def settle_windows(findings: Findings, *, columns: Columns) -> None:
    """Read the file's own columns ``available_from, available_to, firmness`` of standing buildings.

    Parameters
    ----------
    findings
        Told of half and empty windows, of windows of buildings that do not stand, and of windows
        without firmness, which count as possible (or as the register's case says).
    columns
        Has ``standing`` and ``case_firmness``; gains ``available_from, available_to, firmness``.
    """
    day = soften(make_date_parser(findings.table))
    first = parse_cells(findings, column="available_from", parse=day)
    last = parse_cells(findings, column="available_to", parse=day)
    word = soften(partial(parse_word, words="firmness"))
    firmness = parse_cells(findings, column="firmness", parse=word)
    cells = [findings.table.column(name) for name in ("available_from", "available_to")]
    for index, standing in enumerate(columns["standing"]):
        start, end = first[index], last[index]
        given = any(column is not None and column[index] is not None for column in cells)
        if not standing:
            if given or firmness[index] is not None:
                findings.add(index, code="window_not_standing", column="available_from")
            first[index] = last[index] = firmness[index] = None
        elif start is None or end is None or start >= end:
            if given:
                findings.add(index, code="building_window", column="available_to")
            first[index] = last[index] = None
        elif firmness[index] is None:
            case = columns["case_firmness"][index]
            firmness[index] = Firmness.POSSIBLE.value if case is None else str(case)
            if case is None:
                findings.add(index, code="firmness_assumed", column="firmness")
    columns["available_from"], columns["available_to"] = list(first), list(last)
    columns["firmness"] = list(firmness)
