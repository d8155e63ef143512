# SPDX-License-Identifier: EUPL-1.2
"""The command genbro estimate: its JSON, its table, its refusals."""

import json

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from inventory.cli.estimate import REASON_WORDS
from inventory.cli.main import main
from inventory.database import open_session
from inventory.estimates.omission import REASONS
from inventory.tables import Building, Site, SiteKind, stable_id


@pytest.fixture
def house_url(own_database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with one brick house of 1935 in Roskilde, which the command finds."""
    site = stable_id("site", "command")
    with open_session(own_database_url) as session:
        session.add(Site(id=site, kind=SiteKind.DONOR, ref="house", name="house", municipality_code="0265"))
        session.flush()
        session.add(
            Building(
                site_id=site,
                bbr_id=stable_id("bbr", "command"),
                status_code=6,
                use_code=120,
                year_built=1935,
                floors=1,
                footprint_m2=120,
                total_area_m2=120,
                wall_code=1,
                roof_code=5,
                standing=True,
                outbuilding=False,
                source="test",
            )
        )
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    return own_database_url


def run(*arguments: str) -> Result:
    """Run genbro estimate."""
    return CliRunner(env={"COLUMNS": "160"}).invoke(main, ["estimate", *arguments], catch_exceptions=False)


def test_json_is_all_there_is_on_standard_output(house_url: str) -> None:
    """With --json standard output is one document with counts and totals per class."""
    result = run("--json", "--region", "Roskilde", "--assume-window", "2027-01-01..2028-01-01")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert (document["buildings"], document["windows"], document["municipalities"]) == (1, 1, ["0265"])
    bricks = next(row for row in document["classes"] if row["class_code"] == "brick_lime_mortar")
    assert 0 < bricks["low"] < bricks["likely"] < bricks["high"]
    with open_session(house_url) as session:
        assert session.execute(text("SELECT count(*) FROM lot")).scalar() == document["lots"]
        assert session.execute(text("SELECT firmness FROM site")).scalar() == "possible"


def test_table_is_in_both_languages(house_url: str) -> None:
    """The summary names materials in Danish or English."""
    english, danish = run(), run("--language", "da")
    assert "Clay brick in lime mortar" in english.stdout
    assert "Mursten i kalkmørtel" in danish.stdout
    assert "0 nye" in danish.stdout


def test_surveys_are_told_and_can_be_left_out(house_url: str) -> None:
    """The summary names what surveys taught, as does the JSON; with --no-surveys it names nothing."""
    with open_session(house_url) as session:
        site = stable_id("site", "command")
        session.execute(
            text(
                "INSERT INTO lot (id, site_id, ref, class_id, unit, quantity, basis)"
                " SELECT gen_random_uuid(), :site, 's', id, unit, 40, 'surveyed' FROM material_class"
                " WHERE code = 'door_inner'"
            ),
            {"site": site},
        )
    told = run()
    assert "Learned from surveys" in told.stdout
    assert "Surveys of 1 buildings moved 0 lots" in told.stdout
    (lesson,) = json.loads(run("--json").stdout)["learned"]
    assert (lesson["class_code"], lesson["looked"], lesson["lots"]) == ("door_inner", 1, 0)
    assert json.loads(run("--json", "--no-surveys").stdout)["learned"] == []
    assert "Ingen opmålinger" in run("--no-surveys", "--language", "da").stdout


def test_each_reason_has_words() -> None:
    """Every reason for leaving something out has its words in both languages."""
    assert tuple(REASON_WORDS) == REASONS


@pytest.mark.parametrize(
    "arguments",
    [
        ["--assume-window", "2027-01-01"],
        ["--assume-window", "2027-01-01..2027-01-01"],
        ["--assume-window", "soon..later"],
        ["--firmness", "possible"],
        ["--assume-window", "2027-01-01..2028-01-01", "--firmness", "gone"],
        ["--region", "Atlantis"],
    ],
)
def test_bad_input_exits_with_two(arguments: list[str], house_url: str) -> None:
    """A window that is none, a firmness without one and unknown areas exit with 2 and write nothing."""
    assert run(*arguments).exit_code == 2
    with open_session(house_url) as session:
        assert session.execute(text("SELECT count(*) FROM lot")).scalar() == 0
