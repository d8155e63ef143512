# SPDX-License-Identifier: EUPL-1.2
"""Climate limits and procurement thresholds: dated rows with their sources, and what is held against them."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

import inventory
from inventory.savings.account import Account
from inventory.savings.held import DayFrom, Missing, hold_against_limit
from inventory.savings.limits import find_kind, find_limit, list_kinds, read_building_kinds, read_limits
from inventory.savings.thresholds import Compared, judge_thresholds, list_rules, read_thresholds
from inventory.tables import Supplier

TODAY = date(2026, 12, 1)
DEMO = Path(inventory.__file__).parents[1] / "data" / "demo" / "requirements.csv"


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        ("other", date(2025, 7, 1), "8.0"),
        ("other", date(2026, 12, 31), "8.0"),
        ("other", date(2027, 1, 1), "7.2"),
        ("apartment_office", date(2029, 6, 1), "6.1"),
        ("house", date(2028, 1, 1), "6.0"),
        ("other", date(2025, 6, 30), None),
    ],
)
def test_a_limit_is_that_of_its_day(kind: str, day: date, expected: str | None) -> None:
    """Each step holds from its first day to the day before the next; before the first there is none."""
    limit = find_limit(kind, day=day)
    assert (None if limit is None else limit.kg_per_m2_year) == (expected and Decimal(expected))


def test_every_row_has_a_source_and_unverified_ones_say_so() -> None:
    """Nothing without a source; institutions in 2027 and 2029 are our own knowledge, and marked."""
    assert all(one.source for one in (*read_limits(), *read_building_kinds(), *read_thresholds()))
    assert all(rule.source for rule in list_rules(None))
    unverified = {(one.kind, one.valid_from.year) for one in read_limits() if not one.verified}
    assert unverified == {("other", 2027), ("other", 2029)}
    for kind in list_kinds():
        steps = [one for one in read_limits() if one.kind == kind.kind]
        assert [one.valid_to for one in steps[:-1]] == [one.valid_from for one in steps[1:]]
        assert steps[-1].valid_to is None


def test_building_types_of_the_demo_and_in_danish_are_known() -> None:
    """What the demo builds and what Danes write leads to a kind; a square to none, other words to nothing."""
    with DEMO.open(encoding="utf-8", newline="") as file:
        types = {row["building_type"] for row in csv.DictReader(file)}
    assert [one for one in types if find_kind(one) is None] == []
    for words, kind in (("Skole", "other"), ("KONTOR", "apartment_office"), ("square", None)):
        found = find_kind(words)
        assert found is not None
        assert found.kind == kind
    assert find_kind("spaceport") is None
    kinds = {limit.kind for limit in list_kinds()}
    assert {one.kind for one in read_building_kinds()} <= kinds | {None}


def test_components_are_spread_over_area_and_years() -> None:
    """144,000 kg over 1,000 m2 and 50 years are 2.88; reuse takes the regulatory part off."""
    account = Account(
        co2e_new_g=100_000_000,
        co2e_bought_g=44_000_000,
        co2e_regulatory_g=60_000_000,
        co2e_preparation_g=1_000_000,
        co2e_transport_g=500_000,
    )
    project = SimpleNamespace(building_type="school", area_m2=Decimal(1000), starts=date(2027, 3, 1))
    held = hold_against_limit(project, account, today=TODAY)
    assert (held.all_new, held.counted, held.emitted) == (Decimal("2.88"), Decimal("1.68"), Decimal("0.91"))
    assert held.limit is not None
    assert (held.limit.kg_per_m2_year, held.day_from) == (Decimal("7.2"), DayFrom.PROJECT)
    assert held.missing == ()
    assert held.site_limit is not None
    assert (held.carried, held.site_limit.kg_per_m2_year) == (Decimal("0.01"), Decimal("1.3"))
    given = hold_against_limit(
        project, account, today=TODAY, applied_on=date(2026, 5, 1), kind="apartment_office"
    )
    assert given.limit is not None
    assert (given.limit.kg_per_m2_year, given.day_from) == (Decimal("7.5"), DayFrom.GIVEN)


@pytest.mark.parametrize(
    ("building_type", "area", "missing"),
    [
        (None, None, (Missing.BUILDING_TYPE, Missing.AREA)),
        ("spaceport", Decimal(10), (Missing.UNKNOWN_TYPE,)),
        ("square", Decimal(10), (Missing.NO_LIMIT,)),
        ("school", Decimal(0), (Missing.AREA,)),
    ],
)
def test_what_is_missing_is_said(
    building_type: str | None, area: Decimal | None, missing: tuple[Missing, ...]
) -> None:
    """Without a type or an area nothing is made up: each missing thing is named."""
    project = SimpleNamespace(building_type=building_type, area_m2=area, starts=None)
    held = hold_against_limit(project, Account(), today=TODAY)
    assert held.missing == missing
    assert held.day_from is DayFrom.TODAY


def test_a_day_before_the_first_limit_has_none() -> None:
    """A permit of 2024 was under other rules, which the table does not hold."""
    project = SimpleNamespace(building_type="school", area_m2=Decimal(10), starts=None)
    held = hold_against_limit(project, Account(), today=TODAY, applied_on=date(2024, 1, 1))
    assert held.missing == (Missing.NO_LIMIT_YET,)


def test_thresholds_are_those_of_the_day() -> None:
    """In 2025 the kroner of that year; after them the euro in force, and the last kroner marked as past."""
    then = {one.threshold.contract: one for one in judge_thresholds(59_534_400, day=date(2025, 6, 1))}
    assert then["goods_lot"].compared is Compared.REACHED
    assert then["goods_other"].compared is Compared.BELOW
    assert all(one.in_force for one in then.values())
    now = judge_thresholds(59_534_399, day=TODAY)
    euro = [one for one in now if one.threshold.currency == "EUR"]
    assert len(euro) == 3
    assert {one.compared for one in euro} == {Compared.OTHER_CURRENCY}
    past = [one for one in now if one.threshold.currency == "DKK"]
    assert past
    assert not any(one.in_force for one in past)
    assert next(one for one in past if one.threshold.contract == "goods_lot").compared is Compared.BELOW


def test_rules_follow_who_buys() -> None:
    """The client's rule stands where the client buys, the contractor's where that one does, both before."""
    codes = {supplier: {rule.code for rule in list_rules(supplier)} for supplier in (None, *Supplier)}
    assert "client_buys" in codes[Supplier.CLIENT] - codes[Supplier.CONTRACTOR]
    assert "contractor_buys" in codes[Supplier.CONTRACTOR] - codes[Supplier.CLIENT]
    assert codes[None] == codes[Supplier.CLIENT] | codes[Supplier.CONTRACTOR]
