# SPDX-License-Identifier: EUPL-1.2
"""Whether a lot is a used product, surplus or recycled: the legal tests, each with its reason and source."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib import resources

from inventory.tables.lot import ProductStatus
from inventory.tables.product_decision import Processing, Waste

CAVEAT = "reuse_after_2025"
"""The row that says what the sources leave open of the rule that a used product counts zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductReason:
    """Why a lot is what it is, from `product_tests.csv`; without a status nothing is decided."""

    code: str
    status: ProductStatus | None
    name_da: str
    name_en: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductAnswers:
    """The answers the tests ask for; None where nobody knows."""

    installed: bool | None
    processing: Processing | None
    waste: Waste | None


@cache
def read_product_reasons() -> dict[str, ProductReason]:
    """Read the reasons by code."""
    text = resources.files("inventory").joinpath("reference", "product_tests.csv")
    rows = csv.DictReader(io.StringIO(text.read_text(encoding="utf-8"), newline=""))
    return {
        row["reason"]: ProductReason(
            code=row["reason"],
            status=ProductStatus(row["status"]) if row["status"] else None,
            name_da=row["name_da"],
            name_en=row["name_en"],
            source=row["source"],
            verified=row["verified"] == "yes",
        )
        for row in rows
    }


def decide_product(answers: ProductAnswers) -> ProductReason:
    """Decide what a lot is by the legal tests, the first that fails being the reason.

    A used product was installed at least once, was not processed beyond checking, cleaning and repairing, and
    is not, or no longer, waste (Regulation (EU) 2024/3110). Only such a one counts 0 in BR18. What is known
    to fail decides before what is not known.
    """
    return read_product_reasons()[_find_reason(answers)]


def _find_reason(answers: ProductAnswers) -> str:
    if answers.installed is False:
        return "never_installed"
    if answers.processing is Processing.REPROCESSED:
        return "reprocessed"
    if answers.waste is Waste.STILL:
        return "still_waste"
    if answers.installed is None:
        return "installed_unknown"
    if answers.processing is None:
        return "processing_unknown"
    if answers.waste is None:
        return "waste_unknown"
    return "used"
