# SPDX-License-Identifier: EUPL-1.2
"""Where a project is built, as a person says it: coordinates as text, a town, or a municipality alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from inventory.errors import BadInputError
from inventory.geography.coordinate import CoordinateKind, classify_coordinates
from inventory.imports.cells.places import (
    Geography,
    check_points,
    describe_surroundings,
    find_land,
    find_other_municipality,
    measure_from_municipality,
    read_geography,
)
from inventory.imports.cells.spelling import fold_text, suggest_words
from inventory.imports.messages import MESSAGES
from inventory.queries.places.towns import find_municipality_point, list_towns

_TOKEN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_POINT, _TOWN, _MUNICIPALITY = "coordinates", "town", "municipality_code"


class PlaceNotFoundError(BadInputError):
    """The place cannot be found: {why_en}."""

    def __init__(self, field: str, *, da: str, en: str) -> None:
        """Name the field that is at fault, and say why in both languages."""
        super().__init__(field=field, why_da=da, why_en=en)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPlace:
    """A point in EPSG:25832 with what lies about it; empty = None.

    `source` is ``coordinates``, ``town`` or ``municipality_code``: what the point was found by.
    """

    x: float
    y: float
    land_mass: str | None
    road_node: str | None
    municipality_code: str | None
    town: str | None
    source: str


def find_told_place(session: Session, *, coordinates: str, town: str, municipality_code: str) -> ToldPlace:
    """Find the point of a place: by coordinates where given, else by town, else by municipality.

    Parameters
    ----------
    session
        To look up towns and municipalities.
    coordinates
        Two numbers: east and north in EPSG:25832, or longitude and latitude in degrees in either order, as
        the four ranges of Denmark do not overlap.
    town
        Name of a town; beside coordinates it is kept as it is written.
    municipality_code
        Four digits: says which of two towns of one name is meant.

    Raises
    ------
    PlaceNotFoundError
        Nothing was said, or it cannot be read, is not in Denmark, is at sea, or contradicts itself.
    """
    geography = read_geography(session)
    if coordinates:
        x, y = _read_point(coordinates)
        source = _POINT
    elif town:
        x, y = _find_town(session, town, municipality_code)
        source = _TOWN
    elif municipality_code:
        x, y = find_municipality_point(session, code=municipality_code)
        source = _MUNICIPALITY
    else:
        raise PlaceNotFoundError(
            _POINT,
            da="skriv koordinater, en by eller vælg en kommune",
            en="write coordinates or a town, or choose a municipality",
        )
    return _describe(x, y, town=town, municipality_code=municipality_code, source=source, geography=geography)


def _read_point(told: str) -> tuple[float, float]:
    tokens = _TOKEN.findall(told)
    # "56.46,10.03" reads as one number with two points: the comma parts them
    if len(tokens) != 2 and told.count(",") == 1:
        tokens = [part for half in told.split(",") for part in _TOKEN.findall(half)]
    if len(tokens) != 2:
        raise PlaceNotFoundError(
            _POINT,
            da="skriv to tal, som 565300 6257200 eller 56.4601, 10.0364",
            en="write two numbers, as 565300 6257200 or 56.4601, 10.0364",
        )
    first, second = (np.array([float(token.replace(",", "."))]) for token in tokens)
    kind = CoordinateKind(str(classify_coordinates(first, second)[0]))
    if kind in {CoordinateKind.DEGREES_SWAPPED, CoordinateKind.METRES_SWAPPED}:
        first, second = second, first
    degrees = kind in {CoordinateKind.DEGREES, CoordinateKind.DEGREES_SWAPPED}
    xy, codes = check_points(first, second, degrees=degrees)
    if codes[0]:
        message = MESSAGES[codes[0]]
        raise PlaceNotFoundError(_POINT, da=message.da, en=message.en)
    return float(xy[0, 0]), float(xy[0, 1])


def _find_town(session: Session, told: str, municipality_code: str) -> tuple[float, float]:
    towns = list_towns(session)
    named = [one for one in towns if fold_text(one.name) == fold_text(told)]
    found = [one for one in named if municipality_code in ("", one.municipality_code)]
    if found:
        return float(found[0].x), float(found[0].y)  # of two of one name the larger
    if named:
        raise PlaceNotFoundError(
            _MUNICIPALITY,
            da="byen ligger ikke i denne kommune; vælg en anden, eller skriv koordinater",
            en="the town is not in this municipality; choose another, or write coordinates",
        )
    near = " / ".join(suggest_words(told, known=[one.name for one in towns]))
    raise PlaceNotFoundError(
        _TOWN,
        da=f"byen kendes ikke{f'; mente du {near}?' if near else ''}",
        en=f"the town is not known{f'; did you mean {near}?' if near else ''}",
    )


def _describe(
    x: float, y: float, *, town: str, municipality_code: str, source: str, geography: Geography
) -> ToldPlace:
    xy = np.array([[x, y]])
    lands = find_land(xy, geography=geography)
    if not lands[0]:
        message = MESSAGES["in_water"]
        raise PlaceNotFoundError(_POINT, da=message.da, en=message.en)
    if municipality_code:
        _refuse_other(xy, municipality_code, geography=geography)
    around = describe_surroundings(xy, lands=lands, geography=geography)
    return ToldPlace(
        x=x,
        y=y,
        land_mass=around.land_mass[0] or None,
        road_node=around.road_node[0] or None,
        municipality_code=municipality_code or around.municipality[0] or None,
        town=town or around.town[0] or None,
        source=source,
    )


def _refuse_other(xy: NDArray[np.float64], code: str, *, geography: Geography) -> None:
    other = find_other_municipality(xy, codes=[code], geography=geography)
    _metres, far = measure_from_municipality(xy, codes=[code], geography=geography)
    if far[0] or (other is not None and other[0]):
        raise PlaceNotFoundError(
            _MUNICIPALITY,
            da="stedet ligger ikke i denne kommune",
            en="the place is not in this municipality",
        )
