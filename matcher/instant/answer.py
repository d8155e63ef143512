# SPDX-License-Identifier: EUPL-1.2
"""The instant answer: what could serve each requirement, what that costs others, and what would help."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.instant.changes import ChangeKind
from matcher.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedLot:
    """A lot a requirement may use; money in 1/1000 øre per step.

    Parameters
    ----------
    lot, site, of_class
        Ids.
    quantity
        Steps there.
    cost
        c: what a step costs the requirement.
    price
        u: what a step would cost others, by the last run.
    metres, storage_days
        One-way road, and days in storage.
    """

    lot: str
    site: str
    of_class: str
    quantity: int
    cost: int
    price: int
    metres: int
    storage_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenLot:
    """A lot of the mix, the steps taken of it, and the lot that would take its place were it to fall out.

    Parameters
    ----------
    offer
        The lot.
    steps
        Steps taken.
    backup
        The cheapest lot, price included, of which the mix leaves something, from another site; None where
        there is none cheaper than new.
    backup_steps
        Steps of it that could take the lot's place.
    """

    offer: OfferedLot
    steps: int
    backup: OfferedLot | None
    backup_steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """What loosening one bound of a requirement would give: the engine's answer, asked with the change.

    Parameters
    ----------
    kind
        Which bound.
    attribute
        Name of the attribute, where it is one; else empty.
    value, by
        The bound as it would be, and how much looser that is (`matcher.instant.changes.Change`).
    lots, steps
        Lots let in, and the steps there of them.
    met
        Steps more that the requirement would get.
    gain
        How much cheaper it would be served, what it costs others counted, in 1/1000 øre.
    """

    kind: ChangeKind
    attribute: str
    value: int
    by: int
    lots: int
    steps: int
    met: int
    gain: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementAnswer:
    """What could serve a requirement; money in 1/1000 øre.

    Parameters
    ----------
    requirement, of_class
        Ids.
    quantity, new_cost
        d, and N of a step.
    allowed
        Lots that no rule stops.
    mix
        The best mix, cheapest with the price first.
    alternatives
        The best lots that are not in the mix, whatever they cost.
    met, bought
        Steps the mix covers, and steps bought new.
    cost
        What the requirement costs with the mix, the part bought new included; prices not counted.
    others
        What the mix would cost others: sum of u over its steps.
    saving
        What is saved against buying everything new; `others` not taken off.
    reason
        Why a part is bought new: the furthest any lot got; None where nothing is.
    stopped
        Lots stopped by each rule; ``taken``: allowed and cheaper than new, but worth more to others.
    relaxations
        What would let more lots in, the greatest gain first; asked of the requirement by itself.
    exact
        Whether the mix is the best there is. Not where the requirement, its project or a lot has a rule that
        goes beyond single lots (fulfilment, donors, minimum takes, trips, conversion): then it is a guide.
    """

    requirement: str
    of_class: str
    quantity: int
    new_cost: int
    allowed: int
    mix: tuple[TakenLot, ...]
    alternatives: tuple[OfferedLot, ...]
    met: int
    bought: int
    cost: int
    others: int
    saving: int
    reason: Reason | None
    stopped: dict[Reason, int]
    relaxations: tuple[Relaxation, ...]
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectAnswer:
    """What could serve the requirements of a project.

    Parameters
    ----------
    requirements
        One answer each, in the order asked.
    shared
        Whether the mixes were found together: several requirements wanted the same lots, and got no more
        than there is.
    """

    requirements: tuple[RequirementAnswer, ...]
    shared: bool

    @property
    def cost(self) -> int:
        """Return what the project costs, the parts bought new included, in 1/1000 øre."""
        return sum(answer.cost for answer in self.requirements)

    @property
    def others(self) -> int:
        """Return what the project's mixes would cost others, in 1/1000 øre."""
        return sum(answer.others for answer in self.requirements)

    @property
    def saving(self) -> int:
        """Return what the project saves against buying everything new, in 1/1000 øre."""
        return sum(answer.saving for answer in self.requirements)
