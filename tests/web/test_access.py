# SPDX-License-Identifier: EUPL-1.2
"""Who may see what, and what every answer carries: rules, headers, pages that obey them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from tests.web.reading import find_all, get_page
from tests.web.test_pages import PAGES
from web import auth
from web.auth import RULES, find_rule
from web.headers import HEADERS
from web.pages import ROUTES
from web.session import get_reader


def test_csrf_guards_every_form_to_come(app: Flask):
    """A POST without a token is refused before any view sees it."""
    assert app.config.get("WTF_CSRF_ENABLED", True)
    assert "csrf" in app.extensions


def test_every_route_has_a_rule_and_every_rule_a_route(app: Flask):
    """No route is reachable that the registry does not name, and it names nothing that is not there."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert all(find_rule(endpoint) for endpoint in endpoints)
    assert {endpoint.removeprefix("da.").removeprefix("en.") for endpoint in endpoints} == set(RULES)
    assert set(ROUTES) < set(RULES)


def test_route_without_a_rule_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    """Should a rule be forgotten, the route is closed, not open."""
    monkeypatch.delitem(auth.RULES, "about")
    assert client.get("/about").status_code == 403


def test_a_route_reads_or_writes(app: Flask):
    """No route answers GET and POST alike: what changes something is asked for by POST, with its token."""
    for rule in app.url_map.iter_rules():
        assert rule.methods is not None
        assert rule.methods <= {"GET", "HEAD", "OPTIONS"} or rule.methods <= {"POST", "OPTIONS"}


@pytest.mark.parametrize("name", PAGES)
def test_pages_hold_no_inline_script_or_style(client: FlaskClient, name: str):
    """Pages obey their own policy: no inline script, style or handler, nothing from another origin."""
    page = get_page(client, PAGES[name])
    assert not find_all(page, "style")
    for script in find_all(page, "script"):
        if script.getAttribute("type") == "application/ld+json":
            continue  # data, which no browser runs
        assert script.getAttribute("src").startswith("/")
    for element in find_all(page, "*"):
        for index in range(element.attributes.length):
            attribute = element.attributes.item(index).name
            assert attribute != "style"
            assert not attribute.startswith("on")
    for tag, attribute in (("link", "href"), ("img", "src"), ("form", "action")):
        for element in find_all(page, tag):
            assert element.getAttribute(attribute).startswith("/")


@pytest.mark.parametrize("address", ["/", "/nope", "/health", "/tiles/towns.json", "/assets/genbro.css"])
def test_security_headers_are_everywhere(client: FlaskClient, address: str):
    """Every answer carries the headers, errors and files too."""
    with client.get(address) as response:
        for name, value in HEADERS.items():
            assert response.headers[name] == value
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in HEADERS["Content-Security-Policy"]


def test_session_is_read_only(app: Flask):
    """The web cannot write, whatever a page tries."""
    with app.app_context(), get_reader().open() as session, pytest.raises(InternalError, match="read-only"):
        session.execute(text("CREATE TABLE oops (id int)"))
