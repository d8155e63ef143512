# SPDX-License-Identifier: EUPL-1.2
"""Whether a requirement's best mix is simply its cheapest lots, or a rule goes beyond single lots."""

from __future__ import annotations

import numpy as np

from matcher.instant.choice import Choice
from matcher.instant.offer import Offer
from matcher.instant.question import Question
from matcher.joint import is_planned_jointly


def is_plain_choice(offer: Offer, question: Question, *, row: int, choice: Choice) -> bool:
    """Return whether the cheapest lots until the demand is met are the best mix of a requirement.

    Parameters
    ----------
    offer, question
        Lots and requirements.
    row
        Row of the requirement in the question.
    choice
        Its allowed lots: rules of others do not touch it.

    Notes
    -----
    Plain is as in `matcher.rules.is_plain_requirement`, with the allowed lots in view.
    """
    wanted, lots, rates = question.asked.requirements, offer.problem.lots, question.rates
    if (
        wanted.minimum_fulfilment[row]
        or wanted.most_donors[row]
        or wanted.one_kind[row]
        or wanted.breakage[row]
        or is_planned_jointly(question.asked)[row]
    ):
        return False
    own = wanted.class_[row]
    kinds = np.flatnonzero(np.bincount(lots.class_[choice.lot], minlength=len(rates.trip_ore)))
    trips = rates.trip_ore[kinds] + rates.trip_metre_ore[kinds] + rates.load_ore[kinds]
    return not bool(
        (trips + rates.load_metre_ore[kinds] > 0).any()
        or (rates.top[own, kinds] != rates.bottom[own, kinds]).any()
        or (lots.minimum_take[choice.lot] > 1).any()
        or lots.indivisible[choice.lot].any()
    )
