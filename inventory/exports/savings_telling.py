# SPDX-License-Identifier: EUPL-1.2
"""How the sheets of savings tell what a component counts as, why, and against which limit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from inventory.documentation.product import read_product_reasons
from inventory.exports.lca_words import WORDS
from inventory.notes import tell_note
from inventory.savings.limits import ClimateLimit
from inventory.savings.served import FactorKey, Savings, Served, round_half_up

STAGES = ("new_co2e_a1a3", "new_co2e_c3", "new_co2e_c4")
"""Kinds of the factors of the stages of a new one."""


def say_origin(savings: Savings, *, at: int) -> str:
    """Say whose figures they are."""
    if savings.run_at is None:
        return WORDS["by_answer"][at]
    return WORDS["by_plan"][at].format(day=savings.run_at.date().isoformat())


def say_limit(limit: ClimateLimit, *, at: int) -> str:
    """Say a limit with its days, its source, and whether anybody verified it."""
    until = "" if limit.valid_to is None else limit.valid_to.isoformat()
    days = f"{limit.valid_from.isoformat()} - {until}"
    name = (limit.name_da, limit.name_en)[at]
    verified = "" if limit.verified else f" {WORDS['not_verified'][at]}."
    return (
        f"{name}: {write_number(limit.kg_per_m2_year, at=at)} {WORDS['per_year'][at]} ({days})."
        f"{verified} {tell_note(limit.source, at=at)}"
    )


def tell_reason(one: Served, *, at: int) -> str:
    """Tell why a lot counts as it does, with the source of the rule."""
    reason = read_product_reasons().get(one.lot.decision_reason or "")
    if reason is not None:
        told = f"{(reason.name_da, reason.name_en)[at]}. {tell_note(reason.source, at=at)}"
    else:
        told = WORDS["said_without_test" if one.lot.product_status else "no_decision"][at]
    notes = [WORDS[name][at] for name, holds in _list_notes(one) if holds]
    return " ".join([told, *notes])


def _list_notes(one: Served) -> list[tuple[str, bool]]:
    return [("moved_since", one.decision_moved), ("fallen", one.fallen)]


def name_status(one: Served) -> str:
    """Name what a quantity was counted as, by its code in the words: by the plan, whatever came since."""
    if one.counts_zero:
        return "used"
    status = one.lot.product_status
    return "undecided" if status is None or status == "used" else str(status)


def share_stages(factors: Mapping[FactorKey, Any], *, wanted: Any, steps: int) -> list[int | None]:
    """Share what steps of a requirement emit bought new out on A1-A3, C3 and C4: grams, None if unknown."""
    return [
        None
        if (factor := factors.get((stage, wanted.class_id, ""))) is None
        else round_half_up(factor.value * wanted.step * 1000 * steps)
        for stage in STAGES
    ]


def write_number(value: Decimal | None, *, at: int) -> str:
    """Write a number with the comma of the language; what is not known as a question mark."""
    text = "?" if value is None else f"{value:,f}"
    return text.translate(str.maketrans(",.", ".,")) if at == 0 else text


def name_unit(unit: str, *, at: int) -> str:
    """Name the unit of a class."""
    return WORDS["piece"][at] if unit == "piece" else {"m2": "m²", "m3": "m³"}.get(str(unit), str(unit))
