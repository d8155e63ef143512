# SPDX-License-Identifier: EUPL-1.2
"""The matcher from file to file: exit codes, and never a traceback."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.__main__ import main
from matcher.document import write_problem
from matcher.problem.problem import Problem


@pytest.fixture
def solved(
    build: Callable[..., Problem], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[Path, Path]:
    """Give the files of a problem and of its plan, solved by the command."""
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    write_problem(build(lots=[{"quantity": 20}, {"class": "door"}]), problem)
    assert main(["solve", str(problem), "-o", str(plan)]) == 0
    capsys.readouterr()
    return problem, plan


def test_solve_and_check(solved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A plan just solved is proven, against the problem and against a digest held outside."""
    problem, plan = map(str, solved)
    assert main(["solve", problem, "-o", plan]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["termination"] == "optimal"
    assert main(["check", problem, plan]) == 0
    assert main(["check", problem, plan, "--digest", said["digest"]]) == 0
    assert capsys.readouterr().out.startswith(f"ok: {said['digest']}, gap 0\n")


def test_a_broken_rule_exits_1(solved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A tampered plan, or one that does not answer the problem its owner holds, is told rule by rule."""
    problem, plan = solved
    document = json.loads(plan.read_text())
    document["matches"]["quantity"][0] += 1
    plan.write_text(json.dumps(document))
    assert main(["check", str(problem), str(plan)]) == 1
    assert "supply: l0: expected at most 20, found 21" in capsys.readouterr().out
    assert main(["check", str(problem), str(plan), "--digest", "0" * 64]) == 1


def test_bad_input_exits_2(solved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is missing, broken or of another kind, and an id nobody has, are said in one line."""
    problem, plan = map(str, solved)
    for words in (
        ["solve", "missing.json", "-o", plan],
        ["solve", plan, "-o", problem],
        ["solve", problem, "-o", str(solved[0].parent / "no" / "plan.json")],
        ["check", problem, problem],
        ["explain", problem, plan, "nobody"],
        ["explain", problem, plan, "r0", "--lot", "nobody"],
        ["explain", problem, plan, "l0", "--lot", "l0"],
    ):
        assert main(words) == 2, words
        assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(SystemExit) as ended:
        main(["solve", problem, "-o", plan, "--workers", "0"])
    assert ended.value.code == 2


def test_explain_tells_lots_requirements_and_pairs(
    solved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each kind of id has its own explanation."""
    problem, plan = map(str, solved)
    for words, key in ((["r0"], "unmet"), (["l0"], "left"), (["r0", "--lot", "l1"], "outcome")):
        assert main(["explain", problem, plan, *words]) == 0
        assert key in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("what", ["problem", "plan", "page"])
def test_schema_is_printed(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The schemas and the page come out of the code."""
    assert main(["schema", what]) == 0
    assert "version 1" in capsys.readouterr().out


def test_no_traceback_from_the_shell(tmp_path: Path) -> None:
    """As a program it says what is wrong on stderr, prints nothing else and exits with 2."""
    path = tmp_path / "p.json"
    path.write_text('{"version": 1, "lots": {}}')
    done = subprocess.run(
        [sys.executable, "-m", "matcher", "check", str(path), str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "bad input: table 'classes': expected this table to be given\n"
