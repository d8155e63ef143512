# SPDX-License-Identifier: EUPL-1.2
"""What a person who searches waits for: a search of three filters, its facets; alone, and eight at once."""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from time import perf_counter
from zlib import crc32

import numpy as np
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.bars import BARS
from benchmarks.contest import P95, Answer, Contest, Sides
from benchmarks.crowd import time_crowd
from benchmarks.peers.live_search import count_facets, find_page
from benchmarks.scale import Scale, Size
from benchmarks.shared_country import open_shared_country
from inventory.queries.keyset import PAGE_ROWS
from inventory.queries.reading import make_reader
from inventory.queries.search.facets import read_facets
from inventory.queries.search.pages import read_answer
from inventory.queries.search.resolve import resolve_search
from inventory.queries.search.search import MOST_COUNTED, MOST_FACETED, Bounds, Near, Search

TODAY = date(2026, 11, 28)
SEED = 1

# The first towns of the country, and its materials by their groups.
_TOWNS = (
    *((10.2, 56.15), (12.57, 55.68), (10.39, 55.4), (9.92, 57.05)),
    *((8.45, 55.47), (9.47, 55.5), (11.79, 55.23), (14.7, 55.1)),
)
_KILOMETRES = (25, 50, 100)
_CLASSES = ("brick", "timber", "door", "window", "steel", "concrete", "roof_tile", "insulation")
_MUNICIPALITIES = ("0751", "0101", "0461", "0851", "0265")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A database to search, and the questions asked of it; the peer is asked the first few."""

    url: str
    sessions: sessionmaker[Session]
    questions: tuple[Search, ...]
    few: tuple[Search, ...]


def draw_questions(count: int) -> tuple[Search, ...]:
    """Draw searches of three filters each, eight kinds in turn."""
    draw = random.Random(SEED)
    return tuple(_draw_question(draw, kind=number % 8) for number in range(count))


def _draw_question(draw: random.Random, *, kind: int) -> Search:
    lon, lat = draw.choice(_TOWNS)
    near = Near(lon=lon, lat=lat, metres=draw.choice(_KILOMETRES) * 1000)
    classes = (draw.choice(_CLASSES),)
    start = date(2027, draw.randint(1, 12), 1)
    end = date(start.year + 1, start.month, draw.randint(1, 28))
    municipalities = (draw.choice(_MUNICIPALITIES),)
    side = draw.choice((0.2, 0.5, 1.0))
    area = ((lon - side, lat - side / 2), (lon + side, lat - side / 2), (lon, lat + side / 2))
    length = Bounds(attribute="length_mm", least=draw.randint(1, 4) * 1000)
    kinds = (
        Search(classes=classes, near=near, start=start, end=end),
        Search(classes=classes, near=near, screening=("clean",)),
        Search(classes=classes, firmness=("permit_given",), municipalities=municipalities),
        Search(start=start, end=end, firmness=("started",), screening=("clean",)),
        Search(near=near, start=start, end=end, firmness=("permit_given", "started")),
        Search(classes=classes, near=near, bounds=(length,)),
        Search(classes=classes, area=area, start=start, end=end),
        Search(classes=classes, start=start, end=end, most_price=draw.choice((5, 50, 500))),
    )
    return kinds[kind]


def list_search_contests(scale: Scale) -> list[Contest]:
    """List the contests of searches and of their facets."""
    return [
        Contest(
            group="search",
            name=name,
            bar=BARS[name],
            peer=f"PostgreSQL asked of the normal tables: {scale.asked_live} of the questions",
            unit=P95,
            runs=1,
            packages=("postgis", "sqlalchemy", "psycopg"),
            open_sides=partial(_open_desk, scale=scale, ours=ours, theirs=theirs),
        )
        for name, ours, theirs in (
            ("web_search", _search_ours, _search_live),
            ("web_facets", _count_ours, _count_live),
        )
    ]


@contextmanager
def _open_desk(
    *, scale: Scale, ours: Callable[[Desk], Answer], theirs: Callable[[Desk], Answer]
) -> Iterator[Sides]:
    size: Size = scale.web
    url = open_shared_country(size)
    reader = make_reader(url)
    questions = draw_questions(scale.asked)
    desk = Desk(url=url, sessions=reader.sessions, questions=questions, few=questions[: scale.asked_live])
    try:
        yield Sides(
            ours=partial(ours, desk),
            theirs=partial(theirs, desk),
            size=f"{size.n_lots:,} lots, {len(questions)} searches of three filters",
            warm=partial(ours, desk),
        )
    finally:
        reader.dispose()


def _search_ours(desk: Desk) -> Answer:
    seconds, found = zip(*(_search(desk.sessions, question) for question in desk.questions), strict=True)
    crowd = time_crowd(desk.url, desk.questions, ask=_time_search)
    return Answer(
        value=float(np.quantile(seconds, 0.95)),
        detail=(sum(count for count, _ in found[: len(desk.few)]), _sum_up(found[: len(desk.few)])),
        figures={"median_s": float(np.median(seconds)), "p95_8_clients_s": float(np.quantile(crowd, 0.95))},
    )


def _time_search(sessions: sessionmaker[Session], question: Search) -> float:
    return _search(sessions, question)[0]


def _search(sessions: sessionmaker[Session], question: Search) -> tuple[float, tuple[int, list[str]]]:
    """Time one search from its question to the rows of its first page, in a session of its own."""
    with sessions() as session:
        start = perf_counter()
        search = resolve_search(session, question, today=TODAY)
        sort = "distance" if search.near else "from"
        summary, page = read_answer(session, search=search, today=TODAY, sort=sort, descending=False)
        seconds = perf_counter() - start
    count = summary.lots if summary.whole else MOST_COUNTED + 1
    return seconds, (count, [str(row.id) for row in page.rows])


def _search_live(desk: Desk) -> Answer:
    seconds, found = [], []
    for question in desk.few:
        with desk.sessions() as session:
            search = resolve_search(session, question, today=TODAY)
            start = perf_counter()
            found.append(find_page(session, search=search, today=TODAY, rows=PAGE_ROWS))
            seconds.append(perf_counter() - start)
    count = sum(each for each, _ in found)
    return Answer(value=float(np.quantile(seconds, 0.95)), detail=(count, _sum_up(found)))


def _count_ours(desk: Desk) -> Answer:
    seconds, found = [], []
    for question in desk.questions:
        with desk.sessions() as session:
            start = perf_counter()
            facets = read_facets(session, search=resolve_search(session, question, today=TODAY))
            seconds.append(perf_counter() - start)
        found.append(facets)
    told = [
        _keep_sure({name: facet.counts for name, facet in facets.items()})
        for facets in found[: len(desk.few)]
    ]
    return Answer(
        value=float(np.quantile(seconds, 0.95)),
        detail=(_count_choices(told), _sum_up(told)),
        figures={"median_s": float(np.median(seconds))},
    )


def _count_live(desk: Desk) -> Answer:
    seconds, found = [], []
    for question in desk.few:
        with desk.sessions() as session:
            search = resolve_search(session, question, today=TODAY)
            start = perf_counter()
            found.append(count_facets(session, search=search, today=TODAY))
            seconds.append(perf_counter() - start)
    told = [_keep_sure(facets) for facets in found]
    return Answer(value=float(np.quantile(seconds, 0.95)), detail=(_count_choices(told), _sum_up(told)))


def _keep_sure(facets: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Keep what both sides count: facets of few lots, but for groups of classes and of places."""
    return {
        name: dict(sorted(counts.items()))
        for name, counts in sorted(facets.items())
        if name not in {"class", "region"} and 0 < sum(counts.values()) <= MOST_FACETED
    }


def _count_choices(told: list[dict[str, dict[str, int]]]) -> int:
    return sum(len(counts) for facets in told for counts in facets.values())


def _sum_up(found: object) -> int:
    """Sum an answer up in a number that another answer does not have."""
    return crc32(repr(list(found)).encode())  # type: ignore[call-overload]
