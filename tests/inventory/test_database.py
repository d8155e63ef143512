# SPDX-License-Identifier: EUPL-1.2
"""The address of the database in use, and sessions on it."""

from pathlib import Path

import pytest
from sqlalchemy import text

from inventory.database import DatabaseUrlError, database_url, make_engine, normalise_url, open_session
from inventory.postgres.paths import Cluster
from inventory.settings import Settings


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("postgresql://a@h/d", "postgresql+psycopg://a@h/d"),
        ("postgres://a:p%40ss@h:5433/d", "postgresql+psycopg://a:p%40ss@h:5433/d"),
        ("postgresql+psycopg://a@/d?host=/s", "postgresql+psycopg://a@/d?host=%2Fs"),
        ("postgresql://a@/d?host=/a%20b%2Bc", "postgresql+psycopg://a@/d?host=%2Fa%20b%2Bc"),
    ],
)
def test_an_address_is_written_with_its_driver(given: str, written: str) -> None:
    """Every way people write a PostgreSQL address leads to psycopg 3, passwords and odd folders intact."""
    assert normalise_url(given) == written


@pytest.mark.parametrize(
    "given", ["mysql://a@h/d", "sqlite:///x", "d", "postgresql://a@h", "postgresql://a@h:x/d"]
)
def test_an_address_that_is_none_is_refused(given: str) -> None:
    """The message shows how to write one, and the exit code says bad input."""
    with pytest.raises(DatabaseUrlError, match="postgresql://user:password@host:5432/name") as refused:
        normalise_url(given)
    assert refused.value.exit_code == 2


def test_a_given_database_needs_no_server(tmp_path: Path) -> None:
    """With GENBRO_DATABASE_URL set nothing is made or started, whatever the purpose."""
    settings = Settings(database_url="postgresql://a@nowhere/d", home=tmp_path / "home")
    assert database_url(settings, purpose="own") == "postgresql+psycopg://a@nowhere/d"
    assert database_url(settings, purpose="demo") == "postgresql+psycopg://a@nowhere/d"
    assert not (tmp_path / "home").exists()


def test_demo_and_own_are_separate(cluster: Cluster) -> None:
    """The private PostGIS, started on need, keeps the demo's rows out of the user's own database."""
    settings = Settings(home=cluster.home)
    own, demo = (database_url(settings, purpose=purpose) for purpose in ("own", "demo"))
    with open_session(own) as session:
        session.execute(text("CREATE TABLE mine AS SELECT 1 AS value"))
    with open_session(demo) as session:
        assert session.scalar(text("SELECT current_database()")) == "genbro_demo"
        assert session.scalar(text("SELECT to_regclass('mine')")) is None


def test_a_session_commits_at_the_end_and_rolls_back_on_an_error(empty_database_url: str) -> None:
    """What was done before an error is undone; connections carry the program's name."""
    with open_session(empty_database_url) as session:
        session.execute(text("CREATE TABLE kept (value int)"))
        assert session.scalar(text("SHOW application_name")) == "genbro"
    with pytest.raises(ZeroDivisionError), open_session(empty_database_url) as session:
        session.execute(text("INSERT INTO kept VALUES (1)"))
        raise ZeroDivisionError
    engine = make_engine(empty_database_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM kept")) == 0
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        assert connection.scalar(text(others)) == 1, "open_session leaves no connection behind"
    engine.dispose()
