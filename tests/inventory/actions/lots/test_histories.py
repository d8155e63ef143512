# SPDX-License-Identifier: EUPL-1.2
"""Whatever is done to lots, in whatever order, at once or one by one: no quantity is made or lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from inventory.actions.lots.count import recount_lot
from inventory.actions.lots.move import merge_lots, split_lot
from inventory.actions.lots.reuse import decide_reuse
from inventory.actions.lots.step import step_lot
from inventory.actions.lots.undo import undo_lot
from inventory.actions.survey_amount import count_usable_steps, find_content
from inventory.actions.surveys.survey import read_survey
from inventory.database import make_engine, session_factory
from inventory.errors import GenbroError
from inventory.tables import Lot, LotOrigin, LotStatus, LotSurvey, Reuse, TradeUnit, Unit
from tests.inventory.conftest import SLAGELSE, Country

LOTS, EACH = 3, 42
PICK = st.integers(0, 50)
ACTIONS = st.one_of(
    st.tuples(st.just("split"), PICK, st.integers(-1, EACH + 1)),
    st.tuples(st.just("merge"), PICK, st.lists(PICK, max_size=3)),
    st.tuples(st.just("step"), PICK, st.sampled_from(list(LotStatus))),
    st.tuples(st.just("recount"), PICK, st.integers(0, EACH)),
    st.tuples(st.just("decide"), PICK, st.sampled_from(list(Reuse))),
    st.tuples(st.just("undo"), PICK, st.none()),
)


def add_lots(session: Session, country: Country) -> list[UUID]:
    """Add lots that are alike, each surveyed as pallets of four with a quarter of them broken."""
    site = country.site("S", SLAGELSE)
    ids = []
    for number in range(LOTS):
        lot = country.lot(f"{number}", site, quantity=EACH, status=LotStatus.SURVEYED, decide_by=None)
        session.add(
            LotSurvey(
                lot_id=lot.id,
                count=EACH / 3,
                trade_unit=TradeUnit.PALLET,
                content=4,
                yield_percent=75,
                yield_source="s",
            )
        )
        ids.append(lot.id)
    session.flush()
    return ids


@dataclass
class Model:
    """What the lots must hold, kept by plain sums; each entry of the log is what one act moved, by lot."""

    held: dict[UUID, int]
    log: list[tuple[str, dict[UUID, int]]] = field(default_factory=list)

    def note(self, kind: str, moved: dict[UUID, int]) -> None:
        """Note an act."""
        self.log.append((kind, moved))
        for lot_id, steps in moved.items():
            self.held[lot_id] = self.held.get(lot_id, 0) + steps

    def undo(self, lot_id: UUID, kind: str) -> None:
        """Take back the last act that touched a lot."""
        at = max(at for at, (_, moved) in enumerate(self.log) if lot_id in moved)
        was, moved = self.log.pop(at)
        assert was == kind
        for one, steps in moved.items():
            self.held[one] -= steps


def act(session: Session, ids: list[UUID], model: Model, action: tuple[str, int, object]) -> None:
    """Do one thing to the lots, and to the model what it must amount to."""
    name, pick, what = action
    lot_id = ids[pick % len(ids)]
    if name == "split":
        assert isinstance(what, int)
        part = split_lot(session, lot_id=lot_id, quantity=what)
        ids.append(part)
        model.note("lot_split", {lot_id: -what, part: what})
    elif name == "merge":
        assert isinstance(what, list)
        sources = [ids[one % len(ids)] for one in what]
        merge_lots(session, into=lot_id, sources=sources)
        moved = {one: -model.held[one] for one in sources}
        model.note("lot_merged", {**moved, lot_id: -sum(moved.values())})
    elif name == "step":
        assert isinstance(what, LotStatus)
        if session.get_one(Lot, lot_id).status is not what:
            step_lot(session, lot_id=lot_id, to=what)
            model.note("lot_step", {lot_id: 0})
    elif name == "recount":
        assert isinstance(what, int)
        if recount_lot(session, lot_id=lot_id, quantity=what, why="talt"):
            model.note("lot_recounted", {lot_id: what - model.held[lot_id]})
    elif name == "decide":
        assert isinstance(what, Reuse)
        decide_reuse(session, lot_id=lot_id, reuse=what)
    else:
        model.undo(lot_id, undo_lot(session, lot_id=lot_id))


def check_survey(session: Session, lot: Lot) -> None:
    """The survey of a lot gives the very quantity it has."""
    survey = read_survey(session, lot_id=lot.id)
    content = find_content(survey.trade_unit, unit=Unit.PIECE, content=survey.content, dimensions={})
    assert lot.quantity == count_usable_steps(
        survey.count, content=content, yield_percent=survey.yield_percent, step=1
    )


@pytest.fixture(scope="module")
def empty(database_url: str) -> Iterator[Engine]:
    """An engine on the module's database."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@settings(max_examples=60, deadline=None)
@given(actions=st.lists(ACTIONS, min_size=1, max_size=25))
def test_histories(empty: Engine, actions: list[tuple[str, int, object]]) -> None:
    """After each act of any history the lots hold what plain sums say, and the database's rules hold."""
    with empty.connect() as connection, connection.begin() as transaction:
        with session_factory(empty)(bind=connection, join_transaction_mode="create_savepoint") as session:
            ids = add_lots(session, Country(session))
            model = Model(dict.fromkeys(ids, EACH))
            for action in actions:
                try:
                    with session.begin_nested():
                        act(session, ids, model, action)
                        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
                    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
                except GenbroError:
                    session.expire_all()
                found = session.scalars(select(Lot).execution_options(populate_existing=True)).all()
                assert {lot.id: lot.quantity for lot in found} == model.held
                for lot in found:
                    check_survey(session, lot)
        transaction.rollback()


def live(engine: Engine, ids: list[UUID], seed: int) -> int:
    """Split, merge and undo at random, each in a transaction of its own; give how many came about."""
    random, done = Random(seed), 0
    for _ in range(25):
        try:
            with session_factory(engine)() as session, session.begin():
                known = list(session.scalars(select(Lot.id).order_by(Lot.ref)))
                one, other = random.choice(known), random.choice(known)
                name = random.choice(["split", "split", "merge", "undo"])
                if name == "split":
                    split_lot(session, lot_id=one, quantity=random.randint(1, 9))
                elif name == "merge":
                    merge_lots(session, into=one, sources=[other])
                else:
                    undo_lot(session, lot_id=one)
            done += 1
        except (GenbroError, OperationalError):
            # Refused, or two in each other's way: nothing was written, which the sum below shows.
            continue
    return done


def test_many_at_once(own_database_url: str, make_country: Callable[[Session], Country]) -> None:
    """Four people at the same lots at the same time lose and win nothing."""
    engine = make_engine(own_database_url)
    try:
        with session_factory(engine)() as session, session.begin():
            ids = add_lots(session, make_country(session))
        with ThreadPoolExecutor(4) as pool:
            done = list(pool.map(lambda seed: live(engine, ids, seed), range(4)))
        with session_factory(engine)() as session:
            lots = session.scalars(select(Lot)).all()
            moved = session.scalars(select(func.count()).select_from(LotOrigin)).one()
            assert sum(lot.quantity for lot in lots) == LOTS * EACH
            assert sum(lot.moved for lot in lots) == 0
            assert moved >= sum(done) >= 20
            for lot in lots:
                check_survey(session, lot)
    finally:
        engine.dispose()
