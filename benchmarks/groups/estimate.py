# SPDX-License-Identifier: EUPL-1.2
"""A made-up register to probable lots, all buildings at once against one after another."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter, process_time

import numpy as np
import pandas as pd

from benchmarks.bars import BARS
from benchmarks.contest import SECONDS, Answer, Contest, Sides
from benchmarks.scale import Scale
from inventory.estimates.attributes import COLUMNS
from inventory.estimates.explain import explain_building
from inventory.estimates.lots import estimate_lots
from inventory.estimates.rules import EstimateRules, load_rules
from inventory.estimates.steps import count_steps

SEED = 3
AT_ONCE = 50_000
"""Buildings that `genbro estimate` reads at a time."""
ASKED = 200
"""Buildings that are also estimated one after another."""


def list_estimate_contests(scale: Scale) -> list[Contest]:
    """List the contest of the estimate."""
    return [
        Contest(
            group="estimate",
            name="estimate_buildings",
            bar=BARS["estimate_buildings"],
            peer=f"One building after another, explained; {ASKED} timed and multiplied up",
            unit=SECONDS,
            runs=scale.runs_long,
            packages=("pandas",),
            open_sides=partial(_open_estimate, count=scale.buildings),
        )
    ]


def draw_buildings(count: int, *, seed: int = SEED) -> pd.DataFrame:
    """Draw a register: mostly houses, some with a year, a wall or an area that nobody wrote down."""
    random = np.random.default_rng(seed)

    def draw(codes: list[int], *, unknown: float) -> np.ndarray:
        drawn = random.choice(codes, size=count).astype(object)
        drawn[random.random(count) < unknown] = None
        return drawn

    floors = random.choice([1, 1, 1, 2, 2, 3, 4], size=count)
    footprint = np.round(random.lognormal(4.8, 0.6, size=count))
    total = (footprint * floors).astype(object)
    total[random.random(count) < 0.02] = None
    columns = {
        "site_id": np.arange(count).astype(object),
        "status_code": np.where(random.random(count) < 0.97, 6, 10),
        "use_code": draw([120, 120, 120, 130, 140, 210, 320, 421, 510, 910], unknown=0.01),
        "year_built": draw(list(range(1850, 2025)), unknown=0.03),
        "year_rebuilt": draw(list(range(1970, 2025)), unknown=0.8),
        "floors": floors,
        "footprint_m2": footprint,
        "total_area_m2": total,
        "dwelling_area_m2": total,
        "business_area_m2": np.zeros(count),
        "wall_code": draw([1, 1, 1, 2, 3, 4, 5, 6, 8], unknown=0.02),
        "roof_code": draw([1, 2, 3, 3, 4, 5, 6, 7], unknown=0.02),
        "asbestos_code": draw([1], unknown=0.98),
        "heating_code": draw([1, 2, 6, 7], unknown=0.05),
        "listed_code": draw([1], unknown=0.99),
    }
    return pd.DataFrame(columns, columns=list(COLUMNS), dtype=object)


@contextmanager
def _open_estimate(*, count: int) -> Iterator[Sides]:
    rules, buildings = load_rules(), draw_buildings(count)
    asked = buildings.iloc[:: max(1, count // ASKED)].head(ASKED)
    yield Sides(
        ours=partial(_estimate_at_once, buildings, rules, asked=set(asked["site_id"])),
        theirs=partial(_estimate_one_by_one, asked, rules, count=count),
        size=f"{count:,} buildings, {len(asked)} of them one by one",
        warm=partial(estimate_lots, asked, rules),
    )


def _estimate_at_once(buildings: pd.DataFrame, rules: EstimateRules, *, asked: set[int]) -> Answer:
    start, cpu = perf_counter(), process_time()
    total, lots, seen = 0, 0, []
    for first in range(0, len(buildings), AT_ONCE):
        made = estimate_lots(buildings.iloc[first : first + AT_ONCE], rules)
        seen.append(made.loc[made["site_id"].isin(asked), "quantity"].sum())
        lots += len(made)
        total += int(made["quantity"].sum())
    seconds, spent = perf_counter() - start, process_time() - cpu
    return Answer(
        value=float(sum(seen)),
        figures={"cpu_s": spent, "lots": float(lots), "steps": float(total)},
        seconds=seconds,
    )


def _estimate_one_by_one(asked: pd.DataFrame, rules: EstimateRules, *, count: int) -> Answer:
    start = perf_counter()
    steps = 0
    for number in range(len(asked)):
        for use in explain_building(asked.iloc[[number]], rules).rules:
            step = rules.classes[use.class_code].step
            steps += int(count_steps(np.array([use.likely]), step=step)[0])
    seconds = (perf_counter() - start) / len(asked) * count
    return Answer(value=float(steps), seconds=seconds)
