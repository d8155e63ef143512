# SPDX-License-Identifier: EUPL-1.2
"""genbro replay and genbro sweep, as a person or a script calls them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from inventory.cli.main import main
from inventory.database import open_session
from inventory.tables import Basis

SLAGELSE = (639_000, 6_142_500)
NYBORG = (611_500, 6_130_500)

Call = Callable[..., Result]


@pytest.fixture
def call(own_database_url: str, monkeypatch: pytest.MonkeyPatch, make_country: Callable[..., Any]) -> Call:
    """Call genbro on a database where CO2e and money disagree, and where an estimate helps."""
    with open_session(own_database_url) as session:
        country = make_country(session)
        donor = country.site("donor", SLAGELSE)
        country.lot("dear", donor, price_ore=700, preparation_ore=150)
        country.lot(
            "guess",
            donor,
            code="roof_tile_clay",
            quantity=700,
            quantity_low=500,
            quantity_high=900,
            basis=Basis.ESTIMATED,
            rule="r",
            rule_source="s",
        )
        country.requirement("bricks", country.project("Nyborg", NYBORG), quantity=500)
        country.requirement(
            "tiles", country.project("Slagelse", SLAGELSE), code="roof_tile_clay", new_price_ore=2000
        )
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def read(result: Result) -> Any:
    """Read the JSON a command printed, and nothing else."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_replay_tells_how_sure_each_requirement_is(call: Call) -> None:
    """The least sure first; the same seed the same answer; people and scripts are told the same."""
    done = read(call("run", "--wait", "--carbon-price", "5000", "--json"))
    told = read(call("replay", done["run"][:8], "--scenarios", "50", "--json"))
    assert told["run_id"] == done["run"]
    assert told["scenarios"] == 50
    assert [one["ref"] for one in told["requirements"]] == ["tiles", "bricks"]
    tiles, bricks = told["requirements"]
    assert 0.7 <= tiles["served"] < 1
    assert bricks["served"] == 1
    assert set(told["saving_ore"]) == {"p10", "p50", "p90"}
    assert read(call("replay", "--scenarios", "50", "--json")) == told
    people = " ".join(call("replay", "--scenarios", "50").stdout.split())
    assert f"{tiles['served']:.0%}" in people
    assert "50 scenarios, seed 2026; 1 estimated lots" in people
    assert "not verified" in people


def test_replay_of_a_changed_problem_is_refused(call: Call, own_database_url: str) -> None:
    """Exit code 1 and a sentence that says what to do."""
    read(call("run", "--wait", "--json"))
    with open_session(own_database_url) as session:
        session.execute(text("UPDATE lot SET price_ore = 1 WHERE ref = 'dear'"))
    result = call("replay")
    assert (result.exit_code, result.stdout) == (1, "")
    said = " ".join(result.stderr.split())
    assert "cannot be made again" in said
    assert "genbro run --wait" in said


def test_replay_without_a_plan_says_so(call: Call) -> None:
    """There is nothing to replay before the first run."""
    result = call("replay")
    assert result.exit_code == 2
    assert "no run has given a plan yet" in " ".join(result.stderr.split())


def test_sweep_shows_the_front_and_writes_it(call: Call, tmp_path: Path) -> None:
    """Dearer CO2e saves more of it and less money; table, CSV, workbook and picture from one solve each."""
    files = [tmp_path / f"front.{ending}" for ending in ("csv", "xlsx", "png")]
    options = [word for path in files for word in ("--to", path)]
    told = read(call("sweep", "--prices", "5000, 0,750", *options, "--json"))
    assert told["files"] == [str(path) for path in files]
    cheap, usual, dear = told["points"]
    assert [point["carbon_price_ore_per_tonne"] for point in (cheap, usual, dear)] == [0, 75_000, 500_000]
    assert cheap["co2e_kg_real"] < dear["co2e_kg_real"]
    assert cheap["money_ore"] > dear["money_ore"]
    assert len({point["digest"] for point in told["points"]}) == 3
    assert pd.read_csv(files[0])["money_saved_dkk"].tolist() == [
        point["money_ore"] / 100 for point in told["points"]
    ]
    assert all(path.stat().st_size for path in files)
    people = " ".join(call("sweep", "--prices", "0").stdout.split())
    assert "Money against CO2e (1 prices of a tonne)" in people
    assert read(call("plan", "list", "--json")) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("sweep", "--prices", "cheap"), "is no list of prices"),
        (("sweep", "--prices", "-1"), "must be a number from 0"),
        (("sweep", "--to", "front.pdf"), "must be one of .csv, .png, .xlsx"),
        (("sweep", "--region", "Arhus"), "Did you mean Aarhus"),
        (("replay", "--scenarios", "0"), "--scenarios"),
    ],
)
def test_what_cannot_be_done_says_why(call: Call, words: tuple[str, ...], says: str) -> None:
    """Bad input ends with exit code 2, a sentence and no traceback."""
    result = call(*words)
    assert result.exit_code == 2, result.output
    assert says in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_what_the_matcher_cannot_read_is_told(call: Call, own_database_url: str) -> None:
    """A problem no engine takes ends in a sentence."""
    with open_session(own_database_url) as session:
        session.execute(text("UPDATE lot SET quantity = 9000000000000000000 WHERE ref = 'dear'"))
    result = call("sweep", "--prices", "0")
    assert result.exit_code == 1
    assert "There is no front: table 'lots', column 'quantity'" in " ".join(result.stderr.split())
