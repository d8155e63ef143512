# SPDX-License-Identifier: EUPL-1.2
"""Genbro's search for pairs against a k-d tree and against PostGIS, asked the same on the same points."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from benchmarks.bars import BARS
from benchmarks.contest import SECONDS, Contest, Sides
from benchmarks.peers.kd_tree import find_by_trees, find_nearest_by_trees, plant_trees
from benchmarks.peers.postgis import find_by_postgis, open_database
from benchmarks.peers.str_tree import find_by_boxes, plant_boxes
from benchmarks.reach import Reach, draw_reach, find_by_grid
from benchmarks.scale import Scale, Size

NEAREST = 20
TREE = "SciPy cKDTree, a tree for each class, two threads"
BOXES = "Shapely STRtree, a tree for each class, two threads"
DATABASE = "PostGIS lateral join, gist (class, point)"


def list_candidate_contests(scale: Scale) -> list[Contest]:
    """List the contests of the search for pairs."""
    size = scale.candidates
    return [
        Contest(
            group="candidates",
            name=name,
            bar=BARS[name],
            peer=peer,
            unit=SECONDS,
            runs=runs,
            packages=packages,
            open_sides=partial(opened, size=size, nearest=nearest),
        )
        for name, peer, runs, packages, opened, nearest in (
            ("candidates_all_ckdtree", TREE, scale.runs, ("scipy",), _open_trees, None),
            ("candidates_all_strtree", BOXES, scale.runs, ("shapely",), _open_boxes, None),
            ("candidates_all_postgis", DATABASE, scale.runs, ("postgis",), _open_postgis, None),
            ("candidates_nearest_ckdtree", TREE, scale.runs, ("scipy",), _open_trees, NEAREST),
            ("candidates_nearest_postgis", DATABASE, scale.runs, ("postgis",), _open_postgis, NEAREST),
        )
    ]


@contextmanager
def _open_trees(*, size: Size, nearest: int | None) -> Iterator[Sides]:
    reach = _draw(size, nearest=nearest)
    trees = plant_trees(reach)
    yield Sides(
        ours=partial(find_by_grid, reach, nearest=nearest),
        theirs=partial(find_by_trees, reach, trees)
        if nearest is None
        else partial(find_nearest_by_trees, reach, trees, nearest=nearest),
        size=_describe(size, nearest=nearest),
    )


@contextmanager
def _open_boxes(*, size: Size, nearest: int | None) -> Iterator[Sides]:
    reach = _draw(size, nearest=nearest)
    boxes = plant_boxes(reach)
    yield Sides(
        ours=partial(find_by_grid, reach, nearest=nearest),
        theirs=partial(find_by_boxes, reach, boxes),
        size=_describe(size, nearest=nearest),
    )


@contextmanager
def _open_postgis(*, size: Size, nearest: int | None) -> Iterator[Sides]:
    reach = _draw(size, nearest=nearest)
    with open_database(reach) as connection:
        yield Sides(
            ours=partial(find_by_grid, reach, nearest=nearest),
            theirs=partial(find_by_postgis, connection, reach, nearest=nearest),
            size=_describe(size, nearest=nearest),
        )


def _draw(size: Size, *, nearest: int | None) -> Reach:
    return draw_reach(
        n_lots=size.n_lots,
        n_requirements=size.n_requirements,
        n_classes=size.n_classes,
        windows=nearest is None,
    )


def _describe(size: Size, *, nearest: int | None) -> str:
    asked = (
        "every pair in 50 km, windows meet, by distance" if nearest is None else f"{nearest} nearest in 50 km"
    )
    return f"{size.describe()}, {asked}"
