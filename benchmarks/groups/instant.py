# SPDX-License-Identifier: EUPL-1.2
"""What a person waits for: one project answered, and one change solved again; slowest 5 % of many."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from time import perf_counter

import numpy as np
import psycopg

from benchmarks.bars import BARS
from benchmarks.contest import P95, Answer, Contest, Sides
from benchmarks.make_problem import draw_problem
from benchmarks.mix import NATIONAL, ORDINARY
from benchmarks.peers.lmcf_warm import WarmGraph
from benchmarks.peers.postgis_project import Wish, find_mixes, list_wishes, open_country
from benchmarks.scale import Scale, Size
from benchmarks.transportation import IntArray, Transportation, count_saving, list_transportations
from matcher.instant.ask import ask_project
from matcher.instant.offer import Offer, lay_offer
from matcher.instant.question import Question, find_project, pose_question, take_requirements
from matcher.plain.flow import find_flow
from matcher.plain.prices import find_prices
from matcher.problem.problem import Problem
from matcher.resolve.standing import Standing

REQUIREMENTS = 50
"""Requirements of a project."""
CHANGES = 40
SCARCE = 0.4
"""Share of lots that a last run would have left with a price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Lots laid out, projects to ask about, and those that want no lot twice: the peer shares none."""

    problem: Problem
    offer: Offer
    projects: tuple[str, ...]
    unshared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A solved family, and one-lot changes to it: a lot and the steps of it that are left, then all again."""

    case: Transportation
    flow: IntArray
    prices: IntArray
    changes: tuple[tuple[int, int], ...]


def list_instant_contests(scale: Scale) -> list[Contest]:
    """List the contests of the instant answer and of one change."""
    made: list[Contest] = []
    for name, peer, packages, opened in (
        (
            "instant_project_postgis",
            "PostGIS, gist (class, point), a statement a requirement: mix alone, no reasons",
            ("postgis",),
            partial(_open_project, size=scale.instant),
        ),
        (
            "resolve_lot_ortools",
            "OR-Tools from the beginning, then least prices",
            ("ortools",),
            partial(_open_change, size=scale.resolve, peer="ortools"),
        ),
        (
            "resolve_lot_pylmcf",
            "pylmcf, warm restart of the network simplex: flow alone, no prices",
            ("pylmcf",),
            partial(_open_change, size=scale.resolve, peer="pylmcf"),
        ),
    ):
        made.append(
            Contest(
                group="instant",
                name=name,
                bar=BARS[name],
                peer=peer,
                unit=P95,
                runs=1,
                packages=packages,
                open_sides=opened,
            )
        )
    return made


@lru_cache(maxsize=1)
def _draw_country(size: Size) -> Country:
    mix = replace(
        NATIONAL,
        n_lots=size.n_lots,
        n_requirements=size.n_requirements,
        n_classes=size.n_classes,
        requirements_per_project=REQUIREMENTS,
    )
    problem = draw_problem(mix=mix)
    draw = np.random.default_rng(mix.seed)
    dear = problem.classes.new_price_ore[problem.lots.class_] * 1000 * draw.uniform(0, 0.6, size.n_lots)
    prices = np.where(draw.random(size.n_lots) < SCARCE, dear, 0).astype(np.int64)
    offer = lay_offer(problem, prices=prices)
    projects = tuple(str(one) for one in problem.projects.id)
    unshared = tuple(
        one for one in projects if not ask_project(offer, _pose(problem, offer, one), relax=False).shared
    )
    return Country(problem=problem, offer=offer, projects=projects, unshared=unshared)


def _pose(problem: Problem, offer: Offer, project: str) -> Question:
    rows = find_project(problem, project=project)
    return pose_question(offer, asked=take_requirements(problem, rows=rows))


@contextmanager
def _open_project(*, size: Size) -> Iterator[Sides]:
    country = _draw_country(size)
    with open_country(country.offer) as connection:
        wishes = {one: list_wishes(_pose(country.problem, country.offer, one)) for one in country.projects}
        yield Sides(
            ours=partial(_ask_ours, country),
            theirs=partial(_ask_theirs, country, connection, wishes),
            size=f"{size.n_lots:,} lots, {len(country.projects)} projects of {REQUIREMENTS} requirements",
        )


def _ask_ours(country: Country) -> Answer:
    seconds, found = [], []
    for project in country.projects:
        start = perf_counter()
        answer = ask_project(country.offer, _pose(country.problem, country.offer, project))
        seconds.append(perf_counter() - start)
        found.append([(each.allowed, each.cost + each.others) for each in answer.requirements])
    return _sum_up(country, seconds, found)


def _ask_theirs(country: Country, connection: psycopg.Connection, wishes: dict[str, list[Wish]]) -> Answer:
    seconds, found = [], []
    for project in country.projects:
        start = perf_counter()
        found.append(find_mixes(connection, wishes[project]))
        seconds.append(perf_counter() - start)
    return _sum_up(country, seconds, found)


def _sum_up(country: Country, seconds: Sequence[float], found: Sequence[Sequence[tuple[int, int]]]) -> Answer:
    allowed = sum(lots for project in found for lots, _ in project)
    alone = sum(
        cost
        for name, project in zip(country.projects, found, strict=True)
        if name in country.unshared
        for _, cost in project
    )
    return Answer(value=float(np.quantile(seconds, 0.95)), detail=(allowed, alone))


@lru_cache(maxsize=1)
def _draw_block(size: Size) -> Block:
    mix = replace(ORDINARY, n_lots=size.n_lots, n_requirements=size.n_requirements, n_classes=size.n_classes)
    case = max(list_transportations(draw_problem(mix=mix)), key=lambda case: len(case.lot))
    flow = _solve_cold(case, supply=case.supply)
    prices = _find_prices(case, supply=case.supply, flow=flow)
    draw = np.random.default_rng(mix.seed)
    lots = draw.choice(np.unique(case.lot[flow > 0]), size=CHANGES)
    changes = [
        (int(lot), 0 if place % 2 else int(case.supply[lot]) // 2) for place, lot in enumerate(lots.tolist())
    ]
    return Block(case=case, flow=flow, prices=prices, changes=tuple(changes))


@contextmanager
def _open_change(*, size: Size, peer: str) -> Iterator[Sides]:
    block = _draw_block(size)
    yield Sides(
        ours=partial(_change_ours, block),
        theirs=partial(_change_cold if peer == "ortools" else _change_warm, block),
        size=f"{len(block.case.lot):,} pairs, {2 * CHANGES} changes: a lot withdrawn or halved, and back",
    )


def _change_ours(block: Block) -> Answer:
    case = block.case
    dearest = int(case.saving.max()) + 1
    standing = Standing(
        supply=case.supply,
        demand=case.demand,
        new_cost=np.full(len(case.demand), dearest),
        wanted=case.wanted,
        lot=case.lot,
        cost=dearest - case.saving,
        flow=block.flow,
        prices=block.prices,
    )

    def change(lot: int, steps: int) -> int:
        standing.set_quantity(lot, steps=steps)
        proof = standing.prove()
        assert proof.cost == proof.bound
        return proof.baseline - proof.cost

    return _time_changes(block, change)


def _change_cold(block: Block) -> Answer:
    supply = block.case.supply.copy()

    def change(lot: int, steps: int) -> int:
        supply[lot] = steps
        flow = _solve_cold(block.case, supply=supply)
        _find_prices(block.case, supply=supply, flow=flow)
        return count_saving(replace(block.case, supply=supply), flow=flow) // block.case.quantum

    return _time_changes(block, change)


def _change_warm(block: Block) -> Answer:
    graph = WarmGraph(block.case)

    def change(lot: int, steps: int) -> int:
        graph.set_quantity(lot, steps=steps)
        return graph.solve()

    return _time_changes(block, change)


def _time_changes(block: Block, change: Callable[[int, int], int]) -> Answer:
    seconds, saved = [], []
    for lot, steps in block.changes:
        for left in (steps, int(block.case.supply[lot])):
            start = perf_counter()
            saved.append(change(lot, left))
            seconds.append(perf_counter() - start)
    return Answer(value=float(np.quantile(seconds, 0.95)), detail=(sum(saved), *saved[:-1:2]))


def _solve_cold(case: Transportation, *, supply: IntArray) -> IntArray:
    return find_flow(wanted=case.wanted, lot=case.lot, saving=case.saving, demand=case.demand, supply=supply)


def _find_prices(case: Transportation, *, supply: IntArray, flow: IntArray) -> IntArray:
    dearest = int(case.saving.max()) + 1
    return find_prices(
        wanted=case.wanted,
        lot=case.lot,
        cost=dearest - case.saving,
        flow=flow,
        new_cost=np.full(len(case.demand), dearest),
        demand=case.demand,
        supply=supply,
    )[0]
