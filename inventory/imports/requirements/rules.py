# SPDX-License-Identifier: EUPL-1.2
"""The rules a row of requirements sets: how much at least, from how many, how alike, how urgent."""

from collections.abc import Sequence
from functools import partial

from inventory.imports.cells.cells import parse_text
from inventory.imports.cells.number import NumberStyle
from inventory.imports.cells.shares import parse_count, parse_share
from inventory.imports.cells.words import parse_yes_no
from inventory.imports.findings import Findings, parse_cells

_MOST_DONORS = 10_000
_MOST_BREAKAGE_PERCENT = 90
_MOST_PRIORITY_PERCENT = 1000


def read_requirement_rules(findings: Findings, *, style: NumberStyle) -> dict[str, Sequence[object]]:
    """Read the rules of each requirement, as columns of the table of requirements.

    Parameters
    ----------
    findings
        Told of shares and counts that cannot be.
    style
        How the file writes decimals.
    """
    fulfilment = partial(parse_share, style=style, all_or_nothing=True)
    breakage = partial(parse_share, style=style, high=_MOST_BREAKAGE_PERCENT)
    priority = partial(parse_share, style=style, high=_MOST_PRIORITY_PERCENT)
    donors = partial(parse_count, style=style, high=_MOST_DONORS)
    numbers = {
        "minimum_fulfilment_permille": parse_cells(
            findings, column="minimum_fulfilment_pct", parse=fulfilment
        ),
        "breakage_permille": parse_cells(findings, column="breakage_pct", parse=breakage),
        "priority_permille": parse_cells(findings, column="priority_pct", parse=priority),
        "most_donors": parse_cells(findings, column="most_donors", parse=donors),
    }
    return {
        **{name: [value or 0 for value in values] for name, values in numbers.items()},
        "one_kind": [bool(answer) for answer in parse_cells(findings, column="one_kind", parse=parse_yes_no)],
        "design_option": parse_cells(findings, column="design_option", parse=parse_text),
    }
