# SPDX-License-Identifier: EUPL-1.2
"""Whether a made-up national problem has the proportions it is meant to have.

`python -m benchmarks.proportions` solves the plain one at full size; `--mixed` looks at the other's rules.
"""

from dataclasses import dataclass, fields
from time import perf_counter

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks.make_problem import draw_problem
from benchmarks.mix import NATIONAL, NATIONAL_MIXED
from matcher.candidates import World, collect_pairs, lay_world
from matcher.distance import measure_roads
from matcher.plan import Plan
from matcher.problem.problem import Problem
from matcher.solve import solve
from matcher.value import rate_pairs
from matcher.window import count_storages

EVERY = 50
"""One requirement in so many is asked for its pairs."""
HALF_YEAR, YEAR_AND_A_HALF = 180, 540


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportions:
    """What a problem is like.

    Parameters
    ----------
    density
        Allowed pairs for each pair of a lot and a requirement.
    scarce_classes
        Classes with less supply than demand, in steps.
    stored_pairs, long_pairs
        Share of allowed pairs that wait in storage, and of those wanted 6 to 18 months after the release.
    fulfilment, donors, minimum_take
        Shares of requirements, requirements and lots with the rule.
    trip_share
        Median over allowed pairs of what a trip costs, of c * min(q, d).
    """

    density: float
    scarce_classes: int
    stored_pairs: float
    long_pairs: float
    fulfilment: float
    donors: float
    minimum_take: float
    trip_share: float


def measure_proportions(problem: Problem) -> Proportions:
    """Measure a problem, its pairs on one requirement in `EVERY`."""
    lots, wanted, classes = problem.lots, problem.requirements, len(problem.classes.id)
    world = lay_world(problem)
    asked = np.arange(0, len(wanted.id), EVERY)
    found, requirement = _collect(world, asked)
    supply = np.bincount(lots.class_, weights=lots.quantity, minlength=classes)
    demand = np.bincount(wanted.class_, weights=wanted.quantity, minlength=classes)
    days = count_storages(
        lots.available_from[found],
        lots.available_to[found],
        wanted.wanted_from[requirement],
        wanted.wanted_to[requirement],
    )
    after = wanted.wanted_from[requirement] - lots.available_from[found]
    metres = measure_roads(world.facts.places, lots.site[found], wanted.site[requirement])
    rated = rate_pairs(
        world.rates, found, lots.class_[found], wanted.class_[requirement], metres, days, requirement
    )
    whole = rated.cost * np.minimum(lots.quantity[found], wanted.quantity[requirement])
    dear = whole > 0
    return Proportions(
        density=len(found) / (len(asked) * len(lots.id)),
        scarce_classes=int((supply < demand).sum()),
        stored_pairs=float((days > 0).mean()),
        long_pairs=float(((after >= HALF_YEAR) & (after <= YEAR_AND_A_HALF)).mean()),
        fulfilment=float((wanted.minimum_fulfilment > 0).mean()),
        donors=float((wanted.most_donors > 0).mean()),
        minimum_take=float((lots.minimum_take > 1).mean()),
        trip_share=float(np.median(rated.trip[dear] / whole[dear])),
    )


def share_saved(plan: Plan) -> float:
    """Return the attainable saving, B - LB, as a share of B."""
    certificate = plan.certificate
    return (certificate.baseline - certificate.bound) / certificate.baseline


def _collect(world: World, asked: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    lots = np.empty(len(world.facts.lot_class) + 1, dtype=np.int32)
    costs = np.empty(len(lots), dtype=np.int64)
    found, counts = [], []
    for wanted in asked:
        count = collect_pairs(world, int(wanted), lots, costs)
        found.append(lots[:count].copy())
        counts.append(count)
    return np.concatenate(found), np.repeat(asked, counts).astype(np.int32)


@click.command()
@click.option("--lots", "n_lots", type=click.IntRange(1), default=NATIONAL.n_lots, show_default=True)
@click.option("--mixed", is_flag=True, help="The mix with side rules; it is not solved.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
def main(*, n_lots: int, mixed: bool, workers: int) -> None:
    """Draw a national problem, a tenth as many requirements as lots, and tell its proportions."""
    problem = draw_problem(
        mix=NATIONAL_MIXED if mixed else NATIONAL, n_lots=n_lots, n_requirements=max(1, n_lots // 10)
    )
    told = measure_proportions(problem)
    for item in fields(told):
        click.echo(f"{item.name}: {getattr(told, item.name):.4g}")
    if mixed:
        return
    start = perf_counter()
    plan = solve(problem, workers=workers)
    matches = plan.matches
    after = problem.requirements.wanted_from[matches.requirement] - problem.lots.available_from[matches.lot]
    click.echo(f"solved in {perf_counter() - start:.1f} s, gap {plan.certificate.gap:g}")
    click.echo(f"allowed pairs: {plan.pairs:,}")
    click.echo(f"attainable saving: {share_saved(plan):.3f} of B")
    click.echo(f"matches through storage: {(matches.storage_days > 0).mean():.3f}")
    click.echo(f"matches 6 to 18 months after release: {((after >= 180) & (after <= 540)).mean():.3f}")


if __name__ == "__main__":
    main()
