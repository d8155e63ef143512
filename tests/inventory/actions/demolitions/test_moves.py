# SPDX-License-Identifier: EUPL-1.2
"""A demolition that moves: its window, its lots' days, the matches that rest on them, and back again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inventory.actions.demolitions.moves import (
    DemolitionMovedError,
    MoveNotLastError,
    MoveRestedOnError,
    NotADonorError,
    move_demolition,
    preview_move,
    undo_move,
)
from inventory.actions.demolitions.plan import (
    DAYS,
    DemolitionDaysError,
    DemolitionPlan,
    shift_window,
)
from inventory.queries.demolitions.demolitions import read_history
from inventory.tables import (
    Demolition,
    DemolitionSource,
    Firmness,
    Lot,
    Match,
    MatchStatus,
    MaterialClass,
    Site,
)
from tests.inventory.actions.matched import add_match

PLAN = DemolitionPlan(
    firmness=Firmness.PERMIT_APPLIED,
    source_kind=DemolitionSource.TENDER,
    source="Tender 7",
    source_date=date(2026, 11, 1),
    start_early=date(2027, 2, 15),
    start_likely=date(2027, 3, 1),
    start_late=date(2027, 3, 15),
    end_early=date(2027, 6, 1),
    end_likely=date(2027, 6, 1),
    end_late=date(2027, 7, 1),
    notice_days=30,
)


@pytest.fixture
def school(session: Session, make_lot: Callable[..., UUID]) -> UUID:
    """A donor site with two lots: one with the site's days, one with its own."""
    site_id = uuid4()
    session.add(
        Site(
            id=site_id,
            kind="donor",
            ref="school",
            name="School",
            available_from=date(2027, 3, 1),
            available_to=date(2027, 6, 1),
            firmness="possible",
            firmness_source="file",
        )
    )
    session.flush()
    make_lot(site_id, "plain")
    make_lot(site_id, "own", first=date(2027, 3, 10), last=date(2027, 4, 10), decide=date(2027, 2, 1))
    return site_id


@pytest.fixture
def make_lot(session: Session) -> Callable[..., UUID]:
    """Add a surveyed lot of 1,000 bricks."""

    def make(
        site_id: UUID,
        ref: str,
        *,
        first: date | None = None,
        last: date | None = None,
        decide: date | None = None,
    ) -> UUID:
        class_id = session.execute(
            select(MaterialClass.id).where(MaterialClass.code == "brick_lime_mortar")
        ).scalar_one()
        lot = Lot(
            id=uuid4(),
            site_id=site_id,
            ref=ref,
            class_id=class_id,
            unit="piece",
            quantity=1000,
            basis="surveyed",
            available_from=first,
            available_to=last,
            decide_by=decide,
        )
        session.add(lot)
        session.flush()
        return lot.id

    return make


def status_of(session: Session, match_id: int) -> MatchStatus:
    """Read whether a match holds."""
    return session.execute(select(Match.status).where(Match.id == match_id)).scalar_one()


def days_of(session: Session, ref: str) -> tuple[date | None, date | None, date | None]:
    """Read a lot's own days."""
    query = select(Lot.available_from, Lot.available_to, Lot.decide_by).where(Lot.ref == ref)
    return tuple(session.execute(query).one())


def move(session: Session, site_id: UUID, plan: DemolitionPlan = PLAN, **also: Any) -> int:
    """Move a demolition and give the step."""
    step = move_demolition(session, site_id=site_id, plan=plan, by="The firm", why=None, **also)
    assert step is not None
    return step


def test_the_window_is_the_cautious_one(session: Session, school: UUID):
    """The site's window goes from the latest start to the earliest end, and its stage is the plan's."""
    move(session, school)
    site = session.get_one(Site, school)
    assert (site.available_from, site.available_to) == (date(2027, 3, 15), date(2027, 6, 1))
    assert (site.firmness, site.firmness_source) == (Firmness.PERMIT_APPLIED, "Tender 7")
    assert session.get_one(Demolition, school).start_early == date(2027, 2, 15)


def test_a_start_after_the_end_leaves_no_sure_day(session: Session, school: UUID):
    """With the latest start after the earliest end, the site has no window and no lot a day of its own."""
    move(session, school, replace(PLAN, start_late=date(2027, 6, 10)))
    assert session.get_one(Site, school).available_from is None
    assert days_of(session, "own")[:2] == (None, None)


def test_lots_with_days_of_their_own_move_along(session: Session, school: UUID):
    """The start moves 14 days, the end none: so do a lot's own; its decide-by day goes with the start."""
    foreseen = preview_move(session, site_id=school, plan=PLAN)
    move(session, school)
    after = (date(2027, 3, 24), date(2027, 4, 10), date(2027, 2, 15))
    assert days_of(session, "own") == after == foreseen.lots[0].after
    assert days_of(session, "plain") == (None, None, None)


def test_matches_outside_the_new_days_are_marked_and_come_back(session: Session, school: UUID):
    """A pick-up before the new start holds no longer, one after it does; undoing takes the mark away."""
    early = add_match(session, ref="plain", pick_up=date(2027, 3, 2))
    late = add_match(session, ref="plain", pick_up=date(2027, 4, 2))
    foreseen = preview_move(session, site_id=school, plan=PLAN)
    assert ([one.id for one in foreseen.lost], [one.id for one in foreseen.held]) == ([early], [late])
    step = move(session, school)
    assert (status_of(session, early), status_of(session, late)) == (MatchStatus.MOVED, MatchStatus.PROPOSED)
    back = preview_move(session, site_id=school, plan=replace(PLAN, start_late=date(2027, 3, 1)))
    assert [one.id for one in back.regained] == [early]
    undo_move(session, site_id=school, step=step, by=None)
    assert status_of(session, early) is MatchStatus.PROPOSED


def test_a_window_moved_by_any_other_way_marks_its_matches_too(session: Session, school: UUID):
    """The database itself marks them: also where a lot alone gets days of its own."""
    match = add_match(session, ref="plain", pick_up=date(2027, 4, 2))
    session.execute(
        update(Lot)
        .where(Lot.ref == "plain")
        .values(available_from=date(2027, 5, 1), available_to=date(2027, 6, 1))
    )
    assert status_of(session, match) is MatchStatus.MOVED
    session.execute(update(Lot).where(Lot.ref == "plain").values(available_from=None, available_to=None))
    assert status_of(session, match) is MatchStatus.PROPOSED


def test_moves_are_undone_one_by_one_to_what_was(session: Session, school: UUID):
    """Two moves undone leave site, lots and demolition as before both; only the last that stands may go."""
    before = (session.get_one(Site, school).available_from, days_of(session, "own"))
    first = move(session, school)
    second = move(session, school, replace(PLAN, firmness=Firmness.PERMIT_GIVEN, end_early=date(2027, 5, 1)))
    with pytest.raises(MoveNotLastError):
        undo_move(session, site_id=school, step=first, by=None)
    undo_move(session, site_id=school, step=second, by="The firm")
    undo_move(session, site_id=school, step=first, by="The firm")
    session.expire_all()
    site = session.get_one(Site, school)
    assert (site.available_from, days_of(session, "own")) == before
    assert (site.firmness, site.firmness_source) == (Firmness.POSSIBLE, "file")
    assert session.get(Demolition, school) is None
    assert [step.undone for step in read_history(session, site_id=school)] == [True, True]
    with pytest.raises(MoveNotLastError):
        undo_move(session, site_id=school, step=first, by=None)


def test_a_lot_changed_since_stands_in_the_way_of_undo(session: Session, school: UUID):
    """A lot whose days somebody set after the move is named, and nothing is undone."""
    step = move(session, school)
    session.execute(update(Lot).where(Lot.ref == "own").values(decide_by=date(2027, 1, 1)))
    with pytest.raises(MoveRestedOnError, match="own"):
        undo_move(session, site_id=school, step=step, by=None)
    assert session.get_one(Site, school).available_from == date(2027, 3, 15)


def test_the_same_again_is_no_step(session: Session, school: UUID):
    """Sending a form twice writes one step of history."""
    move(session, school)
    assert move_demolition(session, site_id=school, plan=PLAN, by=None, why=None) is None
    assert len(read_history(session, site_id=school)) == 1


def test_a_move_seen_by_nobody_is_refused(session: Session, school: UUID):
    """Whoever opened the page before another moved the days learns so; and a project has no demolition."""
    move(session, school, seen=0)
    with pytest.raises(DemolitionMovedError):
        move(session, school, replace(PLAN, notice_days=5), seen=0)
    with pytest.raises(NotADonorError):
        preview_move(session, site_id=uuid4(), plan=PLAN)


@pytest.mark.parametrize("name", DAYS)
def test_days_in_no_order_are_refused(name: str, session: Session, school: UUID):
    """A start after its end, or likely days outside early and late, are named and nothing is written."""
    wrong = date(2030, 1, 1) if name.endswith(("early", "likely")) else date(2020, 1, 1)
    with pytest.raises(DemolitionDaysError, match=name):
        move(session, school, replace(PLAN, **{name: wrong}))
    assert session.get(Demolition, school) is None


_day = st.integers(0, 400).map(lambda number: date(2027, 1, 1) + timedelta(days=number))
_window = st.tuples(_day, st.integers(1, 200)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))


@given(own=st.none() | _window, before=st.none() | _window, after=st.none() | _window)
def test_a_moved_window_lies_within_its_sites(own: Any, before: Any, after: Any):
    """Whatever moves, a lot's own window is never empty and never reaches beyond the site's new one."""
    moved = shift_window(own, before=before, after=after)
    if moved is not None:
        assert after is not None
        assert after[0] <= moved[0] < moved[1] <= after[1]
