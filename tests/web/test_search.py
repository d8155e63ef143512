# SPDX-License-Identifier: EUPL-1.2
"""The search in the address: it reads back as it was written, narrows as it says, and breaks no page."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from inventory.database import open_session
from inventory.queries.search.search import COUNTS, PLACES, Bounds, Near, Search
from inventory.tables import ATTRIBUTES, Basis, Documentation, Project, Screening
from tests.web.opening import open_app
from tests.web.reading import find_all, find_id, get_page, read_counts, read_text
from tests.web.sample import insert_sample
from web.search import FIRMNESS_CODES, STATE_CODES, read_search, write_search
from web.search_choices import SearchChoices, read_choices

TODAY = date(2026, 11, 28)
DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))
NUMBERS = st.integers(0, 10**9).map(lambda hundredths: Decimal(hundredths) / 100)


@pytest.fixture(scope="module")
def reading(sample_url: str) -> Iterator[tuple[Session, SearchChoices]]:
    """A session on the sample and the choices it gives, for all examples of a property."""
    with open_session(sample_url) as session:
        yield session, read_choices(session, today=TODAY)


def _some(codes: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), unique=True, max_size=3).map(tuple)


def _degrees(least: float, most: float) -> st.SearchStrategy[float]:
    return st.floats(least, most).map(lambda value: round(value, PLACES))


@st.composite
def searches(draw: st.DrawFn, choices: SearchChoices) -> Search:
    """Any search that an address can hold, measured from a point."""
    start = draw(st.none() | DAYS)
    last = draw(st.none() | DAYS)
    corner = st.tuples(_degrees(8, 15), _degrees(54.5, 57.8))
    west, south = draw(_degrees(8, 11)), draw(_degrees(54.5, 56))
    bounds = []
    for name in draw(_some(list(ATTRIBUTES))):
        least, most = draw(st.none() | st.integers(0, 900)), draw(st.none() | st.integers(900, 9000))
        if least is not None or most is not None:
            bounds.append(Bounds(attribute=name, least=least, most=most))
    return Search(
        classes=draw(_some([code for code, _ in choices.classes])),
        text=" ".join(draw(st.lists(st.text("abcæøå0123456789-", min_size=1, max_size=9), max_size=3))),
        municipalities=draw(_some([code for code, _ in choices.municipalities])),
        regions=draw(_some([code for code, _ in choices.regions])),
        near=draw(
            st.none()
            | st.builds(
                Near,
                lon=_degrees(8, 15),
                lat=_degrees(54.5, 57.8),
                metres=st.integers(100, 50_000).map(lambda tens: tens * 10),
            )
        ),
        area=draw(st.just(()) | st.lists(corner, unique=True, min_size=3, max_size=8).map(tuple)),
        box=draw(st.none() | st.just((west, south, west + 1, south + 1))),
        start=start,
        end=None if last is None else max(last, start or last) + timedelta(days=1),
        months=tuple(dict.fromkeys(day.replace(day=1) for day in draw(st.lists(DAYS, max_size=2)))),
        at_least=draw(st.none() | NUMBERS),
        wanted=draw(st.none() | NUMBERS),
        bounds=tuple(sorted(bounds, key=lambda one: ATTRIBUTES.index(one.attribute))),
        screening=draw(_some(list(Screening))),
        firmness=draw(_some(list(FIRMNESS_CODES))),
        states=draw(_some(list(STATE_CODES))),
        documentation=draw(st.none() | st.sampled_from(list(Documentation))),
        completeness=draw(st.none() | st.integers(0, 100)),
        enough_to_offer=draw(st.booleans()),
        basis=draw(st.none() | st.sampled_from(list(Basis))),
        most_price=draw(st.none() | NUMBERS),
        decide_from=draw(st.none() | DAYS),
        counted_only=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_written_search_reads_the_same(
    app: Flask, reading: tuple[Session, SearchChoices], data: st.DataObject
):
    """Whatever a search holds, its address gives it again, and nothing of it is refused."""
    session, choices = reading
    search = data.draw(searches(choices))
    with app.test_request_context("/"):
        given_again = read_search(
            MultiDict(
                (name, one)
                for name, value in write_search(search).items()
                for one in ([value] if isinstance(value, str) else value)
            ),
            session=session,
            choices=choices,
            today=TODAY,
        )
    assert given_again.refused == {}
    assert given_again.search == search


def test_search_from_a_town_or_a_project_reads_the_same(app: Flask, reading: tuple[Session, SearchChoices]):
    """A place given by name, misspelt too, becomes the town; a project brings its place and its days."""
    session, choices = reading
    project = session.scalars(select(Project.id).order_by(Project.ref)).first()
    for query, name in (
        ({"near": "odnse", "within": "30"}, "Odense"),
        ({"project": str(project), "within": "12.5"}, None),
        ({"near": "56.15, 10.2"}, ""),
    ):
        with app.test_request_context("/"):
            first = read_search(MultiDict(query), session=session, choices=choices, today=TODAY)
            again = read_search(
                MultiDict(write_search(first.search)),  # type: ignore[arg-type]
                session=session,
                choices=choices,
                today=TODAY,
            )
        assert first.refused == again.refused == {}
        assert first.search.near is not None
        assert first.search == again.search
        if name is not None:
            assert first.search.near.name == name


def test_a_project_among_very_many_is_found_by_its_name(front_end: None, own_database_url: str):
    """Where no list can hold them, a project is asked for by a part of its name; the one found is offered."""
    with open_session(own_database_url) as session:
        insert_sample(session)
        session.execute(
            text(
                "INSERT INTO project (id, ref, name, organisation_id, site_id)"
                " SELECT gen_random_uuid(), 'many' || n, 'Bro nr. ' || n || '.', organisation_id, site_id"
                " FROM (SELECT * FROM project ORDER BY ref LIMIT 1) AS one, generate_series(1, 201) AS n"
            )
        )
    with open_app(own_database_url) as app:
        client = app.test_client()
        assert find_id(get_page(client, "/"), "project").tagName == "input"
        chosen = find_all(find_id(get_page(client, "/?project=nr.+17."), "project"), "option")
        assert [read_text(option) for option in chosen] == ["Intet projekt", "Bro nr. 17."]
        asked = find_id(get_page(client, "/?project=nr.+1"), "project")
        assert (asked.getAttribute("value"), asked.getAttribute("aria-invalid")) == ("nr. 1", "true")


# Query and how many lots of tests/web/sample.py answer it, counted by hand: donors stand in Aarhus (a school,
# a home and one without a place), Copenhagen (two), Odense (two), Aalborg and Rønne, with six estimates each.
NARROWED = {
    "near=Aarhus&within=15": 12,
    "near=10.2,56.15&within=15&class=brick": 2,
    "municipality=0751&municipality=0461": 25,
    "region=1083": 12,
    "box=14.5,55,15.2,55.4": 6,
    "area=14.5 55,15.2 55,15.2 55.4,14.5 55.4": 6,
    "quantity=12000": 1,
    "quantity=9000": 8,
    "grade_min=4": 1,
    "grade_max=3": 0,
    "year_min=1930&year_max=1940": 1,
    "documentation=tested": 1,
    "screening=clean": 1,
    "screening=clean&screening=unknown": 49,
    "price=3&documentation=tested": 1,
    "price=2.99&documentation=tested": 0,
    "class=brick_lime_mortar&price=1": 7,
    "month=2027-03": 6,
    "month=2027-03&month=2026-12": 12,
    "decide=2027-01-16&basis=surveyed": 0,
    "decide=2027-01-15&basis=surveyed": 1,
    "state=no_window": 1,
    "state=counts": 49,
    "state=counts&state=replaced": 50,
    "wanted=100000": 49,
}


@pytest.mark.parametrize("query", NARROWED)
def test_each_filter_narrows_as_it_says(client: FlaskClient, query: str):
    """Every filter of the address leaves as many lots as were counted by hand."""
    assert read_counts(get_page(client, f"/?{query}"))[0] == NARROWED[query]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("near=Xyzzyqrt", "near"),
        ("near=2.35,48.85", "near"),
        ("within=0", "within"),
        ("project=1", "project"),
        ("project_days=1", "project_days"),
        ("area=10 56,11 56", "area"),
        ("area=" + ",".join(f"10.{n:03} 56" for n in range(61)), "area"),
        ("box=1,2,3", "box"),
        ("box=nan,55,inf,56", "box"),
        ("quantity=5.000", "quantity"),
        ("quantity=-1", "quantity"),
        ("length_mm_min=3000&length_mm_max=2000", "length_mm_max"),
        ("month=2027-13", "month"),
        ("price=kr", "price"),
        ("q=" + "x" * 201, "q"),
        ("colour=red", "colour"),
        ("state=moved", "state"),
    ],
)
def test_what_cannot_be_read_is_told(client: FlaskClient, query: str, name: str):
    """A value or a name that cannot be read is told in a sentence, and the rest still answers."""
    page = get_page(client, f"/en/?{query}&class=brick")
    told = read_text(find_id(page, "results"))
    assert "A filter could not be read" in told
    assert f"{name}:" in told
    assert read_counts(page)[0] == 8


def test_names_of_states_are_known(reading: tuple[Session, SearchChoices]):
    """The states a search may ask for are those of the lots that can be shown."""
    assert COUNTS in STATE_CODES
    assert not {"withdrawn", "moved"} & set(STATE_CODES)
