# SPDX-License-Identifier: EUPL-1.2
"""Counts in the trade's units become whole usable steps, reckoned by hand here."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.actions.survey_amount import (
    AmountRefusedError,
    ContentMissingError,
    count_usable_steps,
    find_content,
)
from inventory.tables import TradeUnit, Unit

SIZE = {"length_mm": 6000, "width_mm": 1200, "thickness_mm": 220}


@pytest.mark.parametrize(
    ("trade_unit", "unit", "content", "expected"),
    [
        (TradeUnit.OWN, Unit.T, None, "1"),
        (TradeUnit.PIECE, Unit.PIECE, None, "1"),
        (TradeUnit.PALLET, Unit.PIECE, Decimal(512), "512"),
        (TradeUnit.METRE, Unit.M, None, "1"),
        (TradeUnit.PIECE, Unit.M, None, "6"),
        (TradeUnit.ELEMENT, Unit.M2, None, "7.2"),
        (TradeUnit.METRE, Unit.M2, None, "1.2"),
        (TradeUnit.ELEMENT, Unit.M3, None, "1.584"),
        (TradeUnit.METRE, Unit.M3, None, "0.264"),
        (TradeUnit.ELEMENT, Unit.M, Decimal("5.5"), "5.5"),
    ],
)
def test_content_of_one(trade_unit: TradeUnit, unit: Unit, content: Decimal | None, expected: str) -> None:
    """Six metres by 1.2 by 0.22: what one holds in the class's unit; what the surveyor says wins."""
    found = find_content(trade_unit, unit=unit, content=content, dimensions=SIZE)
    assert found == Decimal(expected)


@pytest.mark.parametrize(
    ("trade_unit", "unit", "missing"),
    [
        (TradeUnit.PALLET, Unit.PIECE, "content"),
        (TradeUnit.ELEMENT, Unit.M2, "length_mm, width_mm"),
        (TradeUnit.METRE, Unit.PIECE, "content"),
        (TradeUnit.PIECE, Unit.KG, "content"),
    ],
)
def test_what_is_missing_is_named(trade_unit: TradeUnit, unit: Unit, missing: str) -> None:
    """Without dimensions or content nothing is guessed."""
    with pytest.raises(ContentMissingError) as refused:
        find_content(trade_unit, unit=unit, content=None, dimensions={})
    assert refused.value.details["missing"] == missing


@pytest.mark.parametrize(
    ("count", "content", "percent", "step", "expected"),
    [
        ("3", "500", 80, "1", 1200),
        ("1.29", "1", 100, "0.1", 12),
        ("12", "7.2", 90, "0.1", 777),
        ("7", "1", 50, "1", 3),
        ("5", "1", 0, "1", 0),
    ],
)
def test_gross_to_usable(count: str, content: str, percent: int, step: str, expected: int) -> None:
    """Three pallets of 500 at 80 % are 1200 bricks; half a door is no door."""
    steps = count_usable_steps(
        Decimal(count), content=Decimal(content), yield_percent=percent, step=Decimal(step)
    )
    assert steps == expected


@settings(deadline=None)  # a busy machine is no fault
@given(
    count=st.decimals(min_value=0, max_value=100_000, places=3),
    percent=st.integers(0, 100),
    content=st.decimals(min_value="0.001", max_value=1000, places=3),
)
def test_never_more_than_there_is(count: Decimal, percent: int, content: Decimal) -> None:
    """Whatever is counted, the usable steps fit into the gross and miss less than one step."""
    step = Decimal("0.1")
    steps = count_usable_steps(count, content=content, yield_percent=percent, step=step)
    usable = count * content * percent / 100
    assert 0 <= usable - steps * step < step


@pytest.mark.parametrize("count", ["-1", "NaN", "Infinity", "1e12"])
def test_no_amount(count: str) -> None:
    """A negative, endless or absurd count is refused."""
    with pytest.raises(AmountRefusedError):
        count_usable_steps(Decimal(count), content=Decimal(1), yield_percent=100, step=Decimal(1))
