# SPDX-License-Identifier: EUPL-1.2
"""A project of the database answered at once: as a run would see it, from the lots within reach alone."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import Engine, text

from inventory.database import make_engine, session_factory
from inventory.matching.defaults import choose_params
from inventory.matching.instant import NothingAskedError, answer_project
from inventory.matching.perform import perform_run
from inventory.matching.snapshot import read_snapshot
from inventory.queries.instant import (
    ProjectNotFoundError,
    Reach,
    find_point,
    find_project,
    select_lots_within,
)
from matcher.instant.ask import ask_project
from matcher.instant.offer import lay_offer
from matcher.instant.question import find_project as find_requirements
from matcher.instant.question import pose_question, take_requirements

TODAY = date(2026, 12, 1)
SLAGELSE = (639_000, 6_142_500)
KORSOER = (634_500, 6_133_500)
NYBORG = (611_500, 6_130_500)
AARHUS = (574_500, 6_223_000)


@pytest.fixture
def varied(own_database_url: str, make_country: Callable[..., Any]) -> Any:
    """Lots near and far, early and late, good and bad, and two projects that want them."""
    engine = make_engine(own_database_url)
    with session_factory(engine).begin() as session:
        country = make_country(session)
        sites = {
            name: country.site(name, at)
            for name, at in {"a": SLAGELSE, "b": KORSOER, "c": NYBORG, "d": AARHUS}.items()
        }
        draw = np.random.default_rng(5)
        for place in range(60):
            start = date(2027, 1 + int(draw.integers(12)), 1)
            country.lot(
                f"lot {place}",
                sites["abcd"[int(draw.integers(4))]],
                code=["brick_lime_mortar", "brick_cement_mortar", "door_inner"][int(draw.integers(3))],
                quantity=int(draw.integers(1, 300)),
                price_ore=int(draw.integers(0, 900)),
                available_from=start,
                available_to=date(start.year + int(draw.integers(2)), 12, 31),
                grade=int(draw.integers(1, 6)),
            )
        for ref, at in (("here", SLAGELSE), ("there", NYBORG)):
            project = country.project(ref, at)
            country.requirement(f"{ref} bricks", project, quantity=900, grade_min=3)
            country.requirement(f"{ref} more bricks", project, quantity=100, max_metres=9000)
            country.requirement(
                f"{ref} doors", project, code="door_inner", quantity=40, new_price_ore=90_000, storage_days=0
            )
    yield engine
    engine.dispose()


def test_the_answer_is_that_of_all_lots_in_memory(varied: Engine) -> None:
    """Reading only what is within reach changes no mix, no alternative and no relaxation."""
    with session_factory(varied)() as session:
        params = choose_params(session, as_of=TODAY)
        project = str(find_project(session, "here").id)
    problem = read_snapshot(varied, params=params).problem
    offer = lay_offer(problem)
    rows = find_requirements(problem, project=project)
    whole = ask_project(offer, pose_question(offer, asked=take_requirements(problem, rows=rows)))
    found = answer_project(varied, project="here", as_of=TODAY)
    assert found.looked_at < len(problem.lots.id)
    assert len(found.answer.requirements) == 3
    for near, all_of_them in zip(found.answer.requirements, whole.requirements, strict=True):
        for name in ("mix", "alternatives", "met", "bought", "cost", "others", "saving", "relaxations"):
            assert getattr(near, name) == getattr(all_of_them, name)
        assert near.allowed == all_of_them.allowed > 0
    assert any(requirement.relaxations for requirement in found.answer.requirements)
    named = {each.offer.lot for requirement in found.answer.requirements for each in requirement.mix}
    assert named <= set(found.lots)
    assert {each.ref for each in found.requirements.values()} == {
        "here bricks",
        "here more bricks",
        "here doors",
    }


def test_prices_are_those_of_the_last_run(built: Engine, ask: Callable[..., UUID]) -> None:
    """Without a run every price is 0; after one the scarce lot costs what it is worth to the others."""
    before = answer_project(built, project="Nyborg", as_of=TODAY)
    assert (before.run_id, before.answer.others) == (None, 0)
    assert before.answer.requirements[0].met == 700
    run_id = ask()
    perform_run(built, run_id=run_id)
    after = answer_project(built, project="Nyborg", as_of=TODAY)
    assert after.run_id == run_id
    with built.connect() as connection:
        price = connection.execute(text("SELECT price FROM lot_price")).scalar_one()
    offer = after.answer.requirements[0].mix[0].offer
    assert offer.price == price > 0
    assert after.answer.others == 700 * price
    later = ask()
    perform_run(built, run_id=later)
    assert answer_project(built, project="Slagelse", as_of=TODAY).run_id == later


def test_a_withdrawn_lot_is_gone_at_once(built: Engine) -> None:
    """The answer reads what is there now, whatever the last run saw."""
    with session_factory(built).begin() as session:
        session.execute(text("UPDATE lot SET status = 'withdrawn'"))
    found = answer_project(built, project="Nyborg", as_of=TODAY)
    assert found.looked_at == 0
    assert found.answer.requirements[0].reason == "no_lot_of_class"


def test_what_cannot_be_answered_says_why(built: Engine, make_country: Callable[..., Any]) -> None:
    """An unknown project, one without a place, and one that wants nothing are told apart."""
    with session_factory(built).begin() as session:
        project_id = str(find_project(session, "Nyborg").id)
        assert find_project(session, project_id[:13]).ref == "Nyborg"
        session.execute(
            text("INSERT INTO site (id, kind, ref, name) VALUES (gen_random_uuid(), 'project', 'x', 'x')")
        )
        session.execute(
            text(
                "INSERT INTO project (id, ref, name, site_id)"
                " SELECT gen_random_uuid(), 'placeless', 'placeless', id FROM site WHERE ref = 'x'"
            )
        )
        session.execute(text("UPDATE requirement SET status = 'withdrawn' WHERE ref = 'here'"))
    with pytest.raises(ProjectNotFoundError, match="no project has this ref"):
        answer_project(built, project="nowhere", as_of=TODAY)
    with pytest.raises(ProjectNotFoundError, match="no project has this ref"):
        answer_project(built, project=" ", as_of=TODAY)
    with pytest.raises(NothingAskedError, match="no coordinate"):
        answer_project(built, project="placeless", as_of=TODAY)
    with pytest.raises(NothingAskedError, match="no open requirement"):
        answer_project(built, project="Slagelse", as_of=TODAY)


def test_lots_within_reach_are_found_by_the_index(varied: Engine) -> None:
    """Class, distance and season choose, and the database finds them by an index."""
    with session_factory(varied)() as session:
        point = find_point(session, site_id=find_project(session, "here").site_id)
        assert point == SLAGELSE
        number = session.execute(text("SELECT id FROM material_class WHERE code = 'door_inner'")).scalar_one()
        reach = Reach(
            class_id=number,
            metres=40_000,
            opens_before=date(2027, 6, 1),
            closes_after=date(2027, 12, 1),
        )
        statement = select_lots_within([reach], point=point)
        found = session.scalars(statement).all()
        told = session.execute(
            text(
                "SELECT count(*) FROM lot JOIN site ON site.id = lot.site_id"
                " WHERE class_id = :number AND site.ref IN ('a', 'b', 'c')"
                " AND lot.available_from < '2027-06-01' AND lot.available_to > '2027-12-01'"
            ),
            {"number": number},
        ).scalar_one()
        assert len(found) == told > 0
        assert session.scalars(select_lots_within([], point=point)).all() == []
        session.execute(text("SET LOCAL enable_seqscan = off"))
        query = str(statement.compile(session.connection().engine, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(session.scalars(text("EXPLAIN " + query.replace(":", r"\:"))).all())
        assert "Index Scan using ix_lot" in plan


def test_answering_loads_no_solver() -> None:
    """The answer from the database reaches neither OR-Tools nor HiGHS."""
    program = (
        "import sys, inventory.matching.instant\nprint(sorted({'ortools', 'highspy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_sites_by_name_and_all_of_them_are_the_same(varied: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few sites are asked for by id, many read whole: the problem is the same."""
    before = answer_project(varied, project="there", as_of=TODAY)
    monkeypatch.setattr("inventory.matching.read_places.FEW", 0)
    assert answer_project(varied, project="there", as_of=TODAY) == before
