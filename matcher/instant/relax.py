# SPDX-License-Identifier: EUPL-1.2
"""What loosening each bound would give: the engine asked again with the requirement changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.instant.answer import Relaxation
from matcher.instant.changes import (
    RULES,
    Change,
    ChangeKind,
    apply_changes,
    list_changes,
    list_probes,
    settle_probes,
)
from matcher.instant.choice import Choice
from matcher.instant.let_in import LetIn, find_nearest_values, let_in_lots
from matcher.instant.mix import Mix, mix_lots
from matcher.instant.offer import Offer
from matcher.instant.question import Question, pose_question
from matcher.instant.scan import Judged
from matcher.problem.columns import IntArray

_SIGNS = {
    ChangeKind.ATTRIBUTE_MINIMUM: 1,
    ChangeKind.ATTRIBUTE_MAXIMUM: -1,
    ChangeKind.ATTRIBUTE_UNKNOWN: 0,
}


def find_relaxations(
    offer: Offer,
    question: Question,
    *,
    judged: Judged,
    choices: Sequence[Choice],
    mixes: Sequence[Mix],
) -> list[list[Relaxation]]:
    """Return for each requirement what loosening one of its bounds would give, the greatest gain first.

    Parameters
    ----------
    offer, question, judged
        The lots, the requirements as they are, and what became of each lot.
    choices, mixes
        The allowed lots of each requirement, and the best mix of each alone.
    """
    changes = list_changes(question, stopped=judged.stopped)
    changes += _settle(offer, question, judged=judged)
    changes.sort(key=lambda change: change.row)
    found: list[list[Relaxation]] = [[] for _ in choices]
    if not changes:
        return found
    let_in = _ask_again(offer, question, judged=judged, changes=changes, mixes=mixes)
    for place, change in enumerate(changes):
        if not let_in.lots[place]:
            continue
        choice, mix = choices[change.row], mixes[change.row]
        offers = slice(int(let_in.start[place]), int(let_in.start[place + 1]))
        changed = _widen_choice(
            offer,
            choice,
            mix=mix,
            lot=let_in.lot[offers].astype(np.int64),
            cost=let_in.cost[offers],
            again=change.kind == ChangeKind.EARLIER,
        )
        better = mix_lots(changed, demand=choice.demand, more=0)
        found[change.row].append(
            Relaxation(
                kind=change.kind,
                attribute=question.asked.attributes[change.attribute] if change.attribute >= 0 else "",
                value=change.value,
                by=change.by,
                lots=int(let_in.lots[place]),
                steps=int(let_in.steps[place]),
                met=mix.bought - better.bought,
                gain=_count_cost(choice, mix) - _count_cost(changed, better),
            )
        )
    for relaxations in found:
        relaxations.sort(key=lambda each: (-each.gain, -each.lots, each.kind, each.attribute))
    return found


def _settle(offer: Offer, question: Question, *, judged: Judged) -> list[Change]:
    probes = list_probes(question, stopped=judged.stopped)
    if not probes:
        return []
    posed = pose_question(offer, asked=apply_changes(question.asked, changes=probes), like=question)
    nearest = find_nearest_values(
        posed.facts,
        offer.world.grid,
        posed.roads,
        offer.quantity,
        *_list_rules(probes),
        np.array([probe.attribute for probe in probes], dtype=np.int64),
        np.array([_SIGNS[probe.kind] for probe in probes], dtype=np.int64),
        judged.sorted_start,
        judged.sorted_lot,
    )
    return settle_probes(question, probes=probes, nearest=nearest)


def _ask_again(
    offer: Offer, question: Question, *, judged: Judged, changes: Sequence[Change], mixes: Sequence[Mix]
) -> LetIn:
    posed = pose_question(offer, asked=apply_changes(question.asked, changes=changes), like=question)
    return let_in_lots(
        posed.facts,
        posed.rates,
        offer.world.grid,
        posed.roads,
        offer.quantity,
        offer.prices,
        *_list_rules(changes),
        np.array([change.kind == ChangeKind.EARLIER for change in changes], dtype=np.bool_),
        np.array([mix.worth for mix in mixes], dtype=np.int64),
        judged.sorted_start,
        judged.sorted_lot,
    )


def _list_rules(changes: Sequence[Change]) -> tuple[IntArray, IntArray]:
    return (
        np.array([change.row for change in changes], dtype=np.int64),
        np.array([RULES[change.kind] for change in changes], dtype=np.int64),
    )


def _widen_choice(
    offer: Offer,
    choice: Choice,
    *,
    mix: Mix,
    lot: IntArray,
    cost: IntArray,
    again: bool,
) -> Choice:
    """Return the lots of the mix and the better ones let in: no other lot could be in the new mix."""
    if not again:
        taken = mix.order[: len(mix.steps)]
        lot, cost = np.concatenate([lot, choice.lot[taken]]), np.concatenate([cost, choice.cost[taken]])
    price = offer.prices[lot]
    return Choice(
        lot=lot,
        row=offer.row[lot],
        cost=cost,
        price=price,
        quantity=offer.quantity[lot],
        key=cost + price,
        demand=choice.demand,
        new_cost=choice.new_cost,
    )


def _count_cost(choice: Choice, mix: Mix) -> int:
    """Return what a mix costs with the prices, the part bought new included."""
    taken = choice.key[mix.order[: len(mix.steps)]]
    paid: int = sum(a * b for a, b in zip(taken.tolist(), mix.steps.tolist(), strict=True))
    return paid + choice.new_cost * mix.bought
