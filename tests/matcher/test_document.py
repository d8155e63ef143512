# SPDX-License-Identifier: EUPL-1.2
"""Problem and plan as files: they come back whole, and code, schemas and page say the same."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from matcher.check.check import check
from matcher.document import describe_plan, read_problem, write_plan, write_problem
from matcher.errors import InputError
from matcher.figures.figures import MEANINGS, TOTALS
from matcher.problem.problem import Problem
from matcher.read_plan import read_plan
from matcher.reference import make_page, make_plan_schema, make_problem_schema, write_text
from matcher.solve import solve

Build = Callable[..., Problem]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def problem(build: Build) -> Problem:
    """Give a problem that uses nulls, attributes and every kind of column."""
    return build(
        lots=[
            {"quantity": 20, "attribute.length_mm": 300},
            {"class": "door", "site": "island", "decide_by": 20_520},
        ],
        requirements=[
            {"minimum.length_mm": 200, "unknown_ok.length_mm": True, "max_metres": 50_000},
            {"class": "door", "project": None, "commit_from": 20_510, "storage_days": 3},
        ],
        params={
            "selection": {"region": ["1084"], "from": "2026-01-01"},
            "carbon_price_ore_per_tonne": 75_000,
        },
    )


@pytest.mark.parametrize("arrow", [False, True])
def test_a_problem_comes_back_whole(problem: Problem, tmp_path: Path, arrow: bool) -> None:  # noqa: FBT001
    """Written and read, a problem has the same digest, as JSON and as Arrow."""
    path = tmp_path / "p.json"
    write_problem(problem, path, arrow=arrow)
    again = read_problem(path)
    assert again.digest == problem.digest
    assert (tmp_path / "p.lots.arrow").exists() == arrow
    jsonschema.validate(json.loads(path.read_text()), make_problem_schema())


def test_given_pairs_come_back_whole(build: Build, tmp_path: Path) -> None:
    """Pairs given with their cost are part of the file and of the digest."""
    problem = build(pairs={"lot": ["l0"], "requirement": ["r0"], "cost": [123]})
    write_problem(problem, tmp_path / "p.json")
    assert read_problem(tmp_path / "p.json").digest == problem.digest
    assert problem.digest != build().digest


def test_a_plan_comes_back_whole(problem: Problem, tmp_path: Path) -> None:
    """Written and read, a plan is the same and passes the check; its file obeys its schema."""
    plan = solve(problem)
    path = tmp_path / "plan.json"
    write_plan(problem, plan, path)
    again = read_plan(problem, path)
    assert describe_plan(problem, again) == describe_plan(problem, plan)
    assert check(problem, again, digest=problem.digest) == []
    jsonschema.validate(json.loads(path.read_text()), make_plan_schema())
    assert [file.name for file in tmp_path.iterdir()] == ["plan.json"]


def test_code_schemas_and_page_agree() -> None:
    """The files in the repository are what the code makes (`python -m matcher schema`)."""
    folder = ROOT / "matcher" / "schema"
    assert (folder / "problem-1.json").read_text() == write_text(make_problem_schema())
    assert (folder / "plan-1.json").read_text() == write_text(make_plan_schema())
    assert (ROOT / "docs" / "reference" / "problem-and-plan.md").read_text() == make_page()
    for schema in (make_problem_schema(), make_plan_schema()):
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_key_figure_is_described(problem: Problem) -> None:
    """The figures of a plan are those of the page, in the same order."""
    figures = solve(problem).figures
    assert list(figures) == list(MEANINGS)
    assert list(figures["totals"]) == list(TOTALS)


def refuse(path: Path, document: Any, *, said: str) -> None:
    """Write a document and expect it to be refused with these words."""
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    with pytest.raises(InputError, match=said):
        read_problem(path)


def test_files_that_are_no_problem_are_refused(problem: Problem, tmp_path: Path) -> None:
    """Neither broken JSON nor a part that is not known is read past."""
    path = tmp_path / "p.json"
    write_problem(problem, path)
    whole = json.loads(path.read_text())
    refuse(path, "{", said="JSON in UTF-8")
    refuse(path, "[]", said="a JSON object")
    refuse(path, '{"version": 1, "version": 1}', said="stands twice")
    refuse(path, '{"version": NaN}', said="NaN is no number")
    refuse(path, "[" * 100_000, said="JSON in UTF-8")
    refuse(path, {**whole, "version": 2}, said="version 1 of a problem")
    refuse(path, {**whole, "version": True}, said="version 1 of a problem")
    refuse(path, {**whole, "digest": "x"}, said="table 'digest'")
    refuse(path, {name: part for name, part in whole.items() if name != "lots"}, said="table 'lots'")
    refuse(path, {**whole, "arrow": {"lots": "p.lots.arrow"}}, said="either here or in an Arrow file")
    bare = {name: part for name, part in whole.items() if name != "lots"}
    refuse(path, {**bare, "arrow": {"lots": "../p.arrow"}}, said="in the same folder")
    refuse(path, {**bare, "arrow": {"lots": "p.json"}}, said="an Arrow file")
    refuse(path, {**bare, "arrow": []}, said="names of files")
    with pytest.raises(InputError, match="a file that can be read"):
        read_problem(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda plan: plan.pop("tiers"), "table 'tiers': expected this part"),
        (lambda plan: plan.update(extra=1), "table 'extra': expected one of"),
        (lambda plan: plan.update(version=2), "version 1 of a plan"),
        (lambda plan: plan.update(figures=[]), "table 'figures'"),
        (lambda plan: plan.update(termination="done"), "table 'termination'"),
        (lambda plan: plan["versions"].update(numpy=2), "table 'versions', column 'numpy'"),
        (lambda plan: plan["tiers"].update(flow=1.5), "table 'tiers', column 'flow'"),
        (lambda plan: plan["figures"].update(pairs="many"), "table 'figures', column 'pairs'"),
        (lambda plan: plan["matches"]["lot"].__setitem__(0, "none"), "an id of table 'lots'"),
        (lambda plan: plan["matches"]["quantity"].append(3), "table 'matches', column 'quantity'"),
        (lambda plan: plan["matches"].pop("cost"), "table 'matches', column 'cost'"),
        (lambda plan: plan["matches"].update(co2=[]), "table 'matches', column 'co2'"),
        (lambda plan: plan["unmet"]["stopped"].pop(), "counts by reason"),
        (lambda plan: plan["unmet"]["stopped"].__setitem__(0, []), "counts by reason"),
        (lambda plan: plan["unmet"]["stopped"][0].update(bored=1), "a reason"),
        (lambda plan: plan["unmet"]["stopped"][0].update(window=-1), "a count"),
        (lambda plan: plan["unmet"]["reason"].__setitem__(0, "bored"), "one of no_lot_of_class"),
        (lambda plan: plan["certificate"].pop("quantum"), "a quantum for each class"),
        (lambda plan: plan["certificate"].update(gap=None), "a number"),
        (lambda plan: plan["certificate"].update(cost=1.0), "a whole number"),
        (lambda plan: plan["certificate"].update(lot_prices=[]), "the columns lot and price"),
        (lambda plan: plan["certificate"]["lot_prices"]["price"].append(1), "a price for each lot"),
        (lambda plan: plan["certificate"]["lot_prices"]["lot"].__setitem__(0, "x"), "the id of a lot"),
        (lambda plan: plan["certificate"]["lot_prices"]["price"].__setitem__(0, 2**63), "below 2"),
    ],
)
def test_files_that_are_no_plan_are_refused(
    problem: Problem, tmp_path: Path, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    """Whatever is not part of a plan, or is missing from one, is said."""
    path = tmp_path / "plan.json"
    write_plan(problem, solve(problem), path)
    plan = json.loads(path.read_text())
    change(plan)
    path.write_text(json.dumps(plan))
    with pytest.raises(InputError, match=said):
        read_plan(problem, path)
