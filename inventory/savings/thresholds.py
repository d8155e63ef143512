# SPDX-License-Identifier: EUPL-1.2
"""Thresholds and rules of public procurement: `procurement_thresholds.csv`, `procurement_rules.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from inventory.savings.reading import is_in_force, read_day, read_rows
from inventory.tables import Supplier


class Compared(StrEnum):
    """How the value of a purchase stands to a threshold."""

    BELOW = "below"
    REACHED = "reached"
    OTHER_CURRENCY = "other_currency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """One threshold, without VAT, in whole units of its currency; `valid_to` exclusive."""

    contract: str
    valid_from: date
    valid_to: date | None
    value: int
    currency: str
    name_da: str
    name_en: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One sentence that a justification sheet carries; `supplier` is None where it holds for both."""

    code: str
    supplier: Supplier | None
    name_da: str
    name_en: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedThreshold:
    """A threshold, whether it is in force on the day, and how a value stands to it."""

    threshold: Threshold
    in_force: bool
    compared: Compared


@cache
def read_thresholds() -> tuple[Threshold, ...]:
    """Read the thresholds in the order of the table."""
    return tuple(
        Threshold(
            contract=row["contract"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=read_day(row["valid_to"]),
            value=int(row["value"]),
            currency=row["currency"],
            name_da=row["name_da"],
            name_en=row["name_en"],
            source=row["source"],
            verified=row["verified"] == "yes",
        )
        for row in read_rows("procurement_thresholds")
    )


@cache
def read_rules() -> tuple[Rule, ...]:
    """Read the rules in the order of the table."""
    return tuple(
        Rule(
            code=row["rule"],
            supplier=Supplier(row["supplier"]) if row["supplier"] else None,
            name_da=row["name_da"],
            name_en=row["name_en"],
            source=row["source"],
            verified=row["verified"] == "yes",
        )
        for row in read_rows("procurement_rules")
    )


def list_rules(supplier: Supplier | None) -> tuple[Rule, ...]:
    """List the rules that hold for a supplier; all of them while it is not decided."""
    return tuple(
        rule
        for rule in read_rules()
        if supplier is None or rule.supplier is None or rule.supplier is supplier
    )


def judge_thresholds(value_ore: int, *, day: date) -> tuple[JudgedThreshold, ...]:
    """Hold a value, in øre without VAT, against every threshold in force, and those last known in kroner.

    Parameters
    ----------
    value_ore
        Of the purchase alone: the whole contract is what counts, and only whoever buys knows it.
    day
        The day of the purchase.
    """
    judged = []
    for one in read_thresholds():
        in_force = is_in_force(day, valid_from=one.valid_from, valid_to=one.valid_to)
        if not in_force and not _is_last_in_kroner(one, day=day):
            continue
        compared = Compared.OTHER_CURRENCY
        if one.currency == "DKK":
            compared = Compared.REACHED if value_ore >= one.value * 100 else Compared.BELOW
        judged.append(JudgedThreshold(threshold=one, in_force=in_force, compared=compared))
    return tuple(judged)


def _is_last_in_kroner(one: Threshold, *, day: date) -> bool:
    """Tell whether a threshold is the latest of its contract in kroner, and none in kroner is in force."""
    same = [
        other
        for other in read_thresholds()
        if other.contract == one.contract and other.currency == "DKK" and other.valid_from <= day
    ]
    return bool(same) and one is max(same, key=lambda other: other.valid_from)
