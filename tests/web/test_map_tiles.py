# SPDX-License-Identifier: EUPL-1.2
"""Tiles are current and may be kept: a tag that is right, and what was written a moment ago is there."""

from collections.abc import Iterator
from pathlib import Path

import mapbox_vector_tile
import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from inventory.database import open_session
from tests.web.opening import open_app
from tests.web.sample import insert_sample

DENMARK = "/tiles/supply/0/0/0.mvt"


@pytest.fixture
def own(own_database_url: str, tmp_path: Path) -> Iterator[FlaskClient]:
    """A client over a sample that this test may change."""
    with open_session(own_database_url) as session:
        insert_sample(session)
    with open_app(own_database_url, files=tmp_path) as app:
        yield app.test_client()


def count_lots(tile: bytes) -> int:
    """Count the lots of a tile."""
    features = mapbox_vector_tile.decode(tile)["lots"]["features"]
    return sum(feature["properties"]["n"] for feature in features)


def test_a_tile_is_kept_until_something_is_written(own: FlaskClient, own_database_url: str):
    """Asked again with its tag a tile is not sent again; after a write it is, with what was written."""
    first = own.get(DENMARK)
    assert first.cache_control.no_cache
    assert first.cache_control.private
    assert count_lots(first.data) == 48
    tag = first.headers["ETag"]
    again = own.get(DENMARK, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    # the engine takes a tile of the same tag for the same tile, whatever its address
    other = own.get(f"{DENMARK}?basis=surveyed", headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["ETag"] != tag
    with open_session(own_database_url) as session:
        session.execute(text("UPDATE lot SET status = 'withdrawn' WHERE basis = 'surveyed'"))
        session.commit()
    fresh = own.get(DENMARK, headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert fresh.headers["ETag"] != tag
    # the school's survey is gone, and what it had replaced stays replaced
    assert count_lots(fresh.data) == 47


def test_a_tile_far_from_what_is_written_stays_the_same(own: FlaskClient, own_database_url: str):
    """A write concerns the tiles it happens in, a tile elsewhere keeps its tag; a name changes all tiles."""
    own.get(DENMARK)  # takes in what was written
    with open_session(own_database_url) as session:
        placed = session.execute(
            text(
                "SELECT tile_x, tile_y, min(site_id::text) AS site FROM map_tile JOIN map_mark"
                " ON floor((20037508.342789244 + x / 10.0) / 40075016.685578488 * 4096) = tile_x"
                " AND floor((20037508.342789244 - y / 10.0) / 40075016.685578488 * 4096) = tile_y"
                " WHERE zoom = 12 AND kind = 'lot' GROUP BY tile_x, tile_y ORDER BY tile_x, tile_y"
            )
        ).all()
    here, there = placed[0], placed[-1]
    addresses = [f"/tiles/supply/12/{tile.tile_x}/{tile.tile_y}.mvt" for tile in (here, there)]
    inside = f"/tiles/supply/14/{here.tile_x * 4}/{here.tile_y * 4}.mvt"
    tags = {address: own.get(address).headers["ETag"] for address in (*addresses, inside, DENMARK)}

    def ask(address: str) -> int:
        return own.get(address, headers={"If-None-Match": tags[address]}).status_code

    priced = f"{addresses[1]}?price=100"
    tags[priced] = own.get(priced).headers["ETag"]
    with open_session(own_database_url) as session:
        session.execute(
            text("UPDATE lot SET firmness = 'gone' WHERE site_id = CAST(:site AS uuid)"), {"site": here.site}
        )
        session.commit()
    assert [ask(address) for address in (*addresses, inside, DENMARK)] == [200, 304, 200, 200]
    # a price is no mark's, so the whole map's version counts
    assert ask(priced) == 200
    with open_session(own_database_url) as session:
        session.execute(text("UPDATE material_class SET name_da = name_da || ' x'"))
        session.commit()
    assert ask(addresses[1]) == 200
