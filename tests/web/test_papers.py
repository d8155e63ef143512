# SPDX-License-Identifier: EUPL-1.2
"""The papers of a demolition, as a firm reads them."""

import io

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.web.reading import find_all, get_page, read_text
from tests.web.sample_ids import lot_id, site_id


def test_papers_hold_duties_and_materials(client: FlaskClient):
    """A school's papers name what is asked with source, and its surveyed bricks with code and mass."""
    page = get_page(client, f"/sites/{site_id('school_aarhus')}/papers")
    text = read_text(page)
    for words in ("bygningsaffald.dk", "Ikke verificeret", "mst.dk", "17 01 02", "12.500 stk."):
        assert words in text
    links = {link.getAttribute("href") for link in find_all(page, "a")}
    assert f"/lots/{lot_id('school_aarhus', 'brick_lime_mortar', 'surveyed')}" in links
    # The estimate of the same bricks is not counted beside the survey.
    assert f"/lots/{lot_id('school_aarhus', 'brick_lime_mortar')}" not in links


def test_suspected_asbestos_gets_no_harmless_code(client: FlaskClient):
    """The waste code of what may hold asbestos is left to whoever does the mapping."""
    page = get_page(client, f"/en/sites/{site_id('hall_aalborg')}/papers")
    (row,) = [row for row in find_all(page, "tr") if "May hold asbestos" in read_text(row)]
    assert "chosen by whoever does the mapping" in read_text(row)
    assert "17 01" not in read_text(row)


def test_only_a_donor_has_papers(client: FlaskClient):
    """A building project has no demolition."""
    assert client.get(f"/sites/{site_id('library')}/papers").status_code == 404


def test_donor_page_leads_there(client: FlaskClient):
    """The building's page links to its papers."""
    page = get_page(client, f"/sites/{site_id('school_aarhus')}")
    assert find_all(page, "a", href=f"/sites/{site_id('school_aarhus')}/papers")


@pytest.mark.parametrize("paper", ["plan", "notification", "offer"])
def test_sheet_shows_the_survey_and_no_address(client: FlaskClient, paper: str):
    """Each sheet has its facts and rows; an exact address is never on it, and empty ones are for the hand."""
    page = get_page(client, f"/sites/{site_id('office_copenhagen')}/papers/{paper}")
    assert "Hemmelig Vej" not in read_text(page)
    text = read_text(get_page(client, f"/sites/{site_id('school_aarhus')}/papers/{paper}"))
    assert "Intet er sendt til nogen myndighed." in text
    assert {"plan": "Ikke verificeret", "notification": "17 01 02", "offer": "mursten facade"}[paper] in text


def test_sheets_are_fetched_as_a_workbook(client: FlaskClient):
    """All three come as one file, without the address."""
    response = client.get(f"/en/sites/{site_id('office_copenhagen')}/papers.xlsx")
    assert "genbro-" in response.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.data))
    assert book.sheetnames == ["Demolition plan", "Waste notification", "Offer"]
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    assert not [cell for cell in cells if "Hemmelig Vej" in cell]
    assert client.get(f"/sites/{site_id('library')}/papers.xlsx").status_code == 404
    assert client.get(f"/sites/{site_id('school_aarhus')}/papers/other").status_code == 404
