# SPDX-License-Identifier: EUPL-1.2
"""How much is measured: all of it, or a quick look that every row still works."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Size of a made-up problem."""

    n_lots: int
    n_requirements: int
    n_classes: int

    def describe(self) -> str:
        """Return the size for people."""
        return f"{self.n_lots:,} lots x {self.n_requirements:,} requirements, {self.n_classes} classes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Sizes and runs.

    Parameters
    ----------
    flow, flow_10k, flow_400k, flow_1m, candidates, end_to_end, instant, resolve
        Sizes of the made-up problems.
    national, curve
        Sizes of the made-up countries: the whole, and on the way to it.
    side, side_thrice
        Pairs and least fulfilment of the instances with side rules on every requirement.
    buildings, loaded, imported, copied
        Buildings estimated, lots loaded, rows of a file imported, rows copied.
    largest_paper
        Largest published instance, by its demand.
    web
        Size of the country in PostGIS that the rows about the web share (`benchmarks/shared_country.py`); its
        classes are those of the reference data.
    asked, asked_live
        Searches asked of it, and how many of them the peer is asked.
    looks
        Tiles looked at, at each zoom.
    cutting
        Bars and lengths of pieces of the made-up cutting problem.
    runs, runs_long
        Timed runs of a side, and of one that takes longer than about ten seconds.
    """

    flow: Size
    flow_10k: Size
    flow_400k: Size
    flow_1m: Size
    candidates: Size
    end_to_end: Size
    instant: Size
    resolve: Size
    national: Size
    curve: tuple[Size, ...]
    side: tuple[tuple[int, float], ...]
    side_thrice: tuple[int, float]
    buildings: int
    loaded: int
    imported: int
    copied: int
    largest_paper: int
    cutting: tuple[int, int]
    web: Size
    asked: int
    asked_live: int
    looks: int
    runs: int
    runs_long: int


FULL = Scale(
    flow=Size(n_lots=20_000, n_requirements=2_000, n_classes=60),
    flow_10k=Size(n_lots=7_000, n_requirements=700, n_classes=60),
    flow_400k=Size(n_lots=56_000, n_requirements=5_600, n_classes=60),
    flow_1m=Size(n_lots=88_000, n_requirements=8_800, n_classes=60),
    candidates=Size(n_lots=100_000, n_requirements=10_000, n_classes=60),
    end_to_end=Size(n_lots=50_000, n_requirements=5_000, n_classes=60),
    instant=Size(n_lots=1_000_000, n_requirements=2_000, n_classes=60),
    resolve=Size(n_lots=6_000, n_requirements=600, n_classes=2),
    national=Size(n_lots=1_000_000, n_requirements=100_000, n_classes=60),
    curve=tuple(
        Size(n_lots=lots, n_requirements=lots // 10, n_classes=60) for lots in (10_000, 30_000, 100_000)
    ),
    side=((50, 0.6), (500, 0.6), (5_000, 0.6), (25_000, 0.6), (25_000, 1.0)),
    side_thrice=(5_000, 0.6),
    buildings=1_000_000,
    loaded=1_000_000,
    imported=100_000,
    copied=100_000,
    largest_paper=4_096,
    cutting=(200, 60),
    web=Size(n_lots=1_000_000, n_requirements=100_000, n_classes=72),
    asked=240,
    asked_live=8,
    looks=40,
    runs=5,
    runs_long=3,
)
SMOKE = Scale(
    flow=Size(n_lots=1_000, n_requirements=100, n_classes=10),
    flow_10k=Size(n_lots=1_000, n_requirements=100, n_classes=10),
    flow_400k=Size(n_lots=1_000, n_requirements=100, n_classes=10),
    flow_1m=Size(n_lots=1_000, n_requirements=100, n_classes=10),
    candidates=Size(n_lots=2_000, n_requirements=200, n_classes=10),
    end_to_end=Size(n_lots=2_000, n_requirements=200, n_classes=10),
    instant=Size(n_lots=5_000, n_requirements=200, n_classes=10),
    resolve=Size(n_lots=600, n_requirements=60, n_classes=2),
    national=Size(n_lots=2_000, n_requirements=200, n_classes=10),
    curve=tuple(Size(n_lots=lots, n_requirements=lots // 10, n_classes=20) for lots in (500, 1_000, 2_000)),
    side=((50, 0.6), (100, 1.0)),
    side_thrice=(100, 0.6),
    buildings=2_000,
    loaded=2_000,
    imported=500,
    copied=2_000,
    largest_paper=512,
    cutting=(14, 8),
    web=Size(n_lots=2_000, n_requirements=200, n_classes=72),
    asked=16,
    asked_live=8,
    looks=8,
    runs=1,
    runs_long=1,
)
