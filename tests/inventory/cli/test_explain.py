# SPDX-License-Identifier: EUPL-1.2
"""genbro explain and genbro plan why: a run tells why in both languages, or is asked again."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from inventory.cli.main import main
from inventory.database import open_session
from inventory.tables import Hub, SiteKind, stable_id

SLAGELSE = (639_000, 6_142_500)
NYBORG = (611_500, 6_130_500)
Call = Callable[..., Result]


@pytest.fixture(scope="module")
def filled(database_url: str, make_country: Callable[..., Any]) -> str:
    """Bricks that wait at a hub of one square metre, a scarce lot of doors, one that is too far; one run."""
    with open_session(database_url) as session:
        country = make_country(session)
        donor = country.site("donor", SLAGELSE, municipality_code="0330")
        depot = country.site("Depotet", SLAGELSE, SiteKind.HUB)
        session.add(Hub(site_id=depot.id, area_m2=1, price_ore_per_m2_day=0, price_ore_per_step_day=0))
        country.lot("bricks", donor, quantity=5000)
        country.lot("doors", donor, code="door_inner", quantity=10)
        hall, shed = country.project("hall", SLAGELSE), country.project("shed", NYBORG)
        later = {"wanted_from": date(2027, 6, 20), "wanted_to": date(2027, 8, 1)}
        country.requirement("wall", hall, quantity=4000, **later)
        country.requirement("inner", hall, code="door_inner", quantity=10, new_price_ore=200_000)
        country.requirement("more", shed, code="door_inner", quantity=5, new_price_ore=150_000)
        country.requirement("near", shed, quantity=100, max_metres=20_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GENBRO_DATABASE_URL", database_url)
        done = CliRunner().invoke(main, ["run", "--wait", "--json"])
    assert done.exit_code == 0, done.output
    return database_url


@pytest.fixture
def call(filled: str, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call genbro on the database of the run."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", filled)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def read_words(result: Result) -> str:
    """Read what a command printed, with single spaces."""
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_a_full_hub_is_told_in_both_languages(call: Call) -> None:
    """A planner reads that the hub's floor alone is missing, where, when, and what more of it would save."""
    danish, english = (read_words(call("explain", "wall", "--in", code)) for code in ("da", "en"))
    assert "Der er partier til mere af det, men ikke plads til, at de kan ligge på lager." in danish
    assert "Hub Depotet er fuld i maj 2027 og juni 2027." in danish
    assert "En kvadratmeter mere dér ville spare" in danish
    assert "Hub Depotet is full in May 2027 and June 2027." in english
    assert "lot bricks (donor, " in english
    assert "kr. i" in danish
    told = json.loads(read_words(call("explain", "hall/wall", "--json")))
    room = told["told"]["matched"][0]["room"]
    assert [month["month"] for month in room["months"] if month["full"]] == ["2027-05", "2027-06"]
    assert any(month["price"] for month in room["months"])
    assert "Hub Depotet er fuld i maj 2027 og juni 2027." in told["sentences"]["da"]


def test_who_got_a_lot_and_at_which_price_is_told(call: Call) -> None:
    """The loser reads what the doors were worth here, their price, and the project they went to."""
    english = read_words(call("explain", "more"))
    assert "more of it" not in english
    assert "but others save more by it" in english
    assert "10 pieces went to hall (" in english
    pair = read_words(call("explain", "more", "--lot", stable_id("lot", "doors"), "--in", "da"))
    assert "andre sparer mere ved det" in pair
    assert pair.count("Parti") == 1


def test_what_would_have_to_change_is_told(call: Call) -> None:
    """The engine was asked: lots farther away would do, and by how much."""
    english = read_words(call("explain", "near"))
    assert "it is farther away than the requirement allows" in english
    assert "What would help, one change at a time:" in english
    assert "20 km farther: 100 pieces more" in english


def test_a_whole_plan_is_told_unmet_first(call: Call) -> None:
    """Every requirement once; what is met in full comes last; JSON holds both languages."""
    told = json.loads(read_words(call("plan", "why", "--json")))["requirements"]
    assert [one["told"]["unmet"] is None for one in told] == [False, False, False, True]
    assert all(set(one["sentences"]) == {"da", "en"} and one["sentences"]["da"] for one in told)
    assert "får alle sine 10 stk." in read_words(call("plan", "why", "--in", "da"))
    assert len(json.loads(read_words(call("plan", "why", "--limit", 1, "--json")))["requirements"]) == 1


def test_a_run_that_told_nothing_is_asked_again(call: Call, filled: str) -> None:
    """Without what was kept the engine finds the same; the whole plan says how to get there."""
    kept = json.loads(read_words(call("explain", "more", "--json")))
    with open_session(filled) as session:
        session.execute(text("CREATE TABLE aside AS SELECT * FROM explanation"))
        session.execute(text("DELETE FROM explanation"))
    again, refused = call("explain", "more", "--json"), call("plan", "why")
    with open_session(filled) as session:
        session.execute(text("INSERT INTO explanation SELECT * FROM aside"))
        session.execute(text("DROP TABLE aside"))
    assert json.loads(read_words(again)) == kept
    assert refused.exit_code == 1
    assert "Ask of one with `genbro explain`" in refused.output


def test_what_does_not_exist_is_said(call: Call) -> None:
    """An unknown requirement and a lot that took no part end with a sentence, not with a trace."""
    unknown = call("explain", "nobody")
    assert unknown.exit_code == 2
    assert "no requirement has this ref" in unknown.output
    stranger = call("explain", "more", "--lot", stable_id("lot", "nobody"))
    assert stranger.exit_code == 1
    assert "took no part in it" in stranger.output
