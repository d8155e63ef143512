# SPDX-License-Identifier: EUPL-1.2
"""`python -m matcher cut` and `check-cut`: file to file, with exit codes; checking loads no solver."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.__main__ import main
from matcher.cutting.document import write_cutting_problem
from matcher.cutting.problem import CuttingProblem


@pytest.fixture
def problem(drawn: Callable[..., CuttingProblem], tmp_path: Path) -> Path:
    """Give the file of a cutting problem."""
    path = tmp_path / "problem.json"
    write_cutting_problem(drawn(bars=8, pieces=4, seed=3), path)
    return path


def test_cut_and_check(problem: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The summary alone stands on stdout; the plan passes; changed by hand it fails."""
    plan, offcuts = tmp_path / "plan.json", tmp_path / "offcuts.json"
    assert main(["cut", str(problem), "-o", str(plan), "--offcuts", str(offcuts)]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["bound"] <= told["cost"] <= told["baseline"]
    assert len(json.loads(offcuts.read_text())["bars"]["id"]) <= told["offcuts"]
    assert main(["check-cut", str(problem), str(plan)]) == 0
    assert capfd.readouterr().out.startswith(f"ok: {told['digest']}")
    written = json.loads(plan.read_text())
    written["certificate"]["bound"] += 1
    plan.write_text(json.dumps(written))
    assert main(["check-cut", str(problem), str(plan)]) == 1
    assert "figure: bound" in capfd.readouterr().out
    assert main(["check-cut", str(problem), str(plan), "--digest", "0" * 64]) == 1


def test_bad_input_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A file that is not there, and one that is no problem, end with 2."""
    assert main(["cut", str(tmp_path / "none.json"), "-o", str(tmp_path / "plan.json")]) == 2
    (tmp_path / "problem.json").write_text('{"version": 1, "bars": {"id": ["a"]}, "pieces": {}}')
    assert main(["cut", str(tmp_path / "problem.json"), "-o", str(tmp_path / "plan.json")]) == 2
    assert "table 'bars', column 'length_mm'" in capfd.readouterr().err


def test_checking_loads_no_solver() -> None:
    """Neither HiGHS nor OR-Tools is in the process that checks."""
    program = (
        "import sys\n"
        "from matcher.cutting.check import check_cutting\n"
        "from matcher.cutting.command import add_cut_commands\n"
        "print({name.partition('.')[0] for name in sys.modules} & {'ortools', 'highspy'})\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "set()"
