# SPDX-License-Identifier: EUPL-1.2
"""Trips gathered into shared loads, against answers computed by hand."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from matcher.figures.gathering import gather_trips
from matcher.plan import Matches
from matcher.problem.problem import Problem
from matcher.solve import solve

Build = Callable[..., Problem]
VEHICLE = {"trip_ore": [10_000.0], "trip_ore_per_km": [0.0], "load_ore": [5_000.0], "load_ore_per_km": [0.0]}


@pytest.fixture
def two_lots(build: Build) -> tuple[Problem, Matches]:
    """Two lots of 2,000 bricks of 2 kg from one site to one, fetched the same day: 4 tonnes each."""
    problem = build(lots=[{"quantity": 2000}, {"quantity": 2000}], requirements=[{"quantity": 4000}])
    matches = solve(problem).matches
    assert matches.quantity.tolist() == [2000, 2000]
    columns = {name: np.array(values) for name, values in VEHICLE.items()}
    return replace(problem, vehicles=replace(problem.vehicles, **columns)), matches


def test_two_matches_share_a_trip_and_a_load(two_lots: tuple[Problem, Matches]) -> None:
    """Eight tonnes go on one lorry of thirteen: one trip, one load."""
    problem, matches = two_lots
    assert matches.loads.sum() == 2
    assert tuple(gather_trips(problem, matches)) == (1, 15_000.0)


def test_other_days_are_other_trips(two_lots: tuple[Problem, Matches]) -> None:
    """What is picked up on another day is fetched on a trip of its own."""
    problem, matches = two_lots
    other = replace(matches, pick_up=matches.pick_up + np.arange(2, dtype=matches.pick_up.dtype))
    assert tuple(gather_trips(problem, other)) == (2, 30_000.0)


def test_masses_beyond_64_bits_are_added_up_exactly(two_lots: tuple[Problem, Matches]) -> None:
    """However heavy, a gathered trip has no more loads than its matches each on its own."""
    problem, matches = two_lots
    heavy = replace(problem.classes, mass_g=np.full(3, 10**12))
    many = replace(matches, quantity=np.full(2, 10**9))
    assert tuple(gather_trips(replace(problem, classes=heavy), many)) == (2, 20_000.0)


def test_no_matches_need_no_trip(two_lots: tuple[Problem, Matches]) -> None:
    """An empty plan drives nowhere."""
    problem, matches = two_lots
    none = Matches(**{name: getattr(matches, name)[:0] for name in Matches.__slots__})
    assert tuple(gather_trips(problem, none)) == (0, 0.0)
