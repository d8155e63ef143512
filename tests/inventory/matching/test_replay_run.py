# SPDX-License-Identifier: EUPL-1.2
"""A written plan is read back whole, and replayed only against the very problem it answers."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import Engine, text

from inventory.database import make_engine, session_factory
from inventory.matching.perform import perform_run
from inventory.matching.read_plan import PlanNotWholeError, ProblemChangedError, read_run_again
from inventory.matching.replay import replay_run
from inventory.tables import Basis
from matcher.check.check import check
from matcher.solve import solve

SLAGELSE = (639_000, 6_142_500)
NYBORG = (611_500, 6_130_500)


@pytest.fixture
def estimated(own_database_url: str, make_country: Callable[..., Any]) -> Iterator[Engine]:
    """An estimate that a project counts on, a survey another counts on, and a dearer lot to turn to."""
    engine = make_engine(own_database_url)
    with session_factory(engine).begin() as session:
        country = make_country(session)
        donor = country.site("donor", SLAGELSE)
        country.lot(
            "guess",
            donor,
            quantity=700,
            quantity_low=500,
            quantity_high=900,
            basis=Basis.ESTIMATED,
            rule="r",
            rule_source="s",
        )
        country.lot("counted", country.site("other", NYBORG), code="joist_timber", quantity=100)
        country.lot("spare", country.site("third", NYBORG), quantity=300, price_ore=300)
        project = country.project("p", SLAGELSE)
        country.requirement("bricks", project, quantity=500)
        country.requirement("joists", project, code="joist_timber", quantity=100, new_price_ore=9000)
    yield engine
    engine.dispose()


@pytest.fixture
def done(estimated: Engine, request_here: Callable[..., UUID]) -> UUID:
    """A run of it."""
    with session_factory(estimated).begin() as session:
        run_id = request_here(session)
    perform_run(estimated, run_id=run_id)
    return run_id


def test_the_plan_is_read_back_as_it_was_made(estimated: Engine, done: UUID) -> None:
    """Every column of every part is what the solve gave, and the checker finds nothing wrong."""
    run_id, snapshot, plan = read_run_again(estimated, str(done)[:8])
    made = solve(snapshot.problem)
    assert run_id == done
    for part in ("matches", "unmet", "designs"):
        for item in fields(getattr(made, part)):
            read, was = (getattr(getattr(one, part), item.name) for one in (plan, made))
            assert (read.dtype, read.tolist()) == (was.dtype, was.tolist()), (part, item.name)
    for item in fields(made.certificate):
        read, was = getattr(plan.certificate, item.name), getattr(made.certificate, item.name)
        if item.name == "hub_prices":
            read, was = (
                [getattr(one, name).tolist() for name in ("hub", "month", "price")] for one in (read, was)
            )
        assert np.array_equal(read, was), item.name
    assert (plan.figures, plan.tiers, plan.pairs) == (made.figures, made.tiers, made.pairs)
    assert check(snapshot.problem, plan, digest=snapshot.problem.digest) == []
    tampered = replace(plan, matches=replace(plan.matches, quantity=plan.matches.quantity + 1))
    assert check(snapshot.problem, tampered, digest=snapshot.problem.digest) != []


def test_what_rests_on_an_estimate_is_less_sure(estimated: Engine, done: UUID) -> None:
    """The careful quantity is there nine times of ten; the surveyed one always; the spare lot helps."""
    replay = replay_run(estimated, str(done), scenarios=400, seed=7)
    bricks, joists = replay.requirements
    assert (bricks.ref, joists.ref) == ("bricks", "joists")
    assert bricks.served == pytest.approx(0.9, abs=0.05)
    assert (joists.served, joists.served_with_back_up) == (1, 1)
    assert bricks.served < bricks.served_with_back_up
    assert (bricks.back_up_ref, bricks.back_up_site, bricks.back_up_free) == ("spare", "third", 300)
    assert bricks.assigned == 500
    assert bricks.expected < 500
    assert replay.estimated_lots == 1
    saved, backed = replay.saving_ore, replay.saving_with_back_up_ore
    assert saved["p10"] <= saved["p50"] <= saved["p90"] == pytest.approx(replay.planned_saving_ore)
    assert all(backed[name] >= saved[name] for name in saved)
    assert replay_run(estimated, "latest", scenarios=400, seed=7) == replay


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE lot SET quantity_high = 901 WHERE ref = 'guess'",
        "UPDATE requirement SET most_donors = 2 WHERE ref = 'bricks'",
        "UPDATE factor SET value = high WHERE kind = 'transport_price' AND key = 'truck_26t'",
    ],
)
def test_another_problem_is_refused(estimated: Engine, done: UUID, change: str) -> None:
    """Where anything the problem holds has changed, nothing is told of the old plan."""
    with session_factory(estimated).begin() as session:
        session.execute(text(change))
    with pytest.raises(ProblemChangedError, match="cannot be made again"):
        replay_run(estimated, str(done), scenarios=1, seed=1)


def test_a_plan_that_lost_matches_is_refused(estimated: Engine, done: UUID) -> None:
    """What was dropped when the plan was written cannot be replayed."""
    with session_factory(estimated).begin() as session:
        session.execute(text("UPDATE run SET summary = jsonb_set(summary, '{stale_matches}', '2')"))
    with pytest.raises(PlanNotWholeError, match="2 matches were dropped"):
        replay_run(estimated, str(done), scenarios=1, seed=1)
