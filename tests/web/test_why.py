# SPDX-License-Identifier: EUPL-1.2
"""A requirement's page tells why a plan gave it its lots and not others, in both languages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text, update

from inventory.actions.runs import request_run
from inventory.database import make_engine, open_session
from inventory.matching.defaults import choose_params
from inventory.matching.perform import perform_run
from inventory.tables import Certificate
from tests.web.opening import open_app
from tests.web.reading import find_all, find_id, get_page, read_text
from tests.web.sample import insert_sample
from tests.web.sample_ids import HUB_ID, requirement_id

BRICK = "brick_lime_mortar"


@pytest.fixture(scope="module")
def told(front_end: None, database_url: str) -> Iterator[tuple[FlaskClient, UUID]]:
    """The sample, screened and on one land, with a run that told why; its id."""
    with open_session(database_url) as session:
        insert_sample(session)
        session.execute(text("UPDATE lot SET screening = 'clean'"))
        session.execute(text("UPDATE site SET land_mass = 'jylland'"))
        params = choose_params(session, as_of=datetime.now(UTC).date())
        run_id = request_run(
            session, params=params.model_dump(mode="json"), at=datetime.now(UTC), queued=False
        )
    engine = make_engine(database_url)
    perform_run(engine, run_id=run_id)
    engine.dispose()
    with open_app(database_url) as app:
        yield app.test_client(), run_id


def test_a_requirement_tells_why_in_both_languages(told: tuple[FlaskClient, UUID]) -> None:
    """What it got, what it did not with a reason each, and what would help; the plan's page leads there."""
    client, run_id = told
    wanted = requirement_id("school", BRICK)
    english = find_id(get_page(client, f"/en/requirements/{wanted}?run={run_id}"), "why").parentNode
    words = read_text(english)
    assert "Why these lots, and not others?" in words
    assert "The best lots it did not get" in words
    rows = [read_text(row) for row in find_all(english, "tr")[1:]]
    assert rows
    assert all("ot " in row and row.rstrip().endswith(".") for row in rows)
    danish = read_text(find_id(get_page(client, f"/requirements/{wanted}"), "why").parentNode)
    assert "Hvorfor disse partier og ikke andre?" in danish
    assert "De bedste partier, det ikke fik" in danish
    assert "arti " in danish
    plan = get_page(client, f"/runs/{run_id}")
    assert f"/requirements/{wanted}?run={run_id}#why" in {
        link.getAttribute("href") for link in find_all(plan, "a")
    }


def test_nobody_is_named(told: tuple[FlaskClient, UUID]) -> None:
    """Lots are told by material and municipality: neither site names nor lot numbers stand in the section."""
    client, run_id = told
    with open_session(_url(client)) as session:
        names = [row[0] for row in session.execute(text("SELECT name FROM site WHERE kind = 'donor'"))]
    words = read_text(
        find_id(
            get_page(client, f"/en/requirements/{requirement_id('school', BRICK)}?run={run_id}"), "why"
        ).parentNode
    )
    assert names
    assert not [name for name in names if name in words]


def test_a_plan_names_the_hubs_that_are_full(told: tuple[FlaskClient, UUID]) -> None:
    """Hub, month and what a square metre more would save, from the prices of the proof."""
    client, run_id = told
    with open_session(_url(client)) as session:
        prices = [[str(HUB_ID), "2027-03", 120], [str(HUB_ID), "2027-04", 35]]
        session.execute(update(Certificate).where(Certificate.run_id == run_id).values(hub_prices=prices))
        session.execute(text("UPDATE match SET storage_days = 1, storage = 'site', pick_up = deliver - 1"))
    page = get_page(client, f"/en/runs/{run_id}")
    section = find_id(page, "full-hubs").parentNode
    words = read_text(section)
    assert "March 2027 DKK 12.00/m²" in words
    assert "April 2027 DKK 3.50/m²" in words


def test_a_run_that_told_nothing_of_it_has_no_section(told: tuple[FlaskClient, UUID]) -> None:
    """Asked for a run nobody knows the page is as before any; for no run at all, the newest counts."""
    client, _ = told
    address = f"/requirements/{requirement_id('school', BRICK)}"
    assert not find_all(get_page(client, f"{address}?run={UUID(int=0)}"), "*", id="why")
    assert find_all(get_page(client, f"{address}?run=nonsense"), "*", id="why")


def _url(client: FlaskClient) -> str:
    reader = client.application.extensions["genbro_reader"]
    url: str = reader.engine.url.render_as_string(hide_password=False)
    return url
