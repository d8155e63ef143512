# SPDX-License-Identifier: EUPL-1.2
"""Which requirements are plain: what makes one other than plain, and what does not."""

from collections.abc import Callable
from typing import Any

import pytest

from matcher.errors import UnsupportedError
from matcher.problem.problem import Problem, digest_problem
from matcher.rules import is_plain_requirement, refuse_side_rules, uses_side_rules

Build = Callable[..., Problem]
TRUCK = {
    "id": ["lorry"],
    "payload_g": [13_000_000],
    "ore_per_tonne_km": [150.0],
    "co2e_mg_per_tonne_km": [89_700.0],
}


@pytest.mark.parametrize(
    "given",
    [
        {"lots": [{"minimum_take": 5}]},
        {"lots": [{"indivisible": True}]},
        {"requirements": [{"minimum_fulfilment": 1}]},
        {"requirements": [{"most_donors": 3}]},
        {"requirements": [{"one_kind": True}]},
        {"requirements": [{"breakage": 50}]},
        {"requirements": [{"design_option": "timber"}, {}]},
        {"projects": {"id": ["school"], "budget_ore": [1]}},
        {"vehicles": {**TRUCK, "trip_ore": [1.0]}},
        {"vehicles": {**TRUCK, "load_ore_per_km": [1.0]}},
        {
            "lots": [{"class": "brick_old"}],
            "requirements": [{"substitutes_ok": True}],
            "substitutes": {"class": ["brick"], "substitute": ["brick_old"], "p": [2], "q": [3]},
        },
        {"lots": [{"minimum_take": 2}], "pairs": {"lot": ["l0"], "requirement": ["r0"], "cost": [1]}},
        {"pairs": {"lot": ["l0"], "requirement": ["r0"], "cost": [1], "trip": [5]}},
    ],
)
def test_rules_of_the_plan_are_taken(build: Build, given: dict[str, Any]) -> None:
    """A side rule makes a requirement other than plain, and is never left out in silence."""
    problem = build(**given)
    assert problem.digest != build().digest
    assert digest_problem(problem) == problem.digest
    assert not is_plain_requirement(problem)[0]
    assert uses_side_rules(problem)
    with pytest.raises(UnsupportedError, match="table 'requirements', column 'id': found 'r0'"):
        refuse_side_rules(problem)


@pytest.mark.parametrize(
    "given",
    [
        {"lots": [{"minimum_take": 1}]},
        {"lots": [{"indivisible": True, "site": "far"}]},
        {"lots": [{"minimum_take": 9, "class": "door"}]},
        {"requirements": [{"priority": 500}]},
        {"params": {"fair_share": 500, "fair_weight": 100}},
        {"substitutes": {"class": ["brick"], "substitute": ["brick_old"], "p": [2], "q": [3]}},
        {"lots": [{"low": 10, "likely": 20, "high": None, "public": True, "kind": "red"}]},
    ],
)
def test_what_binds_nobody_leaves_a_requirement_plain(build: Build, given: dict[str, Any]) -> None:
    """Rules of lots that it may not use, and what only changes costs, leave a requirement to the flow."""
    problem = build(**given)
    assert is_plain_requirement(problem).all()
    refuse_side_rules(problem)
