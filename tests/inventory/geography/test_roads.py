# SPDX-License-Identifier: EUPL-1.2
"""The trunk-road graph against published distances, and the functions over it."""

import csv
from importlib.resources import files

import numpy as np
import pytest

from inventory.geography.coordinate import project_degrees
from inventory.geography.land import land_mass_of
from inventory.geography.reference import (
    RoadGraph,
    read_land_masses,
    read_road_graph,
)
from inventory.geography.roads import all_pairs_metres, nearest_road_node

LINKS = [
    ("storebaelt_ost", "storebaelt_vest"),
    ("lillebaelt_ny_ost", "lillebaelt_ny_vest"),
    ("lillebaelt_gl_ost", "lillebaelt_gl_vest"),
    ("farobro_nord", "farobro_faro"),
    ("farobro_faro", "farobro_syd"),
    ("storstroem_nord", "storstroem_syd"),
    ("moenbro_nord", "moenbro_syd"),
    ("guldborg_falster", "guldborg_lolland"),
    ("guldborgtunnel_falster", "guldborgtunnel_lolland"),
    ("frederik9_falster", "frederik9_lolland"),
    ("langebro_vest", "langebro_oest"),
    ("kalvebod_vest", "kalvebod_oest"),
    ("svendborgsund_nord", "svendborgsund_syd"),
    ("langelandsbro_vest", "langelandsbro_oest"),
    ("alssund_vest", "alssund_ost"),
    ("christian10_vest", "christian10_ost"),
    ("oddesund_syd", "oddesund_nord"),
    ("sallingsund_ost", "sallingsund_vest"),
    ("vilsund_ost", "vilsund_vest"),
    ("aggersund_syd", "aggersund_nord"),
    ("limfjordsbro_syd", "limfjordsbro_nord"),
    ("limfjordstunnel_syd", "limfjordstunnel_nord"),
]
NO_LINK = ["bornholm", "samsoe", "aeroe", "laesoe", "fanoe"]


@pytest.fixture(scope="module")
def roads() -> RoadGraph:
    """The packaged graph."""
    return read_road_graph()


@pytest.fixture(scope="module")
def metres(roads: RoadGraph) -> np.ndarray:
    """Metres between all pairs of its nodes, by fixed links alone."""
    return all_pairs_metres(len(roads.ids), edges=roads.edges, metres=roads.metres, kinds=roads.kinds)


def read_checks() -> list[dict[str, str]]:
    """The published distances."""
    path = files("inventory").joinpath("reference", "road_checks.csv")
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def between(metres: np.ndarray, roads: RoadGraph, a: str, b: str) -> float:
    """Kilometres between two nodes."""
    return float(metres[np.flatnonzero(roads.ids == a)[0], np.flatnonzero(roads.ids == b)[0]]) / 1e3


def test_published_distances(roads: RoadGraph, metres: np.ndarray) -> None:
    """At least 12 pairs come from a named source; nine in ten of those are within 10 %, and of
    all of them no more than one in twenty is more than 15 % off.
    """
    checks = [row for row in read_checks() if row["kind"] == "sourced"]
    off = np.array([between(metres, roads, row["a"], row["b"]) / float(row["km"]) - 1 for row in checks])
    assert (np.abs(off) <= 0.15).sum() >= 12
    assert (np.abs(off) <= 0.10).mean() >= 0.9
    assert (np.abs(off) <= 0.15).mean() >= 0.95


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ("koebenhavn", "aarhus", 310),
        ("korsoer", "nyborg", 28),
        ("naestved", "nyborg", 75),
        ("thisted", "skive", 68),
    ],
)
def test_links_the_first_graph_missed(
    roads: RoadGraph, metres: np.ndarray, a: str, b: str, km: float
) -> None:
    """Pairs on two sides of a fixed link take the link and no detour, within 12 %."""
    assert between(metres, roads, a, b) == pytest.approx(km, rel=0.12)


@pytest.mark.parametrize(("a", "b"), LINKS)
def test_both_ends_of_every_fixed_link(roads: RoadGraph, a: str, b: str) -> None:
    """A fixed link has a node at both ends, on two land masses, and its own edge."""
    row_of = {name: row for row, name in enumerate(roads.ids.tolist())}
    assert roads.lands[row_of[a]] != roads.lands[row_of[b]]
    pair = {row_of[a], row_of[b]}
    kinds = [
        kind
        for edge, kind in zip(roads.edges.tolist(), roads.kinds.tolist(), strict=True)
        if set(edge) == pair
    ]
    assert kinds
    assert set(kinds) <= {"bridge", "tunnel"}


def test_land_masses_meet_only_over_bridges(roads: RoadGraph) -> None:
    """No road of kind `road` leaves its land mass."""
    ends = roads.lands[roads.edges]
    assert set(roads.kinds[ends[:, 0] != ends[:, 1]].tolist()) == {"bridge", "tunnel"}


def test_islands_without_a_link_are_not_reached(roads: RoadGraph, metres: np.ndarray) -> None:
    """Bornholm, Samsø, Ærø, Læsø and Fanø have no way to the rest; the rest is one piece."""
    island = np.isin(roads.lands, NO_LINK)
    assert island.any()
    assert (metres[np.ix_(island, ~island)] == -1).all()
    assert (metres[np.ix_(~island, ~island)] >= 0).all()


def test_no_edge_is_shorter_than_the_straight_line(roads: RoadGraph, metres: np.ndarray) -> None:
    """A road is at least as long as the straight line, so a radius search misses nothing."""
    away = np.hypot(*np.moveaxis(roads.xy[:, None] - roads.xy[None], 2, 0))
    reached = metres >= 0
    assert (metres[reached] >= np.floor(away[reached])).all()


def test_nodes_lie_on_the_land_they_name(roads: RoadGraph) -> None:
    """A node's land mass is the one its point falls on."""
    assert (land_mass_of(roads.xy.astype(float), masses=read_land_masses()) == roads.lands).all()


def test_nearest_node_stays_on_the_land(roads: RoadGraph) -> None:
    """A site across the water from a nearer node takes a node of its own land; none on Anholt."""
    points = project_degrees(np.array([10.607, 9.918, 11.56]), np.array([55.0415, 57.0535, 56.71]))
    lands = land_mass_of(points, masses=read_land_masses())
    nodes = nearest_road_node(points, lands=lands, roads=roads)
    assert [str(roads.lands[row]) if row >= 0 else "" for row in nodes] == [
        "taasinge",
        "jylland",
        "",
    ]
    assert lands.tolist() == ["taasinge", "jylland", "anholt"]


def test_nearest_node_ties_go_to_the_lower_row() -> None:
    """Two nodes equally near: the lower row, whatever the tree prefers; unknown points have none."""
    roads = RoadGraph(
        ids=np.array(["a", "b", "c"]),
        lands=np.array(["x", "x", "y"]),
        xy=np.array([[0, 0], [10, 0], [5, 0]]),
        edges=np.empty((0, 2), dtype=np.int32),
        metres=np.empty(0, dtype=np.int32),
        kinds=np.empty(0, dtype=str),
    )
    points = np.array([[5.0, 0.0], [6.0, 0.0], [np.nan, 0.0], [5.0, 0.0]])
    lands = np.array(["x", "x", "x", ""])
    assert nearest_road_node(points, lands=lands, roads=roads).tolist() == [
        0,
        1,
        -1,
        -1,
    ]


def test_all_pairs_by_hand() -> None:
    """Four nodes worked out by hand: the shorter of two parallel edges, no ferry, no way."""
    edges = np.array([[0, 1], [1, 0], [1, 2], [2, 3]], dtype=np.int32)
    lengths = np.array([900, 500, 700, 100], dtype=np.int32)
    kinds = np.array(["road", "road", "bridge", "ferry"])
    fixed = all_pairs_metres(4, edges=edges, metres=lengths, kinds=kinds)
    assert fixed.tolist() == [
        [0, 500, 1200, -1],
        [500, 0, 700, -1],
        [1200, 700, 0, -1],
        [-1, -1, -1, 0],
    ]
    by_ferry = all_pairs_metres(
        4, edges=edges, metres=lengths, kinds=kinds, allowed=("road", "bridge", "ferry")
    )
    assert by_ferry[0].tolist() == [0, 500, 1200, 1300]


@pytest.mark.parametrize(("edges", "lengths"), [([[0, 2]], [5]), ([[0, 1]], [0]), ([[-1, 1]], [5])])
def test_bad_edges_are_refused(edges: list[list[int]], lengths: list[int]) -> None:
    """An edge to nowhere or without length is an error, not a silent hole."""
    with pytest.raises(ValueError, match="edge"):
        all_pairs_metres(2, edges=np.array(edges), metres=np.array(lengths))
