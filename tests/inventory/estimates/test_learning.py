# SPDX-License-Identifier: EUPL-1.2
"""What surveys teach: worked by hand, little from few, much from many, and the same whenever it is asked."""

import math
import uuid
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from inventory.estimates.adjust import Learned
from inventory.estimates.eras import UNKNOWN_ERA, name_eras, read_eras
from inventory.estimates.evidence import SURVEYED_COLUMNS, gather_observations
from inventory.estimates.explain import explain_building
from inventory.estimates.learning import Observation, Prior, learn_factors, read_prior
from inventory.estimates.lots import estimate_lots
from inventory.estimates.rules import EstimateRules
from inventory.queries.same_parts import read_same_parts

MakeBuildings = Callable[..., pd.DataFrame]
PRIOR = Prior(surveys=5, spread=10)
CELL = ("brick_lime_mortar", "detached", "1931_1960")


def observe(number: int, ratio: float, *, found: bool = True, variance: float = 0.24) -> Observation:
    """One building where a survey found `ratio` times the 10,000 bricks that the tables give."""
    return Observation(
        site_id=uuid.UUID(int=number),
        class_code=CELL[0],
        group=CELL[1],
        era=CELL[2],
        likely=10_000.0,
        variance=variance,
        surveyed=10_000 * ratio,
        found=found,
    )


def learn(*ratios: float) -> tuple[float, float]:
    """Factor and spread from buildings with these ratios."""
    (one,) = learn_factors([observe(n, ratio) for n, ratio in enumerate(ratios)], prior=PRIOR)
    return one.factor, one.spread


def test_one_survey_moves_little_and_many_outweigh_the_tables() -> None:
    """Half of what was thought: one survey moves by a sixth of it, five by half, 500 by nearly all."""
    assert learn(0.5)[0] == pytest.approx(0.5 ** (1 / 6), rel=1e-6)
    assert learn(*[0.5] * 5)[0] == pytest.approx(0.5**0.5, rel=1e-6)
    assert learn(*[0.5] * 500)[0] == pytest.approx(0.5, rel=0.01)


def test_spread_by_hand() -> None:
    """Two buildings, 0.5 and 2 times: no factor, and the width from the sums worked by hand."""
    factor, spread = learn(0.5, 2.0)
    assert factor == pytest.approx(1, rel=1e-6)
    own = 0.24 / 1.2  # and 1 / (12 q^2), which is nothing here
    scale = (10 + 2 * math.log(2) ** 2 / own) / (10 + 2)
    assert spread == pytest.approx(math.sqrt(scale * (1 + 1 / 7) / (1 + 1 / 5)), rel=1e-6)


def test_surveys_that_agree_narrow_the_range_and_those_that_do_not_widen_it() -> None:
    """Forty buildings as estimated make the range narrower, forty scattered ones wider."""
    assert learn(*[1.0] * 40)[1] < 0.6
    assert learn(*[0.2, 5.0] * 20)[1] > 1.5


def test_learned_ranges_hold_what_they_say() -> None:
    """Drawn around half the tables' figure: after 30 surveys 80 % ranges hold 70 to 90 % of the next."""
    random = np.random.default_rng(7)
    z = NormalDist().inv_cdf(0.9)
    held, held_before = [], []
    for _ in range(300):
        logs = math.log(0.5) + random.normal(0, math.sqrt(0.2), 31)
        factor, spread = learn(*np.exp(logs[:30]))
        deviation = math.sqrt(0.24)
        held.append(abs(logs[30] - math.log(factor)) <= z * deviation * spread)
        held_before.append(abs(logs[30]) <= z * deviation)
    assert 0.70 <= np.mean(held) <= 0.90
    assert np.mean(held_before) < 0.6


def test_order_makes_no_difference_and_the_id_is_of_the_evidence() -> None:
    """The same surveys in another order give the same factor under the same id; another survey another id."""
    seen = [observe(1, 0.5), observe(2, 0.8), observe(3, 1.7)]
    assert learn_factors(seen, prior=PRIOR) == learn_factors(seen[::-1], prior=PRIOR)
    first, changed = (learn_factors(some, prior=PRIOR)[0] for some in (seen, [*seen[:2], observe(3, 1.6)]))
    assert first.id != changed.id
    assert learn_factors(seen, prior=replace(PRIOR, surveys=6))[0].id != first.id


def test_presence_is_kept_apart_from_quantity() -> None:
    """Three buildings without any: the quantity stays, and the chance falls as a beta's of five buildings."""
    seen = [observe(n, 0.0, found=False) for n in range(3)]
    (none,) = learn_factors(seen, prior=PRIOR)
    assert (none.looked, none.found, none.factor, none.spread) == (3, 0, 1.0, 1.0)
    assert none.weigh_presence(1.0) == pytest.approx(5 / 8)
    (mixed,) = learn_factors([*seen, observe(4, 0.5)], prior=PRIOR)
    assert mixed.factor == pytest.approx(learn(0.5)[0])
    assert mixed.weigh_presence(0.7) == pytest.approx((5 * 0.7 + 1) / 9)


def test_what_is_there_and_of_no_use_counts_as_half_a_step() -> None:
    """Bricks met of which none is usable lower the factor; their logarithm is no infinity."""
    (one,) = learn_factors([observe(1, 0.0)], prior=PRIOR)
    assert 0 < one.factor < 0.5
    assert math.isfinite(one.spread)


def test_packaged_eras_hold_every_year_once() -> None:
    """The eras join without a gap or a double, and a missing year has one of its own."""
    eras = read_eras()
    assert (eras[0].year_from, eras[-1].year_to) == (-math.inf, math.inf)
    assert all(one.year_to == next_.year_from for one, next_ in pairwise(eras))
    names = name_eras(np.array([1850.0, 1930.0, 1931.0, 1978.0, 2020.0, np.nan]), eras=eras)
    assert names.tolist() == [
        "before_1931",
        "before_1931",
        "1931_1960",
        "1961_1978",
        "since_1999",
        UNKNOWN_ERA,
    ]
    assert read_prior() == PRIOR


def test_parts_have_one_unit(rules: EstimateRules) -> None:
    """Classes that are one part are counted in one unit, or their surveys could not be added."""
    for codes in read_same_parts().values():
        assert len({rules.classes[code].unit for code in codes}) == 1


def make_surveyed(*rows: tuple[str, str, float, bool, bool]) -> pd.DataFrame:
    """A table of what was surveyed."""
    return pd.DataFrame(rows, columns=list(SURVEYED_COLUMNS))


def test_a_survey_of_the_same_part_is_what_the_estimate_is_compared_with(
    make_buildings: MakeBuildings, rules: EstimateRules
) -> None:
    """Bricks in lime mortar are estimated, two kinds are found: the sum is the truth of the bricks."""
    buildings = make_buildings({})
    lots = estimate_lots(buildings, rules).set_index("class_code")
    (seen,) = gather_observations(
        buildings,
        make_surveyed(
            ("b0", "brick_lime_mortar", 3000, True, True),
            ("b0", "brick_cement_mortar", 1000, True, True),
            ("b0", "sandwich_facade", 10, True, True),  # not estimated here: nothing to compare
        ),
        rules=rules,
        eras=read_eras(),
        parts=read_same_parts(),
    )
    assert (seen.class_code, seen.group, seen.era) == CELL
    assert seen.surveyed == 4000
    assert round(seen.likely) == lots.loc["brick_lime_mortar", "quantity"]
    low = seen.likely * math.exp(-NormalDist().inv_cdf(0.9) * math.sqrt(seen.variance))
    assert round(low) == lots.loc["brick_lime_mortar", "quantity_low"]


def test_what_was_withdrawn_or_not_looked_at_says_nothing(
    make_buildings: MakeBuildings, rules: EstimateRules
) -> None:
    """A class with a withdrawn lot is left out, and one without any survey is not absent."""
    surveyed = make_surveyed(("b0", "door_inner", 4, True, False), ("b0", "toilet", 0, False, True))
    seen = gather_observations(
        make_buildings({}), surveyed, rules=rules, eras=read_eras(), parts=read_same_parts()
    )
    assert [(one.class_code, one.found) for one in seen] == [("toilet", False)]


def test_only_buildings_alike_are_moved(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """A factor moves its class, use and era alone, never the surveyed building, and each end of the range."""
    buildings = make_buildings({}, {"year_built": 1900}, {"use_code": 130}, {})
    plain = estimate_lots(buildings, rules)
    factors = learn_factors([observe(n, 0.5) for n in range(5)], prior=PRIOR)
    learned = Learned(factors=factors, eras=read_eras(), own=frozenset({("b3", CELL[0])}))  # type: ignore[arg-type]
    moved = estimate_lots(buildings, rules, learned=learned)
    named = moved["learned_factor_id"].notna()
    assert moved.loc[named, ["site_id", "class_code"]].to_numpy().tolist() == [["b0", CELL[0]]]
    assert moved.loc[named, "learned_factor_id"].tolist() == [factors[0].id]
    same = moved.drop(columns="learned_factor_id")[~named]
    pd.testing.assert_frame_equal(same, plain.drop(columns="learned_factor_id")[~named])
    before, after = plain[named].iloc[0], moved[named].iloc[0]
    assert after["quantity"] == pytest.approx(before["quantity"] * factors[0].factor, rel=1e-3)
    width = math.log(before["quantity_high"] / before["quantity_low"])
    assert math.log(after["quantity_high"] / after["quantity_low"]) == pytest.approx(
        width * factors[0].spread, rel=1e-2
    )
    assert after["in_place"] == before["in_place"]
    use = next(
        one
        for one in explain_building(buildings.iloc[[0]], rules, learned=learned).rules
        if one.class_code == CELL[0]
    )
    assert use.learned == factors[0]
    assert round(use.likely) == after["quantity"]


def test_a_chance_that_falls_takes_the_low_end(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """What four of four surveys did not find counts nothing at the careful end, and is still shown."""
    factors = learn_factors([observe(n, 0, found=False) for n in range(4)], prior=PRIOR)
    lots = estimate_lots(make_buildings({}), rules, learned=Learned(factors=factors, eras=read_eras()))
    bricks = lots.set_index("class_code").loc[CELL[0]]
    assert bricks["quantity_low"] == 0 < bricks["quantity"] < bricks["quantity_high"]
