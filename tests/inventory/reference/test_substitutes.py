# SPDX-License-Identifier: EUPL-1.2
"""Substitutes: which class may stand in for which, unit for unit, and at what penalty."""

from __future__ import annotations

from decimal import Decimal

Rows = list[dict[str, str]]


def test_substitutes_are_tradable_and_share_unit_and_step(
    substitutes: Rows, class_of: dict[str, dict[str, str]]
) -> None:
    """With p = q = 1 a step of one class counts as a step of the other, so both must be counted alike."""
    for row in substitutes:
        wanted, offered = class_of[row["class"]], class_of[row["substitute"]]
        assert (row["p"], row["q"]) == ("1", "1")
        assert wanted["tradable"] == offered["tradable"] == "true"
        assert (wanted["unit"], wanted["step"]) == (offered["unit"], offered["step"])


def test_no_class_substitutes_itself_and_no_pair_is_twice(substitutes: Rows) -> None:
    """A pair of classes has one penalty."""
    pairs = [(row["class"], row["substitute"]) for row in substitutes]
    assert len(pairs) == len(set(pairs))
    assert all(wanted != offered for wanted, offered in pairs)


def test_penalties_are_marked_assumptions_below_the_price_of_new(
    substitutes: Rows, factor_of: dict[tuple[str, str, str], dict[str, str]]
) -> None:
    """A penalty at or above the price of new would make the substitution pointless; none has a source."""
    for row in substitutes:
        penalty = Decimal(row["penalty_dkk_per_unit"])
        assert 0 <= penalty < Decimal(factor_of["new_price", row["class"], ""]["value"]), row
        assert row["status"] == "assumption"
        assert row["source"].startswith("Assumption, not verified: ")


def test_the_mortar_of_a_brick_may_be_another(substitutes: Rows) -> None:
    """Lime and unknown mortar stand in for each other; the safer brick costs no penalty."""
    penalty = {(r["class"], r["substitute"]): Decimal(r["penalty_dkk_per_unit"]) for r in substitutes}
    assert penalty["brick_lime_mortar", "brick_unknown_mortar"] > 0
    assert penalty["brick_unknown_mortar", "brick_lime_mortar"] == 0
