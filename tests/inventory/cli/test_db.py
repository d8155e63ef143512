# SPDX-License-Identifier: EUPL-1.2
"""genbro db: each command, for people and for machines."""

import json
import subprocess

import pytest
from click.testing import CliRunner, Result

from inventory.cli.main import main
from inventory.postgres.paths import Cluster
from inventory.revision import known_revisions


def call(*words: str) -> Result:
    """Call the command in this process."""
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


@pytest.fixture
def home(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    """The tests' throw-away cluster as the private PostGIS of this environment."""
    monkeypatch.delenv("GENBRO_DATABASE_URL", raising=False)
    monkeypatch.setenv("GENBRO_HOME", str(cluster.home))
    return cluster


def test_status_of_nothing_makes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Before the first start, status says so and leaves no folder."""
    home = tmp_path_factory.mktemp("none") / "home"
    monkeypatch.setenv("GENBRO_HOME", str(home))
    told = json.loads(call("db", "status", "--json").stdout)
    assert told["state"] == "not made yet"
    assert json.loads(call("db", "stop", "--json").stdout) == {"stopped": False}
    assert not home.exists()


def test_status_of_a_running_server(home: Cluster) -> None:
    """State, place and process are told, to people and to machines."""
    told = json.loads(call("db", "status", "--json").stdout)
    assert told["state"] == "running"
    assert told["home"] == str(home.home)
    assert told["answering"]
    assert str(told["pid"]) in call("db", "status").stdout


def test_the_address_works_in_psql(home: Cluster) -> None:
    """What `genbro db url` prints is an address as PostgreSQL's own programs take it."""
    url = call("db", "url", "--database", "demo").stdout.strip()
    answer = subprocess.run(
        ["psql", url, "-Atc", "SELECT current_database()"], capture_output=True, check=True
    )
    assert answer.stdout == b"genbro_demo\n"


def test_upgrade_names_the_revision(home: Cluster) -> None:
    """After it the database is ready for every other command."""
    told = json.loads(call("db", "upgrade", "--database", "demo", "--json").stdout)
    assert told == {"revision": known_revisions()[-1]}


def test_the_map_is_made_anew(home: Cluster) -> None:
    """An empty database has an empty map, and the command says so."""
    call("db", "upgrade", "--database", "demo")
    assert json.loads(call("db", "rebuild-map", "--database", "demo", "--json").stdout) == {"marks": 0}


def test_a_given_database_is_said_to_be_in_use(home: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """With GENBRO_DATABASE_URL set nothing is started, and the address is the given one."""
    given = "postgresql://a@nowhere/d"
    monkeypatch.setenv("GENBRO_DATABASE_URL", given)
    assert json.loads(call("db", "start", "--json").stdout) == {"started": False, "given": True}
    assert json.loads(call("db", "status", "--json").stdout)["given"]
    assert call("db", "url").stdout.strip() == given


def test_an_error_is_one_line_on_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback, nothing on stdout, exit code 2 for an address that cannot be read."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", "mysql://a@b/c")
    result = call("db", "url", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: GENBRO_DATABASE_URL")
    assert result.stderr.count("\n") == 1
