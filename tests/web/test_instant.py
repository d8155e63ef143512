# SPDX-License-Identifier: EUPL-1.2
"""The page that answers at once what could serve a project."""

from uuid import uuid4

from flask.testing import FlaskClient
from sqlalchemy import text

from inventory.database import open_session
from tests.web.reading import find_all, get_page, read_text
from tests.web.sample_ids import RUN_ID
from web.kept import begin_warming


def list_projects(url: str) -> list[tuple[str, str]]:
    """List id and name of the projects that want something."""
    with open_session(url) as session:
        rows = session.execute(
            text(
                "SELECT DISTINCT p.id::text, p.name FROM project p JOIN requirement r ON r.project_id = p.id"
            )
        )
        return [(row[0], row[1]) for row in rows]


def test_a_project_is_answered_with_lots_and_what_is_bought_new(
    screened_client: FlaskClient, own_sample_url: str
):
    """The projects get lots with cost and road, at the prices of the last plan, which the page leads to."""
    served = 0
    for project, name in list_projects(own_sample_url):
        page = get_page(screened_client, f"/en/projects/{project}/instant")
        words = read_text(find_all(page, "main")[0])
        assert name in words
        assert "Looking reserves nothing" in words
        links = {str(one.getAttribute("href")) for one in find_all(page, "a")}
        assert f"/en/runs/{RUN_ID}" in links
        mine = [link for link in links if link.startswith("/en/lots/")]
        assert bool(mine) == ("Stands in for it" in words or "The next best lots" in words)
        served += bool(mine)
    assert served > 0


def test_a_page_asked_while_the_lots_are_read_asks_again_by_itself(
    screened_client: FlaskClient, own_sample_url: str
):
    """A server that has just started says what it does; when it is done the page answers."""
    project, _name = list_projects(own_sample_url)[0]
    reading = begin_warming(screened_client.application)
    waiting = screened_client.get(f"/en/projects/{project}/instant")
    # it waited to be asked, so it cannot be done
    assert waiting.headers["Refresh"] == "3"
    assert "The lots are being read" in waiting.text
    reading.join()
    answered = screened_client.get(f"/en/projects/{project}/instant")
    assert "Refresh" not in answered.headers
    assert "Looking reserves nothing" in answered.text


def test_what_stops_all_lots_is_told(client: FlaskClient, sample_url: str):
    """No lot of the sample is screened, so every part is bought new, and the reason is named."""
    project, _name = list_projects(sample_url)[0]
    words = read_text(find_all(get_page(client, f"/en/projects/{project}/instant"), "main")[0])
    assert "The lots are not cleared for harmful substances" in words
    assert "No lot may be used as the requirement stands." in words


def test_the_requirement_asked_about_comes_first_and_leads_there(client: FlaskClient, sample_url: str):
    """The page of a requirement leads to the answer, in which it stands first."""
    with open_session(sample_url) as session:
        row = session.execute(
            text(
                "SELECT project_id::text, max(id::text) FROM requirement"
                " GROUP BY 1 HAVING count(*) > 1 LIMIT 1"
            )
        ).one()
    project, requirement = row
    address = f"/en/projects/{project}/instant?requirement={requirement}"
    links = {
        one.getAttribute("href") for one in find_all(get_page(client, f"/en/requirements/{requirement}"), "a")
    }
    assert address in links
    headings = [str(one.getAttribute("id")) for one in find_all(get_page(client, address), "h2")]
    assert next(name for name in headings if name.startswith("r-")) == f"r-{requirement}"


def test_danish_is_whole(client: FlaskClient, sample_url: str):
    """The Danish page names materials and changes in Danish."""
    words = ""
    for project, _name in list_projects(sample_url):
        words += read_text(find_all(get_page(client, f"/projects/{project}/instant"), "main")[0])
    assert "At kigge reserverer intet" in words
    assert "more if" not in words
    assert "Looking" not in words


def test_no_such_project_is_not_found(client: FlaskClient):
    """An id that no project has gives 404."""
    assert client.get(f"/projects/{uuid4()}/instant").status_code == 404
