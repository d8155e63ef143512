# SPDX-License-Identifier: EUPL-1.2
"""Pages of what reuse saves: their figures, charts, sheets and what they say is missing."""

import io

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import func, select, text

from inventory.database import open_session
from inventory.tables import Match, Project
from tests.web.reading import find_all, get_page, read_text
from tests.web.sample import insert_sample
from tests.web.sample_ids import RUN_ID, lot_id, project_id, requirement_id
from web.figures import show_co2e, show_money

SCHOOL = f"/projects/{project_id('school')}/savings"


def read_main(client: FlaskClient, address: str) -> str:
    """Read the words of a page."""
    return read_text(find_all(get_page(client, address), "main")[0])


def find_match(url: str, *, lot: object) -> int:
    """Find the number of the sample's match of a lot."""
    with open_session(url) as session:
        return session.scalars(select(Match.id).where(Match.lot_id == lot)).one()


def test_a_projects_figures_are_the_sums_of_its_matches(client: FlaskClient, sample_url: str):
    """Money, emissions and driving of the school are those of its two matches; the plan is named."""
    with open_session(sample_url) as session:
        total = session.execute(
            select(
                func.sum(Match.new_ore - Match.price_ore - Match.preparation_ore - Match.transport_ore),
                func.sum(Match.storage_ore - Match.disposal_ore),
                func.sum(Match.co2e_new_g - Match.co2e_preparation_g - Match.co2e_transport_g),
                func.sum(Match.loads * Match.metres),
            ).where(
                Match.requirement_id.in_(
                    [requirement_id("school", code) for code in ("brick_lime_mortar", "joist_timber")]
                )
            )
        ).one()
    page = get_page(client, f"/en{SCHOOL}")
    words = read_text(find_all(page, "main")[0])
    app = client.application
    with app.test_request_context("/en/"):
        told = [show_money(int(total[0] - total[1])), show_co2e(int(total[2]))]
    assert [one for one in told if one.replace("\N{NO-BREAK SPACE}", " ") not in words] == []
    assert f"{round(total[3] / 1000)}" in words
    assert "The figures are those of the plan of" in words
    links = {str(one.getAttribute("href")) for one in find_all(page, "a")}
    assert f"/en/runs/{RUN_ID}" in links
    assert f"/en/requirements/{requirement_id('school', 'joist_timber')}/savings" in links
    assert any(link.startswith("/en/matches/") for link in links)


def test_charts_are_named_and_described(client: FlaskClient):
    """Each chart is one picture with a name and a sentence, drawn for both widths, and has its table."""
    page = get_page(client, f"/en{SCHOOL}?kind=other&applied_on=2026-06-01")
    pictures = find_all(page, "svg", role="img")
    assert len(pictures) == 6
    ids = {
        str(one.getAttribute("id")): read_text(one) for one in find_all(page, "*") if one.getAttribute("id")
    }
    for picture in pictures:
        name, said = str(picture.getAttribute("aria-labelledby")).split()
        assert ids[name]
        assert len(ids[said]) > 40
    words = read_text(find_all(page, "main")[0])
    assert "8 kg CO₂e/m² a year" in words
    assert "Limit 8" in words
    assert len(find_all(page, "table")) >= 5


def test_what_is_missing_for_the_limit_is_said_in_both_languages(client: FlaskClient):
    """The sample's school has no building type; a kind nobody knows and a day that is none count not."""
    assert "The project's building type is not said." in read_main(client, f"/en{SCHOOL}?kind=x&applied_on=y")
    assert "Projektets bygningstype er ikke oplyst." in read_main(client, SCHOOL)


def test_a_requirement_and_a_plan_have_pages_of_their_own(client: FlaskClient):
    """The requirement's page leads to its savings, the plan's to those of all projects."""
    wanted = requirement_id("school", "brick_lime_mortar")
    for page, target in (
        (f"/en/requirements/{wanted}", f"/en/requirements/{wanted}/savings"),
        (f"/en/runs/{RUN_ID}", f"/en/runs/{RUN_ID}/savings"),
        (f"/en/projects/{project_id('library')}/instant", f"/en/projects/{project_id('library')}/savings"),
    ):
        links = {str(one.getAttribute("href")) for one in find_all(get_page(client, page), "a")}
        assert target in links, page
        assert "Saved" in read_main(client, target) or "Nothing is reused" in read_main(client, target)
    for page in (f"/en/requirements/{wanted}", f"/en/runs/{RUN_ID}"):
        links = {str(one.getAttribute("href")) for one in find_all(get_page(client, page), "a")}
        assert any(link.endswith("/justification") for link in links), page
    whole = read_main(client, f"/en/runs/{RUN_ID}/savings")
    assert "Ny skole i Randers" in whole
    assert "Bibliotek i Roskilde" in whole


def test_without_a_plan_the_instant_answer_is_shown(bare_client: FlaskClient, own_database_url: str):
    """The page says whose figures they are; what is reused has no match to justify yet."""
    with open_session(own_database_url) as session:
        insert_sample(session)
        session.execute(text("DELETE FROM match"))
        session.execute(text("DELETE FROM unmet"))
        session.execute(text("UPDATE lot SET screening = 'clean'"))
        session.execute(text("UPDATE site SET land_mass = 'jylland'"))
    words = read_main(bare_client, f"/en{SCHOOL}")
    assert "No plan has looked at the project yet." in words
    assert "once a plan has chosen it" in words
    assert "Money, from new to reused" in words


def test_what_is_not_there_has_no_page(bare_client: FlaskClient):
    """There is no page of a project, a match or a plan that is not there."""
    assert bare_client.get(SCHOOL).status_code == 404
    assert bare_client.get("/matches/1/justification").status_code == 404
    assert bare_client.get(f"/runs/{RUN_ID}/savings").status_code == 404


def test_sheets_are_fetched(client: FlaskClient, sample_url: str):
    """The climate sheet comes as workbook and as PDF, in the language of the page, with what was chosen."""
    book = client.get(f"/en/projects/{project_id('school')}/lca.xlsx?kind=other&applied_on=2026-06-01")
    assert book.mimetype.endswith("spreadsheetml.sheet")
    sheet = load_workbook(io.BytesIO(book.data)).worksheets[0]
    told = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert "8.0" in told["Limit"]
    paper = client.get(f"/projects/{project_id('school')}/lca.pdf")
    text = PdfReader(io.BytesIO(paper.data)).pages[0].extract_text()
    assert "Klimaberegning: komponenter: Ny skole i Randers" in text
    match = find_match(sample_url, lot=lot_id("school_aarhus", "brick_lime_mortar", "surveyed"))
    for ending in ("xlsx", "pdf"):
        answer = client.get(f"/en/matches/{match}/justification.{ending}")
        assert answer.status_code == 200
        assert f"justification-{match}.{ending}" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Justification of a purchase", "What was compared", "Not verified", "not an award"]),
        (
            "da",
            ["Begrundelse for køb", "Hvad der blev sammenlignet", "Ikke verificeret", "ikke en tildeling"],
        ),
    ],
)
def test_a_purchase_is_justified(client: FlaskClient, sample_url: str, language: str, words: list[str]):
    """The page compares, names thresholds with their days, and leaves by hand what nobody decided."""
    match = find_match(sample_url, lot=lot_id("school_aarhus", "brick_lime_mortar", "surveyed"))
    address = f"{'/en' if language == 'en' else ''}/matches/{match}/justification"
    told = read_main(client, address)
    assert [word for word in words if word not in told] == []
    assert "kfst.dk" in told
    by_hand = find_all(get_page(client, address), "span", class_="gb-by-hand")
    for supplier, less in (("client", 1), (None, 0)):
        with open_session(sample_url) as session:
            session.execute(text("UPDATE requirement SET supplied_by = :one"), {"one": supplier})
        left = find_all(get_page(client, address), "span", class_="gb-by-hand")
        assert len(left) == len(by_hand) - less


def test_no_page_names_an_address(client: FlaskClient, sample_url: str):
    """A donor named by its address is told by its municipality alone, on page and sheet."""
    with open_session(sample_url) as session:
        assert session.get_one(Project, project_id("library")).name == "Bibliotek i Roskilde"
    match = find_match(sample_url, lot=lot_id("office_copenhagen", "brick_lime_mortar"))
    for address in (
        f"/projects/{project_id('library')}/savings",
        f"/matches/{match}/justification",
    ):
        assert "Hemmelig" not in client.get(address).text
    book = client.get(f"/projects/{project_id('library')}/lca.xlsx")
    cells = [cell for row in load_workbook(io.BytesIO(book.data)).worksheets[0].values for cell in row]
    assert not any("Hemmelig" in str(cell) for cell in cells)
