# SPDX-License-Identifier: EUPL-1.2
"""Every page: valid HTML, in its language, with links that lead somewhere."""

import csv
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from inventory.database import open_session
from inventory.queries.demo_rows import DEMO_MARK
from inventory.tables import Organisation, OrganisationKind, stable_id
from tests.web.opening import open_app
from tests.web.reading import find_all, find_id, get_page, parse_page, read_text
from tests.web.sample_ids import (
    FAILED_RUN_ID,
    FIRM_ID,
    HUB_ID,
    RUN_ID,
    WAITING_RUN_ID,
    lot_id,
    project_id,
    requirement_id,
    site_id,
)

pytestmark = pytest.mark.long

MOST_OF_A_ROUTE = 2
DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"

PAGES = {
    "supply": "/",
    "requirements": "/?show=requirements",
    "nothing found": "/?municipality=0492",
    "second page": "/?page=2",
    "surveyed lot": f"/lots/{lot_id('school_aarhus', 'brick_lime_mortar', 'surveyed')}",
    "estimated lot": f"/lots/{lot_id('home_aarhus', 'door_inner')}",
    "suspect lot": f"/lots/{lot_id('hall_aalborg', 'roof_tile_clay')}",
    "uncounted lot": f"/lots/{lot_id('no_window', 'steel_beam')}",
    "lot without place": f"/lots/{lot_id('no_place', 'toilet')}",
    "papers of a lot": f"/lots/{lot_id('school_aarhus', 'brick_lime_mortar', 'surveyed')}/documents",
    "materialepas": f"/lots/{lot_id('school_aarhus', 'brick_lime_mortar', 'surveyed')}/materialepas",
    "product of a lot": f"/lots/{lot_id('school_aarhus', 'brick_lime_mortar', 'surveyed')}/product",
    "papers of an estimate": f"/lots/{lot_id('home_aarhus', 'door_inner')}/documents",
    "owner and terms of a lot": f"/lots/{lot_id('school_aarhus', 'brick_lime_mortar', 'surveyed')}/terms",
    "life of a lot": f"/lots/{lot_id('school_aarhus', 'brick_lime_mortar', 'surveyed')}/life",
    "requirement": f"/requirements/{requirement_id('school', 'brick_lime_mortar')}",
    "donor": f"/sites/{site_id('school_aarhus')}",
    "office named by its address": f"/sites/{site_id('office_copenhagen')}",
    "home": f"/sites/{site_id('home_aarhus')}",
    "papers": f"/sites/{site_id('school_aarhus')}/papers",
    "samples": f"/sites/{site_id('school_aarhus')}/samples",
    "samples without lots": f"/sites/{site_id('home_aarhus')}/samples",
    "sheet of the plan": f"/sites/{site_id('school_aarhus')}/papers/plan",
    "sheet of the notification": f"/sites/{site_id('school_aarhus')}/papers/notification",
    "sheet of the offer": f"/sites/{site_id('school_aarhus')}/papers/offer",
    "papers of a home": f"/sites/{site_id('home_aarhus')}/papers",
    "project": f"/sites/{site_id('library')}",
    "cutting plan": f"/projects/{project_id('library')}/cutting",
    "cutting plan to book": f"/cuttings/{stable_id('cutting', 'library')}",
    "no cutting plan yet": f"/projects/{project_id('school')}/cutting",
    "pieces to cut": f"/requirements/{requirement_id('library', 'joist_timber')}/pieces",
    "instant": f"/projects/{project_id('school')}/instant",
    "projects": "/projects",
    "no projects found": "/projects?q=ingen",
    "new project": "/projects/new",
    "project and requirements": f"/projects/{project_id('school')}",
    "correcting a project": f"/projects/{project_id('school')}/edit",
    "design options": f"/projects/{project_id('school')}/options",
    "pasting requirements": f"/projects/{project_id('school')}/paste",
    "choosing a material": f"/projects/{project_id('school')}/requirements/new?q=dør",
    "new requirement": f"/projects/{project_id('school')}/requirements/new?class=door_inner",
    "correcting a requirement": f"/requirements/{requirement_id('school', 'brick_lime_mortar')}/edit",
    "instant, tried": f"/projects/{project_id('school')}/instant"
    f"?try={requirement_id('school', 'brick_lime_mortar')}~unknown_screening_ok~yes"
    f"&change={requirement_id('school', 'brick_lime_mortar')}",
    "savings": f"/projects/{project_id('school')}/savings",
    "savings against a limit": f"/projects/{project_id('library')}/savings?kind=other&applied_on=2026-06-01",
    "savings of a requirement": f"/requirements/{requirement_id('school', 'joist_timber')}/savings",
    "savings of a plan": f"/runs/{RUN_ID}/savings",
    "justification": "/matches/1/justification",
    "runs": "/runs",
    "plan": f"/runs/{RUN_ID}",
    "failed run": f"/runs/{FAILED_RUN_ID}",
    "waiting run": f"/runs/{WAITING_RUN_ID}",
    "hubs": "/hubs",
    "hub": f"/hubs/{HUB_ID}",
    "hub as a site": f"/sites/{HUB_ID}",
    "demolition": f"/sites/{site_id('school_aarhus')}/demolition",
    "owner and contract": f"/sites/{site_id('school_aarhus')}/contract",
    "demolition without days": f"/sites/{site_id('no_window')}/demolition",
    "coming": "/coming",
    "coming of a class": "/coming?class=brick&months=24&month=2027-02",
    "choosing a firm": "/firm",
    "firm": f"/firm?organisation={FIRM_ID}",
    "firm's buildings": f"/firm/buildings?organisation={FIRM_ID}",
    "firm's lots": f"/firm/lots?organisation={FIRM_ID}&basis=all&missing=reuse",
    "imports": "/imports",
    "surveys": "/surveys",
    "survey without network": "/surveys/offline",
    "surveys found": "/surveys?q=aarhus",
    "survey, new building": "/surveys/new",
    "survey, place": f"/surveys/{site_id('school_aarhus')}/place",
    "survey": f"/surveys/{site_id('school_aarhus')}",
    "survey not begun": f"/surveys/{site_id('home_aarhus')}",
    "survey, rooms": f"/surveys/{site_id('school_aarhus')}/rooms",
    "survey, new lot": f"/surveys/{site_id('school_aarhus')}/lots/new",
    "survey, lot": f"/surveys/lots/{lot_id('school_aarhus', 'brick_lime_mortar', 'surveyed')}",
    "about": "/about",
    "accessibility statement": "/accessibility",
    "sources": "/sources",
}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_valid_and_in_its_language(client: FlaskClient, name: str, language: str):
    """A page parses, says its language, has a title, headings in order and a way past the menu.

    Nothing of Python, Jinja or the database's codes comes through to the reader.
    """
    address = PAGES[name] if language == "da" else "/en" + PAGES[name]
    page = get_page(client, address)
    assert page.getAttribute("lang") == language
    assert len(find_all(page, "h1")) == 1
    assert read_text(find_all(page, "h1")[0])
    title = read_text(find_all(page, "title")[0])
    assert title.endswith("· Genbro")
    assert "None" not in title
    levels = [int(one.tagName[1]) for one in find_all(page, "*") if re.fullmatch("h[1-6]", one.tagName)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    first = find_all(page, "a")[0]
    assert "skipnav" in first.getAttribute("class")
    assert find_id(page, first.getAttribute("href").removeprefix("#")).tagName == "main"
    text = read_text(find_all(page, "main")[0])
    assert not re.search(r"\bNone\b|Undefined|Decimal\(|datetime\.|\{\{|%\(", text.replace("None of", ""))
    assert not re.search(r"permit_given|estimated_|no_lot_of_class|too_dear", text)


def test_no_two_pages_have_the_same_title(client: FlaskClient):
    """Each of the pages tells by its title which it is, in both languages."""
    named: dict[tuple[str, str], list[str]] = {}
    # One page under several filters is one page.
    for address in {address.partition("?")[0]: address for address in PAGES.values()}.values():
        for prefix in ("", "/en"):
            title = re.search(r"<title>(.*?)</title>", client.get(prefix + address).text)
            assert title is not None
            named.setdefault((prefix, title[1]), []).append(address)
    assert [(title, same) for title, same in named.items() if len(same) > 1] == []


def test_every_link_leads_somewhere(client: FlaskClient):
    """Following the links from every page, in both languages, never ends at an error."""
    routes = client.application.url_map.bind("localhost")
    waiting, seen, met = [*PAGES.values(), *("/en" + page for page in PAGES.values())], set(), Counter()
    while waiting:
        address = waiting.pop().partition("#")[0]
        path, _, query = address.partition("?")
        # Things and filters multiply without end: a few of each route, filtered and not, tell the rest.
        route = (routes.match(path)[0], path.startswith("/en"), bool(query))
        if address in seen or met[route] >= MOST_OF_A_ROUTE:
            continue
        seen.add(address)
        met[route] += 1
        with client.get(address, follow_redirects=True) as response:
            assert response.status_code == 200, f"{address} answered {response.status_code}"
            if response.mimetype != "text/html":
                continue
            page = parse_page(response.text)
        ids = {element.getAttribute("id") for element in find_all(page, "*")}
        for link in find_all(page, "a"):
            target = link.getAttribute("href")
            if target.startswith("#"):
                assert target[1:] in ids, f"{address} links to {target}, which is not there"
            elif target.startswith("/"):
                waiting.append(target)
            else:
                assert target.startswith("http"), f"{address} links to {target}"
    assert len(seen) > 40
    assert len({endpoint for endpoint, _, _ in met}) > 25


@pytest.mark.parametrize("language", ["da", "en"])
def test_language_switch_keeps_page_and_filters(client: FlaskClient, language: str):
    """The switch leads to the very same page and filter in the other language, without a script."""
    here, there = ("", "/en") if language == "da" else ("/en", "")
    page = get_page(client, f"{here}/?class=brick&municipality=0751&firmness=possible&firmness=started")
    other = "en" if language == "da" else "da"
    link = next(link for link in find_all(page, "a", lang=other))
    assert (
        link.getAttribute("href")
        == f"{there}/?class=brick&municipality=0751&firmness=possible&firmness=started"
    )


def test_pages_of_an_empty_database_say_what_to_do(bare_client: FlaskClient):
    """Without a single lot, requirement or run, the pages say so and how to begin."""
    page = get_page(bare_client, "/")
    assert "Her er ikke noget endnu." in read_text(page)
    assert "genbro run --wait" in read_text(get_page(bare_client, "/runs"))
    assert "There is nothing here yet." in read_text(get_page(bare_client, "/en/?show=requirements"))
    for address in ("/about", "/sources"):
        get_page(bare_client, address)


@pytest.mark.parametrize("kind", ["lots", "requirements", "sites", "runs"])
def test_unknown_thing_is_not_found(client: FlaskClient, kind: str):
    """The page of a thing that is not there answers 404 and leads back."""
    page = get_page(client, f"/{kind}/00000000-0000-0000-0000-000000000000", status=404)
    assert "Der er intet på denne adresse" in read_text(page)
    assert find_all(page, "a", href="/")


def test_demo_data_is_marked(front_end: None, sample_url: str):
    """Where the demo's database is shown, each page says so and how to see one's own."""
    with open_app(sample_url, database="demo") as app:
        page = get_page(app.test_client(), "/runs")
        assert "Demodata." in read_text(page)
        assert find_all(page, "a", href="/about#own-data")
    with open_app(sample_url) as app:
        assert "Demodata." not in read_text(get_page(app.test_client(), "/runs"))


def test_demo_data_at_an_address_of_ones_own_is_marked(front_end: None, own_database_url: str):
    """A given database tells by its rows that it holds the demo; the page of an error asks for none."""
    with open_app(own_database_url) as app:
        client = app.test_client()
        assert "Demodata." not in read_text(get_page(client, "/runs"))
        with open_session(own_database_url) as session:
            session.add(
                Organisation(
                    id=stable_id("organisation", "x"), name="Byen (demo)", kind=OrganisationKind.MUNICIPALITY
                )
            )
        assert "Demodata." in read_text(get_page(client, "/runs"))
        assert "Demodata." not in read_text(get_page(client, "/nowhere", status=404))


def test_every_organisation_of_the_demo_bears_its_mark():
    """What marks a database as the demo's stands in the demo's files."""
    for name in ("lots.csv", "requirements.csv"):
        with (DEMO / name).open(encoding="utf-8", newline="") as file:
            named = {row["organisation"] for row in csv.DictReader(file)} - {""}
        assert [one for one in named if not one.endswith(DEMO_MARK)] == []
