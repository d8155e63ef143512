# SPDX-License-Identifier: EUPL-1.2
"""The drawn map of a page's place."""

from inventory.queries.offers import AnyRow
from inventory.queries.places.place_towns import read_towns_near
from web.place_map import PlaceMap, draw_place, find_box
from web.session import get_session

_TOWNS = 14


def draw_public_place(row: AnyRow) -> PlaceMap | None:
    """Draw the public point of a lot or site; None where it has none.

    Parameters
    ----------
    row
        With easting and northing of the public point, EPSG:25832.
    """
    if row.easting is None:
        return None
    half_width, half_height = find_box()
    towns = read_towns_near(
        get_session(),
        easting=row.easting,
        northing=row.northing,
        half_width=half_width,
        half_height=half_height,
        limit=_TOWNS,
    )
    return draw_place(easting=row.easting, northing=row.northing, towns=towns)
