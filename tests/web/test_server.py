# SPDX-License-Identifier: EUPL-1.2
"""The server: errors with their status, headers, access, what it loads, and where it listens."""

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text
from sqlalchemy.exc import InternalError

from inventory.errors import GenbroError
from inventory.settings import Settings
from tests.web.opening import open_app
from tests.web.reading import find_all, get_page, parse_page, read_text
from tests.web.test_pages import PAGES
from web import auth, errors
from web.__main__ import require_loopback
from web.app import create_app
from web.auth import RULES, find_rule
from web.errors import STATUS, HostRefusedError, find_status
from web.headers import HEADERS
from web.pages import ROUTES
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


def test_csrf_guards_every_form_to_come(app: Flask):
    """A POST without a token is refused before any view sees it."""
    assert app.config.get("WTF_CSRF_ENABLED", True)
    assert "csrf" in app.extensions


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


def test_routes_only_read(app: Flask):
    """Every route of today answers GET and changes nothing."""
    for rule in app.url_map.iter_rules():
        assert rule.methods is not None
        assert rule.methods <= {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("name", PAGES)
def test_pages_hold_no_inline_script_or_style(client: FlaskClient, name: str):
    """Pages obey their own policy: no inline script, style or handler, nothing from another origin."""
    page = get_page(client, PAGES[name])
    assert not find_all(page, "style")
    for script in find_all(page, "script"):
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


@contextmanager
def _count_statements(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with app.app_context():
        engine = get_reader().engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("supply", 5),
        ("requirements", 5),
        ("surveyed lot", 7),
        ("requirement", 8),
        ("donor", 5),
        ("plan", 5),
        ("runs", 1),
    ],
)
def test_pages_ask_few_questions(app: Flask, client: FlaskClient, name: str, most: int):
    """A page asks a fixed, small number of questions of the database, however many rows it shows."""
    client.get(PAGES[name])
    with _count_statements(app) as statements:
        client.get(PAGES[name])
    assert 0 < len(statements) <= most, statements


def test_session_is_read_only(app: Flask):
    """The web cannot write, whatever a page tries."""
    with app.app_context(), get_reader().open() as session, pytest.raises(InternalError, match="read-only"):
        session.execute(text("CREATE TABLE oops (id int)"))


def test_web_process_loads_no_solver(front_end: None):
    """Starting the application loads neither OR-Tools nor HiGHS, nor pandas or matplotlib."""
    code = (
        "import sys; from inventory.settings import Settings; from web import create_app;"
        f"create_app(Settings(database_url={AWAY!r}));"
        "heavy = ('ortools', 'highspy', 'pandas', 'geopandas', 'matplotlib', 'numba');"
        "print([name for name in heavy if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip() == "[]"


def test_package_is_light():
    """Importing the package alone loads neither Flask nor SQLAlchemy."""
    code = "import sys, web; print([m for m in ('flask', 'sqlalchemy') if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]"])
def test_loopback_is_allowed(host: str):
    """Addresses of this computer itself are fine."""
    assert require_loopback(host) == host


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "example.org", ""])
def test_other_hosts_are_refused_with_the_reason(host: str):
    """Any other host is refused, and the message says why."""
    with pytest.raises(HostRefusedError, match="no user accounts"):
        require_loopback(host)


def test_server_refuses_other_hosts_at_the_door():
    """The command says why and ends with 2 before it starts anything."""
    result = subprocess.run(
        [sys.executable, "-m", "web", "--host", "0.0.0.0"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 2
    assert "no user accounts" in result.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(address: str, *, host: str | None = None) -> HTTPResponse:
    request = urllib.request.Request(address, headers={"Host": host} if host else {})
    response: HTTPResponse = urllib.request.urlopen(request, timeout=5)
    return response


def test_server_serves_until_stopped(front_end: None, sample_url: str, monkeypatch: pytest.MonkeyPatch):
    """`python -m web` serves pages, refuses a foreign host name, and stops when told."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", sample_url)
    port = _free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "web", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
            for _ in range(100):
                try:
                    with _get(f"http://127.0.0.1:{port}/health") as response:
                        assert response.status == 200
                    break
                except OSError:
                    time.sleep(0.1)
            with _get(f"http://127.0.0.1:{port}/") as response:
                page = parse_page(response.read().decode())
            assert "49 partier" in read_text(page)
            # The address in the environment is not ours: nothing is marked as demo data.
            assert "Demodata." not in read_text(page)
            with pytest.raises(urllib.error.HTTPError, match="400"):
                _get(f"http://127.0.0.1:{port}/", host="evil.example")
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=15) in {0, -signal.SIGTERM}


def test_missing_front_end_is_said(monkeypatch: pytest.MonkeyPatch):
    """Without the npm packages nothing is served half: the message says what to run."""
    monkeypatch.setattr("web.app.is_vendored", lambda: False)
    with pytest.raises(errors.FrontEndMissingError, match=re.escape("python -m web.vendor")):
        create_app(Settings(database_url=AWAY))
