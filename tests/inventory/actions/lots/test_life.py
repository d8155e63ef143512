# SPDX-License-Identifier: EUPL-1.2
"""A lot is stepped, parted, put together, counted again and undone, and its history says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.lots.count import (
    RecountAmountError,
    RecountEstimateError,
    RecountReasonError,
    recount_lot,
)
from inventory.actions.lots.move import (
    MergeEmptyError,
    MergeUnlikeError,
    MergeWithItselfError,
    MoveEndedError,
    MoveEstimateError,
    SplitAmountError,
    merge_lots,
    split_lot,
)
from inventory.actions.lots.reuse import DirectReuseIsNoWasteError, ReuseOfEstimateError, decide_reuse
from inventory.actions.lots.step import LotUnknownError, StepMissingError, StepRefusedError, step_lot
from inventory.actions.lots.undo import ChangedSinceError, NothingToUndoError, undo_lot
from inventory.actions.screen import add_samples, screen_lot
from inventory.actions.surveys.removal import remove_lot, restore_lot
from inventory.actions.surveys.survey import correct_lot, read_survey, survey_lot
from inventory.actions.surveys.surveyed_lot import SurveyedLot
from inventory.queries.lots.life import list_next_steps, read_moves
from inventory.queries.lots.listing import read_lot, read_site_lots
from inventory.queries.samples import list_sampled_lots, read_samples
from inventory.queries.surveys.surveys import read_history
from inventory.tables import Basis, Lot, LotStatus, Reuse, Screening, TradeUnit
from tests.inventory.conftest import SLAGELSE, Country
from tests.inventory.sampling import make_sample

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
S = LotStatus


@pytest.fixture
def country(session: Session, make_country: Callable[[Session], Country]) -> Country:
    """A country with nothing in it yet."""
    return make_country(session)


@pytest.fixture
def pallets(session: Session, country: Country) -> UUID:
    """Three pallets of 500 bricks, of which 80 % are thought whole: 1200 of them."""
    survey = SurveyedLot(
        site_id=country.site("S", SLAGELSE).id,
        class_id=country.class_row("brick_lime_mortar").id,
        count=Decimal(3),
        trade_unit=TradeUnit.PALLET,
        content=Decimal(500),
        yield_percent=80,
        yield_source="Prøvenedtagning",
        grade=4,
        note="Gule",
    )
    return survey_lot(session, survey=survey, at=AT)


@pytest.fixture
def estimate(country: Country) -> UUID:
    """An estimated lot."""
    more = {"quantity_low": 1, "quantity_high": 9000, "rule": "r", "rule_source": "s"}
    return country.lot("E", country.site("T", SLAGELSE), basis=Basis.ESTIMATED, **more).id


def read(session: Session, lot_id: UUID) -> Lot:
    """Read a lot as the database has it now, all its rules held."""
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
    return session.get_one(Lot, lot_id, populate_existing=True)


def test_whole_life(session: Session, pallets: UUID) -> None:
    """From the survey to the new wall, each step with who and why; nothing is skipped or repeated."""
    assert decide_reuse(session, lot_id=pallets, reuse=Reuse.DIRECT, by="A", why="Sælges som de er")
    assert not decide_reuse(session, lot_id=pallets, reuse=Reuse.DIRECT)
    for to in (S.OFFERED, S.HELD, S.AGREED, S.DISMANTLED, S.STORED, S.DELIVERED, S.INSTALLED):
        step_lot(session, lot_id=pallets, to=to, by="A", why=f"til {to}")
        step_lot(session, lot_id=pallets, to=to, by="A")
    assert (read(session, pallets).status, read(session, pallets).quantity) == (S.INSTALLED, 1200)
    lines = read_history(session, lot_id=pallets)
    assert [line.kind for line in lines] == ["lot_surveyed", "lot_reuse_decided", *["lot_step"] * 7]
    assert (lines[2].by, lines[2].why, lines[2].changes) == (
        "A",
        "til offered",
        {"status": ("surveyed", "offered")},
    )
    with pytest.raises(StepRefusedError, match=r"cannot follow that\. It may become: nothing else"):
        step_lot(session, lot_id=pallets, to=S.OFFERED)


def test_what_is_missing_is_said(session: Session, pallets: UUID) -> None:
    """A step says what it still needs, before it is tried and when it is."""
    lot = read(session, pallets)
    lot.screening, lot.asbestos_suspect = Screening.HAZARDOUS, True
    steps = {step.to: step.missing for step in list_next_steps(session, lot_id=pallets)}
    assert steps[S.OFFERED] == ("reuse", "not_hazardous", "no_asbestos")
    assert steps[S.DISCARDED] == ()
    with pytest.raises(StepMissingError, match="still needs: reuse, not_hazardous, no_asbestos"):
        step_lot(session, lot_id=pallets, to=S.OFFERED)
    with pytest.raises(LotUnknownError):
        step_lot(session, lot_id=uuid4(), to=S.OFFERED)
    assert [line.kind for line in read_history(session, lot_id=pallets)] == ["lot_surveyed"]


def test_waste_has_its_number(session: Session, pallets: UUID, estimate: UUID) -> None:
    """Preparation for reuse carries number and receiver, direct reuse has none, an estimate no decision."""
    with pytest.raises(DirectReuseIsNoWasteError):
        decide_reuse(session, lot_id=pallets, reuse=Reuse.DIRECT, waste_number="1")
    decide_reuse(session, lot_id=pallets, reuse=Reuse.PREPARATION)
    step_lot(session, lot_id=pallets, to=S.DISMANTLED)
    with pytest.raises(StepMissingError, match="needs: waste_trail"):
        step_lot(session, lot_id=pallets, to=S.STORED)
    decide_reuse(
        session, lot_id=pallets, reuse=Reuse.PREPARATION, waste_number=" 27-1 ", waste_receiver="Anlæg"
    )
    step_lot(session, lot_id=pallets, to=S.STORED)
    assert read(session, pallets).waste_number == "27-1"
    with pytest.raises(ReuseOfEstimateError):
        decide_reuse(session, lot_id=estimate, reuse=Reuse.DIRECT)


def test_split_keeps_all_but_the_amount(session: Session, pallets: UUID) -> None:
    """The part has the survey of the whole, each with its share, and can be corrected on its own."""
    decide_reuse(session, lot_id=pallets, reuse=Reuse.DIRECT)
    part = split_lot(session, lot_id=pallets, quantity=300, by="A", why="Til skolen")
    odd = split_lot(session, lot_id=pallets, quantity=7)
    nested = split_lot(session, lot_id=part, quantity=100)
    amounts = [read(session, one).quantity for one in (pallets, part, odd, nested)]
    assert amounts == [893, 200, 7, 100]
    assert [read(session, one).ref for one in (part, odd, nested)] == ["1-1", "1-2", "1-1-1"]
    whole, share = read_survey(session, lot_id=pallets), read_survey(session, lot_id=part)
    # 200 usable bricks are half a pallet of 500 at 80 %; 893 are no even share, and are counted as they are.
    assert share == replace(
        whole,
        ref="1-1",
        count=Decimal("0.5"),
        trade_unit=TradeUnit.PALLET,
        content=Decimal(500),
        yield_percent=80,
        yield_source="Prøvenedtagning",
    )
    assert (whole.count, whole.trade_unit, whole.yield_percent) == (893, TradeUnit.OWN, 100)
    assert (read(session, part).reuse, read(session, part).status) == (Reuse.DIRECT, S.SURVEYED)
    assert correct_lot(session, lot_id=odd, survey=replace(read_survey(session, lot_id=odd), grade=2), at=AT)
    assert correct_lot(session, lot_id=part, survey=replace(share, count=Decimal(1)), at=AT, why="Talt")
    assert (read(session, part).quantity, read(session, odd).quantity) == (400, 7)
    moves = [(row.out, row.other_ref, row.amount) for row in read_moves(session, lot_id=part)]
    assert moves == [(False, "1", 300), (True, "1-1-1", 100)]
    split = read_history(session, lot_id=part)[0]
    assert (split.kind, split.by, split.why, split.changes) == (
        "lot_split",
        "A",
        "Til skolen",
        {"quantity": (0, 300)},
    )


def test_merge_and_undo(session: Session, pallets: UUID) -> None:
    """What was parted is put together again; undoing that and the split before it brings back each state."""
    a, b = (split_lot(session, lot_id=pallets, quantity=n) for n in (300, 400))
    merge_lots(session, into=a, sources=[pallets, b], why="Samme palle")
    assert [read(session, one).quantity for one in (pallets, a, b)] == [0, 1200, 0]
    shown = read_site_lots(session, site_id=read(session, a).site_id, today=date(2026, 12, 1))
    assert [row.id for row in shown] == [a]
    facts = read_lot(session, lot_id=b)
    assert facts is not None
    assert facts.place.not_counted == "moved"
    assert undo_lot(session, lot_id=b) == "lot_merged"
    assert [read(session, one).quantity for one in (pallets, a, b)] == [500, 300, 400]
    assert undo_lot(session, lot_id=b) == "lot_split"
    assert undo_lot(session, lot_id=pallets) == "lot_split"
    assert [read(session, one).quantity for one in (pallets, a, b)] == [1200, 0, 0]
    for one in (pallets, a, b):
        with pytest.raises(NothingToUndoError):
            undo_lot(session, lot_id=one)


def test_what_moved_on_is_not_undone(session: Session, pallets: UUID) -> None:
    """A split whose part was discarded, or parted again, stays until that is undone."""
    part = split_lot(session, lot_id=pallets, quantity=300)
    step_lot(session, lot_id=part, to=S.DISCARDED, why="Knust")
    with pytest.raises(ChangedSinceError, match=r"lot 1-1 changed since. It is discarded and holds 300"):
        undo_lot(session, lot_id=pallets)
    assert undo_lot(session, lot_id=part, why="Forkert parti") == "lot_step"
    assert read(session, part).status is S.SURVEYED
    nested = split_lot(session, lot_id=part, quantity=1)
    with pytest.raises(ChangedSinceError):
        undo_lot(session, lot_id=pallets)
    undo_lot(session, lot_id=nested)
    undo_lot(session, lot_id=pallets)
    assert read(session, pallets).quantity == 1200


def test_only_alike_lots_go_together(session: Session, country: Country, pallets: UUID) -> None:
    """Lots that differ, are empty, or are one and the same are not merged, and each says why."""
    part = split_lot(session, lot_id=pallets, quantity=300)
    with pytest.raises(MergeWithItselfError):
        merge_lots(session, into=part, sources=[part])
    with pytest.raises(MergeWithItselfError):
        merge_lots(session, into=part, sources=[])
    read(session, part).grade, read(session, part).reuse = 2, Reuse.DIRECT
    with pytest.raises(MergeUnlikeError, match="differ in reuse, grade"):
        merge_lots(session, into=pallets, sources=[part])
    read(session, part).grade, read(session, part).reuse = 4, None
    merge_lots(session, into=pallets, sources=[part])
    with pytest.raises(MergeEmptyError):
        merge_lots(session, into=pallets, sources=[part])


def test_what_cannot_be_split_is_said(session: Session, pallets: UUID, estimate: UUID) -> None:
    """No split of an estimate, of all or nothing, or of what is gone."""
    with pytest.raises(MoveEstimateError):
        split_lot(session, lot_id=estimate, quantity=1)
    for quantity in (0, -1, 1200):
        with pytest.raises(SplitAmountError, match="which holds 1200 piece"):
            split_lot(session, lot_id=pallets, quantity=quantity)
    step_lot(session, lot_id=pallets, to=S.DISCARDED)
    with pytest.raises(MoveEndedError):
        split_lot(session, lot_id=pallets, quantity=1)


def test_recount_has_a_reason(session: Session, pallets: UUID, estimate: UUID) -> None:
    """More or less of it is written down with why, and can be taken back."""
    with pytest.raises(RecountReasonError):
        recount_lot(session, lot_id=pallets, quantity=1000, why=" ")
    with pytest.raises(RecountAmountError):
        recount_lot(session, lot_id=pallets, quantity=-1, why="x")
    with pytest.raises(RecountEstimateError):
        recount_lot(session, lot_id=estimate, quantity=1, why="x")
    assert recount_lot(session, lot_id=pallets, quantity=1000, why="200 gik i stykker", by="A")
    assert not recount_lot(session, lot_id=pallets, quantity=1000, why="igen")
    assert (read(session, pallets).quantity, read_survey(session, lot_id=pallets).count) == (
        1000,
        Decimal("2.5"),
    )
    assert read_history(session, lot_id=pallets)[-1].why == "200 gik i stykker"
    assert undo_lot(session, lot_id=pallets) == "lot_recounted"
    assert (read(session, pallets).quantity, read_survey(session, lot_id=pallets).count) == (1200, 3)


def test_samples_follow_the_parts(session: Session, pallets: UUID) -> None:
    """What a laboratory found in the whole holds for its parts, so judging them again changes nothing."""
    sample = make_sample(pallets, "lead", "9000")
    add_samples(session, samples=[sample])
    screen_lot(session, lot_id=pallets, today=date(2026, 12, 1))
    part = split_lot(session, lot_id=pallets, quantity=300)
    assert read(session, part).screening is Screening.HAZARDOUS
    assert [row.lot_id for row in read_samples(session, lot_id=part)] == [pallets]
    assert set(list_sampled_lots(session)) == {pallets, part}
    assert screen_lot(session, lot_id=part, today=date(2026, 12, 1)).result == Screening.HAZARDOUS


def test_removed_lot_comes_back_as_it_was(session: Session, pallets: UUID) -> None:
    """An offered lot comes back offered, or surveyed where it may no longer be; an agreed one stays."""
    assert remove_lot(session, lot_id=pallets)
    assert restore_lot(session, lot_id=pallets)
    assert read(session, pallets).status is S.SURVEYED
    decide_reuse(session, lot_id=pallets, reuse=Reuse.DIRECT)
    step_lot(session, lot_id=pallets, to=S.OFFERED)
    for screening, back in ((Screening.CLEAN, S.OFFERED), (Screening.HAZARDOUS, S.SURVEYED)):
        assert remove_lot(session, lot_id=pallets)
        assert not remove_lot(session, lot_id=pallets)
        read(session, pallets).screening = screening
        assert restore_lot(session, lot_id=pallets)
        assert not restore_lot(session, lot_id=pallets)
        assert read(session, pallets).status is back
    read(session, pallets).screening = Screening.CLEAN
    for to in (S.OFFERED, S.AGREED):
        step_lot(session, lot_id=pallets, to=to)
    with pytest.raises(StepRefusedError):
        remove_lot(session, lot_id=pallets)
