# SPDX-License-Identifier: EUPL-1.2
"""Why a pair or a part of a requirement got no match: codes, in the order in which a pair gets further."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """A reason code; a later one means that the pair got further."""

    NO_LOT_OF_CLASS = "no_lot_of_class"
    DOCUMENTATION = "documentation"
    SCREENING = "screening"
    ATTRIBUTE = "attribute"
    DISTANCE = "distance"
    NO_ROAD = "no_road"
    WINDOW = "window"
    MINIMUM_TAKE = "minimum_take"
    FULFILMENT = "fulfilment"
    MOST_DONORS = "most_donors"
    BUDGET = "budget"
    TAKEN = "taken"
    TOO_DEAR = "too_dear"
    STALE = "stale"


REASONS: tuple[Reason, ...] = tuple(Reason)
"""All reasons in order; the place of a reason here is its number in arrays."""

NO_LOT_OF_CLASS = REASONS.index(Reason.NO_LOT_OF_CLASS)
DOCUMENTATION = REASONS.index(Reason.DOCUMENTATION)
SCREENING = REASONS.index(Reason.SCREENING)
ATTRIBUTE = REASONS.index(Reason.ATTRIBUTE)
DISTANCE = REASONS.index(Reason.DISTANCE)
NO_ROAD = REASONS.index(Reason.NO_ROAD)
WINDOW = REASONS.index(Reason.WINDOW)
MINIMUM_TAKE = REASONS.index(Reason.MINIMUM_TAKE)
FULFILMENT = REASONS.index(Reason.FULFILMENT)
MOST_DONORS = REASONS.index(Reason.MOST_DONORS)
BUDGET = REASONS.index(Reason.BUDGET)
TAKEN = REASONS.index(Reason.TAKEN)
TOO_DEAR = REASONS.index(Reason.TOO_DEAR)
