# SPDX-License-Identifier: EUPL-1.2
"""Two rows of a file about one thing: the first is taken, the second refused."""

from collections.abc import Hashable, Sequence

from inventory.imports.findings import Findings


def refuse_repeated(findings: Findings, *, keys: Sequence[Hashable | None], column: str) -> None:
    """Refuse each row whose thing an earlier row that is taken speaks of already.

    Parameters
    ----------
    findings
        Told of ``duplicate_row``, with the number of the first.
    keys
        What each row is about, None where that is not known.
    column
        Where the finding is shown.
    """
    first: dict[Hashable, int] = {}
    for index, key in enumerate(keys):
        if key is None or index in findings.refused:
            continue
        if key in first:
            number = findings.table.row_number(first[key])
            findings.add(index, code="duplicate_row", column=column, first=number)
        else:
            first[key] = index
