# SPDX-License-Identifier: EUPL-1.2
"""What explanations say, in codes and numbers; no engine here, so whoever shows them loads none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from matcher.reasons import Reason


class Outcome(StrEnum):
    """What became of a pair."""

    MATCHED = "matched"
    STOPPED = "stopped"
    TOO_DEAR = "too_dear"
    TAKEN = "taken"
    HUB_FULL = "hub_full"
    TIED = "tied"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """A requirement that got some of a lot: id, steps, what a step was worth to it (1/1000 øre)."""

    requirement: str
    quantity: int
    worth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomMonth:
    """A month in which a pair would wait at a hub that is full then, or whose room has a price.

    Parameters
    ----------
    month
        Such as 2027-03.
    full
        Whether what is free is less than one step of the lot takes.
    free
        Floor that the plan leaves free, cm2.
    price
        w: what one cm2 more for the month would save, by the certificate, 1/1000 øre.
    """

    month: str
    full: bool
    free: int
    price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The room that a pair takes at a hub where there is none to spare.

    Parameters
    ----------
    hub
        Id.
    months
        Of those in which it waits there, the ones that are full or have a price.
    fee
        What the floor that a step takes is worth to others in all its months, 1/1000 øre.
    """

    hub: str
    months: tuple[RoomMonth, ...]
    fee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairExplanation:
    """What became of a lot and a requirement; money in 1/1000 øre per step.

    Parameters
    ----------
    lot, requirement
        Ids.
    outcome
        ``matched``; ``stopped`` by `reason`; ``too_dear``: allowed, but cost >= new_cost; ``taken``: it went
        to those to whom it was worth more; ``hub_full``: it would have been used, but for room at the hub
        where it has to wait; ``tied``: it went to others to whom it was worth just as much; ``not_needed``:
        nobody paid for the lot, and better ones were at hand.
    reason
        The rule or reason, where it was not matched.
    quantity
        Steps assigned.
    metres, storage_days
        Road and storage; None where no road or no day is known.
    storage, hub
        Where it waits, of `matcher.plan.STORAGE_CODES`, and the id of the hub; None where it does not.
    cost, new_cost
        c and N; cost is None for a pair that is not allowed.
    price
        u, the lot's price.
    best
        v: the least a step costs the requirement, prices of lots and of room in hubs included.
    worth
        What a step of the lot was worth here: the least a step costs without this lot, less c. Never below
        the price where it was matched, never above it where it was not, room at a hub aside. None for a pair
        that is not allowed.
    takers
        Who got the lot; where they are more than `MOST_TAKERS`, those who got most of it.
    room
        Where it waits at a hub without room to spare.
    """

    lot: str
    requirement: str
    outcome: Outcome
    reason: Reason | None
    quantity: int
    metres: int | None
    storage_days: int | None
    storage: str | None
    hub: str | None
    cost: int | None
    new_cost: int
    price: int
    best: int
    worth: int | None
    takers: tuple[Taker, ...]
    room: Room | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetExplanation:
    """The part bought new: steps, the furthest reason, and the lots stopped at each reason."""

    quantity: int
    reason: Reason
    stopped: dict[Reason, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What loosening one bound of a requirement would give: the engine's answer, asked with the change.

    Parameters
    ----------
    kind
        Which bound: a `matcher.instant.changes.ChangeKind`.
    attribute
        Name of the attribute, where it is one; else empty.
    value, by
        The bound as it would be, and how much looser that is.
    lots
        Lots let in.
    met
        Steps more that the requirement would get.
    gain
        How much cheaper it would be served, what it costs others counted, in 1/1000 øre.
    """

    kind: str
    attribute: str
    value: int
    by: int
    lots: int
    met: int
    gain: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementExplanation:
    """What a requirement got, what it did not, the lots that came nearest, and what would help.

    `advice` is None where nobody asked for it.
    """

    requirement: str
    quantity: int
    best: int
    new_cost: int
    matched: tuple[PairExplanation, ...]
    unmet: UnmetExplanation | None
    nearest: tuple[PairExplanation, ...]
    advice: tuple[Advice, ...] | None = None

    @property
    def lacking_room(self) -> tuple[Room, ...]:
        """Return the rooms where a lot waits or would have, at hubs with none to spare; each hub once."""
        rooms: dict[str, Room] = {}
        for pair in (*self.matched, *self.nearest):
            if pair.room is not None and pair.outcome in {Outcome.MATCHED, Outcome.HUB_FULL}:
                rooms.setdefault(pair.room.hub, pair.room)
        return tuple(rooms.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class LotExplanation:
    """Who got a lot, at what price, and what is left of it."""

    lot: str
    quantity: int
    left: int
    price: int
    matched: tuple[PairExplanation, ...]


Explanation = RequirementExplanation | LotExplanation | PairExplanation


def list_pairs(told: Explanation) -> tuple[PairExplanation, ...]:
    """Return the pairs that an explanation speaks of."""
    if isinstance(told, PairExplanation):
        return (told,)
    return (*told.matched, *(told.nearest if isinstance(told, RequirementExplanation) else ()))


def list_named(told: Explanation) -> Iterator[tuple[str, str]]:
    """Yield the kind (``lot``, ``requirement`` or ``hub``) and id of all that an explanation names."""
    if isinstance(told, RequirementExplanation):
        yield "requirement", told.requirement
    if isinstance(told, LotExplanation):
        yield "lot", told.lot
    for pair in list_pairs(told):
        yield "lot", pair.lot
        yield "requirement", pair.requirement
        for taker in pair.takers:
            yield "requirement", taker.requirement
        if pair.hub is not None:
            yield "hub", pair.hub
