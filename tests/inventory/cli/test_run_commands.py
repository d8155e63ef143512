# SPDX-License-Identifier: EUPL-1.2
"""genbro run, worker, plan and export, as a person or a script calls them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from click.testing import CliRunner, Result

from inventory.cli.main import main
from inventory.database import open_session
from inventory.tables import SiteKind

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
    assert result.exit_code != 0
    assert ".gpkg" in result.stderr
    assert not list(tmp_path.iterdir())
