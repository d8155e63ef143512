# SPDX-License-Identifier: EUPL-1.2
"""Booking a cutting plan: what becomes of each lot, what it refuses, and undoing it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from inventory.actions.cuttings import request_cutting
from inventory.actions.lots.book_cutting import (
    CuttingBookedError,
    CuttingNotDoneError,
    CuttingStaleError,
    book_cutting,
)
from inventory.actions.lots.reuse import decide_reuse
from inventory.actions.lots.step import ChangedSinceError, step_lot
from inventory.actions.lots.unbook_cutting import CuttingNotBookedError, unbook_cutting
from inventory.actions.lots.undo import undo_lot
from inventory.actions.projects.pieces import set_pieces
from inventory.cli.main import main
from inventory.database import make_engine, session_factory
from inventory.matching.cutting import NothingToCutError, perform_cutting, read_problem
from inventory.matching.defaults import choose_params
from inventory.matching.read_requirements import read_requirements
from inventory.queries.cutting.bars import list_bars_counted
from inventory.queries.cutting.bookings import list_booked, list_made, list_sawn, read_sawn_for
from inventory.queries.cutting.cuttings import SawParams, read_saw
from inventory.tables import (
    Event,
    Lot,
    LotOrigin,
    LotStatus,
    LotSurvey,
    Requirement,
    Reuse,
    SawnKind,
    TradeUnit,
    stable_id,
)
from tests.inventory.conftest import SLAGELSE, TODAY, Country

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
PROJECT, JOISTS = stable_id("project", "hall"), stable_id("requirement", "joists")
LONG, SHORT = stable_id("lot", "long"), stable_id("lot", "short")


@pytest.fixture(scope="module")
def planned(database_url: str) -> Iterator[tuple[Engine, UUID]]:
    """Eleven counted bars of 4,150 mm and ten of 3,000 mm, and a plan of a hall that wants three lengths."""
    engine = make_engine(database_url)
    with session_factory(engine).begin() as session:
        country = Country(session)
        donor = country.site("donor", SLAGELSE)
        same = {"code": "joist_timber", "grade": 4, "width_mm": 95, "height_mm": 220, "minimum_take": 20}
        country.lot("long", donor, quantity=456, length_mm=4150, **same)
        country.lot("short", donor, quantity=302, length_mm=3000, **same)
        session.add(LotSurvey(lot_id=LONG, trade_unit=TradeUnit.PIECE, count=Decimal(11), identical=11))
        hall = country.project("hall", SLAGELSE)
        country.requirement("joists", hall, code="joist_timber", quantity=400, new_price_ore=3000)
        for lot in (LONG, SHORT):
            decide_reuse(session, lot_id=lot, reuse=Reuse.DIRECT)
        set_pieces(session, requirement_id=JOISTS, pieces={2450: 8, 1650: 3, 905: 7})
    with session_factory(engine).begin() as session:
        params = read_saw(
            session, today=TODAY, kerf_mm=Decimal("3.2"), minimum_offcut_mm=Decimal(300)
        ).model_dump(mode="json")
        cutting = request_cutting(session, project_id=PROJECT, params=params, at=NOW, queued=False)
    perform_cutting(engine, cutting_id=cutting)
    yield engine, cutting
    engine.dispose()


@pytest.fixture
def session(planned: tuple[Engine, UUID]) -> Iterator[Session]:
    """A session whose changes are taken back."""
    with session_factory(planned[0])() as opened:
        yield opened
        opened.rollback()


def test_every_millimetre_of_a_booked_plan_is_somewhere(
    session: Session, planned: tuple[Engine, UUID]
) -> None:
    """Bars are pieces, off-cuts, kerf and scrap; no step is made or lost; each new lot is as long as said."""
    before = {lot: session.get_one(Lot, lot).quantity for lot in (LONG, SHORT)}
    book_cutting(session, cutting_id=planned[1], at=NOW, by="PH", why="sawn on Tuesday")
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    sawn = list_sawn(session, cutting_id=planned[1])
    made = list_made(session, cutting_id=planned[1])
    assert {one.lot_id for one in sawn} == {LONG, SHORT}
    wanted = {
        length: sum(one.count for one in made if one.kind == SawnKind.PIECE and one.length_mm == length)
        for length in (2450, 1650, 905)
    }
    assert wanted == {2450: 8, 1650: 3, 905: 7}
    for one in sawn:
        parts = [part for part in made if part.parent_id == one.lot_id]
        whole = sum(part.count * part.length_mm for part in parts)
        assert whole == one.pieces_mm + one.offcuts_mm
        assert one.bars * one.length_mm == whole + one.kerf_mm + one.scrap_mm
        lots = [session.get_one(Lot, part.lot_id) for part in parts]
        scrap = session.get_one(Lot, one.scrap_lot_id)
        parent = session.get_one(Lot, one.lot_id)
        assert parent.quantity + sum(lot.quantity for lot in (*lots, scrap)) == before[one.lot_id]
        assert (scrap.status, scrap.length_mm) == (LotStatus.DISCARDED, None)
        for part, lot in zip(parts, lots, strict=True):
            assert (lot.length_mm, lot.width_mm, lot.height_mm, lot.grade) == (part.length_mm, 95, 220, 4)
            assert (lot.class_id, lot.site_id) == (parent.class_id, parent.site_id)
            assert lot.ref.startswith(f"{parent.ref}-")
            assert lot.minimum_take <= lot.quantity == part.count * part.length_mm // 100
            counted = session.get_one(LotSurvey, lot.id)
            assert (counted.trade_unit, counted.count) == (TradeUnit.PIECE, part.count)
            piece = part.kind == SawnKind.PIECE
            assert lot.status is (LotStatus.AGREED if piece else LotStatus.OFFERED)
            origin = session.scalars(select(LotOrigin).where(LotOrigin.child_id == lot.id)).one()
            assert (origin.parent_id, origin.quantity) == (one.lot_id, lot.quantity)
    assert any(one.kind == SawnKind.OFFCUT and one.length_mm >= 300 for one in made)
    long = next(one for one in sawn if one.lot_id == LONG)
    survey = session.get_one(LotSurvey, LONG)
    assert (survey.trade_unit, survey.count) == (TradeUnit.PIECE, 11 - long.bars)
    assert session.get_one(Lot, LONG).quantity == (11 - long.bars) * 4150 // 100
    told = session.scalars(select(Event).where(Event.kind == "cutting_booked")).one()
    assert (told.subject_id, told.data["by"], told.data["why"]) == (PROJECT, "PH", "sawn on Tuesday")
    assert [row.id for row in list_booked(session, project_id=PROJECT)] == [planned[1]]
    assert read_sawn_for(session, lot_id=made[0].lot_id).project_id == PROJECT
    with pytest.raises(CuttingBookedError):
        book_cutting(session, cutting_id=planned[1], at=NOW)


def test_undoing_makes_the_bars_whole_again(session: Session, planned: tuple[Engine, UUID]) -> None:
    """From the plan or any of its lots, all comes back at once, counts as before; it can be booked anew."""
    counted = session.get_one(LotSurvey, LONG).count
    with pytest.raises(CuttingNotBookedError):
        unbook_cutting(session, cutting_id=planned[1])
    for way in ("plan", "lot"):
        book_cutting(session, cutting_id=planned[1], at=NOW)
        made = [row.lot_id for row in list_made(session, cutting_id=planned[1])]
        if way == "plan":
            unbook_cutting(session, cutting_id=planned[1], by="PH", why="the wrong pile")
        else:
            assert undo_lot(session, lot_id=made[-1]) == "lot_cut"
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        assert [session.get_one(Lot, lot).quantity for lot in (LONG, SHORT)] == [456, 302]
        assert session.get_one(LotSurvey, LONG).count == counted
        empty = {(lot.quantity, lot.status) for lot in (session.get_one(Lot, one) for one in made)}
        assert empty == {(0, LotStatus.DISCARDED)}
        assert not list_made(session, cutting_id=planned[1])
        assert not list_booked(session, project_id=PROJECT)


def test_a_run_wants_only_what_is_not_sawn_yet(session: Session, planned: tuple[Engine, UUID]) -> None:
    """Pieces booked are taken off, rounded up to a step; of what is whole nothing is wanted, until undone."""
    params = choose_params(session, as_of=TODAY)

    def read_wanted(**more: bool) -> list[int]:
        wanted = read_requirements(session.connection(), params=params, project_id=PROJECT, **more)
        return wanted["quantity"].to_pylist()

    assert read_wanted() == [400]
    book_cutting(session, cutting_id=planned[1], at=NOW)
    # 8 of 2,450, 3 of 1,650 and 7 of 905 mm are 30.885 m: 309 steps
    assert read_wanted() == [400 - 309]
    assert read_wanted(booked_too=True) == [400]
    session.get_one(Requirement, JOISTS).quantity = 309
    session.flush()
    assert read_wanted() == []
    unbook_cutting(session, cutting_id=planned[1])
    session.flush()
    assert read_wanted() == [309]


def test_what_was_used_since_is_not_undone(session: Session, planned: tuple[Engine, UUID]) -> None:
    """Pieces on their way keep the booking: undoing names the lot, and takes back nothing."""
    book_cutting(session, cutting_id=planned[1], at=NOW)
    piece = next(row for row in list_made(session, cutting_id=planned[1]) if row.kind == SawnKind.PIECE)
    step_lot(session, lot_id=piece.lot_id, to=LotStatus.DELIVERED)
    with pytest.raises(ChangedSinceError, match=f"lot {piece.ref} changed since. It is delivered"):
        unbook_cutting(session, cutting_id=planned[1])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE lot SET grade = 2 WHERE id = :long", "lot long changed in grade"),
        ("UPDATE lot SET length_mm = 4100 WHERE id = :long", "lot long changed in length_mm"),
        ("UPDATE lot SET quantity = 29 WHERE id = :short", r"lot short holds 0 bars, and \d+ are sawn"),
        ("UPDATE lot SET status = 'withdrawn' WHERE id = :short", "lot short is withdrawn"),
        ("UPDATE lot SET reuse = NULL WHERE id = :long", "lot long still needs reuse"),
        ("UPDATE lot SET asbestos_suspect = true WHERE id = :long", "lot long still needs no_asbestos"),
        ("UPDATE requirement SET status = 'withdrawn' WHERE ref = 'joists'", "requirement joists wants 0"),
        (
            "UPDATE requirement_piece SET count = 6 WHERE length_mm = 905",
            "wants 6 more pieces of 905 mm, and 7",
        ),
        ("UPDATE cutting SET status = 'failed', error = 'e'", "cannot be booked: it is failed"),
    ],
)
def test_what_changed_since_the_plan_is_refused(
    session: Session, planned: tuple[Engine, UUID], change: str, why: str
) -> None:
    """Each change that makes the plan another is named, and no lot is touched."""
    ids = {"long": LONG, "short": SHORT}
    session.execute(text(change), {name: value for name, value in ids.items() if f":{name}" in change})
    before = [tuple(row) for row in session.execute(text("SELECT id, quantity, moved FROM lot ORDER BY id"))]
    refused: type[Exception] = CuttingNotDoneError if "it is failed" in why else CuttingStaleError
    with pytest.raises(refused, match=why):
        book_cutting(session, cutting_id=planned[1], at=NOW)
    after = [tuple(row) for row in session.execute(text("SELECT id, quantity, moved FROM lot ORDER BY id"))]
    assert after == before


def test_what_is_delivered_is_sawn_there(session: Session, planned: tuple[Engine, UUID]) -> None:
    """Pieces of bars on site keep their state; off-cuts come back on offer, with every step checked."""
    for lot in (LONG, SHORT):
        for to in (LotStatus.AGREED, LotStatus.DELIVERED):
            step_lot(session, lot_id=lot, to=to)
    book_cutting(session, cutting_id=planned[1], at=NOW)
    states = {(row.kind, row.status) for row in list_made(session, cutting_id=planned[1])}
    assert states == {("piece", LotStatus.DELIVERED), ("offcut", LotStatus.OFFERED)}


def test_the_command_shows_asks_and_books(
    planned: tuple[Engine, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing happens before yes; booked pieces are planned no more, off-cuts are bars of the next plan."""
    engine, cutting = planned
    monkeypatch.setenv("GENBRO_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    saw = SawParams(kerf_mm=Decimal(3), minimum_offcut_mm=Decimal(300), cut_ore=100)

    def call(*words: str, answer: str | None = None) -> Any:
        return CliRunner().invoke(main, ["cut", "hall", *words], input=answer)

    shown = call("--book", answer="n\n")
    assert shown.exit_code == 1
    assert "What becomes of each lot" in shown.output
    assert call("--book", "--unbook").exit_code == 2
    assert call("--book", "--json").exit_code == 2
    done = call("--book", "--json", "--yes", "--by", "PH")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["cutting"] == str(cutting)
    offcuts = {one["lot_id"] for one in told["made"] if one["kind"] == "offcut"}
    assert call("--book", "--yes").exit_code != 0
    with pytest.raises(NothingToCutError, match="not sawn and booked already"):
        read_problem(engine, project_id=PROJECT, saw=saw, as_of=TODAY)
    with session_factory(engine).begin() as session:
        set_pieces(session, requirement_id=JOISTS, pieces={2450: 8, 1650: 3, 905: 7, 300: 2})
        assert set(list_bars_counted(session)) & ({UUID(one) for one in offcuts} | {LONG})
    problem, _ = read_problem(engine, project_id=PROJECT, saw=saw, as_of=TODAY)
    assert problem.pieces.id.tolist() == [f"{JOISTS}/300"]
    assert offcuts <= set(problem.bars.id.tolist())
    counts = dict(zip(problem.bars.id.tolist(), problem.bars.quantity.tolist(), strict=True))
    assert all(counts[one["lot_id"]] == one["count"] for one in told["made"] if one["kind"] == "offcut")
    undone = call("--unbook", "--yes")
    assert (undone.exit_code, undone.stdout) == (0, "Undone: the bars are whole again.\n"), undone.output
