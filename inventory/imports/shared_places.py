# SPDX-License-Identifier: EUPL-1.2
"""Places of lots and projects: several rows of a file may speak of one site."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from inventory.imports.cells.cells import parse_text
from inventory.imports.cells.municipalities import MunicipalityIndex
from inventory.imports.cells.number import NumberStyle, parse_number
from inventory.imports.cells.places import (
    Geography,
    check_points,
    describe_surroundings,
    find_land,
    find_other_municipality,
    measure_from_municipality,
)
from inventory.imports.cells.problem import Value
from inventory.imports.findings import Findings, parse_cells
from inventory.imports.messages import MESSAGES
from inventory.queries.imports.keys import KnownSite

_SAME_POINT_M = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlaces:
    """What each row says of its place; points are NaN where it says nothing or nothing usable."""

    xy: NDArray[np.float64]
    lands: list[str]
    bad: frozenset[int]
    municipality: list[str | None]
    organisation: list[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """A site to be written; None leaves what is there. `rows` are the rows that speak of it."""

    id: uuid.UUID
    ref: str
    name: str | None
    organisation: str | None
    municipality: str | None
    town: str | None
    x: float | None
    y: float | None
    land_mass: str | None
    road_node: str | None
    rows: tuple[int, ...]

    def make_row(self) -> tuple[object, ...]:
        """Give the values in the order of `inventory.actions.imports.sites.SITE_TYPES`."""
        return (
            self.id,
            self.ref,
            self.name,
            self.organisation,
            self.municipality,
            self.town,
            self.x,
            self.y,
            self.land_mass,
            self.road_node,
        )


def read_places(
    findings: Findings, *, style: NumberStyle, municipalities: MunicipalityIndex, geography: Geography
) -> RowPlaces:
    """Read coordinates, municipality and organisation of each row.

    Unlike a building of the register, a lot or project with a wrong coordinate is refused: it was
    typed for this file, and would never be matched.
    """
    pairs = {
        name: np.array(
            [
                np.nan if value is None else float(value)
                for value in parse_cells(findings, column=name, parse=partial(parse_number, style=style))
            ]
        )
        for name in ("x", "y", "lon", "lat")
    }
    xy, codes = check_points(pairs["x"], pairs["y"], degrees=False)
    by_degrees, degree_codes = check_points(pairs["lon"], pairs["lat"], degrees=True)
    column = ["x"] * len(codes)
    for index in range(len(codes)):
        if not codes[index] and np.isnan(xy[index, 0]):
            xy[index], codes[index], column[index] = by_degrees[index], degree_codes[index], "lon"
    lands = find_land(xy, geography=geography)
    for index in np.flatnonzero(np.isfinite(xy[:, 0])).tolist():
        if not lands[index]:
            xy[index], codes[index] = np.nan, "in_water"
    municipality = parse_cells(findings, column="municipality", parse=municipalities.parse)
    claimed = [code or "" for code in municipality]
    metres, far = measure_from_municipality(xy, codes=claimed, geography=geography)
    other = find_other_municipality(xy, codes=claimed, geography=geography)
    bad: set[int] = set()
    for index in range(len(codes)):
        if other is not None and other[index]:
            name = municipalities.name(other[index])
            findings.add(index, code="municipality_other", column="municipality", found=name)
        elif far[index] == "municipality_far":
            km = round(float(metres[index]) / 1000)
            findings.add(index, code="municipality_far", column="municipality", km=km)
        code = codes[index] or far[index]
        if code and code != "municipality_far":
            xy[index] = np.nan
            message = MESSAGES[code]
            findings.add(
                index,
                code="place_wrong",
                column=column[index],
                why_da=message.da,
                why_en=message.en,
                mend_da=message.mend_da,
                mend_en=message.mend_en,
            )
            bad.add(index)
    return RowPlaces(
        xy=xy,
        lands=lands,
        bad=frozenset(bad),
        municipality=municipality,
        organisation=parse_cells(findings, column="organisation", parse=parse_text),
    )


def gather_sites(
    findings: Findings,
    *,
    refs: Sequence[str | None],
    ids: Mapping[str, uuid.UUID],
    known: Mapping[str, KnownSite],
    names: Sequence[str | None],
    name_column: str,
    places: RowPlaces,
    geography: Geography,
) -> dict[str, SiteRow]:
    """Gather what the rows say of each site; the first row that says a thing is believed.

    Parameters
    ----------
    findings
        Told of rows that contradict an earlier one, and of sites without any coordinate.
    refs
        Reference of the site per row, None where the row has none or is of no account.
    ids
        Reference -> id, for all references.
    known
        Sites that are in the database already.
    names, name_column
        Name of the site per row, and the column it stands in.
    places
        From `read_places`.
    geography
        From `read_geography`.

    Returns
    -------
    dict
        Reference -> site. A site with no coordinate, here or in the database, is left out and its
        rows are refused.
    """
    rows_of: dict[str, list[int]] = {}
    for index, ref in enumerate(refs):
        if ref is not None:
            rows_of.setdefault(ref, []).append(index)
    sites: dict[str, SiteRow] = {}
    placed: dict[str, int] = {}
    for ref, rows in rows_of.items():
        point = _take_point(findings, rows, places=places)
        if point is None and not (ref in known and known[ref].placed):
            for index in rows:
                if index not in places.bad:
                    findings.add(index, code="site_without_coordinate", column="x", site=ref)
            continue
        if point is not None:
            placed[ref] = point
        sites[ref] = SiteRow(
            id=ids[ref],
            ref=ref,
            name=take_first(findings, rows, values=names, column=name_column),
            organisation=take_first(findings, rows, values=places.organisation, column="organisation"),
            municipality=take_first(findings, rows, values=places.municipality, column="municipality"),
            town=None,
            x=None,
            y=None,
            land_mass=None,
            road_node=None,
            rows=tuple(rows),
        )
    return _surround(findings, sites, placed=placed, places=places, geography=geography)


def _surround(
    findings: Findings,
    sites: dict[str, SiteRow],
    *,
    placed: Mapping[str, int],
    places: RowPlaces,
    geography: Geography,
) -> dict[str, SiteRow]:
    refs = list(placed)
    xy = places.xy[[placed[ref] for ref in refs]].reshape(-1, 2)
    lands = [places.lands[placed[ref]] for ref in refs]
    around = describe_surroundings(xy, lands=lands, geography=geography)
    done = dict(sites)
    for at, ref in enumerate(refs):
        site = sites[ref]
        if site.municipality is None:
            findings.add(placed[ref], code="municipality_missing", column="municipality")
        done[ref] = SiteRow(
            id=site.id,
            ref=ref,
            name=site.name,
            organisation=site.organisation,
            municipality=site.municipality or around.municipality[at] or None,
            town=around.town[at] or None,
            x=float(xy[at, 0]),
            y=float(xy[at, 1]),
            land_mass=around.land_mass[at] or None,
            road_node=around.road_node[at] or None,
            rows=site.rows,
        )
    return done


def _take_point(findings: Findings, rows: Sequence[int], *, places: RowPlaces) -> int | None:
    first: int | None = None
    for index in rows:
        if np.isnan(places.xy[index, 0]):
            continue
        if first is None:
            first = index
        elif float(np.linalg.norm(places.xy[index] - places.xy[first])) > _SAME_POINT_M:
            number = findings.table.row_number(first)
            findings.add(index, code="site_disagrees", column="x", first=number, what="x, y")
    return first


def take_first(
    findings: Findings, rows: Sequence[int], *, values: Sequence[Value | None], column: str
) -> Value | None:
    """Take the first value that rows of one thing give, and tell of rows that say otherwise."""
    first: int | None = None
    for index in rows:
        if values[index] is None:
            continue
        if first is None:
            first = index
        elif values[index] != values[first]:
            number = findings.table.row_number(first)
            findings.add(index, code="site_disagrees", column=column, first=number, what=column)
    return None if first is None else values[first]
