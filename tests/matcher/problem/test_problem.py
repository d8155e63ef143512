# SPDX-License-Identifier: EUPL-1.2
"""Taking a problem: what is refused and how it is said, what is sorted, what the digest covers."""

import pickle
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from matcher.errors import InputError, MatcherError, SolverError, UnsupportedError
from matcher.problem.columns import OPEN, UNKNOWN
from matcher.problem.problem import Problem, digest_problem, make_problem

Build = Callable[..., Problem]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"lots": [{"class": "tile"}]},
            "table 'lots', column 'class', row 0: found 'tile', expected an id of table 'classes'",
        ),
        (
            {"lots": [{}, {"quantity": -1}]},
            "table 'lots', column 'quantity', row 1: found -1, expected a whole number from 0",
        ),
        ({"lots": [{"quantity": 1.5}]}, "row 0: found 1.5, expected a whole number"),
        ({"lots": [{"quantity": True}]}, "row 0: found True, expected a whole number"),
        ({"lots": [{"quantity": None}]}, "row 0: found 'null', expected a value"),
        ({"lots": [{"quantity": "many"}]}, "row 0: found 'many', expected a whole number"),
        ({"lots": [{"quantity": 2**70}]}, "expected a whole number below 2"),
        ({"lots": [{"available_from": "2027-02-30"}]}, "found '2027-02-30', expected a date such as"),
        (
            {"lots": [{"available_to": 20_500}]},
            "column 'available_to', row 0: found 'l0', expected a day after available_from",
        ),
        (
            {"lots": [{"price_ore": float("nan")}]},
            "column 'price_ore', row 0: found nan, expected a finite number",
        ),
        ({"lots": [{"price_ore": "dear"}]}, "found 'dear', expected a number"),
        ({"lots": [{"preparation_ore": -1.0}]}, "found -1.0, expected a number of at least 0"),
        ({"lots": [{"documentation": "good"}]}, "found 'good', expected one of none, basic, tested"),
        ({"lots": [{"counts_zero": 1}]}, "found 1, expected true or false"),
        (
            {"lots": [{"id": "a"}, {"id": "a"}]},
            "row 1: found 'a', expected ids that differ (row 0 has it too)",
        ),
        ({"lots": [{"id": ""}]}, "expected an id that is not empty"),
        ({"lots": [{"id": 7}]}, "row 0: found 7, expected text"),
        ({"lots": [{"colour": 3}]}, "table 'lots', column 'colour': expected one of id, class"),
        ({"lots": [{"minimum.length_mm": 3}]}, "column 'minimum.length_mm': expected one of"),
        ({"requirements": [{"quantity": 0}]}, "found 0, expected a whole number from 1"),
        (
            {"requirements": [{"minimum.length_mm": 3, "maximum.length_mm": 2}]},
            "column 'maximum.*', row 0: found 'r0', expected no maximum below its minimum",
        ),
        (
            {"lots": [{}, {"minimum_take": -1}]},
            "table 'lots', column 'minimum_take', row 1: found -1, expected a whole number from 0",
        ),
        ({"lots": [{"quantity": 10**12}]}, "table 'lots', column 'quantity', row 0: found 1000000000000"),
        ({"requirements": [{"quantity": 10**12}]}, "table 'requirements', column 'quantity', row 0"),
        (
            {"requirements": [{"minimum_fulfilment": 1001}]},
            "column 'minimum_fulfilment', row 0: found 1001, expected a whole number from 0 to 1000",
        ),
        ({"requirements": [{"breakage": 901}]}, "column 'breakage', row 0: found 901"),
        ({"requirements": [{"most_donors": -1}]}, "column 'most_donors', row 0: found -1"),
        (
            {"lots": [{"low": 3, "likely": 2}]},
            "table 'lots', column 'likely', row 0: found 'l0', expected at least as much as low",
        ),
        (
            {"lots": [{"low": 3, "high": 2}]},
            "table 'lots', column 'high', row 0: found 'l0', expected at least as much as low",
        ),
        (
            {"requirements": [{}, {"project": None, "design_option": "timber"}]},
            "table 'requirements', column 'design_option', row 1: found 'r1', expected a project",
        ),
        (
            {"projects": {"id": ["school"], "budget_ore": [-5]}},
            "table 'projects', column 'budget_ore', row 0: found -5",
        ),
        (
            {"substitutes": {"class": ["brick"], "substitute": ["brick_old"], "q": [0]}},
            "table 'substitutes', column 'q', row 0: found 0",
        ),
        ({"params": {"fair_share": 1001}}, "column 'fair_share', row 0: found 1001"),
        ({"params": {"count_transfers": 1}}, "column 'count_transfers', row 0: found 1, expected true"),
        ({"params": {"detour_permille": 900}}, "table 'params', column 'detour_permille', row 0: found 900"),
        ({"params": {"speed": 3}}, "column 'speed': expected one of carbon_price_ore_per_tonne"),
        ({"params": {"selection": {"region": 3}}}, "column 'selection': found 3, expected names with a text"),
        ({"trips": {}}, "table 'trips': expected one of params, classes"),
        ({"classes": {}}, "table 'classes', column 'id': expected this column to be given"),
        (
            {"vehicles": {"id": ["lorry"]}},
            "table 'vehicles', column 'payload_g': expected this column to be given",
        ),
        (
            {"projects": {"id": ["school"], "builder": []}},
            "column 'builder': found 0, expected a list of 1 values",
        ),
        ({"projects": {"id": "school"}}, "expected a list of values"),
        ({"projects": ["school"]}, "table 'projects': found 'list', expected columns by name"),
        (
            {"roads": {"id": ["east", "west"], "x_m": [0, 0], "y_m": [0, 0], "metres": [[0, 1], [1]]}},
            "column 'metres', row 1: expected 2 numbers",
        ),
        (
            {"roads": {"id": ["east", "west"], "x_m": [0, 0], "y_m": [0, 0], "metres": [[0, -2], [1, 0]]}},
            "column 'metres', row 0: found -2",
        ),
        (
            {"roads": {"id": ["east", "west"], "x_m": [0, 0], "y_m": [0, 0], "metres": [[5, 1], [1, 0]]}},
            "found 'east', expected 0 metres from a node to itself",
        ),
        (
            {"substitutes": {"class": ["brick", "brick"], "substitute": ["brick_old", "brick_old"]}},
            "found 'brick <- brick_old', expected each pair of ids once",
        ),
        ({"substitutes": {"class": ["brick"], "substitute": ["brick"]}}, "expected another class"),
        (
            {"pairs": {"lot": ["l0"] * 2, "requirement": ["r0"] * 2, "cost": [1, 2]}},
            "table 'pairs', column 'lot'",
        ),
    ],
)
def test_what_is_wrong_is_said_exactly(build: Build, given: dict[str, Any], said: str) -> None:
    """Table, column, row, value and expectation stand in the message, as far as they are known."""
    with pytest.raises(InputError, match=re.escape(said)):
        build(**given)


def test_substitutes_have_one_step(build: Build, tables: dict[str, Any]) -> None:
    """A class counted in other steps stands in only with a conversion."""
    classes = {**tables["classes"], "step": ["1", "2", "1"]}
    with pytest.raises(InputError, match=r"row 0: found 'brick <- brick_old', expected .* p and q"):
        build(classes=classes)
    build(classes=classes, substitutes={"class": ["brick"], "substitute": ["brick_old"], "p": [2]})


def test_references_may_be_row_numbers_of_the_table_given(build: Build) -> None:
    """Ids and row numbers of the unsorted tables give the same problem."""
    one = build(lots=[{"class": "door", "site": "over"}])
    assert build(lots=[{"class": 2, "site": 3}]).digest == one.digest
    with pytest.raises(InputError, match="expected an id or row number of table 'sites'"):
        build(lots=[{"site": 5}])


def test_days_may_be_dates(build: Build) -> None:
    """ISO text, dates, NumPy days and whole days are one day."""
    digests = {
        build(lots=[{"available_from": day}]).digest
        for day in ("2026-02-16", date(2026, 2, 16), 20_500, 20_500.0)
    }
    assert len(digests) == 1
    days = np.array(["2026-02-16"], dtype="datetime64[D]")
    table = {
        "id": ["p"],
        "class": ["a"],
        "site": ["s"],
        "quantity": [1],
        "new_price_ore": [1.0],
        "wanted_to": [20_501],
    }
    made = make_problem(
        classes={"id": ["a"]},
        sites={"id": ["s"], "x_m": [0], "y_m": [0]},
        lots={"id": [], "class": [], "site": [], "quantity": [], "available_from": [], "available_to": []},
        requirements={**table, "wanted_from": days},
    )
    assert made.requirements.wanted_from.tolist() == [20_500]
    with pytest.raises(InputError, match="'null'"):
        make_problem(
            classes={"id": ["a"]},
            sites={"id": ["s"], "x_m": [0], "y_m": [0]},
            lots={
                "id": [],
                "class": [],
                "site": [],
                "quantity": [],
                "available_from": [],
                "available_to": [],
            },
            requirements={**table, "wanted_from": np.array(["NaT"], dtype="datetime64[D]")},
        )


def test_rows_are_sorted_and_read_only(build: Build) -> None:
    """Rows stand by id whatever the order given, references follow, and no array can be written to."""
    problem = build(lots=[{"id": "b", "class": "door"}, {"id": "a", "attribute.length_mm": 7}])
    assert problem.lots.id.tolist() == ["a", "b"]
    assert problem.classes.id[problem.lots.class_].tolist() == ["brick", "door"]
    assert problem.lots.attribute.tolist() == [[7], [UNKNOWN]]
    assert problem.requirements.maximum.tolist() == [[OPEN]]
    with pytest.raises(ValueError, match="read-only"):
        problem.lots.quantity[0] = 3


@pytest.mark.parametrize(
    "given",
    [
        {"lots": [{"quantity": 101}]},
        {"lots": [{"id": "other"}]},
        {"lots": [{"price_ore": 200.0000001}]},
        {"requirements": [{"unknown_screening_ok": True}]},
        {"params": {"carbon_price_ore_per_tonne": 1}},
        {"params": {"selection": {"region": ["1084"]}}},
        {"projects": {"id": ["school"], "builder": ["By"]}},
    ],
)
def test_the_digest_covers_everything(build: Build, given: dict[str, Any]) -> None:
    """Any change of any value changes the digest, and it can be computed again from the columns."""
    problem = build(**given)
    assert problem.digest != build().digest
    assert digest_problem(problem) == problem.digest
    assert re.fullmatch("[0-9a-f]{64}", problem.digest)


def test_the_digest_is_the_same_everywhere(build: Build) -> None:
    """The digest of the brick yard is written down: it may only change with the version of the format."""
    assert build().digest == DIGEST


DIGEST = "85105c8f1839d3452d997601f7b3b9d1a926a1540f1fabb117ed5cb651128b27"


def test_errors_cross_processes() -> None:
    """An error raised in a worker process arrives with all it says."""
    for kind in (InputError, UnsupportedError):
        error = kind("a day", table="lots", column="c", row=3, value=7)
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is kind
        assert str(again) == str(error) == "table 'lots', column 'c', row 3: found 7, expected a day"
    assert str(SolverError()) == "The flow engine did not return an optimal plan."
    assert issubclass(SolverError, MatcherError)
