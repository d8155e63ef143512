# SPDX-License-Identifier: EUPL-1.2
"""genbro export lots: a firm's lots as a file, by command."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inventory.cli.main import main
from tests.inventory.imports.conftest import YARD, format_csv


@pytest.fixture
def genbro(own_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command on a database of this test's own."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    return lambda *told: CliRunner().invoke(main, [str(one) for one in told])


def test_a_firm_writes_its_lots_and_reads_them_back(genbro: Callable[..., Result], tmp_path: Path):
    """The lots of one firm, in a state, as a file that imports without a word; wrong names are told of."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    other = {**YARD, "ref": "L2", "site_ref": "OTHER", "organisation": "Another"}
    source.write_text(format_csv([{**YARD, "crane": "hire"}, other]))
    assert genbro("import", "lots", source).exit_code == 0
    done = genbro("export", "lots", "--organisation", "Fyns Nedrivning", "--to", target, "--json")
    assert (done.exit_code, json.loads(done.stdout)["lots"]) == (0, 1)
    again = json.loads(genbro("import", "lots", target, "--json").stdout)
    assert (again["unchanged"], again["findings"]) == (1, [])
    stored = ("--organisation", "Another", "--status", "stored", "--to", target)
    assert "Wrote" in genbro("export", "lots", *stored).stdout
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 1
    assert genbro("export", "lots", "--organisation", "Nobody", "--to", target).exit_code != 0
    assert genbro("export", "lots", "--organisation", "Another", "--to", tmp_path / "x.doc").exit_code != 0
