# SPDX-License-Identifier: EUPL-1.2
"""Words, facets, sums, lots that add up, ways out of nothing, and files: all of one search, on the sample."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from inventory.actions.map.marks import keep_map, rebuild_map
from inventory.database import open_session
from inventory.queries.lots.listing import answer_lots
from inventory.queries.search.answer import select_ids
from inventory.queries.search.facets import read_facets
from inventory.queries.search.resolve import resolve_search
from inventory.queries.search.search import Bounds, Near, Search
from inventory.tables import Lot, LotCount, LotSearch, Site
from tests.web.reading import find_all, find_id, get_page, read_counts, read_rows, read_text
from tests.web.sample_ids import lot_id, site_id

TODAY = date(2026, 11, 28)
AARHUS = Near(lon=10.2, lat=56.15, metres=15_000)

# Words and how many of the sample's lots know them, by hand; each of the six estimated materials stands at
# eight donors, of which a survey replaces one and is another.
WORDS = {
    "mursten": 8,
    "murstn": 8,
    "MURSTEN": 8,
    "bricks": 8,
    "genbrugsmursten": 8,
    "murstensfacade": 8,
    "tagsten vingetegl": 8,
    "vingetegl": 8,
    "gulvbraedder": 8,
    "floorboard": 8,
    "radiatorer": 8,
    "toilet": 1,
    "mursten odense": 2,
    "odense mursten": 2,
    "munkebjergskolen": 6,
    "banket": 1,
    "palle": 1,
    "mursten i og af": 8,
    "betondæk": 0,
    "xyzzyqrt": 0,
    "'; drop & | ! <->": 0,
}


@pytest.mark.parametrize("words", WORDS)
def test_words_find_by_either_language_misspelt_and_in_compounds(client: FlaskClient, words: str):
    """A word finds its class by name, by what the trade says, misspelt, inside a compound, and by place."""
    assert read_counts(get_page(client, f"/?q={quote(words)}"))[0] == WORDS[words]


def test_a_home_is_not_found_by_what_would_tell_it(client: FlaskClient):
    """Neither the address in an office's name nor the reference of a home's lot is a word of the search."""
    assert read_counts(get_page(client, "/?q=hemmelig"))[0] == 0
    assert read_counts(get_page(client, "/?q=enfamiliehus"))[0] == 0


def test_words_of_a_floor_name_hollow_core_slabs(session_on_sample: Session):
    """The word betondæk means hollow-core slabs by the words of the trade, though no class is called so."""
    search = resolve_search(session_on_sample, Search(text="betondæk"), today=TODAY)
    assert search.found is not None
    (term,) = search.found.terms
    codes = session_on_sample.scalars(
        text("SELECT code FROM material_class WHERE id = ANY(:ids)"), {"ids": list(term.class_ids)}
    )
    assert "hollow_core_slab" in set(codes)


def test_a_word_taken_for_another_is_told(client: FlaskClient):
    """Whoever misspells sees which word was meant."""
    assert "mursten" in read_text(find_id(get_page(client, "/?q=murstn"), "results")).casefold()


@pytest.fixture(scope="module")
def session_on_sample(sample_url: str) -> Iterator[Session]:
    """A session on the sample, its rows kept."""
    with open_session(sample_url) as session:
        keep_map(session, wait=True)
    with open_session(sample_url) as session:
        yield session


SEARCHES = (
    Search(),
    Search(counted_only=False),
    Search(classes=("timber", "brick")),
    Search(classes=("brick",), municipalities=("0751", "0461"), firmness=("possible", "permit_given")),
    Search(regions=("1083",), months=(date(2027, 4, 1),)),
    Search(near=AARHUS, screening=("unknown",)),
    Search(near=AARHUS, start=date(2027, 4, 1), end=date(2027, 5, 1), classes=("door",)),
    Search(states=("no_window", "replaced"), basis="estimated"),
    Search(bounds=(Bounds(attribute="grade", least=3),), text="mursten"),
    Search(completeness=20),
)
_VALUES = {
    "class": ("classes", lambda code: (code,)),
    "municipality": ("municipalities", lambda code: (code,)),
    "region": ("regions", lambda code: (code,)),
    "month": ("months", lambda code: (date.fromisoformat(f"{code}-01"),)),
    "state": ("states", lambda code: (code,)),
    "screening": ("screening", lambda code: (code,)),
    "firmness": ("firmness", lambda code: (code,)),
    "basis": ("basis", lambda code: code),
    "enough": ("enough_to_offer", lambda code: code == "true"),
}


@pytest.mark.parametrize("search", SEARCHES, ids=range(len(SEARCHES)))
def test_each_facet_says_what_its_choice_would_give(session_on_sample: Session, search: Search):
    """For every choice of every facet: taking it, all else as it is, gives as many lots as it said."""
    session = session_on_sample
    asked = resolve_search(session, search, today=TODAY)
    facets = read_facets(session, search=asked)
    assert sum(facets["basis"].counts.values()) > 0
    for name, facet in facets.items():
        assert not facet.more
        field, make = _VALUES[name]
        own = {"regions": (), "municipalities": ()} if name in ("municipality", "region") else {}
        for code, number in facet.counts.items():
            values = {one: getattr(search, one) for one in Search.__dataclass_fields__} | own
            chosen = resolve_search(session, Search(**(values | {field: make(code)})), today=TODAY)
            found = select(func.count()).select_from(select_ids(chosen).subquery())
            assert session.scalars(found).one() == number, (name, code)


def test_rows_are_what_the_lots_say_whatever_was_written(sample_url: str):
    """After writes of every kind the kept rows and counts are those made from the lots themselves."""
    with open_session(sample_url) as session:
        lots = [
            update(Lot).where(Lot.id == lot_id("home_odense", "door_inner")).values(grade=2),
            update(Lot).where(Lot.id == lot_id("hall_aalborg", "roof_tile_clay")).values(status="withdrawn"),
            update(Site).where(Site.id == site_id("school_odense")).values(firmness="started"),
            update(Site)
            .where(Site.id == site_id("no_window"))
            .values(available_from=date(2027, 1, 1), available_to=date(2027, 3, 1), firmness="possible"),
            text("UPDATE building SET standing = false WHERE site_id = :site").bindparams(
                site=site_id("home_roenne")
            ),
            text("DELETE FROM lot WHERE id = :lot").bindparams(lot=lot_id("no_place", "toilet")),
        ]
        for write in lots:
            session.execute(write)
            keep_map(session, wait=True)
            _require_same(session)
        before = _read_counts(session)
        rebuild_map(session)
        assert _read_counts(session) == before
        session.rollback()


def _read_counts(session: Session) -> dict[tuple[object, ...], int]:
    return {tuple(row[:-1]): row.lots for row in session.execute(select(*LotCount.__table__.columns))}


def _require_same(session: Session) -> None:
    live = answer_lots(Search(counted_only=False)).subquery()
    columns = ("site_id", "class_id", "not_counted", "basis", "firmness", "screening", "available_from")
    columns += ("available_to", "month_free", "decide_by", "amount", "unit_price_ore", "grade", "point")
    said = select(live.c.id, *(live.c[name] for name in columns))
    kept = select(LotSearch.lot_id, *(getattr(LotSearch, name) for name in columns))
    rows = [
        {str(row[0]): [str(value) for value in row[1:]] for row in session.execute(query, {"today": TODAY})}
        for query in (said, kept)
    ]
    assert rows[0] == rows[1]
    total = session.scalars(select(func.sum(LotCount.lots)).where(LotCount.part == "place")).one()
    assert total == len(rows[1])


def test_lots_that_together_reach_a_quantity(client: FlaskClient):
    """The nearest lots are taken until they reach what is wanted; else the page says how far."""
    page = get_page(client, "/?class=brick&near=Aarhus&within=300&wanted=20000")
    section = next(one for one in find_all(page, "section") if one.getAttribute("class") == "gb-together")
    told = read_text(section)
    assert "2 partier når tilsammen 20.000" in told
    assert "21.500" in told
    assert len(find_all(section, "li")) == 2
    page = get_page(client, "/en/?class=brick&wanted=1000000")
    assert "All there is reaches 75,500" in read_text(find_id(page, "results"))
    assert "several units" in read_text(find_id(get_page(client, "/en/?wanted=5"), "results"))


def test_sums_are_told_by_unit(client: FlaskClient):
    """What answers is added up in each unit."""
    told = read_text(find_id(get_page(client, "/en/?class=brick&municipality=0751"), "results"))
    assert "Lots in all: 21,500 pcs" in told


def test_nothing_found_offers_the_nearest_ways_out(client: FlaskClient):
    """Each way out is a link that gives as many lots as stand beside it, and eases one thing."""
    page = get_page(client, "/en/?class=toilet&near=55.1,14.8&within=5&to=2026-12-05&firmness=started")
    assert read_counts(page)[0] == 0
    page = get_page(client, "/en/?class=door&near=Rønne&within=2&from=2028-01-01&to=2028-01-10")
    (ways,) = (one for one in find_all(page, "ul") if one.getAttribute("class") == "gb-ways-out")
    links = find_all(ways, "li")
    assert links
    for one in links:
        number = int(re.search(r"(\d+) lots?", read_text(one)).group(1))  # type: ignore[union-attr]
        href = find_all(one, "a")[0].getAttribute("href")
        assert read_counts(get_page(client, href))[0] == number


def test_files_hold_the_whole_answer(client: FlaskClient):
    """CSV, workbook and GeoPackage hold the lots of the list, named after the search, no address in them."""
    query = "class=brick&near=Aarhus&within=400"
    answer = client.get(f"/lots.csv?{query}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="genbro-brick-Aarhus-400km.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == read_counts(get_page(client, f"/?{query}"))[0] == 8
    assert {row["class_code"] for row in rows} == {"brick_lime_mortar"}
    assert all(float(row["metres"]) < 400_000 and float(row["lat"]) > 54 for row in rows)
    assert "Hemmelig" not in answer.text
    book = client.get(f"/lots.xlsx?{query}")
    assert zipfile.ZipFile(io.BytesIO(book.data)).testzip() is None
    package = client.get(f"/lots.gpkg?{query}")
    assert package.data.startswith(b"SQLite format 3")
    assert client.get("/lots.csv?near=Nowhere12").status_code == 400
    assert client.get("/lots.pdf").status_code == 404


def test_a_database_without_a_lot_says_what_to_do(bare_client: FlaskClient):
    """With nothing in it the page says how to bring something in, and its facets are empty."""
    page = get_page(bare_client, "/en/")
    assert "There is nothing here yet." in read_text(page)
    assert read_rows(page) == []
    assert bare_client.get("/lots.csv").text.count("\n") == 1
