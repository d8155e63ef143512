# SPDX-License-Identifier: EUPL-1.2
"""genbro run, worker, plan and export, as a person or a script calls them."""

import json
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio
import pytest
from click.testing import CliRunner, Result
from rich.console import Console
from sqlalchemy import text

from inventory.cli.main import main
from inventory.cli.plan import print_plan
from inventory.database import open_session
from inventory.queries.plans.tables import read_plan_tables
from inventory.queries.runs import find_run_with_plan
from inventory.tables import SiteKind

pytestmark = pytest.mark.long

SLAGELSE = (639_000, 6_142_500)
NYBORG = (611_500, 6_130_500)

Call = Callable[..., Result]


@pytest.fixture
def call(own_database_url: str, monkeypatch: pytest.MonkeyPatch, make_country: Callable[..., Any]) -> Call:
    """Call genbro on a database with one lot and two requirements."""
    with open_session(own_database_url) as session:
        country = make_country(session)
        country.lot("bricks", country.site("donor", SLAGELSE, SiteKind.DONOR, municipality_code="0330"))
        country.requirement(
            "here", country.project("Slagelse", SLAGELSE, municipality_code="0330"), quantity=800
        )
        country.requirement(
            "there", country.project("Nyborg", NYBORG, municipality_code="0450"), quantity=700
        )
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def read(result: Result) -> Any:
    """Read the JSON a command printed, and nothing else."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_run_and_wait_then_show_and_export(call: Call, tmp_path: Path) -> None:
    """One run, shown by its first letters, listed, and written as a GeoPackage."""
    done = read(call("run", "--wait", "--json"))
    assert done["status"] == "done"
    assert done["gap"] == 0
    assert done["matches"] == 2
    shown = read(call("plan", "show", done["run"][:6], "--json"))
    assert sum(match["quantity"] for match in shown["matches"]) == 1000
    assert shown["unmet"][0]["reason"] == "taken"
    assert read(call("plan", "list", "--json"))[0]["run"] == done["run"]
    path = tmp_path / "deep" / "plan.gpkg"
    assert read(call("export", "plan", "latest", "--to", path, "--json"))["matches"] == 2
    assert "matches" in pyogrio.list_layers(path)[:, 0]
    people = call("plan", "show")
    assert people.exit_code == 0
    assert "Unmet by reason: taken 1" in people.stdout
    assert "proven optimal" in people.stdout


def test_area_and_dates_are_part_of_the_run(call: Call) -> None:
    """A municipality by name selects its requirements; another digest, another plan."""
    whole = read(call("run", "--wait", "--json"))
    nyborg = read(call("run", "--region", "Nyborg", "--wait", "--json"))
    assert nyborg["requirements"] == 1
    assert nyborg["requirements_met"] == 1
    late = read(call("run", "--from", "2030-01-01", "--wait", "--json"))
    assert late["requirements"] == 0
    runs = read(call("plan", "list", "--json"))
    assert len({run["run"] for run in runs}) == 3
    assert whole["requirements"] == 2


def test_a_queued_run_waits_for_the_worker(call: Call) -> None:
    """Without --wait the run stands in the queue until a worker comes."""
    asked = read(call("run", "--json"))
    assert asked["status"] == "requested"
    assert read(call("plan", "list", "--json"))[0]["status"] == "requested"
    assert read(call("worker", "--until-empty", "--json")) == {"stopped": True}
    assert read(call("plan", "list", "--json"))[0]["status"] == "done"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "--region", "Arhus", "--wait"), "Did you mean Aarhus"),
        (("run", "--from", "2027-02-01", "--to", "2027-02-01", "--wait"), "select no window"),
        (("plan", "show", "latest"), "genbro run --wait"),
        (("plan", "show", "zzz"), "no run begins like that"),
        (("run", "--from", "1/2/2027"), "does not match the format"),
        (("run", "--carbon-price", "nan", "--wait"), "must be a number from 0 to 1,000,000"),
        (("run", "--carbon-price", "inf", "--wait"), "must be a number from 0 to 1,000,000"),
        (("run", "--carbon-price", "1e18", "--wait"), "must be a number from 0 to 1,000,000"),
        (("export", "plan", "latest", "--to", "plan.pdf"), "must be one of .csv, .geojson, .gpkg, .xlsx"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(call: Call, words: tuple[str, ...], says: str) -> None:
    """Bad input ends with exit code 2, a sentence and no traceback."""
    result = call(*words)
    assert result.exit_code == 2, result.output
    assert says in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_an_unknown_ending_writes_nothing(call: Call, tmp_path: Path) -> None:
    """Export plan --to out.pdf names the endings there are."""
    read(call("run", "--wait", "--json"))
    result = call("export", "plan", "latest", "--to", tmp_path / "out.pdf")
    assert result.exit_code == 2
    assert ".gpkg" in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ["csv", "geojson", "gpkg", "xlsx"])
def test_a_plan_that_cannot_be_written_says_why(call: Call, ending: str) -> None:
    """A place that takes no files ends with exit code 2 and a sentence, in every format."""
    read(call("run", "--wait", "--json"))
    result = call("export", "plan", "latest", "--to", f"/proc/plan.{ending}", "--json")
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert f"Cannot write /proc/plan.{ending}" in result.stderr


def test_a_free_carbon_price_is_a_price(call: Call) -> None:
    """With 0 for a tonne the plan counts money alone: its cost is what it spends, in oere."""
    done = read(call("run", "--wait", "--carbon-price", "0", "--json"))
    assert done["cost_ore"] == pytest.approx(done["totals"]["money_ore"], abs=5)


def test_a_run_that_failed_shows_no_empty_plan(call: Call, own_database_url: str, tmp_path: Path) -> None:
    """A run the matcher refuses ends in a sentence; showing or exporting it says that it failed."""
    with open_session(own_database_url) as session:
        session.execute(text("UPDATE lot SET quantity = 9000000000000000000"))
    result = call("run", "--wait")
    assert result.exit_code == 1
    assert "gave no plan: table 'lots', column 'quantity'" in result.stderr
    assert "Traceback" not in result.stderr
    failed = read(call("plan", "list", "--json"))[0]
    assert (failed["status"], failed["gap"]) == ("failed", None)
    for words in (
        ("plan", "show", failed["run"]),
        ("export", "plan", failed["run"], "--to", tmp_path / "plan.gpkg"),
    ):
        result = call(*words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "has no plan: it failed. table 'lots'" in " ".join(result.stderr.split())
    assert not list(tmp_path.iterdir())


def test_a_waiting_run_shows_no_empty_plan(call: Call) -> None:
    """A run that nobody has performed yet has no plan to show."""
    result = call("plan", "show", read(call("run", "--json"))["run"])
    assert result.exit_code == 1
    assert "it waits for `genbro worker`" in result.stderr


def test_json_has_numbers_and_times(call: Call) -> None:
    """What is a number is a number in JSON, and a time is ISO 8601."""
    done = read(call("run", "--wait", "--json"))
    assert read(call("plan", "list", "--json"))[0]["gap"] == 0
    shown = read(call("plan", "show", "--json"))
    assert (shown["run"]["id"], shown["run"]["gap"]) == (done["run"], 0)
    assert datetime.fromisoformat(shown["run"]["finished_at"]).tzinfo is not None
    assert "T" in shown["run"]["finished_at"]
    assert "NaN" not in call("plan", "show", "--json").stdout


def test_doubts_and_assumptions_are_shown(call: Call, own_database_url: str, tmp_path: Path) -> None:
    """An assumed window is marked in the plan, and its factors are told apart in terminal and workbook."""
    with open_session(own_database_url) as session:
        session.execute(
            text(
                "UPDATE site SET available_from = '2027-03-01', available_to = '2027-06-01',"
                " firmness = 'possible', firmness_source = 'assumed' WHERE kind = 'donor'"
            )
        )
        session.execute(text("UPDATE lot SET available_from = NULL, available_to = NULL, firmness = NULL"))
    done = read(call("run", "--wait", "--json"))
    assert {match["window_source"] for match in read(call("plan", "show", "--json"))["matches"]} == {
        "assumed"
    }
    people = " ".join(call("plan", "show").stdout.split())
    assumed = sum(part["assumptions"] for part in done["editions"])
    assert assumed > 0
    assert f"{len(done['factor_ids'])}, of which {assumed} own assumptions" in people
    assert "assumed)" in people
    call("export", "plan", "latest", "--to", tmp_path / "plan.xlsx")
    factors = pd.read_excel(tmp_path / "plan.xlsx", sheet_name="factors", engine="openpyxl")
    assert len(factors) == len(done["factor_ids"])
    assert (factors["status"] == "assumption").sum() == assumed
    assert factors["source"].notna().all()
    call("export", "plan", "latest", "--to", tmp_path / "plan.gpkg")
    assert "factors" in pyogrio.list_layers(tmp_path / "plan.gpkg")[:, 0]


def test_a_run_of_nothing_says_so(call: Call) -> None:
    """A selection without requirements is not sold as a proven optimum without a word."""
    result = call("run", "--from", "2040-01-01", "--wait")
    assert result.exit_code == 0
    assert "No open requirement was selected" in " ".join(result.stdout.split())


def test_a_name_with_brackets_is_a_name(call: Call, own_database_url: str) -> None:
    """Square brackets and colons in a project's name are printed as they are."""
    with open_session(own_database_url) as session:
        session.execute(text("UPDATE project SET name = 'Hal [/A] [red]B :brick:'"))
    read(call("run", "--wait", "--json"))
    shown = call("plan", "show")
    assert shown.exit_code == 0, shown.output
    assert "Hal [/A] [red]B :brick:" in shown.stdout


def test_a_narrow_terminal_shows_whole_words(call: Call, own_database_url: str) -> None:
    """In 80 columns a match takes some lines and no column is cut to a letter or two."""
    read(call("run", "--wait", "--json"))
    with open_session(own_database_url) as session:
        plan = read_plan_tables(session, run_id=find_run_with_plan(session, "latest").id)
    console = Console(width=80, file=StringIO(), markup=False)
    print_plan(console, plan, limit=5)
    shown = console.file.getvalue()
    for words in ("Clay brick in lime mortar", "to Slagelse", "800 pcs", "saved kg CO2e"):
        assert words in shown
    assert max(map(len, shown.splitlines())) <= 80
