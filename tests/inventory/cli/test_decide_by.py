# SPDX-License-Identifier: EUPL-1.2
"""genbro decide-by, as a demolition firm calls it."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from inventory.cli.main import main
from inventory.database import open_session
from inventory.tables import LotStatus, Match, MatchStatus

SLAGELSE = (639_000, 6_142_500)
Call = Callable[..., Result]


@pytest.fixture
def call(own_database_url: str, monkeypatch: pytest.MonkeyPatch, make_country: Callable[..., Any]) -> Call:
    """Call genbro on a database with four lots, one of them withdrawn, and a wall that wants 700 bricks."""
    with open_session(own_database_url) as session:
        country = make_country(session)
        donor = country.site("donor", SLAGELSE, municipality_code="0330")
        country.lot("bricks", donor, decide_by=date(2027, 4, 1))
        country.lot("doors", donor, code="door_inner", quantity=16, decide_by=date(2027, 3, 10))
        country.lot("tiles", donor, code="roof_tile_clay")
        country.lot("gone", donor, decide_by=date(2027, 4, 1), status=LotStatus.WITHDRAWN)
        country.requirement("wall", country.project("hall", SLAGELSE), quantity=700)
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def listed(call: Call, *words: object) -> list[dict[str, Any]]:
    """Ask for JSON as of 1 March 2027."""
    result = call("decide-by", "--on", "2027-03-01", "--json", *words)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_the_most_urgent_come_first_and_only_within_the_days(call: Call) -> None:
    """A named day counts, else the last day of the window; the first and the last day looked at belong."""
    rows = listed(call, "--within", 91)
    assert [(row["ref"], row["day"], row["days_left"], row["stated"]) for row in rows] == [
        ("doors", "2027-03-10", 9, True),
        ("bricks", "2027-04-01", 31, True),
        ("tiles", "2027-05-31", 91, False),
    ]
    assert [row["ref"] for row in listed(call, "--within", 31)] == ["doors", "bricks"]
    assert [row["ref"] for row in listed(call, "--within", 30)] == ["doors"]
    assert json.loads(call("decide-by", "--on", "2027-03-11", "--within", "0", "--json").stdout) == []


def test_it_says_what_the_latest_plan_has_a_taker_for(call: Call, own_database_url: str) -> None:
    """After a run the bricks are parted in placed and free; a stale match places nothing."""
    assert {row["placed"] for row in listed(call)} == {0}
    assert call("run", "--wait").exit_code == 0
    bricks = next(row for row in listed(call) if row["ref"] == "bricks")
    assert (bricks["quantity"], bricks["placed"], bricks["free"]) == (1000, 700, 300)
    with open_session(own_database_url) as session:
        session.execute(update(Match).values(status=MatchStatus.STALE))
    bricks = next(row for row in listed(call) if row["ref"] == "bricks")
    assert (bricks["placed"], bricks["free"]) == (0, 1000)


def test_a_lot_that_is_wholly_taken_is_left_out_on_request(call: Call, own_database_url: str) -> None:
    """``--free-only`` leaves what still needs a buyer."""
    assert call("run", "--wait").exit_code == 0
    with open_session(own_database_url) as session:
        session.execute(update(Match).values(quantity=1000))
    assert [row["ref"] for row in listed(call, "--free-only")] == ["doors"]


def test_the_table_reads_and_an_empty_one_says_what_next(call: Call) -> None:
    """A day the lot does not name is marked; nothing to decide on is a sentence, not an empty table."""
    told = " ".join(call("decide-by", "--on", "2027-03-01", "--within", "91").stdout.split())
    for words in ("2027-03-10", "2027-05-31 *", "1,000", "No taker"):
        assert words in told, words
    assert "Look further with --within" in call("decide-by", "--on", "2030-01-01").stdout
