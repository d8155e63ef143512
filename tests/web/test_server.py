# SPDX-License-Identifier: EUPL-1.2
"""The server: what it loads and asks, where it listens, and that it stops."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.asked import note_questions
from tests.web.opening import open_app
from tests.web.reading import parse_page, read_text
from tests.web.test_pages import PAGES
from web.__main__ import require_free_port, require_loopback
from web.errors import HostRefusedError, PortTakenError

AWAY = "postgresql+psycopg://nobody@/nothing?host=/nowhere"


@pytest.fixture(scope="module")
def app(front_end: None, sample_url: str) -> Iterator[Flask]:
    """The application over the sample, that keeps no answer: each page is made anew."""
    with open_app(sample_url, answers_mb=0) as app:
        yield app


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("supply", 27),
        ("requirements", 26),
        ("surveyed lot", 25),
        ("requirement", 16),
        ("donor", 12),
        ("plan", 10),
        ("runs", 2),
    ],
)
def test_pages_ask_few_questions(app: Flask, client: FlaskClient, name: str, most: int):
    """A page asks a fixed, small number of questions, one of them whether to mark it as the demo's."""
    client.get(PAGES[name])
    with note_questions(app) as statements:
        client.get(PAGES[name])
    assert 0 < len(statements) <= most, statements


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
            # The database at the address in the environment holds no demo data, so nothing is marked.
            assert "Demodata." not in read_text(page)
            with pytest.raises(urllib.error.HTTPError, match="400"):
                _get(f"http://127.0.0.1:{port}/", host="evil.example")
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=15) in {0, -signal.SIGTERM}


def test_a_port_that_is_taken_is_told_in_one_line():
    """Where another program listens already, the server says so and how to choose another port."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTakenError, match="make serve PORT="):
            require_free_port(port, host="127.0.0.1")
    require_free_port(port, host="127.0.0.1")
