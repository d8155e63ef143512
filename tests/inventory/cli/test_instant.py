# SPDX-License-Identifier: EUPL-1.2
"""genbro instant, as a builder or a script calls it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from inventory.cli.main import main
from inventory.database import open_session
from inventory.tables import Screening

SLAGELSE = (639_000, 6_142_500)
NYBORG = (611_500, 6_130_500)
Call = Callable[..., Result]


@pytest.fixture
def call(own_database_url: str, monkeypatch: pytest.MonkeyPatch, make_country: Callable[..., Any]) -> Call:
    """Call genbro on a database with three lots, two of them good, and two projects."""
    with open_session(own_database_url) as session:
        country = make_country(session)
        donor = country.site("donor", SLAGELSE, municipality_code="0330")
        country.lot("bricks", donor, grade=4)
        country.lot("worn", country.site("other", NYBORG, municipality_code="0450"), grade=2, price_ore=150)
        country.lot("unscreened", donor, screening=Screening.UNKNOWN, grade=4)
        country.requirement("wall", country.project("hall", SLAGELSE), quantity=1800, grade_min=3)
        country.requirement("gable", country.project("shed", NYBORG), quantity=700)
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def test_a_builder_reads_what_to_take_and_what_would_help(call: Call) -> None:
    """The table names lot, place, saving, stops and what a looser bound gives; without a run it says so."""
    result = call("instant", "hall")
    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())
    for words in (
        "What could serve hall",
        "wall: 1,800 pcs",
        "bricks, donor, Slagelse",
        "1,000 pcs",
        "bought new",
        "800 pcs",
        "1 lot more if grade from 2",
        "lots not yet screened will do",
        "screening 1",
        "No run has given a plan yet",
        "3 lots were looked at",
    ):
        assert words in told, words


def test_json_holds_the_same_and_the_runs_prices(call: Call) -> None:
    """One document: mix, back-up, stops, relaxations, names; after a run its prices and its id."""
    before = json.loads(call("instant", "hall", "--json").stdout)
    assert before["run"] is None
    wall = before["requirements"][0]
    assert (wall["met"], wall["bought"], wall["others"]) == (1000, 800, 0)
    assert wall["stopped"] == {"screening": 1, "attribute": 1}
    assert {each["kind"]: each["met"] for each in wall["relaxations"]} == {
        "screening": 800,
        "attribute_minimum": 800,
    }
    lot = wall["mix"][0]["offer"]["lot"]
    assert before["names"]["lots"][lot]["ref"] == "bricks"
    run = json.loads(call("run", "--wait", "--json").stdout)
    after = json.loads(call("instant", "hall", "--json").stdout)
    assert after["run"] == run["run"]
    assert after["requirements"][0]["mix"][0]["offer"]["price"] > 0
    assert f"Prices are those of run {run['run'][:8]}" in " ".join(call("instant", "hall").stdout.split())


def test_an_unknown_project_is_named(call: Call) -> None:
    """Bad input ends with exit code 2 and a sentence."""
    result = call("instant", "castle")
    assert result.exit_code == 2
    assert 'Cannot use the project "castle"' in result.stderr
