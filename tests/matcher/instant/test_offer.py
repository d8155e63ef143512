# SPDX-License-Identifier: EUPL-1.2
"""The lots laid out once: they change, new projects ask, and no solver is near."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher.compatibility import Facts
from matcher.errors import InputError
from matcher.instant.ask import ask_project
from matcher.instant.offer import Offer, lay_offer
from matcher.instant.question import WANTED_RATES, find_project, pose_question, take_requirements
from matcher.problem.problem import Problem, make_problem
from matcher.value import Rates

Build = Callable[..., Problem]
ROOT = Path(__file__).parents[3]


def list_mix(offer: Offer, asked: Problem) -> list[tuple[str, int]]:
    """Give lots and steps of the mix of a question's first requirement."""
    answer = ask_project(offer, pose_question(offer, asked=asked)).requirements[0]
    return [(each.offer.lot, each.steps) for each in answer.mix]


def test_a_change_of_quantity_is_seen_at_once(build: Build) -> None:
    """Withdrawn, halved and returned: each question sees what is there now."""
    problem = build(lots=[{"id": "a", "price_ore": 1.0}, {"id": "b"}], requirements=[{"quantity": 60}])
    offer = lay_offer(problem)
    asked = take_requirements(problem, rows=np.array([0]))
    row = problem.lots.id.tolist().index("a")
    assert list_mix(offer, asked) == [("a", 60)]
    offer.set_quantity(row, steps=25)
    assert list_mix(offer, asked) == [("a", 25), ("b", 35)]
    offer.set_quantity(row, steps=0)
    assert list_mix(offer, asked) == [("b", 60)]
    answer = ask_project(offer, pose_question(offer, asked=asked)).requirements[0]
    assert answer.allowed == 1, "a withdrawn lot is not there, whatever the rules say of it"
    offer.set_quantity(row, steps=100)
    offer.set_prices(np.array([0, 0]))
    assert list_mix(offer, asked) == [("a", 60)]
    offer.set_prices(np.where(np.arange(2) == row, 500_000, 0))
    assert list_mix(offer, asked) == [("b", 60)]


def test_a_new_project_asks_from_its_own_site(build: Build, tables: dict[str, Any]) -> None:
    """A project the lots have never heard of gets the answer it would get as part of their problem."""
    lots = [{"id": f"l{place}", "site": site} for place, site in enumerate(["near", "far", "over", "island"])]
    wish = {"id": "new", "quantity": 250, "site": "hall", "max_metres": 70_000}
    hall = {"id": "hall", "x_m": 590_000, "y_m": 6_131_000, "land": "fyn", "node": "west"}
    sites = {name: [*values, hall[name]] for name, values in tables["sites"].items()}
    whole = build(lots=lots, requirements=[wish], sites=sites)
    offer = lay_offer(build(lots=lots))
    asked = build(lots=[], requirements=[wish], sites={name: [hall[name]] for name in hall})
    known = ask_project(
        lay_offer(whole), pose_question(lay_offer(whole), asked=take_requirements(whole, rows=np.array([0])))
    )
    assert ask_project(offer, pose_question(offer, asked=asked)) == known
    assert known.requirements[0].met == 200
    lost = {**hall, "land": "atlantis", "node": None}
    asked = build(lots=[], requirements=[wish], sites={name: [lost[name]] for name in lost})
    assert not ask_project(offer, pose_question(offer, asked=asked)).requirements[0].mix


def test_what_does_not_fit_is_refused(build: Build) -> None:
    """Other classes, other attributes, prices for other lots and given pairs are named."""
    problem = build()
    offer = lay_offer(problem)
    with pytest.raises(InputError, match="'requirements'"):
        pose_question(offer, asked=build(requirements=[{"minimum.length_mm": 5}]))
    with pytest.raises(InputError, match="'classes'"):
        pose_question(
            offer,
            asked=make_problem(
                classes={"id": ["brick"]},
                sites={"id": ["s"], "x_m": [0], "y_m": [0]},
                lots={
                    name: [] for name in ("id", "class", "site", "quantity", "available_from", "available_to")
                },
                requirements={
                    "id": ["r"],
                    "class": ["brick"],
                    "site": ["s"],
                    "quantity": [1],
                    "wanted_from": [0],
                    "wanted_to": [1],
                    "new_price_ore": [1.0],
                },
            ),
        )
    for prices in (np.array([1, 2]), np.array([-1])):
        with pytest.raises(InputError, match="lot_prices"):
            lay_offer(problem, prices=prices)
    with pytest.raises(InputError, match="'quantity'"):
        offer.set_quantity(0, steps=-1)
    with pytest.raises(InputError, match="'pairs'"):
        lay_offer(build(pairs={"lot": ["l0"], "requirement": ["r0"], "cost": [1]}))
    with pytest.raises(InputError, match="id of a project"):
        find_project(problem, project="nowhere")
    assert find_project(problem, project="school").tolist() == [0]


def test_without_lots_everything_is_bought_new(build: Build) -> None:
    """An empty offer answers with the reason, not with an error."""
    problem = build(lots=[])
    offer = lay_offer(problem)
    answer = ask_project(offer, pose_question(offer, asked=take_requirements(problem, rows=np.array([0]))))
    assert answer.requirements[0].reason == "no_lot_of_class"
    assert answer.cost == 60 * answer.requirements[0].new_cost
    nobody = pose_question(offer, asked=take_requirements(problem, rows=np.zeros(0, dtype=np.int64)))
    assert ask_project(offer, nobody).requirements == ()


def test_every_figure_belongs_to_lots_classes_or_requirements(build: Build) -> None:
    """A new column of the rules must be told apart here, or a question would see another requirement's."""
    problem = build(lots=[{}] * 7, requirements=[{}] * 5)
    offer = lay_offer(problem)
    for name, array in zip(Rates._fields, offer.world.rates, strict=True):
        of_wanted = isinstance(array, np.ndarray) and len(array) == 5
        assert of_wanted == (name in WANTED_RATES), name
    for name, array in zip(Facts._fields, offer.world.facts, strict=True):
        if isinstance(array, np.ndarray) and array.ndim:
            of_wanted = name.startswith(("wanted_", "bound_start"))
            assert (len(array) in {5, 6}) == of_wanted or name == "bound_column", name


def test_asking_loads_no_solver() -> None:
    """The engine of the instant answer reaches neither OR-Tools nor HiGHS."""
    program = (
        "import sys, matcher.instant.ask, matcher.resolve.standing\n"
        "print(sorted({'ortools', 'highspy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_question_takes_no_hub_whose_site_stays_behind(build: Build) -> None:
    """A hub far from the site asked from is none of the question's, so nothing is read beyond its sites."""
    hubs = {"id": ["depot"], "site": ["over"], "area_cm2": [10_000]}
    problem = build(lots=[{"id": "a"}], requirements=[{"quantity": 60}], hubs=hubs)
    asked = take_requirements(problem, rows=np.array([0]))
    assert "over" not in asked.sites.id.tolist()
    assert asked.hubs.id.tolist() == []
    assert list_mix(lay_offer(problem), asked) == [("a", 60)]
