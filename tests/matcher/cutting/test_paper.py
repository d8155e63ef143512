# SPDX-License-Identifier: EUPL-1.2
"""The example on the page about cutting is one that can be cut."""

import json
from pathlib import Path

from matcher.cutting.check import check_cutting
from matcher.cutting.document import read_cutting_problem
from matcher.cutting.solve import solve_cutting

PAGE = Path(__file__).resolve().parents[3] / "docs" / "explanation" / "cutting.md"


def test_the_example_is_solved(tmp_path: Path) -> None:
    """Five pieces of 2 m: two from each bar of 4.1 m while that pays, the fifth from the bar of 3.9 m."""
    _, _, after = PAGE.read_text(encoding="utf-8").partition("## A file\n\n")
    text = "\n".join(line[4:] for line in after.splitlines() if line.startswith("    "))
    assert json.loads(text)["version"] == 1
    (tmp_path / "problem.json").write_text(text, encoding="utf-8")
    problem = read_cutting_problem(tmp_path / "problem.json")
    plan = solve_cutting(problem)
    assert check_cutting(problem, plan, digest=problem.digest) == []
    assert plan.figures["pieces_cut"] + plan.figures["pieces_new"] == 5
    assert plan.certificate.gap == 0
