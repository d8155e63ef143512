# SPDX-License-Identifier: EUPL-1.2
"""Vector tiles of lots, requirements and plans, and the towns the map labels."""

import zlib
from functools import partial
from uuid import UUID

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as BaseResponse

from inventory.queries.map.grid import Tile
from inventory.queries.map.group_tiles import read_map_tile
from inventory.queries.map.plan_tiles import read_plan_tile, read_towns
from inventory.queries.map.question import ask_map
from inventory.queries.map.tile_box import cover_tile
from web.clock import current_day
from web.errors import FilterError, PageNotFoundError
from web.map_version import read_current_version
from web.search import read_search
from web.search_choices import read_codes
from web.session import get_session

MOST_ZOOM = 18
TILE_FORMAT = "2"
"""Part of a tile's tag: another number where tiles hold something else of the same marks."""
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


def show_supply_tile(z: int, x: int, y: int) -> BaseResponse:
    """Show one tile of the lots and requirements that answer the search in the address.

    A browser may keep it, and asks each time whether it is still the newest: that costs one small question,
    and whoever has written something sees it.

    Raises
    ------
    PageNotFoundError
        There is no such tile.
    FilterError
        A filter cannot be read; unlike a page, a tile has no place to say so.
    """
    _require_tile(z, x, y)
    session, today = get_session(), current_day()
    choices = read_codes(session, request.args, today=today)
    given = read_search(request.args, session=session, choices=choices, today=today)
    if given.refused:
        raise FilterError(why=", ".join(sorted(given.refused)))
    asked, tile = ask_map(given.search, cover=partial(cover_tile, z, x, y)), Tile(z=z, x=x, y=y)
    version = read_current_version(tile=tile)
    response = Response(mimetype=_TILE)
    response.cache_control.private = True
    response.cache_control.no_cache = True
    if not version.behind:  # else this answer is only on the way to the next, and nothing to be kept
        # Usual prices are those of the day; and the engine takes a tile of the same tag for the same tile,
        # whatever its address, so the address is in it too.
        address = zlib.crc32(request.full_path.encode())
        number = version.tile if asked.is_of_marks else version.number
        tag = f"{TILE_FORMAT}-{number}-{today:%Y%m%d}-{address:08x}"
        response.set_etag(tag)
        if request.if_none_match.contains(tag):
            return response.make_conditional(request)
    response.set_data(read_map_tile(session, tile=tile, question=asked, today=today))
    return response


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
