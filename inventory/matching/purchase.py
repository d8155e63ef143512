# SPDX-License-Identifier: EUPL-1.2
"""A purchase to be justified: a match of a plan beside what else could serve its requirement now."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from inventory.database import session_factory
from inventory.errors import BadInputError
from inventory.matching.instant import KeptLots, NothingAskedError, answer_project
from inventory.matching.ranking import list_lot, list_offers, measure_offers
from inventory.matching.savings import NoProjectError, read_savings
from inventory.queries.saved import dress, read_match, read_plan_run, read_project
from inventory.savings.served import Savings, Served

ALTERNATIVES = 8
"""Other lots that a purchase is compared with, at most."""


class NoMatchError(BadInputError):
    """There is no match {match} in a finished plan. `genbro export plan latest --to plan.csv` lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """One match with what it is to be compared with.

    Parameters
    ----------
    savings
        Of its requirement, by its plan; the factors behind it.
    chosen
        The match.
    others
        Lots that may serve the requirement now, each measured for as much as was chosen or as there is.
    looked_at
        Lots the instant answer looked at; None where there was nothing to answer, for the requirement is met
        or withdrawn.
    """

    savings: Savings
    chosen: Served
    others: tuple[Served, ...]
    looked_at: int | None


def compare_purchase(engine: Engine, *, match_id: int, as_of: date, kept: KeptLots | None = None) -> Purchase:
    """Gather what a purchase is compared with: the match of a plan, and what else could serve it now.

    Parameters
    ----------
    engine
        The database.
    match_id
        A match of a finished plan.
    as_of
        Today, for the factors of the instant answer.
    kept
        Who keeps the lots in memory, for the same.

    Raises
    ------
    NoMatchError
        There is no such match.
    """
    with session_factory(engine)() as session:
        read = read_match(session, match_id=match_id)
        run = None if read is None else read_plan_run(session, run_id=read[0])
        if read is None or run is None:
            raise NoMatchError(match=match_id)
        _, project_id, figures = read
        project = read_project(session, project_id=project_id)
        if project is None:
            raise NoProjectError(project=project_id)
        savings = read_savings(session, project=project, run=run, requirement_id=figures.requirement_id)
        chosen = next(one for one in savings.served if one.figures.match_id == match_id)
        others, looked_at = _measure_others(
            engine, session, chosen=chosen, project_id=project_id, as_of=as_of, kept=kept
        )
        return Purchase(savings=savings, chosen=chosen, others=others, looked_at=looked_at)


def list_compared(purchase: Purchase) -> list[dict[str, Any]]:
    """List what a purchase is compared with, as the history keeps it: what, names, place and øre in all."""
    figures, wanted = purchase.chosen.figures, purchase.chosen.wanted
    told = [list_lot(purchase.chosen, chosen=True), *(list_lot(one, chosen=False) for one in purchase.others)]
    new = {"what": "new", "name_da": wanted.name_da, "name_en": wanted.name_en, "total_ore": figures.new_ore}
    return [*told, new]


def _measure_others(
    engine: Engine, session: Session, *, chosen: Served, project_id: UUID, as_of: date, kept: KeptLots | None
) -> tuple[tuple[Served, ...], int | None]:
    try:
        found = answer_project(
            engine, project=str(project_id), as_of=as_of, alternatives=ALTERNATIVES, kept=kept
        )
    except NothingAskedError:
        return (), None
    mine = [
        one for one in found.answer.requirements if UUID(one.requirement) == chosen.figures.requirement_id
    ]
    if not mine:
        return (), None
    offers = [offer for offer in list_offers(mine[0]) if UUID(offer.lot) != chosen.figures.lot_id]
    figures = measure_offers(
        found.problem, offers, requirement=mine[0].requirement, most_steps=chosen.figures.quantity
    )
    return dress(session, figures=figures[:ALTERNATIVES]), found.looked_at
