# SPDX-License-Identifier: EUPL-1.2
"""The register's attributes of many buildings as arrays, with what is not registered kept apart from zero."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inventory.estimates.conditions import MISSING, Bools
from inventory.estimates.spread import Floats

STANDING_STATUS = 6
NO_LOTS = "none"
UNKNOWN_USE = ""
OLDEST_YEAR = 1001  # BBR writes 1000 for a year that is not known

COLUMNS = (
    "site_id",
    "status_code",
    "use_code",
    "year_built",
    "year_rebuilt",
    "floors",
    "footprint_m2",
    "total_area_m2",
    "dwelling_area_m2",
    "business_area_m2",
    "wall_code",
    "roof_code",
    "asbestos_code",
    "heating_code",
    "listed_code",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """Columns of shape (n,): areas in m2, floors counted, codes of BBR with -1 for not registered.

    `floors`, `footprint` and `floor_area` are filled in from one another where the register lacks one of
    them; `stand_in` says where, by the name of the factor of `intensities.csv` that widens the range for
    it. `group` is a row number of `group_names`, whose first is the unknown use. `disagreement` is
    |ln(total / (footprint x floors))|.
    """

    site_id: NDArray[np.object_]
    group: NDArray[np.int64]
    group_names: tuple[str, ...]
    standing: Bools
    year: Floats
    year_rebuilt: Floats
    wall: NDArray[np.int64]
    roof: NDArray[np.int64]
    heating: NDArray[np.int64]
    asbestos: NDArray[np.int64]
    listed: Bools
    floors: Floats
    footprint: Floats
    floor_area: Floats
    heated_area: Floats
    disagreement: Floats
    stand_in: Mapping[str, Bools]

    @property
    def count(self) -> int:
        """Number of buildings."""
        return len(self.site_id)

    def is_group(self, names: Collection[str]) -> Bools:
        """Tell which buildings belong to one of the use groups."""
        wanted = [number for number, name in enumerate(self.group_names) if name in names]
        return np.isin(self.group, wanted)


def read_attributes(buildings: pd.DataFrame, *, groups: Mapping[int, str]) -> Attributes:
    """Read a table of buildings into arrays.

    Parameters
    ----------
    buildings : DataFrame
        The columns of :data:`COLUMNS`, named as in the table `building`; empty, zero and negative areas and
        floors and years up to 1000 count as not registered.
    groups : mapping of int to str
        Use group by BBR use code.

    Raises
    ------
    KeyError
        Where a column is missing.
    """
    group_names = (UNKNOWN_USE, *sorted(set(groups.values())))
    areas = {name: _read_positive(buildings[f"{name}_m2"]) for name in ("footprint", "total_area")}
    usable = _read_area(buildings["dwelling_area_m2"]) + _read_area(buildings["business_area_m2"])
    usable[usable <= 0] = np.nan
    total = np.where(np.isnan(areas["total_area"]), usable, areas["total_area"])
    floors_given = _read_positive(buildings["floors"])
    footprint_given = areas["footprint"]

    from_areas = np.isnan(floors_given) & ~np.isnan(total) & ~np.isnan(footprint_given)
    floors = np.where(from_areas, np.maximum(1.0, np.round(total / footprint_given)), floors_given)
    assumed_one = np.isnan(floors)
    floors = np.where(assumed_one, 1.0, floors)
    no_footprint = np.isnan(footprint_given) & ~np.isnan(total)
    footprint = np.where(no_footprint, total / floors, footprint_given)
    no_total = np.isnan(total) & ~np.isnan(footprint_given)
    floor_area = np.where(no_total, footprint * floors, total)
    both = ~no_total & ~no_footprint & ~from_areas & ~np.isnan(footprint)
    ratio = np.where(both, floor_area / (footprint * floors), 1.0)
    return Attributes(
        site_id=buildings["site_id"].to_numpy(dtype=object),
        group=_read_groups(buildings["use_code"], groups=groups, names=group_names),
        group_names=group_names,
        standing=_read_codes(buildings["status_code"]) == STANDING_STATUS,
        year=_read_year(buildings["year_built"]),
        year_rebuilt=_read_year(buildings["year_rebuilt"]),
        wall=_read_codes(buildings["wall_code"]),
        roof=_read_codes(buildings["roof_code"]),
        heating=_read_codes(buildings["heating_code"]),
        asbestos=_read_codes(buildings["asbestos_code"]),
        listed=_read_codes(buildings["listed_code"]) > 0,
        floors=floors,
        footprint=footprint,
        floor_area=floor_area,
        heated_area=np.where(np.isnan(usable), floor_area, usable),
        disagreement=np.abs(np.log(ratio)),
        stand_in={
            "area_from_floors": no_total,
            "footprint_from_total": no_footprint,
            "floors_from_areas": from_areas,
            "floors_assumed_one": assumed_one,
        },
    )


def _read_groups(
    column: pd.Series, *, groups: Mapping[int, str], names: tuple[str, ...]
) -> NDArray[np.int64]:
    numbers = {code: names.index(group) for code, group in groups.items()}
    return _read_codes(column.map(numbers).fillna(0))


def _read_area(column: pd.Series) -> Floats:
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan, copy=True)
    values[~(values > 0)] = 0.0
    return values


def _read_positive(column: pd.Series) -> Floats:
    values = _read_area(column)
    values[values == 0] = np.nan
    return values


def _read_year(column: pd.Series) -> Floats:
    values = _read_positive(column)
    values[values < OLDEST_YEAR] = np.nan
    return values


def _read_codes(column: pd.Series) -> NDArray[np.int64]:
    return pd.to_numeric(column, errors="coerce").fillna(MISSING).to_numpy(dtype=np.int64)
