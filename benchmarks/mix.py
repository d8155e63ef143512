# SPDX-License-Identifier: EUPL-1.2
"""What made-up problems are made of: every number the maker draws by, pinned here and nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from matcher.problem.columns import NONE

FIRST_DAY = (date(2027, 1, 1) - date(1970, 1, 1)).days
Share = tuple[float, int]
"""How often, and a value; the shares of a list add up to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """Parameters of made-up problems.

    Parameters
    ----------
    n_lots, n_requirements, n_classes
        Size where none is asked for.
    seed
        Of every draw.
    lots_per_site, requirements_per_project
        Rows at one place.
    popularity
        Classes are drawn with weight 1 / rank**popularity, the ranks shuffled.
    lot_spread, wanted_spread
        Standard deviation of the logarithm of quantities.
    wanted_per_lot
        Median quantity of a requirement in median lots, dealt to the classes by their shares, shuffled.
    first_day, release_days, release_window
        Lots are released from this day on, over so many days, for a window between these.
    delay_days, start_days, wanted_window
        First start of a requirement after `first_day`, over how many days they start, and their windows.
    max_metres, storage_days
        Farthest road and longest storage of requirements: shares and values; -1 = the default of the run.
    default_max_metres, default_storage_days
        The defaults of the run.
    lot_price, preparation, new_price
        Least and most times the packaged factor.
    substitutes_ok, unknown_screening_ok, bounded_grade, unknown_grade_ok
        Shares of requirements.
    unknown_grade
        Share of lots.
    documentation, screening, firmness
        Shares of lots by code.
    documentation_min
        Shares of requirements by code.
    carbon_price_ore_per_tonne
        Param of the problem.
    ruled
        Share of rows with side rules: a third of it each for the following three, no row with two. Fulfilment
        and donors are rules of requirements, the minimum take is one of lots.
    minimum_fulfilment, most_donors
        Shares and values, permille and lots.
    minimum_take
        Least and most share of a lot that has to be taken at least, if anything is.
    trip_ore, trip_ore_per_km
        What a trip costs whatever it carries, of every vehicle.
    """

    n_lots: int
    n_requirements: int
    n_classes: int = 60
    seed: int = 20261123
    lots_per_site: int = 4
    requirements_per_project: int = 10
    popularity: float = 0.7
    lot_spread: float = 0.9
    wanted_spread: float = 0.9
    wanted_per_lot: tuple[tuple[float, float], ...] = ((1.0, 3.0),)
    first_day: int = FIRST_DAY
    release_days: int = 730
    release_window: tuple[int, int] = (30, 180)
    delay_days: int = 0
    start_days: int = 730
    wanted_window: tuple[int, int] = (45, 150)
    max_metres: tuple[Share, ...] = ((0.4, NONE), (0.2, 30_000), (0.2, 50_000), (0.2, 120_000))
    storage_days: tuple[Share, ...] = ((0.1, NONE), (0.4, 0), (0.25, 30), (0.25, 90))
    default_max_metres: int = 75_000
    default_storage_days: int = 365
    lot_price: tuple[float, float] = (0.5, 1.5)
    preparation: tuple[float, float] = (0.8, 1.3)
    new_price: tuple[float, float] = (0.9, 1.2)
    substitutes_ok: float = 0.3
    unknown_screening_ok: float = 0.5
    bounded_grade: float = 0.4
    unknown_grade_ok: float = 0.5
    unknown_grade: float = 0.1
    documentation: tuple[float, ...] = (0.1, 0.7, 0.2)
    screening: tuple[float, ...] = (0.85, 0.12, 0.02, 0.01)
    firmness: tuple[float, ...] = (0.3, 0.3, 0.25, 0.15)
    documentation_min: tuple[float, ...] = (0.15, 0.8, 0.05)
    carbon_price_ore_per_tonne: int = 75_000
    ruled: float = 0.0
    minimum_fulfilment: tuple[Share, ...] = ()
    most_donors: tuple[Share, ...] = ()
    minimum_take: tuple[float, float] = (0.0, 0.0)
    trip_ore: float = 0.0
    trip_ore_per_km: float = 0.0

    def list_parameters(self) -> Iterator[tuple[str, Any]]:
        """Yield the name and value of every parameter, as the page of the documentation shows them."""
        for item in fields(self):
            yield item.name, getattr(self, item.name)


def write_parameters() -> str:
    """Return the parameters of all three mixes as a table of Markdown."""
    rows = zip(*(mix.list_parameters() for mix in (ORDINARY, NATIONAL, NATIONAL_MIXED)), strict=True)
    lines = ["| parameter | region | country, plain | country, mixed |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {row[0][0]} | " + " | ".join(_write_value(value) for _, value in row) + " |" for row in rows
    ]
    return "\n".join(lines) + "\n"


def _write_value(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(
            f"{part[0]:.3g}: {part[1]:,g}" if isinstance(part, tuple) else f"{part:g}" for part in value
        )
    return f"{value:,}" if isinstance(value, int) and abs(value) < 10_000_000 else f"{value}"


ORDINARY = Mix(n_lots=50_000, n_requirements=5_000)
"""A region: what the rows of the flow, of candidates and of whole solves are drawn from."""

_NATIONAL: dict[str, Any] = {
    "n_lots": 1_000_000,
    "n_requirements": 100_000,
    "popularity": 0.4,
    "wanted_per_lot": ((1 / 3, 3.0), (1 / 3, 8.0), (1 / 3, 22.0)),
    "release_window": (14, 90),
    "delay_days": 180,
    "start_days": 900,
    "wanted_window": (21, 90),
    "max_metres": ((0.05, NONE), (0.45, 20_000), (0.5, 36_000)),
    "storage_days": ((0.6, NONE), (0.2, 270), (0.2, 540)),
    "substitutes_ok": 0.15,
    "documentation_min": (0.15, 0.7, 0.15),
    "bounded_grade": 0.75,
}
NATIONAL = Mix(**_NATIONAL)
"""The whole country, plain: nothing but the rules of pairs."""
NATIONAL_MIXED = Mix(
    **_NATIONAL,
    ruled=0.2,
    minimum_fulfilment=((0.5, 600), (0.5, 1000)),
    most_donors=((0.5, 3), (0.5, 5)),
    minimum_take=(0.25, 0.75),
    trip_ore=350_000.0,
    trip_ore_per_km=3_000.0,
)
"""The same country with side rules on a fifth of the requirements, and trips that cost on every pair."""
