# SPDX-License-Identifier: EUPL-1.2
"""The eras of construction in which surveys are gathered, read from `estimate_eras.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from inventory.estimates.spread import Floats

UNKNOWN_ERA = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """A band of years; the lower end is in it, the upper is not, and an open end has none."""

    era: str
    year_from: float
    year_to: float


def read_eras() -> tuple[Era, ...]:
    """Read the packaged eras, the oldest first; together they hold every year once."""
    table = resources.files("inventory").joinpath("reference", "estimate_eras.csv")
    rows = csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"), newline=""))
    return tuple(
        Era(
            era=row["era"],
            year_from=float(row["year_from"] or "-inf"),
            year_to=float(row["year_to"] or "inf"),
        )
        for row in rows
        if not row["valid_to"]
    )


def name_eras(year: Floats, *, eras: Sequence[Era]) -> NDArray[np.object_]:
    """Name the era of each year of construction; a year that is not known (nan) has one of its own.

    Parameters
    ----------
    year : array of float, shape (n,)
    eras : sequence of Era

    Returns
    -------
    array of str, shape (n,)
    """
    names = np.full(len(year), UNKNOWN_ERA, dtype=object)
    for era in eras:
        names[(year >= era.year_from) & (year < era.year_to)] = era.era
    return names
