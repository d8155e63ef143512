# SPDX-License-Identifier: EUPL-1.2
"""What could serve each requirement of a project now, as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from inventory.matching.fallback import LastDay, find_last_day, weigh_fallback
from inventory.matching.instant import Asked, InstantAnswer
from inventory.matching.tried import name_column
from matcher.instant.answer import OfferedLot, Relaxation, RequirementAnswer, TakenLot
from matcher.problem.columns import DOCUMENTATION_CODES
from matcher.reasons import REASONS, TAKEN
from web.pages.projects.trials import write_try

PER_ORE = 1000
_DOCUMENTED = dict(enumerate(DOCUMENTATION_CODES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A lot as a row of a page: amounts in units of the material, money in oere, road in metres.

    Parameters
    ----------
    lot_id
        For the link to its page.
    name
        What people call it.
    amount
        Taken of it, or there of it where it is an alternative.
    offer
        The lot in the answer.
    cost, price
        What a unit costs the project, and what it would cost others.
    backup, backup_id, backup_amount
        The lot that would stand in, and how much of it; None where there is none.
    failing_ore
        What it costs more in all if the lot falls out.
    """

    lot_id: UUID
    name: Any
    amount: float
    offer: OfferedLot
    cost: float
    price: float
    backup: Any | None = None
    backup_id: UUID | None = None
    backup_amount: float = 0.0
    failing_ore: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """What loosening one bound would let in; `change` is that as a button carries it.

    `lots` and `amount` are let in, `met` would be served more of the requirement, `gain_ore` cheaper in all.
    """

    kind: str
    attribute: str
    value: Any
    by: int
    lots: int
    amount: float
    met: float
    gain_ore: float
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One requirement as a part of a page; amounts in units of the material, money in oere.

    `scarce` says that others want more of it than there is, or that lots are worth more to them;
    `within_reach` is what is on offer near enough, `others_want` what `other_projects` near want.
    """

    id: UUID
    name: Any
    answer: RequirementAnswer
    asked: Asked
    wanted: float
    met: float
    bought: float
    new_cost: float
    mix: list[Shown]
    alternatives: list[Shown]
    stopped: list[tuple[str, int]]
    tolerances: list[Tolerance]
    within_reach: float
    others_want: float
    other_projects: int
    scarce: bool
    last_day: LastDay | None


def serve_parts(found: InstantAnswer, *, today: date) -> list[Served]:
    """Lay out what an answer says of each requirement, in the order asked."""
    return [_serve(found, answer, today=today) for answer in found.answer.requirements]


def _serve(found: InstantAnswer, answer: RequirementAnswer, *, today: date) -> Served:
    name, asked = found.requirements[answer.requirement], found.asked[answer.requirement]
    dear = any(taken.offer.price for taken in answer.mix) or bool(answer.stopped.get(REASONS[TAKEN]))
    return Served(
        id=UUID(answer.requirement),
        name=name,
        answer=answer,
        asked=asked,
        wanted=answer.quantity * name.step,
        met=answer.met * name.step,
        bought=answer.bought * name.step,
        new_cost=answer.new_cost / PER_ORE / name.step,
        mix=[_show_taken(found, answer, taken, step=name.step) for taken in answer.mix],
        alternatives=[_show_offer(found, offer, steps=offer.quantity) for offer in answer.alternatives],
        stopped=[(str(code), answer.stopped[code]) for code in REASONS if answer.stopped.get(code)],
        tolerances=[
            _show_tolerance(each, requirement=answer.requirement, step=name.step)
            for each in answer.relaxations
        ],
        within_reach=asked.within_reach * name.step,
        others_want=asked.rivals.steps * name.step,
        other_projects=asked.rivals.projects,
        scarce=dear or (asked.rivals.steps > 0 and asked.rivals.steps + answer.quantity > asked.within_reach),
        last_day=find_last_day(wanted_to=asked.wanted_to, lead=asked.lead, today=today),
    )


def _show_tolerance(each: Relaxation, *, requirement: str, step: float) -> Tolerance:
    column, value = name_column(each)
    return Tolerance(
        kind=str(each.kind),
        attribute=each.attribute,
        value=_DOCUMENTED[each.value] if each.kind == "documentation" else each.value,
        by=each.by,
        lots=each.lots,
        amount=each.steps * step,
        met=each.met * step,
        gain_ore=each.gain / PER_ORE,
        change=write_try(requirement, column, value),
    )


def _show_taken(found: InstantAnswer, answer: RequirementAnswer, taken: TakenLot, *, step: float) -> Shown:
    shown = replace(
        _show_offer(found, taken.offer, steps=taken.steps),
        failing_ore=weigh_fallback(taken, new_cost=answer.new_cost).cost / PER_ORE,
    )
    if taken.backup is None:
        return shown
    return replace(
        shown,
        backup=found.lots[taken.backup.lot],
        backup_id=UUID(taken.backup.lot),
        backup_amount=taken.backup_steps * step,
    )


def _show_offer(found: InstantAnswer, offer: OfferedLot, *, steps: int) -> Shown:
    name = found.lots[offer.lot]
    return Shown(
        lot_id=UUID(offer.lot),
        name=name,
        amount=steps * name.step,
        offer=offer,
        cost=offer.cost / PER_ORE / name.step,
        price=offer.price / PER_ORE / name.step,
    )
