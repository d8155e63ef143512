# SPDX-License-Identifier: EUPL-1.2
"""Cutting problems and plans survive the way through a file, and bad files say what is wrong."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher.cutting.check import check_cutting
from matcher.cutting.document import (
    read_cutting_plan,
    read_cutting_problem,
    write_cutting_plan,
    write_cutting_problem,
)
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.solve import Effort, solve_cutting
from matcher.errors import InputError

MillMaker = Callable[..., CuttingProblem]


def test_a_problem_survives(mill: MillMaker, tmp_path: Path) -> None:
    """Lengths stand in millimetres in the file; the digest is the same after reading."""
    problem = mill(
        bars=[{"length_mm": 5999.9, "section": "45x195", "width_mm": 45, "grade": None}, {"trim_mm": 12.5}],
        pieces=[{"site": "north", "height_mm": 195}],
        carriage={"bar": ["b0"], "site": ["north"], "cost": [5]},
        fits={"bar": ["b1"], "piece": ["p0"]},
        kerf_mm=3.2,
    )
    write_cutting_problem(problem, tmp_path / "problem.json")
    told = json.loads((tmp_path / "problem.json").read_text())
    assert told["bars"]["length_mm"] == [5999.9, 6000]
    assert told["bars"]["height_mm"] == [None, None]
    assert told["params"]["kerf_mm"] == 3.2
    assert read_cutting_problem(tmp_path / "problem.json").digest == problem.digest


def test_decimals_in_a_file_are_rounded_as_written(mill: MillMaker, tmp_path: Path) -> None:
    """A long decimal is not first made a binary number: 2000.00000000000000001 mm is more than 2000 mm."""
    write_cutting_problem(mill(), tmp_path / "problem.json")
    text = (tmp_path / "problem.json").read_text()
    assert text.count("   2000\n") == 1
    text = text.replace("   2000\n", "   2000.00000000000000001\n").replace("20000000", "2.0e7")
    (tmp_path / "problem.json").write_text(text)
    assert read_cutting_problem(tmp_path / "problem.json").pieces.length[0] == 20_001


def test_a_plan_survives(drawn: MillMaker, tmp_path: Path) -> None:
    """A plan read back passes its check, and written again gives the same bytes."""
    problem = drawn(bars=14, pieces=8, seed=16, sites=2)
    plan = solve_cutting(problem, effort=Effort(branches=12, moves=2))
    write_cutting_plan(problem, plan, tmp_path / "plan.json")
    read = read_cutting_plan(problem, tmp_path / "plan.json")
    assert check_cutting(problem, read, digest=problem.digest) == []
    write_cutting_plan(problem, read, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "plan.json").read_bytes()


def change_plan(told: dict[str, Any], path: str, value: Any) -> None:
    """Put a value somewhere into a plan as read from JSON."""
    *way, last = path.split(".")
    for word in way:
        told = told[word]
    told[last] = value


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("version", 2, "version 1 of a cutting plan"),
        ("digest", 5, "a digest"),
        ("termination", "lucky", "one of optimal"),
        ("certificate.bound", 1.5, "a whole number"),
        ("certificate.gap", "none", "a number"),
        ("certificate.luck", 1, "exactly "),
        ("figures.bars_used", "1", "a whole number"),
        ("patterns.bar", ["b9"], "column 'bar', row 0"),
        ("patterns.offcut_mm", [0.05], "whole tenths of a millimetre"),
        ("patterns.colour", ["red"], "exactly the columns"),
        ("contents.count", [0], "column 'count', row 0"),
        ("surprise", 1, "no such part"),
    ],
)
def test_a_bad_plan_file_is_refused(
    mill: MillMaker, tmp_path: Path, path: str, value: Any, message: str
) -> None:
    """Part, column and row, and what was expected there."""
    problem = mill()
    write_cutting_plan(problem, solve_cutting(problem), tmp_path / "plan.json")
    told = json.loads((tmp_path / "plan.json").read_text())
    change_plan(told, path, value)
    (tmp_path / "plan.json").write_text(json.dumps(told))
    with pytest.raises(InputError) as caught:
        read_cutting_plan(problem, tmp_path / "plan.json")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        '{"version": 1}',
        "[]",
        '{"version": 1, "bars": {}, "bars": {}}',
        "{",
        '{"version": true}',
        '{"x": NaN}',
    ],
)
def test_a_bad_problem_file_is_refused(tmp_path: Path, text: str) -> None:
    """Neither half a file nor one that says something twice is read."""
    (tmp_path / "problem.json").write_text(text)
    with pytest.raises(InputError):
        read_cutting_problem(tmp_path / "problem.json")
