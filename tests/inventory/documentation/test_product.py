# SPDX-License-Identifier: EUPL-1.2
"""Used product, surplus or recycled: the legal tests in their order, each with its reason and source."""

import itertools

import pytest

from inventory.documentation.product import CAVEAT, ProductAnswers, decide_product, read_product_reasons
from inventory.tables import ProductStatus
from inventory.tables.product_decision import Processing, Waste


@pytest.mark.parametrize(
    ("installed", "processing", "waste", "status", "reason"),
    [
        (True, Processing.NONE, Waste.NEVER, ProductStatus.USED, "used"),
        (True, Processing.LIGHT, Waste.ENDED, ProductStatus.USED, "used"),
        (False, Processing.NONE, Waste.NEVER, ProductStatus.SURPLUS, "never_installed"),
        (False, Processing.REPROCESSED, None, ProductStatus.SURPLUS, "never_installed"),
        (None, Processing.REPROCESSED, None, ProductStatus.RECYCLED, "reprocessed"),
        (True, Processing.LIGHT, Waste.STILL, None, "still_waste"),
        (None, Processing.NONE, Waste.NEVER, None, "installed_unknown"),
        (True, None, Waste.NEVER, None, "processing_unknown"),
        (True, Processing.NONE, None, None, "waste_unknown"),
    ],
)
def test_first_test_that_fails_is_the_reason(
    installed: bool | None,  # noqa: FBT001 - an answer, or none
    processing: Processing | None,
    waste: Waste | None,
    status: ProductStatus | None,
    reason: str,
) -> None:
    """What is known to fail decides before what is not known, and what is not known decides nothing."""
    found = decide_product(ProductAnswers(installed=installed, processing=processing, waste=waste))
    assert (found.status, found.code) == (status, reason)
    assert found.source
    assert found.name_da
    assert found.name_en


def test_used_needs_every_answer() -> None:
    """Of all answers there may be, only installed, at most cleaned and not waste make a used product."""
    used = [
        answers
        for answers in itertools.product((True, False, None), (*Processing, None), (*Waste, None))
        if decide_product(
            ProductAnswers(installed=answers[0], processing=answers[1], waste=answers[2])
        ).status
        is ProductStatus.USED
    ]
    assert set(used) == {
        (True, processing, waste)
        for processing in (Processing.NONE, Processing.LIGHT)
        for waste in (Waste.NEVER, Waste.ENDED)
    }


def test_what_the_sources_leave_open_says_so() -> None:
    """The row on the years after 2025 is marked as not verified, every other one as sourced."""
    assert [row.code for row in read_product_reasons().values() if not row.verified] == [CAVEAT]
