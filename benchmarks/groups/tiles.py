# SPDX-License-Identifier: EUPL-1.2
"""The map of a country as people look at it: tiles by zoom, months, and how soon a write is on it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from time import perf_counter
from typing import Any, Final, cast
from urllib.parse import urlencode

import mapbox_vector_tile
import numpy as np
import psycopg
from flask import Flask

from benchmarks.bars import BARS
from benchmarks.contest import P95, SECONDS, Answer, Contest, Sides
from benchmarks.peers.clusters import (
    count_months,
    draw_clusters,
    make_view,
    open_clusters,
    withdraw_and_refresh,
)
from benchmarks.scale import Scale, Size
from benchmarks.shared_country import open_shared_country
from inventory.database import open_session
from inventory.queries.map.free_months import read_free_months
from inventory.queries.map.grid import HALF_METRES, Tile
from inventory.queries.search.facets import read_facets
from inventory.queries.search.resolve import resolve_search
from inventory.queries.search.search import Search
from inventory.settings import Settings
from web.app import create_app
from web.session import get_reader, get_session

SEED = 5
FAR, NEAR = range(6, 13), range(13, 17)
"""Zooms at which groups are drawn, and at which each site stands alone."""

FIRST = date(2027, 5, 1)
_NEAR_TOWN: Final = 6_000.0  # metres of Web Mercator each way: about 3.4 km in Denmark
_CLASS: Final = "brick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A filter as the address says it, and as the peer is asked."""

    address: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)

    @property
    def search(self) -> Search:
        """Return the filter as a search, without its window."""
        classes, firmness = self.address.get("class"), self.address.get("firmness")
        return Search(
            classes=(classes,) if classes else (),
            firmness=cast("Any", (firmness,) if firmness else ()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A tile somebody looks at."""

    tile: Tile
    filter: Filter

    @property
    def address(self) -> str:
        """Return the tile's address."""
        tile = self.tile
        query = urlencode(self.filter.address)
        return f"/tiles/supply/{tile.z}/{tile.x}/{tile.y}.mvt" + (f"?{query}" if query else "")


def list_tile_contests(scale: Scale) -> list[Contest]:
    """List the contests of the map."""
    on_the_fly = (
        "PostGIS clusters on the fly: gist on judged points, GROUP BY cell, ST_AsMVT; statement alone"
    )
    made = []
    for name, peer, unit, opened in (
        ("tiles_far", on_the_fly, P95, partial(_open_tiles, zooms=FAR, filtered=False)),
        ("tiles_far_filtered", on_the_fly, P95, partial(_open_tiles, zooms=FAR, filtered=True)),
        (
            "tiles_near",
            on_the_fly.replace("cell", "site"),
            P95,
            partial(_open_tiles, zooms=NEAR, filtered=True),
        ),
        ("tiles_months", "PostGIS counts each month over judged lots", P95, _open_months),
        ("tiles_current", "REFRESH MATERIALIZED VIEW of the clusters of zooms 6 to 12", SECONDS, _open_write),
    ):
        made.append(
            Contest(
                group="tiles",
                name=name,
                bar=BARS[name],
                peer=peer,
                unit=unit,
                runs=1 if unit == P95 else scale.runs,
                packages=("postgis",),
                open_sides=partial(opened, size=scale.web, looks=scale.looks),
            )
        )
    return made


@contextmanager
def open_web(url: str) -> Iterator[Flask]:
    """Make the application over a database and close its connections at the end."""
    # A tile that is kept is not looked for again: here each is drawn.
    app = create_app(Settings(database_url=url, answers_mb=0))
    try:
        yield app
    finally:
        with app.app_context():
            get_reader().dispose()


def list_filters(connection: psycopg.Connection) -> list[Filter]:
    """List what tiles are filtered by: class, months, both, and how sure the demolition is."""
    tree = """
        WITH RECURSIVE tree AS (
            SELECT id FROM material_class WHERE code = %s
             UNION ALL SELECT below.id FROM material_class AS below JOIN tree ON below.parent_id = tree.id
        ) SELECT id FROM tree
    """
    classes = [row[0] for row in connection.execute(tree, [_CLASS])]
    window = {"from": FIRST.isoformat(), "to": "2027-07-31"}
    asked_window = {"start": FIRST, "end": date(2027, 8, 1)}
    return [
        Filter(address={"class": _CLASS}, asked={"classes": classes}),
        Filter(address=window, asked=asked_window),
        Filter(address={"class": _CLASS, **window}, asked={"classes": classes, **asked_window}),
        Filter(address={"firmness": "started"}, asked={"firmness": "started"}),
    ]


def draw_looks(
    connection: psycopg.Connection, *, zooms: Sequence[int], count: int, filters: Sequence[Filter]
) -> list[Look]:
    """Draw the tiles people look at: near towns, as often as people live there; `count` for each zoom."""
    towns = connection.execute(
        "SELECT ST_X(p.geom), ST_Y(p.geom), population FROM town"
        " CROSS JOIN LATERAL (SELECT ST_Transform(town.geom, 3857) AS geom) AS p"
        " WHERE population > 0 ORDER BY town.id"
    ).fetchall()
    draw = np.random.default_rng(SEED)
    people = np.array([town[2] for town in towns], dtype=float)
    looks = []
    for zoom in zooms:
        side = 2 * HALF_METRES / (1 << zoom)
        for place, number in enumerate(draw.choice(len(towns), size=count, p=people / people.sum())):
            x, y = (axis + draw.uniform(-_NEAR_TOWN, _NEAR_TOWN) for axis in towns[number][:2])
            tile = Tile(z=zoom, x=int((HALF_METRES + x) / side), y=int((HALF_METRES - y) / side))
            looks.append(Look(tile=tile, filter=filters[place % len(filters)]))
    return looks


@contextmanager
def _open_tiles(*, zooms: Sequence[int], filtered: bool, size: Size, looks: int) -> Iterator[Sides]:
    url = open_shared_country(size)
    with open_web(url) as app, open_clusters(url) as connection:
        filters = list_filters(connection) if filtered else [Filter()]
        drawn = draw_looks(connection, zooms=zooms, count=looks, filters=filters)
        client = app.test_client()

        def ours(look: Look) -> bytes:
            answer = client.get(look.address)
            assert answer.status_code == 200, look.address
            return answer.data

        def theirs(look: Look) -> bytes:
            return draw_clusters(connection, look.tile, asked=look.filter.asked)

        # Each kind of filter at each zoom: what a tile asks is composed when it is first asked.
        warm = list({(look.tile.z, id(look.filter)): look for look in drawn}.values()) + drawn[::5]
        yield Sides(
            ours=partial(_time_looks, drawn, ours, name="ours"),
            theirs=partial(_time_looks, drawn, theirs, name="theirs"),
            size=f"{size.n_lots:,} lots, {len(drawn)} tiles of zooms {zooms[0]} to {zooms[-1]}",
            warm=lambda: [each(look) for look in warm for each in (ours, theirs)],
        )


def _time_looks(looks: Sequence[Look], ask: Any, *, name: str) -> Answer:
    seconds: dict[tuple[int, int], list[float]] = {}
    counts = {"lots": 0, "requirements": 0}
    filters = list({id(look.filter): look.filter for look in looks}.values())
    for look in looks:
        start = perf_counter()
        tile = ask(look)
        spent = perf_counter() - start
        seconds.setdefault((look.tile.z, filters.index(look.filter)), []).append(spent)
        for layer, told in mapbox_vector_tile.decode(tile).items():
            counts[layer] += sum(one["properties"]["n"] for one in told["features"])
    figures = {}
    for zoom in sorted({zoom for zoom, _ in seconds}):
        spent = [one for (at, _), each in seconds.items() if at == zoom for one in each]
        figures[f"z{zoom}_{name}_p95_ms"] = float(np.quantile(spent, 0.95)) * 1000
        figures[f"z{zoom}_{name}_median_ms"] = float(np.median(spent)) * 1000
    for place, one in enumerate(filters):
        if one.address:
            spent = [second for (_, at), each in seconds.items() if at == place for second in each]
            figures[f"{'_'.join(sorted(one.address))}_{name}_p95_ms"] = float(np.quantile(spent, 0.95)) * 1000
    every = [one for each in seconds.values() for one in each]
    return Answer(value=float(np.quantile(every, 0.95)), detail=tuple(counts.values()), figures=figures)


@contextmanager
def _open_months(*, size: Size, looks: int) -> Iterator[Sides]:
    url = open_shared_country(size)
    with open_clusters(url) as connection, open_session(url) as session:
        asked = [one for one in (Filter(), *list_filters(connection)) if "start" not in one.asked]
        searches = {id(one): resolve_search(session, one.search, today=FIRST) for one in asked}

        def ours(one: Filter) -> int:
            months = read_free_months(session, search=searches[id(one)], today=FIRST, months=24)
            return sum(month.lots for month in months)

        def theirs(one: Filter) -> int:
            return sum(row[1] for row in count_months(connection, first=FIRST, asked=one.asked))

        turns = max(1, looks // len(asked) // 4)
        yield Sides(
            ours=partial(_time_months, asked * turns, ours),
            theirs=partial(_time_months, asked * turns, theirs),
            size=f"{size.n_lots:,} lots, 24 months, {len(asked) * turns} times",
            warm=lambda: [each(one) for one in asked for each in (ours, theirs)],
        )


def _time_months(asked: Sequence[Filter], ask: Callable[[Filter], int]) -> Answer:
    seconds, lots = [], 0
    for one in asked:
        start = perf_counter()
        lots += ask(one)
        seconds.append(perf_counter() - start)
    return Answer(value=float(np.quantile(seconds, 0.95)), detail=(lots,))


@contextmanager
def _open_write(*, size: Size, looks: int) -> Iterator[Sides]:  # noqa: ARG001 - as the others are opened
    url = open_shared_country(size)
    with open_web(url) as app, open_clusters(url) as connection:
        make_view(connection)
        yield Sides(
            ours=partial(_write_ours, app, connection),
            theirs=partial(withdraw_and_refresh, connection),
            size=f"{size.n_lots:,} lots, one of them gone",
        )


def _write_ours(app: Flask, connection: psycopg.Connection) -> Answer:
    """Have a lot gone and look at once: the whole country's tile, and the choices beside the list."""
    client = app.test_client()
    row = connection.execute("SELECT id, firmness FROM lot ORDER BY id LIMIT 1").fetchone()
    assert row is not None
    connection.execute("UPDATE lot SET firmness = 'gone' WHERE id = %s", [row[0]])
    start = perf_counter()
    tile = client.get("/tiles/supply/0/0/0.mvt").data
    with app.app_context():
        counts = read_facets(get_session(), search=Search())["basis"].counts
    seconds = perf_counter() - start
    connection.execute("UPDATE lot SET firmness = %s WHERE id = %s", [row[1], row[0]])
    client.get("/tiles/supply/0/0/0.mvt")
    shown = sum(one["properties"]["n"] for one in mapbox_vector_tile.decode(tile)["lots"]["features"])
    assert shown == sum(counts.values())
    return Answer(value=float(shown), seconds=seconds)
