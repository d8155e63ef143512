# SPDX-License-Identifier: EUPL-1.2
"""The account of what reuse saves: every sum by hand."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from inventory.savings.account import Account, add_up, join_accounts
from inventory.savings.served import Figures, Served, weigh_requirement
from inventory.savings.spread import scale, spread_co2e, spread_money

BRICK = 11
LOT, WANTED = UUID(int=1), UUID(int=2)


def serve(
    *,
    lot: dict[str, Any] | None = None,
    wanted: dict[str, Any] | None = None,
    status: str = "proposed",
    **more: int,
) -> Served:
    """Serve 100 bricks, all figures small and different."""
    figures = {
        "quantity": 100,
        "delivered": 100,
        "surplus": 0,
        "storage_days": 0,
        "metres": 10_000,
        "loads": 2,
        "price_ore": 10_000,
        "preparation_ore": 5_000,
        "transport_ore": 300,
        "trip_ore": 20,
        "load_ore": 1,
        "storage_ore": 700,
        "disposal_ore": 2_000,
        "new_ore": 80_000,
        "co2e_new_g": 70_000,
        "co2e_preparation_g": 600,
        "co2e_transport_g": 50,
        "co2e_regulatory_g": 70_000,
    } | more
    known = {
        "public": True,
        "class_id": BRICK,
        "vehicle": "truck_26t",
        "product_status": "used",
        "mass_g_per_step": 2394,
        "price_ore": None,
        "preparation_ore": Decimal(50),
        "disposal_ore": None,
        "dismantled_by": None,
        "dismantling_ore": None,
    } | (lot or {})
    asked = {
        "public": True,
        "class_id": BRICK,
        "step": Decimal(1),
        "new_price_ore": None,
        "mass_g_per_step": 2394,
    } | (wanted or {})
    return Served(
        figures=Figures(
            match_id=1,
            lot_id=LOT,
            requirement_id=WANTED,
            pick_up=date(2027, 3, 1),
            deliver=date(2027, 3, 1),
            storage="direct",
            status=status,
            **figures,
        ),
        lot=SimpleNamespace(**known),
        wanted=SimpleNamespace(**asked),
    )


def factor(value: str, low: str | None = None, high: str | None = None) -> SimpleNamespace:
    """Make a factor with a range, or without one."""
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return SimpleNamespace(value=Decimal(value), low=ends[0], high=ends[1])


def test_money_and_emissions_are_those_by_hand() -> None:
    """80,000 new less 10,000 + 5,000 + 321 + 700 - 2,000; 70,000 g less 600 and 50."""
    account = add_up([serve()], count_transfers=True)
    assert account.carriage_ore == 321
    assert account.reused_ore == 14_021
    assert account.saved_ore == 65_979
    assert (account.co2e_before_transport_g, account.co2e_real_g) == (69_400, 69_350)
    assert (account.driven_m, account.loads, account.matches) == (20_000, 2, 1)


def test_transfers_between_public_bodies_stand_apart() -> None:
    """What one public body pays another is a cost only where the plan counts it, and never a resource."""
    counted = add_up([serve()], count_transfers=True)
    left_out = add_up([serve()], count_transfers=False)
    assert counted.transfer_ore == left_out.transfer_ore == 10_000
    assert left_out.saved_ore == counted.saved_ore + 10_000
    assert counted.resource_saved_ore == left_out.resource_saved_ore == 75_979
    private = add_up([serve(lot={"public": False})], count_transfers=False)
    assert (private.transfer_ore, private.saved_ore) == (0, counted.saved_ore)
    assert private.resource_saved_ore == private.saved_ore


def test_dismantling_is_summed_beside_what_the_plan_counts() -> None:
    """250 of taking down comes off what is saved, in money and in resources; the plan's own saving stays."""
    known = add_up([serve(lot={"dismantling_ore": Decimal("2.5")}), serve()], count_transfers=True)
    assert (known.dismantling_ore, known.dismantling_unknown) == (250, 1)
    assert (known.plan_saved_ore, known.saved_ore) == (2 * 65_979, 2 * 65_979 - 250)
    assert known.reused_ore == known.new_ore - known.saved_ore == 2 * 14_021 + 250
    assert known.resource_saved_ore == 2 * 75_979 - 250
    one = serve(lot={"dismantling_ore": Decimal("2.5")})
    money = spread_money(
        [weigh_requirement(one.wanted, served=(one,), bought=0, factors={}, count=True)], factors={}
    )
    assert (money["dismantling"].value, money["saved"].value) == (250, 65_979 - 250)


def test_accounts_join_figure_by_figure() -> None:
    """Two accounts make one whose every figure is the sum."""
    one = add_up([serve()], count_transfers=True, bought_ore=7, co2e_bought_g=9)
    both = join_accounts([one, one, Account()], count_transfers=True)
    assert both.saved_ore == 2 * one.saved_ore
    assert (both.bought_ore, both.co2e_bought_g, both.matches) == (14, 18, 2)
    assert both.co2e_counted_g == 2 * (70_000 + 9 - 70_000)


def test_what_is_bought_new_is_priced_by_the_requirement_before_the_factor() -> None:
    """20 bricks at its own 8.005 kroner are 16,010 oere; without one the factor's 8 are 16,000."""
    factors = {("new_price", BRICK, ""): factor("8"), ("new_co2e", BRICK, ""): factor("0.720525")}
    for price, ore in ((Decimal("800.5"), 16_010), (None, 16_000)):
        served = serve(wanted={"new_price_ore": price})
        one = weigh_requirement(served.wanted, served=(served,), bought=20, factors=factors, count=True)
        assert (one.bought_ore, one.co2e_bought_g) == (ore, 14_411)
        assert one.account.co2e_all_new_g == 84_411
        assert one.account.co2e_counted_g == 14_411
        assert one.account.co2e_emitted_g == 14_411 + 650


@pytest.mark.parametrize(
    ("by", "ore", "expected"),
    [("seller", None, 0), ("buyer", Decimal("2.5"), 250), ("buyer", None, None), (None, Decimal(2), 200)],
)
def test_dismantling_is_in_the_price_known_or_unknown(
    by: str | None, ore: Decimal | None, expected: int | None
) -> None:
    """Nothing beside the price where the seller takes it down; unknown where nobody has said."""
    assert serve(lot={"dismantled_by": by, "dismantling_ore": ore}).dismantling_ore == expected


def test_a_decision_since_the_plan_is_noticed() -> None:
    """Counted as used and undecided now, or the other way about; agreeing is no news."""
    assert not serve().decision_moved
    assert serve(lot={"product_status": None}).decision_moved
    assert serve(co2e_regulatory_g=0).decision_moved
    assert not serve(lot={"product_status": "surplus"}, co2e_regulatory_g=0).decision_moved


def test_a_match_that_no_longer_holds_is_noticed() -> None:
    """Moved or out of date it has fallen, and its figures count on as its plan counts them."""
    assert not serve().fallen
    for status in ("moved", "stale"):
        assert serve(status=status).fallen
        assert add_up([serve(status=status)], count_transfers=True).saved_ore == 65_979


def test_ranges_follow_the_factors() -> None:
    """New 5 to 14 of 8, price 0 to 3 of 1, preparation as the seller says: all at worst, all at best."""
    served = serve()
    factors = {
        ("new_price", BRICK, ""): factor("8", "5", "14"),
        ("used_price", BRICK, ""): factor("1", "0", "3"),
        ("disposal_avoided", BRICK, ""): factor("0.2", "0.1", "0.3"),
        ("storage_price", BRICK, ""): factor("0.7", "0.7", "1.4"),
        ("transport_price", None, "truck_26t"): factor("3", "2", "4"),
        ("new_co2e", BRICK, ""): factor("0.7"),
        ("preparation_co2e", BRICK, ""): factor("0.006", "0.003", "0.012"),
    }
    one = weigh_requirement(served.wanted, served=(served,), bought=0, factors=factors, count=True)
    money = spread_money([one], factors=factors)
    assert (money["new"].low, money["new"].high) == (50_000, 140_000)
    assert (money["price"].low, money["price"].high) == (0, 30_000)
    assert money["preparation"].low == money["preparation"].high == 5_000
    assert (money["carriage"].low, money["carriage"].high) == (200 + 21, 400 + 21)
    assert money["saved"].value == one.account.saved_ore
    assert money["saved"].low == 50_000 + 1_000 - 30_000 - 5_000 - 421 - 1_400
    assert money["saved"].high == 140_000 + 3_000 - 0 - 5_000 - 221 - 700
    co2e = spread_co2e([one], factors=factors)
    assert not co2e["new"].stated
    assert (co2e["saved"].low, co2e["saved"].value, co2e["saved"].high) == (68_750, 69_350, 69_650)


def test_a_factor_without_a_range_says_so() -> None:
    """Unknown is not certain; nothing of it is nothing; what somebody said is as they said."""
    assert not scale(5, factor("2")).stated
    assert scale(0, factor("2")).stated
    assert scale(5, None).stated
    assert not scale(5, factor("0", "0", "9")).stated
