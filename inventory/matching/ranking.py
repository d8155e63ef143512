# SPDX-License-Identifier: EUPL-1.2
"""The lots ranked for a requirement now, measured beside each other and beside new, to choose among."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from inventory.database import session_factory
from inventory.errors import BadInputError
from inventory.matching.instant import KeptLots, NothingAskedError, answer_project
from inventory.matching.measured import Pick, measure_picks
from inventory.queries.saved import dress
from inventory.savings.account import add_up
from inventory.savings.served import Figures, Served, divide
from matcher.instant.answer import OfferedLot, RequirementAnswer
from matcher.problem.problem import Problem
from matcher.rates import set_rates

RANKED = 5
"""Lots ranked beside the best mix, at most: as many as the page of the instant answer shows."""


class NotRankedError(BadInputError):
    """Lot {lot} is not among those that could serve requirement {requirement} now: look at them anew."""


def list_offers(answer: RequirementAnswer) -> list[OfferedLot]:
    """List the lots ranked for a requirement: those of the best mix, and the next best."""
    return [taken.offer for taken in answer.mix] + list(answer.alternatives)


def measure_offers(
    problem: Problem, offers: Sequence[OfferedLot], *, requirement: str, most_steps: int
) -> list[Figures]:
    """Measure lots for a requirement, each by itself, for so many steps or as many as there are."""
    rates = set_rates(problem)
    return [
        measured
        for offer in offers
        for measured in measure_picks(
            problem,
            [Pick(lot=offer.lot, requirement=requirement, steps=min(offer.quantity, most_steps))],
            rates=rates,
        )
    ]


def compare_ranked(
    engine: Engine,
    *,
    project_id: UUID,
    requirement_id: UUID,
    lot_id: UUID | None,
    as_of: date,
    kept: KeptLots | None = None,
) -> list[dict[str, Any]]:
    """Compare the lots ranked for a requirement now, one of them chosen, as the history keeps it.

    Parameters
    ----------
    engine
        The database.
    project_id, requirement_id
        The project, and its requirement as it is saved.
    lot_id
        The lot chosen; None where it is to be bought new.
    as_of
        Today, for the factors.
    kept
        Who keeps the lots in memory.

    Returns
    -------
    list of dict
        The lots as ranked and what new costs last: `what` (chosen, other, new), names, `place`, `quantity` in
        steps of the lot, and `total_ore` in all; of new, whether it is `chosen`. Each lot is measured for as
        much as is wanted or there is, new for as much as is wanted.

    Raises
    ------
    NotRankedError
        The lot is not among them, or there are none.
    """
    try:
        found = answer_project(engine, project=str(project_id), as_of=as_of, alternatives=RANKED, kept=kept)
        (answer,) = (one for one in found.answer.requirements if one.requirement == str(requirement_id))
    except (NothingAskedError, ValueError) as error:
        raise NotRankedError(lot=lot_id, requirement=requirement_id) from error
    figures = measure_offers(
        found.problem, list_offers(answer), requirement=answer.requirement, most_steps=answer.quantity
    )
    with session_factory(engine)() as session:
        served = dress(session, figures=figures)
    if not served or lot_id not in {None, *(one.lot.id for one in served)}:
        raise NotRankedError(lot=lot_id, requirement=requirement_id)
    first = served[0]
    replaced = first.figures.delivered - first.figures.surplus
    return [
        *(list_lot(one, chosen=one.lot.id == lot_id) for one in served),
        {
            "what": "new",
            "chosen": lot_id is None,
            "name_da": first.wanted.name_da,
            "name_en": first.wanted.name_en,
            "total_ore": int(divide(first.figures.new_ore * answer.quantity, replaced, decimals=0)),
        },
    ]


def list_lot(one: Served, *, chosen: bool) -> dict[str, Any]:
    """List a lot as the history keeps what was compared."""
    return {
        "what": "chosen" if chosen else "other",
        "lot": str(one.lot.id),
        "name_da": one.lot.name_da,
        "name_en": one.lot.name_en,
        "place": one.lot.municipality_name,
        "quantity": one.figures.quantity,
        "total_ore": add_up([one], count_transfers=True).reused_ore,
    }
