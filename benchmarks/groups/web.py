# SPDX-License-Identifier: EUPL-1.2
"""What a country asks of the web: 50 requirements answered at once, a first look, and restless readers."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from socket import socket
from time import perf_counter
from typing import Literal
from urllib.request import urlopen

import numpy as np
from sqlalchemy import Engine, make_url, text

from benchmarks.bars import BARS
from benchmarks.contest import P95, SECONDS, Answer, Contest, Sides
from benchmarks.first_view import FirstView, find_browser, look_first
from benchmarks.load import Load, read_pages
from benchmarks.scale import Scale, Size
from benchmarks.shared_country import open_shared_country
from inventory.database import make_engine
from inventory.matching.instant import InstantAnswer, KeptLots, answer_project, warm_up

TODAY = date(2026, 12, 1)
JOINED = 5
"""Projects of ten requirements made one of fifty."""
PROJECTS = 40
FEW = 4
"""Projects that the slower side answers."""
REQUESTS = 500
READERS = 16
PATIENCE_S = 180.0
_ROUND_S = 2.0
_ROUNDS = 20
"""So many times as long at most until a server makes no page anew any more."""

# Around Aarhus, Odense and Copenhagen, from the whole country to a town.
_TILES = (
    (6, 33, 19),
    (7, 67, 39),
    (7, 67, 40),
    (8, 135, 80),
    (9, 270, 160),
    (10, 547, 320),
    (12, 2190, 1282),
)
_SEARCHES = ("/", "/?class=brick_lime_mortar", "/?class=door_inner&firmness=started", "/?municipality=0751")
_FILES = ("/assets/genbro.css", "/assets/supply.js", "/assets/logo.svg", "/health")

_JOIN = """
    WITH numbered AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS number FROM project),
    joined AS (
        SELECT child.id AS child, parent.id AS parent
          FROM numbered AS child
          JOIN numbered AS parent ON parent.number = child.number - child.number % :joined
         WHERE child.number < :most AND child.id <> parent.id)
    UPDATE requirement SET project_id = joined.parent, ref = ref || '-' || left(project_id::text, 8)
      FROM joined WHERE project_id = joined.child
"""
_ASKED = "SELECT project_id::text FROM requirement GROUP BY project_id HAVING count(*) >= :least ORDER BY 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A database, who keeps its lots in memory, and the projects asked about."""

    engine: Engine
    kept: KeptLots
    projects: tuple[str, ...]
    warm_s: float


def list_web_contests(scale: Scale) -> list[Contest]:
    """List the contests of instant answers, of the load the server bears, and of the first view of the map.

    The last needs Chromium, and is left out where there is none.
    """
    browser = find_browser()
    first_view = (
        []
        if browser is None
        else [
            Contest(
                group="web",
                name="web_first_view",
                bar=BARS["web_first_view"],
                peer="the same page, seen once MapLibre has drawn the map",
                unit=P95,
                runs=1,
                packages=("playwright",),
                open_sides=partial(_open_first_view, size=scale.web, browser=browser),
            )
        ]
    )
    return [
        Contest(
            group="web",
            name="web_instant",
            bar=BARS["web_instant"],
            peer=f"the lots within reach read from PostGIS for each of {FEW} questions",
            unit=P95,
            runs=1,
            packages=("postgis", "sqlalchemy", "psycopg"),
            open_sides=partial(_open_desk, size=scale.web),
        ),
        Contest(
            group="web",
            name="web_load",
            bar=BARS["web_load"],
            peer=f"{REQUESTS} requests for files alone: what server and readers bear at most",
            unit=SECONDS,
            runs=1,
            packages=("flask", "gunicorn"),
            open_sides=partial(_open_server, size=scale.web),
        ),
        *first_view,
    ]


@contextmanager
def copy_country(size: Size, *, name: str) -> Iterator[str]:
    """Copy the shared country, so that rows may write; give the address of the copy, and remove it."""
    url = make_url(open_shared_country(size))
    engine = make_engine(url.set(database="postgres").render_as_string(hide_password=False))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{url.database}"')
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    engine.dispose()


@contextmanager
def _open_desk(*, size: Size) -> Iterator[Sides]:
    with copy_country(size, name="web_instant") as url:
        engine = make_engine(url)
        with engine.begin() as connection:
            # The map's notes are not what is measured.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.execute(text(_JOIN), {"joined": JOINED, "most": JOINED * PROJECTS})
            projects = tuple(connection.execute(text(_ASKED), {"least": 10 * JOINED}).scalars())
        kept, start = KeptLots(engine), perf_counter()
        warm_up(engine, kept, as_of=TODAY)
        desk = Desk(engine=engine, kept=kept, projects=projects, warm_s=perf_counter() - start)
        try:
            yield Sides(
                ours=partial(_ask_kept, desk),
                theirs=partial(_ask_anew, desk),
                size=f"{size.n_lots:,} lots, {len(projects)} projects of {10 * JOINED} requirements",
                warm=partial(_ask_kept, desk),
            )
        finally:
            engine.dispose()


def _ask_kept(desk: Desk) -> Answer:
    seconds, found = _ask(desk, desk.projects, kept=desk.kept)
    return Answer(
        value=float(np.quantile(seconds, 0.95)),
        detail=_sum_up(found[:FEW]),
        figures={"median_s": float(np.median(seconds)), "read_all_s": desk.warm_s},
    )


def _ask_anew(desk: Desk) -> Answer:
    seconds, found = _ask(desk, desk.projects[:FEW], kept=None)
    return Answer(value=float(np.quantile(seconds, 0.95)), detail=_sum_up(found))


def _ask(
    desk: Desk, projects: Sequence[str], *, kept: KeptLots | None
) -> tuple[list[float], list[InstantAnswer]]:
    seconds, found = [], []
    for project in projects:
        start = perf_counter()
        found.append(answer_project(desk.engine, project=project, as_of=TODAY, kept=kept))
        seconds.append(perf_counter() - start)
    return seconds, found


def _sum_up(found: Sequence[InstantAnswer]) -> tuple[int, ...]:
    """Sum up what both must have found; costs may differ by their rounding alone (docs/adr/0015)."""
    answers = [one for each in found for one in each.answer.requirements]
    return (
        sum(each.looked_at for each in found),
        sum(one.allowed for one in answers),
        sum(one.met for one in answers),
        sum(sum(one.stopped.values()) for one in answers),
    )


@contextmanager
def _open_server(*, size: Size) -> Iterator[Sides]:
    with copy_country(size, name="web_load") as url:
        engine = make_engine(url)
        with engine.connect() as connection:
            pages = [
                *(
                    f"/lots/{one}"
                    for one in connection.execute(text("SELECT id FROM lot LIMIT 20")).scalars()
                ),
                *(
                    f"/projects/{one}"
                    for one in connection.execute(text("SELECT id FROM project LIMIT 5")).scalars()
                ),
            ]
        engine.dispose()
        mixed = (*pages, *_SEARCHES, *(f"/tiles/supply/{z}/{x}/{y}.mvt" for z, x, y in _TILES), *_FILES)
        seconds, files = (300.0, 10.0) if size.n_lots >= 1_000_000 else (2.0, 0.7)
        with _serve(url, until_answered=pages[-1] + "/instant") as port:
            yield Sides(
                ours=partial(_bear, port, mixed, seconds),
                theirs=partial(_bear, port, _FILES, files),
                size=f"{size.n_lots:,} lots, {READERS} readers of {len(mixed)} pages for {seconds:g} s",
                warm=partial(_settle, port, mixed),
            )


@contextmanager
def _open_first_view(*, size: Size, browser: str) -> Iterator[Sides]:
    times = 6 if size.n_lots >= 1_000_000 else 1
    with _serve(open_shared_country(size), until_answered="/") as port:
        look = partial(look_first, port=port, browser=browser, times=times)
        yield Sides(
            ours=lambda: _take_views(look(), name="largest"),
            theirs=lambda: _take_views(look(), name="drawn"),
            size=f"{size.n_lots:,} lots, {times} browsers without anything kept, desk and telephone in turns",
            warm=lambda: None,
        )


def _take_views(views: Sequence[FirstView], *, name: Literal["largest", "drawn"]) -> Answer:
    return Answer(
        value=float(np.quantile([getattr(view, name) for view in views], 0.95)),
        detail=(views[0].groups,),
        figures={
            f"{name}_median_s": float(np.median([getattr(view, name) for view in views])),
            f"{name}_answered_median_s": float(np.median([view.answered for view in views])),
            "page_kb": max(view.bytes for view in views) / 1000,
        },
    )


@contextmanager
def _serve(url: str, *, until_answered: str) -> Iterator[int]:
    """Serve a database as `make serve` does, once the lots are in memory; give the port."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "web", "--port", str(port)],
        env={**os.environ, "GENBRO_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = perf_counter() + PATIENCE_S
        ready = 0
        # both workers, in turns as they come
        while ready < READERS and perf_counter() < deadline:
            with suppress(OSError), urlopen(f"http://127.0.0.1:{port}{until_answered}") as response:
                ready = 0 if "Refresh" in response.headers else ready + 1
            time.sleep(0 if ready else 0.5)
        yield port
    finally:
        server.terminate()
        server.wait()


def _settle(port: int, paths: Sequence[str]) -> None:
    """Read until both processes keep what is the same for everybody: all is then read again and again."""
    for _ in range(_ROUNDS):
        load = read_pages(port=port, paths=paths, seconds=_ROUND_S, readers=READERS)
        if load.requests >= 10 * len(paths):
            return


def _bear(port: int, paths: Sequence[str], seconds: float) -> Answer:
    load: Load = read_pages(port=port, paths=paths, seconds=seconds, readers=READERS)
    return Answer(
        value=float(load.errors == 0),
        seconds=load.seconds * REQUESTS / max(load.requests, 1),
        figures={
            "requests_per_s": load.requests / load.seconds,
            "errors": load.errors,
            "p95_s": float(np.quantile(load.waits, 0.95)),
        },
    )
