# SPDX-License-Identifier: EUPL-1.2
"""What one requirement may choose from: its allowed lots with cost, price and quantity."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.problem.columns import BoolArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The allowed lots of one requirement.

    Parameters
    ----------
    lot, row
        Of each lot its place in the offer, and its row in the problem, by which ties are broken.
    cost, price, quantity
        Of each lot c, u and the steps there.
    key
        Of each lot c + u.
    demand, new_cost
        d and N of the requirement.
    """

    lot: IntArray
    row: IntArray
    cost: IntArray
    price: IntArray
    quantity: IntArray
    key: IntArray
    demand: int
    new_cost: int

    @property
    def useful(self) -> BoolArray:
        """Tell of each lot whether it may be in a mix: cheaper than new, and with the price not dearer."""
        useful: BoolArray = (self.cost < self.new_cost) & (self.key <= self.new_cost)
        return useful
