# SPDX-License-Identifier: EUPL-1.2
"""Vector tiles of lots, requirements and plans, and the towns the map labels."""

from uuid import UUID

from flask import Blueprint, Response, jsonify, request

from inventory.queries.tiles import read_plan_tile, read_supply_tile, read_towns
from web.clock import current_day
from web.errors import FilterError, PageNotFoundError
from web.search import read_choices, read_search
from web.session import get_session

MOST_ZOOM = 18
_TILE = "application/vnd.mapbox-vector-tile"
_FRESH_SECONDS = 30  # a map being dragged asks for the same tile again and again
_TOWNS_SECONDS = 86_400


def _require_tile(z: int, x: int, y: int) -> None:
    """Refuse the address of a tile that does not exist."""
    if z > MOST_ZOOM or x >= 1 << z or y >= 1 << z:
        raise PageNotFoundError(what="tile", name=f"{z}/{x}/{y}")


def _answer_tile(tile: bytes) -> Response:
    response = Response(tile, mimetype=_TILE)
    response.cache_control.private = True
    response.cache_control.max_age = _FRESH_SECONDS
    return response


def show_supply_tile(z: int, x: int, y: int) -> Response:
    """Show one tile of the lots and requirements that answer the search in the address.

    Raises
    ------
    PageNotFoundError
        There is no such tile.
    FilterError
        A filter cannot be read; unlike a page, a tile has no place to say so.
    """
    _require_tile(z, x, y)
    session, today = get_session(), current_day()
    given = read_search(
        request.args, session=session, choices=read_choices(session, today=today), today=today
    )
    if given.refused:
        raise FilterError(why=", ".join(sorted(given.refused)))
    return _answer_tile(read_supply_tile(session, z=z, x=x, y=y, search=given.search, today=today))


def show_plan_tile(run_id: UUID, z: int, x: int, y: int) -> Response:
    """Show one tile of a plan; an unknown run's tiles are empty.

    Raises
    ------
    PageNotFoundError
        There is no such tile.
    """
    _require_tile(z, x, y)
    return _answer_tile(read_plan_tile(get_session(), run_id=run_id, z=z, x=x, y=y))


def show_towns() -> Response:
    """Show the towns as GeoJSON points with name and population, largest first."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(town.lon, 4), round(town.lat, 4)]},
            "properties": {"name": town.name, "population": town.population or 0},
        }
        for town in read_towns(get_session())
    ]
    response = jsonify(type="FeatureCollection", features=features)
    response.cache_control.private = True
    response.cache_control.max_age = _TOWNS_SECONDS
    return response


def make_tiles() -> Blueprint:
    """Make the blueprint of the tiles."""
    tiles = Blueprint("tiles", __name__, url_prefix="/tiles")
    tiles.add_url_rule("/supply/<int:z>/<int:x>/<int:y>.mvt", "supply", show_supply_tile, methods=["GET"])
    tiles.add_url_rule(
        "/runs/<uuid:run_id>/<int:z>/<int:x>/<int:y>.mvt", "plan", show_plan_tile, methods=["GET"]
    )
    tiles.add_url_rule("/towns.json", "towns", show_towns, methods=["GET"])
    return tiles
