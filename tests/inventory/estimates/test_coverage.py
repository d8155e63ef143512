# SPDX-License-Identifier: EUPL-1.2
"""Ranges hold what they say: on drawn numbers with a known answer, and on the packaged table."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from inventory.estimates.coverage import fit_area_ratios, fit_count_ratios, holds_count, try_left_out
from inventory.estimates.explain import explain_building
from inventory.estimates.rules import EstimateRules

MakeBuildings = Callable[..., pd.DataFrame]


def test_left_out_areas_are_held_as_often_as_stated() -> None:
    """Of log-normal ratios the ranges fitted to ten others hold 80 % (2,000 drawn: within 3 points)."""
    random = np.random.default_rng(4)
    held = []
    for _ in range(200):
        base = random.uniform(50, 500, 10)
        truth = base * np.exp(random.normal(0.4, 0.3, 10))
        kinds, left_out = np.full(10, "detached", dtype=object), np.arange(10).astype(object)
        held.append(try_left_out(truth, base, kinds=kinds, left_out=left_out, counts=False).mean())
    assert np.mean(held) == pytest.approx(0.80, abs=0.03)


def test_a_range_does_not_see_what_it_is_tried_on() -> None:
    """A building unlike all others is not held by the ranges fitted without it."""
    truth = np.array([100.0, 104.0, 98.0, 102.0, 1000.0])
    kinds, left_out = np.full(5, "row", dtype=object), np.arange(5).astype(object)
    held = try_left_out(truth, np.full(5, 100.0), kinds=kinds, left_out=left_out, counts=False)
    assert held.tolist() == [True, True, True, True, False]


def test_counts_get_the_narrowest_width_that_holds() -> None:
    """Nine homes of ten have one toilet on 70 m2: no width is needed; half and half needs one."""
    base = np.full(10, 70.0)
    kinds = np.full(10, "apartment", dtype=object)
    mostly = np.array([1.0] * 9 + [2.0])
    ratio = fit_count_ratios(mostly, base, kinds=kinds)["apartment"]
    assert ratio.low == ratio.high == pytest.approx(1 / 70)
    mixed = np.array([1.0] * 6 + [2.0] * 4)
    ratios = fit_count_ratios(mixed, base, kinds=kinds)
    assert ratios["apartment"].high > ratios["apartment"].low
    assert holds_count(ratios, truth=mixed, base=base, kinds=kinds).mean() >= 0.8


def test_one_building_makes_no_range() -> None:
    """A kind with a single building is refused."""
    one = np.array(["row"], dtype=object)
    with pytest.raises(ValueError, match="at least two"):
        fit_area_ratios(np.array([10.0]), np.array([10.0]), kinds=one)


def test_packaged_ranges_hold_seven_to_nine_of_ten(rules: EstimateRules) -> None:
    """Walls, roof, windows, toilets and bathrooms: 70 to 90 % of buildings left out lie in their range."""
    assert set(rules.calibrations) == {"outer_wall", "roof", "window_area", "toilet", "bathroom"}
    for found in rules.calibrations.values():
        assert 0.70 <= found.held / found.tested <= 0.90, found.element


def test_a_building_shows_the_elements_that_were_tried(
    make_buildings: MakeBuildings, rules: EstimateRules
) -> None:
    """A house has all five with ordered ends, pieces whole; a farm building and one without storeys none."""
    found = {one.element: one for one in explain_building(make_buildings(), rules).elements}
    assert set(found) == set(rules.calibrations)
    for one in found.values():
        assert 0 < one.low <= one.likely <= one.high
    assert found["toilet"].likely == round(found["toilet"].likely)
    assert found["roof"].likely == pytest.approx(120 * rules.calibrations["roof"].ratio[1].likely, rel=1e-3)
    assert explain_building(make_buildings({"use_code": 210}), rules).elements == ()
    assert explain_building(make_buildings({"floors": None}), rules).elements == ()
