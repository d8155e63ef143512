# SPDX-License-Identifier: EUPL-1.2
"""genbro lot, as a demolition firm calls it: a lot is decided on, stepped, split, merged and undone."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from inventory.cli.main import main
from inventory.database import open_session
from inventory.tables import LotStatus

SLAGELSE = (639_000, 6_142_500)
Call = Callable[..., Result]


@pytest.fixture
def lot_id(own_database_url: str, monkeypatch: pytest.MonkeyPatch, make_country: Callable[..., Any]) -> str:
    """A lot of 120 m2 of slates, surveyed, in a database that genbro is to use."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    with open_session(own_database_url) as session:
        country = make_country(session)
        site = country.site("donor", SLAGELSE)
        lot = country.lot("7", site, code="roof_slate", quantity=1200, status=LotStatus.SURVEYED)
        return str(lot.id)


def call(*words: str) -> Result:
    """Call genbro lot."""
    return CliRunner().invoke(main, ["lot", *words])


def read(*words: str) -> Any:
    """Call genbro lot and read its JSON."""
    result = call(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_life_by_commands(lot_id: str) -> None:
    """What is missing is told, then decided, offered, split, merged and undone; the history tells all."""
    shown = read("show", lot_id)
    assert (shown["status"], shown["quantity"], shown["unit"]) == ("surveyed", 120, "m2")
    assert {"to": "offered", "missing": ["reuse"]} in shown["next"]
    refused = call("step", lot_id, "offered")
    assert refused.exit_code == 1
    assert "still needs: reuse" in refused.stderr
    read("decide", lot_id, "preparation", "--number", "27-1", "--receiver", "Anlæg", "--by", "AB")
    assert read("step", lot_id, "offered", "--by", "AB", "--why", "klar")["not_counted"] is None
    part = read("split", lot_id, "40,5")
    assert (part["ref"], part["quantity"], part["status"]) == ("7-1", 40.5, "offered")
    assert part["moves"][0]["ref"] == "7"
    for amount in ("0,25", "1.000", "1,000", "x", "nan", "1e99"):
        assert call("split", lot_id, amount).exit_code == 2, amount
    assert read("merge", lot_id, part["id"])["quantity"] == 120
    assert read("undo", lot_id)["quantity"] == 79.5
    assert read("recount", lot_id, "79", "--why", "brækket")["quantity"] == 79
    told = read("history", lot_id)
    assert [line["kind"] for line in told] == [
        "lot_reuse_decided",
        "lot_step",
        "lot_split",
        "lot_merged",
        "lot_undone",
        "lot_recounted",
    ]
    assert (told[1]["by"], told[1]["why"], told[1]["changes"]) == (
        "AB",
        "klar",
        {"status": ["surveyed", "offered"]},
    )
    plain = call("show", lot_id).stdout
    assert "offered, 79 m², reuse preparation" in plain
    assert "may become held" in plain
    assert "lot_recounted · brækket" in call("history", lot_id).stdout


def test_lot_that_is_not_there(lot_id: str) -> None:
    """An id of no lot is named, whatever is asked of it."""
    nobody = "00000000-0000-4000-8000-000000000000"
    for words in (("show",), ("history",), ("undo",), ("split", "1"), ("step", "offered")):
        result = call(words[0], nobody, *words[1:])
        assert result.exit_code == 2
        assert f"There is no lot {nobody}" in result.stderr
