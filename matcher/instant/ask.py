# SPDX-License-Identifier: EUPL-1.2
"""Asking the offer: what could serve these requirements, at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.instant.answer import OfferedLot, ProjectAnswer, Relaxation, RequirementAnswer, TakenLot
from matcher.instant.choice import Choice
from matcher.instant.mix import Mix, mix_lots
from matcher.instant.offer import Offer
from matcher.instant.plain import is_plain_choice
from matcher.instant.question import Question
from matcher.instant.relax import find_relaxations
from matcher.instant.scan import Judged, judge_lots
from matcher.instant.sharing import share_lots
from matcher.reasons import NO_LOT_OF_CLASS, REASONS, TAKEN, TOO_DEAR, Reason
from matcher.storing import WAIT_UNIT

ALTERNATIVES = 5
"""Lots shown beside the mix."""
SPARE = 8
"""Lots looked at beyond those for a back-up from another site."""


def ask_project(
    offer: Offer, question: Question, *, alternatives: int = ALTERNATIVES, relax: bool = True
) -> ProjectAnswer:
    """Answer what could serve the requirements of a question.

    Parameters
    ----------
    offer
        The lots, with what is there of them and the prices of the last run.
    question
        The requirements (`matcher.instant.question.pose_question`).
    alternatives
        How many lots beside the mix to show for each.
    relax
        Whether to ask what loosening each bound would give.

    Notes
    -----
    Exact for plain requirements: the mixes together cost least at c + u within what there is. Prices of a run
    in which the project took part hold its own wishes too: what a lot would cost others is then at most its
    price. Relaxations are those of each requirement alone.
    """
    judged = judge_lots(question.facts, question.rates, offer.world.grid, question.roads, offer.quantity)
    choices = [_choose_from(offer, question, judged, row) for row in range(len(judged.start) - 1)]
    more = alternatives + SPARE
    mixes = [mix_lots(choice, demand=choice.demand, more=more) for choice in choices]
    relaxations: list[list[Relaxation]] = [[] for _ in choices]
    if relax:
        relaxations = find_relaxations(offer, question, judged=judged, choices=choices, mixes=mixes)
    shared = share_lots(choices, mixes=mixes, more=more)
    return ProjectAnswer(
        requirements=tuple(
            _tell(
                offer,
                question,
                judged=judged,
                row=row,
                choice=choice,
                mix=mixes[row],
                alternatives=alternatives,
                relaxations=relaxations[row],
            )
            for row, choice in enumerate(choices)
        ),
        shared=shared,
    )


def _choose_from(offer: Offer, question: Question, judged: Judged, row: int) -> Choice:
    allowed = slice(int(judged.start[row]), int(judged.start[row + 1]))
    lot, cost = judged.lot[allowed].astype(np.int64), judged.cost[allowed]
    price = offer.prices[lot]
    return Choice(
        lot=lot,
        row=offer.row[lot],
        cost=cost,
        price=price,
        quantity=offer.quantity[lot],
        key=cost + price,
        demand=int(question.asked.requirements.quantity[row]),
        new_cost=int(question.rates.new_cost[row]),
    )


def _tell(
    offer: Offer,
    question: Question,
    *,
    judged: Judged,
    row: int,
    choice: Choice,
    mix: Mix,
    alternatives: int,
    relaxations: Sequence[Relaxation],
) -> RequirementAnswer:
    first = int(judged.start[row])
    known = offer.problem
    named: dict[int, OfferedLot] = {}

    def name(place: int) -> OfferedLot:
        if place not in named:
            lot = int(choice.lot[place])
            named[place] = OfferedLot(
                lot=str(known.lots.id[lot]),
                site=str(known.sites.id[known.lots.site[lot]]),
                of_class=str(known.classes.id[known.lots.class_[lot]]),
                quantity=int(choice.quantity[place]),
                cost=int(choice.cost[place]),
                price=int(choice.price[place]),
                metres=int(judged.metres[first + place]),
                storage_days=int(judged.days[first + place]) & (WAIT_UNIT - 1),
            )
        return named[place]

    taken, rest = mix.order[: len(mix.steps)].tolist(), mix.order[len(mix.steps) :].tolist()
    steps = mix.steps.tolist()
    sites = dict(zip(taken + rest, known.lots.site[choice.lot[mix.order]].tolist(), strict=True))
    left = dict(zip(taken + rest, choice.quantity[mix.order].tolist(), strict=True))
    for place, used in zip(taken, steps, strict=True):
        left[place] -= used
    cheaper = choice.useful
    reserves = [place for place in taken + rest if left[place] > 0 and cheaper[place]]

    def back_up(place: int, used: int) -> TakenLot:
        for other in reserves:
            if sites[other] != sites[place]:
                return TakenLot(
                    offer=name(place), steps=used, backup=name(other), backup_steps=min(used, left[other])
                )
        return TakenLot(offer=name(place), steps=used, backup=None, backup_steps=0)

    mixed = tuple(back_up(place, used) for place, used in zip(taken, steps, strict=True))
    met = sum(steps)
    spent = sum(each.offer.cost * each.steps for each in mixed)
    stopped = _count_stopped(choice, judged, row)
    wanted = question.asked
    return RequirementAnswer(
        requirement=str(wanted.requirements.id[row]),
        of_class=str(wanted.classes.id[wanted.requirements.class_[row]]),
        quantity=choice.demand,
        new_cost=choice.new_cost,
        allowed=len(choice.lot),
        mix=mixed,
        alternatives=tuple(name(place) for place in rest[:alternatives]),
        met=met,
        bought=mix.bought,
        cost=spent + choice.new_cost * mix.bought,
        others=sum(each.offer.price * each.steps for each in mixed),
        saving=choice.new_cost * met - spent,
        reason=_find_reason(stopped, useful=bool(cheaper.any())) if mix.bought else None,
        stopped=stopped,
        relaxations=tuple(relaxations),
        exact=is_plain_choice(offer, question, row=row, choice=choice),
    )


def _count_stopped(choice: Choice, judged: Judged, row: int) -> dict[Reason, int]:
    counts = judged.stopped[row].copy()
    dear = choice.cost >= choice.new_cost
    counts[TOO_DEAR] += int(dear.sum())
    counts[TAKEN] += int((~dear & (choice.key > choice.new_cost)).sum())
    return {REASONS[number]: count for number, count in enumerate(counts.tolist()) if count}


def _find_reason(stopped: dict[Reason, int], *, useful: bool) -> Reason:
    """Return the furthest reason any lot reached; where even useful ones are used up, they are taken."""
    reached = [REASONS.index(reason) for reason in stopped] + ([TAKEN] if useful else [])
    return REASONS[max(reached, default=NO_LOT_OF_CLASS)]
