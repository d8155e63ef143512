# SPDX-License-Identifier: EUPL-1.2
"""Lots kept in memory answer as lots read for the question do, and nothing that changed is missed."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine, text

from inventory.database import make_engine, session_factory
from inventory.keeping import keep_current
from inventory.matching.instant import InstantAnswer, KeptLots, answer_project, warm_up
from inventory.matching.kept import look
from inventory.matching.kept import lots as kept_lots
from inventory.matching.perform import perform_run

TODAY = date(2026, 12, 1)
SLAGELSE = (639_000, 6_142_500)
KORSOER = (634_500, 6_133_500)
AARHUS = (574_500, 6_223_000)
CODES = ("brick_lime_mortar", "brick_cement_mortar", "door_inner", "window_wood")


@pytest.fixture
def mixed(own_database_url: str, make_country: Callable[..., Any]) -> Iterator[Engine]:
    """Lots of every kind, near and far, and a project that wants some, with room of its own."""
    engine = make_engine(own_database_url)
    with session_factory(engine).begin() as session:
        country = make_country(session)
        sites = [country.site(name, at) for name, at in {"a": SLAGELSE, "b": KORSOER, "c": AARHUS}.items()]
        draw = np.random.default_rng(7)
        for place in range(80):
            start = date(2027, 1 + int(draw.integers(12)), 1)
            country.lot(
                f"lot {place}",
                sites[int(draw.integers(3))],
                code=CODES[int(draw.integers(4))],
                quantity=int(draw.integers(1, 300)),
                price_ore=int(draw.integers(0, 900)) if draw.random() < 0.7 else None,
                available_from=start,
                available_to=date(start.year + int(draw.integers(2)), 12, 31),
                grade=int(draw.integers(1, 6)) if draw.random() < 0.7 else None,
                minimum_take=int(draw.integers(0, 3)),
                screening=("clean", "unknown", "hazardous")[int(draw.integers(3))],
            )
        project = country.project("here", SLAGELSE)
        country.requirement("bricks", project, quantity=900, grade_min=3)
        country.requirement(
            "all bricks", project, quantity=400, unknown_screening_ok=True, max_metres=200_000
        )
        country.requirement("doors", project, code="door_inner", quantity=40, new_price_ore=90_000)
        country.requirement("windows", project, code="window_wood", quantity=40, storage_days=20)
        country.requirement("more", country.project("there", KORSOER), quantity=90_000, new_price_ore=5000)
        session.execute(text("UPDATE site SET storage_days = 30 WHERE ref = 'a'"))
    yield engine
    engine.dispose()


@pytest.fixture
def kept(mixed: Engine) -> KeptLots:
    """The lots, read into memory."""
    lots = KeptLots(mixed)
    warm_up(mixed, lots, as_of=TODAY)
    return lots


def _ask(engine: Engine, kept: KeptLots, monkeypatch: pytest.MonkeyPatch) -> InstantAnswer:
    """Ask of the lots in memory, and see that the lots were not read for the question."""
    with monkeypatch.context() as patch:
        patch.setattr(look, "read_snapshot", None)
        return answer_project(engine, project="here", as_of=TODAY, kept=kept)


def _change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount > 0


def test_the_answer_is_that_of_lots_read_for_the_question(
    mixed: Engine,
    kept: KeptLots,
    request_here: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Mixes, alternatives, reasons, relaxations and counts are the same, without a run and after one."""
    answers = []
    for _ in range(2):
        answer = _ask(mixed, kept, monkeypatch)
        assert answer == answer_project(mixed, project="here", as_of=TODAY)
        assert sum(len(one.mix) for one in answer.answer.requirements) > 2
        assert any(one.relaxations for one in answer.answer.requirements)
        assert set(answer.problem.lots.id.tolist()) == set(answer.lots)
        answers.append(answer)
        with session_factory(mixed).begin() as session:
            run_id = request_here(session, queued=False)
        perform_run(mixed, run_id=run_id)
    assert answers[1].run_id is not None
    assert answers[1].answer.others > 0 == answers[0].answer.others


def test_what_changed_since_is_in_the_next_answer(
    mixed: Engine, kept: KeptLots, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Withdrawn, repriced, moved or gone: the next question knows, whoever has looked at the map between."""
    laid = kept._laid
    before = _ask(mixed, kept, monkeypatch)
    for looked, statement in enumerate(
        [
            "UPDATE lot SET status = 'withdrawn' WHERE site_id = (SELECT id FROM site WHERE ref = 'b')",
            "UPDATE lot SET price_ore = 0, quantity = 500 WHERE ref < 'lot 3' AND status = 'offered'",
            "UPDATE lot SET price_ore = 700 WHERE ref > 'lot 4' AND status = 'offered'",
            "UPDATE site SET geom = ST_Translate(geom, 3000, 0) WHERE ref = 'a'",
            "UPDATE lot SET site_id = (SELECT id FROM site WHERE ref = 'a') WHERE ref > 'lot 6'",
            "DELETE FROM lot WHERE ref < 'lot 3'",
            "UPDATE site SET firmness = 'gone' WHERE ref = 'a'",
        ]
    ):
        _change(mixed, statement)
        if looked % 2:
            keep_current(mixed)
        after = _ask(mixed, kept, monkeypatch)
        assert after == answer_project(mixed, project="here", as_of=TODAY), statement
        assert after != before, statement
        if not looked:
            # nothing that came could serve: what went is left out, and all else stays as it was laid
            assert kept._laid is laid
        before = after


def test_what_lots_stand_on_may_change(
    mixed: Engine, kept: KeptLots, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other factors, a new public body, a class without a price, very many changes: the answers agree."""
    before = _ask(mixed, kept, monkeypatch)
    _change(
        mixed,
        "UPDATE factor SET value = high WHERE kind IN ('used_price', 'transport_price') AND high > value",
    )
    after = _ask(mixed, kept, monkeypatch)
    assert after == answer_project(mixed, project="here", as_of=TODAY)
    assert after.answer.cost > before.answer.cost
    _change(mixed, "INSERT INTO organisation (id, name, kind) VALUES (gen_random_uuid(), 'Town', 'dealer')")
    _change(mixed, "UPDATE site SET organisation_id = (SELECT id FROM organisation WHERE name = 'Town')")
    keep_current(mixed)
    assert not _ask(mixed, kept, monkeypatch).problem.lots.public.any()
    _change(mixed, "UPDATE organisation SET kind = 'municipality' WHERE name = 'Town'")
    whole = _ask(mixed, kept, monkeypatch)
    assert whole == answer_project(mixed, project="here", as_of=TODAY)
    assert whole.problem.lots.public.all()
    with monkeypatch.context() as patch:
        patch.setattr(kept_lots, "MOST_CHANGED", 0)
        _change(mixed, "UPDATE lot SET note = 'seen'")
        assert answer_project(mixed, project="here", as_of=TODAY, kept=kept) == whole
    _change(
        mixed,
        "DELETE FROM factor WHERE kind = 'new_price'"
        " AND class_id = (SELECT id FROM material_class WHERE code = 'linoleum')",
    )
    assert answer_project(mixed, project="here", as_of=TODAY, kept=kept) == whole
