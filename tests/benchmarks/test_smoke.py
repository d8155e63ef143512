# SPDX-License-Identifier: EUPL-1.2
"""Every row, small: it runs, its sides agree, and a second run takes it up from the file."""

import math
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import list_contests, main
from benchmarks.contest import P95, SECONDS
from benchmarks.row import read_rows
from benchmarks.scale import SMOKE
from inventory.settings import get_settings

pytestmark = pytest.mark.long


def test_every_row_is_real(tmp_path: Path) -> None:
    """Each row has two figures, and both sides found the same optimum or the same pairs, more than none."""
    path = tmp_path / "smoke.json"
    ended = CliRunner().invoke(main, ["--smoke", "--to", str(path)], catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    rows = {row.name: row for row in read_rows(path)}
    contests = {each.name: each for each in list_contests(SMOKE, real_data=get_settings().real_data)}
    assert list(rows) == list(contests)
    for name, row in rows.items():
        assert math.isfinite(row.ratio), name
        assert min(row.ours, row.ratio, row.answer) > 0, name
        # a solver that is given a second may find nothing on a machine that is busy otherwise
        limited = name.startswith(("side_", "cutting_"))
        assert row.theirs > 0 or (limited and row.theirs == 0), name
        assert row.bar == "", "small figures are not judged"
        # measure_contest refuses sides that differ; of savings the optimum is at least the greedy's
        assert row.unit in {SECONDS, P95} or row.ratio >= 1, name
    assert len({rows[name].answer for name in rows if name.startswith("flow_")}) == 1
    assert rows["candidates_all_ckdtree"].answer == rows["candidates_all_postgis"].answer
    assert len({rows[name].answer for name in rows if name.startswith("end_to_end_")}) == 1

    page = tmp_path / "page.md"
    page.write_text("Before\n<!-- rows -->\nold\n<!-- end of rows -->\nAfter\n", encoding="utf-8")
    before = path.read_bytes()
    again = CliRunner().invoke(
        main, ["--smoke", "--page", str(page), "--to", str(path)], catch_exceptions=False
    )
    assert path.read_bytes() == before, "a second run measures nothing again"
    assert all(name in again.stdout for name in rows)
    told = page.read_text(encoding="utf-8")
    assert all(f"| {name} |" in told for name in rows)
    assert told.startswith("Before\n<!-- rows -->\nMeasured ")
    assert told.endswith("<!-- end of rows -->\nAfter\n")
    assert "old" not in told
