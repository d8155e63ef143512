# SPDX-License-Identifier: EUPL-1.2
"""What a file says the organisations in it are."""

from functools import partial

from inventory.imports.cells.words import parse_word
from inventory.imports.findings import Findings, parse_cells
from inventory.imports.shared_places import RowPlaces, take_first


def read_organisation_kinds(findings: Findings, *, places: RowPlaces) -> dict[str, str]:
    """Read the kind of each organisation that a row which is taken speaks of.

    Parameters
    ----------
    findings
        Told of words that are not known and of rows that contradict each other.
    places
        Names the organisation of each row.

    Returns
    -------
    dict
        Name -> code of the kind; an organisation whose kind no row gives is left out.
    """
    kinds = parse_cells(
        findings, column="organisation_kind", parse=partial(parse_word, words="organisation_kind")
    )
    rows_of: dict[str, list[int]] = {}
    for index, name in enumerate(places.organisation):
        if name is not None and index not in findings.refused:
            rows_of.setdefault(name, []).append(index)
    said = {
        name: take_first(findings, rows, values=kinds, column="organisation_kind")
        for name, rows in rows_of.items()
    }
    return {name: kind for name, kind in said.items() if kind is not None}
