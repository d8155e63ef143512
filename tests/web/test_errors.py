# SPDX-License-Identifier: EUPL-1.2
"""What goes wrong is told with its status and what to do, and tells nothing else."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inventory.errors import GenbroError
from inventory.settings import Settings
from tests.web.opening import open_app
from tests.web.reading import find_all, get_page, read_text
from web import errors
from web.app import create_app
from web.errors import STATUS, find_status
from web.session import get_reader

AWAY = "postgresql+psycopg://nobody@/nothing?host=/nowhere"


def test_database_away_is_503_with_what_to_do(front_end: None):
    """Without its database each page says in plain words what to do, and health says what is wrong."""
    with open_app(AWAY) as app:
        client = app.test_client()
        for address in ("/", "/en/", "/runs", "/sources"):
            page = get_page(client, address, status=503)
            assert "genbro db start" in read_text(page)
        assert "Databasen svarer ikke" in read_text(get_page(client, "/", status=503))
        assert client.get("/health").status_code == 503
        assert client.get("/tiles/supply/6/33/20.mvt").status_code == 503
        # What needs no database still works.
        get_page(client, "/about")


def test_database_without_tables_is_503(front_end: None, empty_database_url: str):
    """A database nobody upgraded is told from one that is away."""
    with open_app(empty_database_url) as app:
        response = app.test_client().get("/health")
        assert response.status_code == 503
        assert "genbro db upgrade" in response.text
        get_page(app.test_client(), "/", status=503)


def test_database_that_comes_back_is_used_again(app: Flask, client: FlaskClient):
    """A connection lost between two pages is replaced, not shown as a fault."""
    get_page(client, "/")
    with app.app_context():
        reader = get_reader()
        with reader.open() as session:
            connection = session.connection().connection.driver_connection
        connection.close()
    get_page(client, "/")


def test_health_tells_versions(client: FlaskClient):
    """Health answers with the versions of schema and PostGIS."""
    answer = client.get("/health").get_json()
    assert answer["status"] == "ok"
    assert answer["database"]["schema"]
    assert answer["database"]["postgis"].startswith("3.")


def test_fault_is_500_and_tells_nothing(app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture):
    """A fault of ours is a plain page without a trace of what broke; that is in the log."""
    view = app.view_functions["da.about"]
    app.view_functions["da.about"] = lambda: 1 / 0
    try:
        page = get_page(client, "/about", status=500)
    finally:
        app.view_functions["da.about"] = view
    assert "Noget gik galt" in read_text(find_all(page, "title")[0])
    assert "ZeroDivision" not in read_text(page)
    assert "ZeroDivisionError" in caplog.text


def test_wrong_method_keeps_allow(client: FlaskClient):
    """A method that is not allowed is answered with those that are."""
    response = client.post("/")
    assert response.status_code in {400, 405}
    response = client.delete("/about")
    assert response.status_code in {400, 405}
    assert client.put("/health").headers.get("Allow") or client.put("/health").status_code == 400


def _subclasses(parent: type[GenbroError]) -> Iterator[type[GenbroError]]:
    for child in parent.__subclasses__():
        yield child
        yield from _subclasses(child)


def test_every_exception_has_a_status():
    """Each exception of the web stands in the one table; any other of ours gets an ancestor's status."""
    own = {error for error in _subclasses(GenbroError) if error.__module__ == errors.__name__}
    assert own <= set(STATUS)
    for error in _subclasses(GenbroError):
        status = find_status(error.__new__(error))
        assert 400 <= status < 600


def test_missing_front_end_is_said(monkeypatch: pytest.MonkeyPatch):
    """Without the npm packages nothing is served half: the message says what to run."""
    monkeypatch.setattr("web.app.is_vendored", lambda: False)
    with pytest.raises(errors.FrontEndMissingError, match=re.escape("python -m web.vendor")):
        create_app(Settings(database_url=AWAY))
