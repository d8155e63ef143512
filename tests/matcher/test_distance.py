# SPDX-License-Identifier: EUPL-1.2
"""Road metres, with answers worked out by hand."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.distance import NO_WAY, lay_places, measure_line, measure_road, measure_roads, stretch_line
from matcher.problem.problem import Problem

YARD, NEAR, FAR, OVER, ISLAND = "yard", "near", "far", "over", "island"


@pytest.mark.parametrize(
    ("start", "end", "metres"),
    [
        (YARD, YARD, 0),
        (YARD, NEAR, 6500),  # 3-4-5 km, times 1.3
        (YARD, FAR, 83_200),  # 64 km is too far for the detour factor: 0 + 0 + 64 km * 1.3 to its node
        (YARD, OVER, 28_000),  # both stand on their node
        (NEAR, OVER, 34_500),  # 5 km * 1.3 to the node, then the bridge
        (YARD, ISLAND, NO_WAY),
        (ISLAND, ISLAND, 0),
    ],
)
def test_road_between_sites(build: Callable[..., Problem], start: str, end: str, metres: int) -> None:
    """Inside a land mass the line times 1.3; across, to the node, along the roads and from the node."""
    problem = build()
    rows = problem.sites.id.tolist()
    places = lay_places(problem)
    assert measure_road(places, rows.index(start), rows.index(end)) == metres
    assert measure_road(places, rows.index(end), rows.index(start)) == metres


def test_line_is_rounded_up() -> None:
    """A line of 1.41 m is 2 m, and 2 m times 1.3 is 3 m."""
    assert measure_line(1, 1) == 2
    assert stretch_line(2, 1300) == 3
    assert stretch_line(10, 1300) == 13


def test_near_ends_at_the_limit(build: Callable[..., Problem], tables: dict) -> None:
    """A line of exactly 60 km is no longer near."""
    sites = {
        "id": ["yard", "near", "a"],
        "x_m": [600_000, 659_999, 660_000],
        "y_m": [6_130_000] * 3,
        "land": ["sjaelland"] * 3,
        "node": ["east", None, None],
    }
    places = lay_places(build(sites=sites))
    order = ["a", "near", "yard"]
    assert measure_road(places, order.index("yard"), order.index("near")) == 77_999
    assert measure_road(places, order.index("yard"), order.index("a")) == NO_WAY


def test_unknown_land_is_reached_by_road_alone(build: Callable[..., Problem]) -> None:
    """Two sites whose land mass nobody knows are not taken to share one."""
    sites = {
        "id": ["near", "yard"],
        "x_m": [600_000, 603_000],
        "y_m": [6_130_000, 6_134_000],
        "land": ["", ""],
        "node": ["east", "east"],
    }
    places = lay_places(build(sites=sites))
    assert measure_road(places, 0, 1) == 6500
    sites["node"] = ["east", None]
    assert measure_road(lay_places(build(sites=sites)), 0, 1) == NO_WAY


def test_trunk_shorter_than_the_line_gives_the_line(build: Callable[..., Problem], tables: dict) -> None:
    """A bridge straighter than the projection is counted as the straight line."""
    roads = {**tables["roads"], "metres": [[0, 19_990], [19_990, 0]]}
    problem = build(roads=roads)
    rows = problem.sites.id.tolist()
    assert measure_road(lay_places(problem), rows.index("yard"), rows.index("over")) == 20_000


coordinates = st.lists(
    st.tuples(st.integers(450_000, 900_000), st.integers(6_050_000, 6_400_000)), min_size=2, max_size=8
)


@given(points=coordinates, detour=st.integers(1000, 3000), trunk=st.integers(0, 400_000))
def test_no_tier_is_shorter_than_the_straight_line(
    build: Callable[..., Problem], points: list[tuple[int, int]], detour: int, trunk: int
) -> None:
    """Every tier is at least the straight line: else a search by radius would miss pairs."""
    count = len(points)
    sites = {
        "id": [f"s{place}" for place in range(count)],
        "x_m": [point[0] for point in points],
        "y_m": [point[1] for point in points],
        "land": ["a" if place % 3 else "b" for place in range(count)],
        "node": ["east" if place % 2 else "west" for place in range(count)],
    }
    roads = {
        "id": ["east", "west"],
        "x_m": [600_000, 580_000],
        "y_m": [6_130_000] * 2,
        "metres": [[0, trunk], [trunk, 0]],
    }
    problem = build(
        sites=sites,
        roads=roads,
        params={"detour_permille": detour},
        lots=[{"site": "s0"}],
        requirements=[{"site": "s1"}],
    )
    starts = [a for a in range(count) for _ in range(count)]
    ends = list(range(count)) * count
    places = lay_places(problem)
    metres = measure_roads(places, np.array(starts, dtype=np.int32), np.array(ends, dtype=np.int32))
    for a, b, road in zip(starts, ends, metres.tolist(), strict=True):
        line = math.hypot(points[a][0] - points[b][0], points[a][1] - points[b][1])
        assert road >= line - 1e-6
