# SPDX-License-Identifier: EUPL-1.2
"""What a row of lots says of reuse, of the right to sell and of the terms of sale."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.actions.imports.lot_terms import TERM_TYPES
from inventory.imports.cells.cells import parse_note, parse_text, parse_whole
from inventory.imports.cells.number import NumberStyle
from inventory.imports.cells.words import parse_word
from inventory.imports.checked_table import make_date_parser
from inventory.imports.findings import Findings, Parser, parse_cells
from inventory.imports.layouts.trade import TRADE_COLUMNS
from inventory.queries.lots.terms import map_documents
from inventory.tables import Crane, Reuse

_MOST_HOURS = 8784
# column of the file -> column of the table, where they are not called alike
_CALLED = {"materials_owner": "owner", "right_paper": "paper_id"}


def read_lot_terms(
    findings: Findings,
    *,
    session: Session,
    columns: Mapping[str, Sequence[object]],
    style: NumberStyle,
) -> dict[int, tuple[object, ...]]:
    """Read the terms of each lot.

    Parameters
    ----------
    findings
        Told of words not known, of waste that is none, of papers that are not there, of a hire without gear
        and of lots that come free before they may be sold.
    session
        To look up papers.
    columns
        The columns of the table of lots, ``id``, ``site_id`` and ``available_from`` among them.
    style
        How the file writes decimals.

    Returns
    -------
    dict
        Index of each row that says anything -> values in the order of `TERM_TYPES`; what it does not say is
        None and stays as it is.
    """
    if not any(findings.table.has(column.name) for column in TRADE_COLUMNS):
        return {}
    told: dict[str, list[Any]] = {}
    for column in TRADE_COLUMNS:
        parse: Parser[Any] = parse_text
        if column.kind == "word" and column.words is not None:
            parse = partial(parse_word, words=column.words)
        elif column.kind == "date":
            parse = make_date_parser(findings.table)
        elif column.kind == "integer":
            parse = partial(parse_whole, style=style, low=0, high=_MOST_HOURS)
        elif column.name == "access_note":
            parse = parse_note
        told[_CALLED.get(column.name, column.name)] = parse_cells(findings, column=column.name, parse=parse)
    _check(findings, told=told, free=columns["available_from"])
    told["paper_id"] = _find_papers(
        findings, session=session, names=told["paper_id"], lots=columns["id"], sites=columns["site_id"]
    )
    told["id"] = list(columns["id"])
    rows = zip(*(told[name] for name in TERM_TYPES), strict=True)
    return {index: row for index, row in enumerate(rows) if any(value is not None for value in row[1:])}


def _check(findings: Findings, *, told: Mapping[str, list[Any]], free: Sequence[object]) -> None:
    """Check the cells of each row against each other."""
    for index in range(len(findings.table)):
        reuse = told["reuse"][index]
        for name in ("waste_number", "waste_receiver"):
            if told[name][index] is not None and reuse != Reuse.PREPARATION:
                findings.add(index, code="waste_without_preparation", column=name)
        if told["minimum_hire_hours"][index] is not None and told["crane"][index] in (
            Crane.NONE,
            Crane.THERE,
        ):
            findings.add(index, code="hire_without_gear", column="minimum_hire_hours")
        first, last = told["sellable_from"][index], free[index]
        if isinstance(first, date) and isinstance(last, date) and first > last:
            findings.add(
                index,
                code="sellable_after_free",
                column="sellable_from",
                first=first.isoformat(),
                last=last.isoformat(),
            )


def _find_papers(
    findings: Findings,
    *,
    session: Session,
    names: Sequence[str | None],
    lots: Sequence[object],
    sites: Sequence[object],
) -> list[UUID | None]:
    """Find each document by its name, of the lot first, then of its site; each has one that shows it."""
    wanted = {name for name in names if name is not None}
    if not wanted:
        return [None] * len(names)
    owners = {one for one in (*lots, *sites) if isinstance(one, UUID)}
    documents = map_documents(session, owners=owners, names=wanted)
    first: dict[object, int] = {}
    found: list[UUID | None] = []
    for index, (name, lot, site) in enumerate(zip(names, lots, sites, strict=True)):
        found.append(None)
        if name is None or index in findings.refused:
            continue
        mine = (one for one in (lot, site) if isinstance(one, UUID))
        owner = next((one for one in mine if (one, name) in documents), None)
        if owner is None:
            findings.add(index, code="paper_unknown", column="right_paper")
        elif names[first.setdefault(owner, index)] != name:
            number = findings.table.row_number(first[owner])
            findings.add(index, code="site_disagrees", column="right_paper", first=number, what="right_paper")
        else:
            found[index] = documents[owner, name]
    return found
