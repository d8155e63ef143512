# SPDX-License-Identifier: EUPL-1.2
"""Only a hub's room stands in the way: which hub, in which months, and what more room would save."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from matcher.explain.explain import explain, explain_requirements
from matcher.explain.sentences import tell
from matcher.explain.told import Outcome, PairExplanation, RequirementExplanation
from matcher.explain.voice import Language
from matcher.plan import Plan
from matcher.problem.problem import Problem
from matcher.reasons import Reason
from matcher.solve import solve

Build = Callable[..., Problem]
DAY = 20_500  # 2026-02-16; on site until 2026-03-17, wanted from 2026-03-28
WAITING = {"wanted_from": DAY + 40, "wanted_to": DAY + 60}
NAMES = {"depot": "Genbrugslageret", "l0": "mursten 7", "r0": "Skolen", "r1": "Hallen"}


@pytest.fixture
def full(build: Build, tables: Any) -> Callable[..., tuple[Problem, Plan]]:
    """Two schools want bricks that can wait nowhere but in a hub with floor for so many, 50 cm2 each."""

    def fill(*, room: int, **hub: Any) -> tuple[Problem, Plan]:
        problem = build(
            lots=[{"site_storage_days": 0, "quantity": 160}],
            requirements=[WAITING, {**WAITING, "new_price_ore": 400.0}],
            hubs={"id": ["depot"], "site": ["near"], "area_cm2": [50 * room], **hub},
            classes={**tables["classes"], "area_cm2": [50, 50, 4000]},
        )
        return problem, solve(problem)

    return fill


def ask_pair(problem: Problem, plan: Plan, requirement: str) -> PairExplanation:
    """Explain the lot and a requirement."""
    told = explain(problem, plan, requirement, lot="l0")
    assert isinstance(told, PairExplanation)
    return told


def test_a_full_hub_is_named_with_its_months_and_what_room_would_save(
    full: Callable[..., tuple[Problem, Plan]],
) -> None:
    """There are bricks left and they are cheaper than new: the room alone is missing, and it has a price."""
    problem, plan = full(room=60)
    assert plan.matches.quantity.tolist() == [60]
    told = ask_pair(problem, plan, "r1")
    assert (told.outcome, told.reason, told.price) == (Outcome.HUB_FULL, Reason.TAKEN, 0)
    assert told.cost is not None
    assert told.cost < told.new_cost
    assert told.room is not None
    assert told.room.hub == "depot"
    assert [(month.month, month.full, month.free) for month in told.room.months] == [("2026-03", True, 0)]
    # the proof: at its price the room a brick takes costs at least what the brick would save here
    assert told.room.fee == 50 * told.room.months[0].price
    assert told.worth is not None
    assert told.worth <= told.room.fee
    served = ask_pair(problem, plan, "r0")
    assert (served.outcome, served.room) == (Outcome.MATCHED, told.room)


@pytest.mark.parametrize(
    ("language", "whole", "month", "saved"),
    [
        (
            "da",
            "Der er partier til mere af det, men ikke plads til, at de kan ligge på lager.",
            "Hub Genbrugslageret er fuld i marts 2026.",
            r"En kvadratmeter mere dér ville spare ([\d.,]+) kr\. i marts 2026\.",
        ),
        (
            "en",
            "There are lots for more of it, but no room for them to wait in.",
            "Hub Genbrugslageret is full in March 2026.",
            r"A square metre more there would save DKK ([\d.,]+) in March 2026\.",
        ),
    ],
)
def test_the_sentences_name_hub_month_and_saving(
    full: Callable[..., tuple[Problem, Plan]], language: Language, whole: str, month: str, saved: str
) -> None:
    """Both languages say it of the requirement and of the pair, and never that others took the lot."""
    problem, plan = full(room=60)
    told = explain(problem, plan, "r1")
    assert isinstance(told, RequirementExplanation)
    assert [room.hub for room in told.lacking_room] == ["depot"]
    said = tell(problem, told, language=language, names=NAMES)
    assert whole in said
    assert month in said
    found = [re.fullmatch(saved, sentence) for sentence in said]
    worth = next(one.group(1) for one in found if one)
    price = int(plan.certificate.hub_prices.price[0])
    assert float(re.sub(r"\D", "", worth)) / 100 == pytest.approx(price * 10_000 / 100_000, abs=0.006)
    pair = tell(problem, ask_pair(problem, plan, "r1"), language=language, names=NAMES)
    assert "Genbrugslageret" in pair[0]
    assert not any(words in " ".join(pair) for words in ("others save more", "andre sparer mere"))


def test_room_enough_is_not_spoken_of(full: Callable[..., tuple[Problem, Plan]]) -> None:
    """Where both find room no hub is called full, nor where its floor has no end."""
    for problem, plan in (full(room=120), full(room=1, area_cm2=[None])):
        assert plan.matches.quantity.tolist() == [60, 60]
        assert ask_pair(problem, plan, "r1").room is None


def test_more_room_is_what_would_have_to_change(full: Callable[..., tuple[Problem, Plan]]) -> None:
    """With the floor that is said to be missing the plan does what the explanation says it would."""
    problem, plan = full(room=60)
    told = list(explain_requirements(problem, plan, rows=problem.requirements.site.nonzero()[0]))
    assert [one.unmet is not None and bool(one.lacking_room) for one in told] == [
        row in plan.unmet.requirement for row in problem.requirements.site.nonzero()[0].tolist()
    ]
    wider, better = full(room=61)
    saved = plan.certificate.cost - better.certificate.cost
    room = ask_pair(problem, plan, "r1").room
    assert room is not None
    # a price is a bound on what more room saves: never less than it does
    assert 0 < saved <= room.fee
    assert wider.digest != problem.digest
