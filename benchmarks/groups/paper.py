# SPDX-License-Identifier: EUPL-1.2
"""The published reuse-matching instances, measures read to plan checked, against paper and peers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.bars import BARS
from benchmarks.contest import SECONDS, Answer, Contest, Published, Sides
from benchmarks.peers.assignment import assign_by_matrix
from benchmarks.peers.highs import solve_by_highs
from benchmarks.reuse_paper import (
    INSTANCES,
    PARTS_PER_KG,
    Elements,
    PublishedInstance,
    assign_elements,
    list_transportation,
    read_elements,
    type_elements,
)
from benchmarks.scale import Scale
from benchmarks.transportation import count_saving

TOLERANCE_KG = 0.001
ELSEWHERE = "as published in 2023, on its authors' machine"


def list_paper_contests(scale: Scale, *, folder: Path | None) -> list[Contest]:
    """List the contests on the published instances; none where the folder of real data is not known."""
    if folder is None:
        return []
    contests = []
    for instance in INSTANCES:
        if instance.demand <= scale.largest_paper:
            contests += _list_published(instance, scale=scale, folder=folder)
            contests += _list_measured(instance, scale=scale, folder=folder)
    return contests


def _list_published(instance: PublishedInstance, *, scale: Scale, folder: Path) -> list[Contest]:
    return [
        Contest(
            group="paper",
            name=f"paper_{instance.demand}_{method}_published",
            bar=BARS[f"paper_{method}_published"],
            peer=f"{label} {ELSEWHERE}",
            unit=SECONDS,
            runs=scale.runs,
            packages=(),
            open_sides=partial(_open_published, instance, folder=folder, seconds=seconds),
        )
        for method, label, seconds in (
            ("greedy", "Greedy", instance.greedy_s),
            ("bipartite", "Bipartite matching", instance.bipartite_s),
            ("cp_sat", "CP-SAT", instance.cp_sat_s),
        )
        if seconds is not None
    ]


def _list_measured(instance: PublishedInstance, *, scale: Scale, folder: Path) -> list[Contest]:
    return [
        Contest(
            group="paper",
            name=f"paper_{instance.demand}_{method}",
            bar=BARS[f"paper_{method}"],
            peer=peer,
            unit=SECONDS,
            runs=scale.runs,
            packages=packages,
            open_sides=partial(_open_measured, instance, folder=folder, prepare=prepare),
        )
        for method, peer, packages, prepare in (
            ("assignment", "SciPy linear_sum_assignment, whole matrix", ("scipy",), _assign_whole),
            ("highspy", "HiGHS by highspy's arrays, given our types", ("highspy",), _solve_types),
        )
    ]


@contextmanager
def _open_published(instance: PublishedInstance, *, folder: Path, seconds: float) -> Iterator[Sides]:
    yield _make_sides(instance, read_elements(folder, instance=instance), theirs=Published(seconds=seconds))


@contextmanager
def _open_measured(
    instance: PublishedInstance, *, folder: Path, prepare: Callable[[Elements], Callable[[], Answer]]
) -> Iterator[Sides]:
    elements = read_elements(folder, instance=instance)
    yield _make_sides(instance, elements, theirs=prepare(elements))


def _make_sides(
    instance: PublishedInstance, elements: Elements, *, theirs: Callable[[], Answer] | Published
) -> Sides:
    return Sides(
        ours=lambda: Answer(value=assign_elements(elements).saved_kg),
        theirs=theirs,
        size=f"{instance.demand:,} x {instance.supply:,} elements",
        expected=instance.proven_kg,
        tolerance=TOLERANCE_KG,
    )


def _assign_whole(elements: Elements) -> Callable[[], Answer]:
    return lambda: Answer(value=assign_by_matrix(elements))


def _solve_types(elements: Elements) -> Callable[[], Answer]:
    case = list_transportation(type_elements(elements))
    return lambda: Answer(value=count_saving(case, flow=solve_by_highs(case)) / PARTS_PER_KG)
