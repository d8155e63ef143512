# SPDX-License-Identifier: EUPL-1.2
"""Lots that together reach a quantity, the nearest first."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.queries.search.answer import Summary
from inventory.queries.search.first import find_first
from inventory.queries.search.order import order_lots
from inventory.queries.search.planning import plan_search
from inventory.queries.search.search import Search
from inventory.queries.search.shown import show_lots

MOST_LOTS = 200
"""Lots looked at: whoever needs more of them needs another material."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Lots in the order they are taken, and what they add up to.

    `enough` says that they reach the quantity wanted; `one_unit` is empty where the answer is of several
    units, whose quantities cannot be added.
    """

    rows: list[AnyRow]
    amount: Decimal
    enough: bool
    one_unit: str | None


def add_up(session: Session, *, search: Search, summary: Summary, today: date) -> Together | None:
    """Find the lots that reach the quantity a search wants, nearest first, the largest first without a place.

    Parameters
    ----------
    session
        To read with.
    search, summary
        The search and what answers it; without `wanted` there is nothing to find.
    today
        The day whose factors count.

    Returns
    -------
    Together or None
        None where no quantity is wanted, or nothing answers.
    """
    if not search.wanted or not summary.lots:
        return None
    near = search.near is not None
    found = find_first(search, sort="distance" if near else "quantity", descending=not near, most=MOST_LOTS)
    sort = "distance" if near else "quantity"
    ordered = order_lots(found, search=search, sort=sort, language="da", descending=not near)
    with plan_search(session, search):
        chosen = session.execute(ordered, {"today": today}).scalars().all()
    rows = show_lots(session, lot_ids=chosen, search=search, today=today)
    units = {row.unit for row in rows}
    taken: list[AnyRow] = []
    amount = Decimal(0)
    if len(units) == 1:
        for row in rows:
            if amount >= search.wanted:
                break
            taken.append(row)
            amount += row.amount
    return Together(
        rows=taken,
        amount=amount,
        enough=amount >= search.wanted,
        one_unit=units.pop() if len(units) == 1 else None,
    )
