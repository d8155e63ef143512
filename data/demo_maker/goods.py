# SPDX-License-Identifier: EUPL-1.2
"""The maker's tables, and a class of goods as the demo uses it."""

import csv
from dataclasses import dataclass
from pathlib import Path

TABLES = Path(__file__).resolve().parent / "tables"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A class as the demo uses it: a row of tables/goods.csv.

    ``found`` is what a survey finds per m2 of floor area, or per building where
    ``found_per_building``; ``sizes`` holds the attribute values a lot may have.
    """

    code: str
    unit: str
    step: int
    wanted: tuple[int, int]
    found: tuple[float, float]
    found_per_building: bool
    groups: frozenset[str]
    years: tuple[int, int]
    sizes: tuple[tuple[str, tuple[int, ...]], ...]

    def round(self, amount: float) -> str:
        """An amount in whole steps of the demo, at least one, as text."""
        return str(max(self.step, round(amount / self.step) * self.step))


def read_table(name: str) -> list[dict[str, str]]:
    """Read one of the maker's tables as rows."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_goods() -> dict[str, Goods]:
    """All goods by class code, in the order of the table."""
    return {row["class"]: _read_row(row) for row in read_table("goods.csv")}


def _read_row(row: dict[str, str]) -> Goods:
    sizes = []
    for part in row["sizes"].split():
        attribute, _, values = part.partition("=")
        sizes.append((attribute, tuple(int(value) for value in values.split("|"))))
    return Goods(
        code=row["class"],
        unit=row["unit"],
        step=int(row["step"]),
        wanted=(int(row["wanted_low"]), int(row["wanted_high"])),
        found=(float(row["found_low"] or 0), float(row["found_high"] or 0)),
        found_per_building=row["found_per"] == "building",
        groups=frozenset(row["groups"].split()),
        years=(int(row["year_from"]), int(row["year_to"])),
        sizes=tuple(sizes),
    )
