# SPDX-License-Identifier: EUPL-1.2
"""Databases that are somebody else's, or that cannot do what is asked of them."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from inventory.cli.main import main
from inventory.database import make_engine, open_session
from inventory.queries.foreign_tables import list_relations

Call = Callable[..., Result]


@pytest.fixture
def call(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call genbro on an empty database that was given by its address."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", empty_database_url)
    return lambda *words: CliRunner().invoke(main, list(words))


def _execute(url: str, *statements: str) -> None:
    with open_session(url) as session:
        for statement in statements:
            session.execute(text(statement))


def _relations(url: str) -> list[str]:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = list_relations(connection)
    engine.dispose()
    return found


def test_the_demo_stays_out_of_somebody_elses_database(call: Call, empty_database_url: str) -> None:
    """A database with one table of another program is refused by the demo, and gets no table of ours."""
    _execute(empty_database_url, "CREATE TABLE customers (id int)")
    refused = call("demo")
    assert refused.exit_code == 2
    assert "customers" in refused.stderr
    assert _relations(empty_database_url) == ["customers"]


def test_tables_in_the_way_are_named(call: Call, empty_database_url: str) -> None:
    """An upgrade that would meet tables of the same name says which, in one line, and changes nothing."""
    _execute(empty_database_url, "CREATE TABLE run (x int)", "CREATE TABLE customers (id int)")
    refused = call("db", "upgrade")
    assert refused.exit_code == 1
    assert "need the names of: run. Nothing" in " ".join(refused.stderr.split())
    assert _relations(empty_database_url) == ["customers", "run"]


def test_tables_beside_ours_are_no_hindrance(call: Call, empty_database_url: str) -> None:
    """Whoever asks for it gets our tables beside others of other names, again and again."""
    _execute(empty_database_url, "CREATE TABLE customers (id int)")
    for _ in range(2):
        assert call("db", "upgrade").exit_code == 0


def test_a_database_that_may_only_be_read_says_so(
    own_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the database refuses is told in one line without a traceback."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    name = own_database_url.rpartition("/")[2].partition("?")[0]
    _execute(own_database_url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    refused = CliRunner().invoke(main, ["run"])
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: The database could not do this: cannot execute INSERT")
    assert "Traceback" not in refused.stderr
