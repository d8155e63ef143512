# SPDX-License-Identifier: EUPL-1.2
"""Cutting to length from the tables: bars of offered lots, pieces of requirements, a plan kept."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, select, text

from inventory.actions.cuttings import recover_cuttings, request_cutting
from inventory.actions.projects.pieces import NotInMetresError, PieceError, set_pieces
from inventory.cli.main import main
from inventory.database import make_engine, session_factory
from inventory.exports.cut_bars import Sawing, lay_sawing
from inventory.jobs import work
from inventory.queries.cutting.cuttings import read_cutting, read_newest_cutting, read_pieces, read_saw
from inventory.tables import Event, Requirement, stable_id
from tests.inventory.conftest import SLAGELSE, TODAY, Country

PROJECT, JOISTS = stable_id("project", "hall"), stable_id("requirement", "joists")
LONG, SHORT = str(stable_id("lot", "long")), str(stable_id("lot", "short"))


@pytest.fixture(scope="module")
def yard(database_url: str) -> Engine:
    """Joists of 5 m, 3 m and of no known length, and a hall that wants pieces of 2.4 m and 0.9 m."""
    engine = make_engine(database_url)
    with session_factory(engine).begin() as session:
        country = Country(session)
        donor = country.site("donor", SLAGELSE)
        for ref, quantity, length in (("long", 200, 5000), ("short", 90, 3000), ("unknown", 100, None)):
            country.lot(ref, donor, code="joist_timber", quantity=quantity, length_mm=length, grade=4)
        hall = country.project("hall", SLAGELSE)
        country.requirement("joists", hall, code="joist_timber", quantity=168, new_price_ore=3000)
        country.requirement("lintel", hall, code="rafter_timber", quantity=20)
        country.requirement("wall", hall, quantity=100)
    with session_factory(engine).begin() as session:
        set_pieces(session, requirement_id=JOISTS, pieces={2400: 4, 900: 8})
    yield engine
    engine.dispose()


def ask(engine: Engine, **saw: Any) -> UUID:
    """Ask for a cutting plan of the hall and let a worker make it."""
    with session_factory(engine).begin() as session:
        params = read_saw(session, today=TODAY, **saw).model_dump(mode="json")
        made = request_cutting(session, project_id=PROJECT, params=params, at=datetime.now(UTC), queued=True)
    work(engine.url.render_as_string(hide_password=False), until_empty=True)
    return made


def test_a_worker_makes_a_proven_plan(yard: Engine) -> None:
    """Every piece is cut or new, no bar gives more than its length, the bound is reached, and all is kept."""
    made = ask(yard)
    with session_factory(yard)() as session:
        row = read_cutting(session, cutting_id=made)
        assert read_newest_cutting(session, project_id=PROJECT).id == made
    assert (row.status, row.error) == ("done", None)
    assert row.left_out == {"lots_without_length": 1, "requirements_without_length": 1}
    sawing = lay_sawing(row.problem, row.plan)
    wanted = [(one.letter, one.length_mm, one.wanted) for one in sawing.pieces]
    assert wanted == [("A", 2400, 4), ("B", 900, 8)]
    assert sum(one.new for one in sawing.pieces) == 0
    assert sawing.bound_ore <= sawing.cost_ore < sawing.baseline_ore
    assert sawing.gap == 0
    assert {bar.lot for bar in sawing.bars} <= {LONG, SHORT}
    for bar in sawing.bars:
        assert sum(part.length_mm for part in bar.segments) == pytest.approx(bar.length_mm)
        assert all(
            one.start_mm + one.length_mm == pytest.approx(two.start_mm)
            for one, two in zip(bar.segments, bar.segments[1:], strict=False)
        )
        pieces = sum(piece.length_mm * count for piece, count in bar.contents)
        rest = sum(part.length_mm for part in bar.segments if part.kind in ("cut", "waste"))
        assert pieces + bar.offcut_mm + rest == pytest.approx(bar.length_mm)
        assert rest == pytest.approx(bar.waste_mm)
    cut = sum(count * bar.count for bar in sawing.bars for _piece, count in bar.contents)
    assert cut == 12 == sawing.figures["pieces_cut"]
    used = {lot: sum(bar.count for bar in sawing.bars if bar.lot == lot) for lot in (LONG, SHORT)}
    assert used[LONG] <= 4
    assert used[SHORT] <= 3


def test_the_saw_takes_from_the_off_cuts(yard: Engine) -> None:
    """Two of 2.4 m leave 200 mm of 5 m, unless a saw of 100 mm takes them; a wider saw never costs less."""
    thin, thick = (lay_saw(yard, kerf) for kerf in (0, 100))
    assert thin.figures["offcut_length"] > thick.figures["offcut_length"]
    assert thick.cost_ore > thin.cost_ore
    assert {part.length_mm for bar in thick.bars for part in bar.segments if part.kind == "cut"} == {100}


def lay_saw(engine: Engine, kerf: int) -> Sawing:
    """Make a plan with a saw of some width, every off-cut from 100 mm on kept."""
    made = ask(engine, kerf_mm=kerf, minimum_offcut_mm=100)
    with session_factory(engine)() as session:
        row = read_cutting(session, cutting_id=made)
        return lay_sawing(row.problem, row.plan)


def test_the_command_prints_and_exports(yard: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """People read pieces, bars and the proof; JSON holds the same; off-cuts become a file."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", yard.url.render_as_string(hide_password=False))
    file = tmp_path / "offcuts.csv"
    words = ("cut", "hall", "--kerf", "3.2", "--offcut", "150", "--offcuts", str(file))
    shown = CliRunner().invoke(main, list(words))
    assert shown.exit_code == 0, shown.output
    told = " ".join(shown.stdout.split())
    assert "no plan is better" in told
    assert "1 lots of these materials say no length" in told
    assert "The plan is a proposal: once its bars are sawn, book it" in told
    answer = json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)
    assert answer["problem"]["params"]["kerf_mm"] == 3.2
    assert answer["figures"]["pieces_cut"] + answer["figures"]["pieces_new"] == 12
    rows = file.read_text().splitlines()
    assert rows[0] == "lot,ref,material,count,length_mm"
    assert len(rows) == 1 + len(answer["offcuts"]) > 1
    assert CliRunner().invoke(main, ["cut", "nobody"]).exit_code == 2


def test_pieces_are_said_kept_and_taken_away(yard: Engine) -> None:
    """The same again changes nothing, what cannot be cut is refused, each change leaves a line of history."""
    with session_factory(yard)() as session:
        assert read_pieces(session, requirement_ids=[JOISTS]) == {JOISTS: {2400: 4, 900: 8}}
        assert not set_pieces(session, requirement_id=JOISTS, pieces={900: 8, 2400: 4})
        for wrong in ({99: 1}, {100_001: 1}, {2400: 0}, dict.fromkeys(range(100, 301), 1)):
            with pytest.raises(PieceError):
                set_pieces(session, requirement_id=JOISTS, pieces=wrong)
        with pytest.raises(NotInMetresError):
            set_pieces(session, requirement_id=stable_id("requirement", "wall"), pieces={2400: 1})
        assert set_pieces(session, requirement_id=JOISTS, pieces={}, by="PH")
        line = session.scalars(
            select(Event).where(Event.kind == "requirement_pieces_set").order_by(Event.id.desc()).limit(1)
        ).one()
        assert (line.subject_id, line.data["by"], line.data["after"]) == (JOISTS, "PH", [])
        session.rollback()


def test_a_project_without_lengths_and_a_killed_worker_say_so(yard: Engine) -> None:
    """Nothing to cut fails with what to do; a plan whose worker was killed does not look alive for ever."""
    with session_factory(yard).begin() as session:
        kept = session.get_one(Requirement, JOISTS)
        set_pieces(session, requirement_id=kept.id, pieces={})
    failed = ask(yard)
    with session_factory(yard).begin() as session:
        assert "has nothing to cut" in read_cutting(session, cutting_id=failed).error
        set_pieces(session, requirement_id=JOISTS, pieces={2400: 4, 900: 8})
        params = read_saw(session, today=TODAY).model_dump(mode="json")
        killed = request_cutting(
            session, project_id=PROJECT, params=params, at=datetime.now(UTC), queued=False
        )
        session.execute(text("UPDATE cutting SET status = 'running' WHERE id = :id"), {"id": killed})
    with session_factory(yard).begin() as session:
        assert recover_cuttings(session) == 1
        assert "Ask for it again" in read_cutting(session, cutting_id=killed).error
