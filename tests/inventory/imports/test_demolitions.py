# SPDX-License-Identifier: EUPL-1.2
"""Demolitions as a table: judged cell by cell, moved as on their page, told of, and undone as a whole."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from inventory.actions.imports.records import KEYS, begin_import, finish_import
from inventory.actions.imports.undo import undo_import
from inventory.imports.buildings.importing import import_buildings
from inventory.imports.demolitions import import_demolitions
from inventory.imports.lots.importing import import_lots
from inventory.imports.report import ImportReport
from inventory.queries.demolitions.demolitions import read_history
from inventory.queries.demolitions.site_contract import read_contract, read_contract_history
from inventory.tables import Demolition, ImportKind, Lot, Match, MatchStatus, Organisation, Site
from tests.inventory.actions.matched import add_match

TODAY = date(2026, 12, 1)
Write = Callable[..., Path]
Row = dict[str, Any]
CASE = {
    "site_ref": "YARD",
    "stage": "permit applied",
    "known from": "udbud",
    "source": "Tender 7",
    "source dated": "2026-11-01",
    "start early": "2027-02-15",
    "start likely": "2027-03-01",
    "start late": "2027-03-15",
    "end likely": "2027-06-01",
    "notice": "30",
}
PLACE = {"x": "588000", "y": "6139700", "municipality": "0461"}


def run(session: Session, path: Path) -> tuple[UUID, ImportReport]:
    """Import a file as the commands do."""
    import_id = begin_import(session, kind=ImportKind.DEMOLITIONS, file=path.name, at=datetime.now(UTC))
    report = import_demolitions(session, path, today=TODAY)
    finish_import(session, import_id=import_id, counts=report.count())
    return import_id, report


def codes(report: ImportReport) -> list[tuple[str, str]]:
    """Code and column of each finding."""
    return [(finding.code, finding.column) for finding in report.findings]


def photograph(session: Session) -> list[Any]:
    """All rows of the tables an import writes, and the states of matches."""
    session.flush()
    told = [
        session.execute(
            text(f"SELECT jsonb_agg(to_jsonb(t) - 'updated_at' - 'geom' ORDER BY {key}) FROM {table} t")
        ).scalar()
        for table, key in KEYS.items()
    ]
    return [*told, session.execute(text("SELECT id, status FROM match ORDER BY id")).all()]


def test_a_file_of_new_and_known_cases(session: Session, write_csv: Write, house: Row):
    """A new site is made, a building takes its contractor and owner; the same file again changes nothing."""
    import_buildings(session, write_csv([house], name="b.csv"), today=TODAY)
    building = {
        **CASE,
        "site_ref": "",
        "bbr_id": house["id_lokalId"],
        "contractor": "Fyns Nedrivning",
        "owner": "Odense Kommune",
        "may sell from": "2027-02-01",
    }
    bare = {name: CASE[name] for name in ("stage", "known from", "start likely", "end likely")}
    path = write_csv([building, {**bare, **PLACE, "site_ref": "CASE-2", "site_name": "School"}])
    _, report = run(session, path)
    assert codes(report) == [("source_is_file", "source"), ("source_dated_today", "source dated")]
    assert (report.inserted, report.refused) == (2, 0)
    site = session.scalars(select(Site).where(Site.ref == house["id_lokalId"])).one()
    plan = session.get_one(Demolition, site.id)
    assert (plan.start_late, plan.end_early, plan.notice_days) == (date(2027, 3, 15), date(2027, 6, 1), 30)
    assert (site.available_from, site.firmness, site.firmness_source) == (
        date(2027, 3, 15),
        "permit_applied",
        "Tender 7",
    )
    keeper = session.get_one(Organisation, site.organisation_id)
    contract = read_contract(session, site_id=site.id)
    assert (keeper.name, contract.owner, contract.sellable_from) == (
        "Fyns Nedrivning",
        "Odense Kommune",
        date(2027, 2, 1),
    )
    other = session.scalars(select(Site).where(Site.ref == "CASE-2")).one()
    assert session.get_one(Demolition, other.id).source == path.name
    before = photograph(session)
    _, again = run(session, path)
    assert (again.unchanged, photograph(session)) == (2, before)
    moved = write_csv([{**building, "contractor": "Another"}])
    assert run(session, moved)[1].updated == 1


def test_cells_are_judged(session: Session, write_csv: Write):
    """Days in no order, words not known, cells and sites missing, a site named twice: each in its cell."""
    here = {**CASE, **PLACE}
    rows = [
        {**here, "start early": "2027-03-02"},
        {**here, "site_ref": "B", "stage": "sometime"},
        {**here, "site_ref": "C", "end likely": ""},
        {**here, "site_ref": "D", "notice": "4000"},
        {**here, "site_ref": ""},
        {**here, "site_ref": "E", "x": "", "y": ""},
        {
            **here,
            "site_ref": "F",
            "start late": "2027-06-15",
            "end late": "2027-07-01",
            "end early": "2027-06-01",
        },
        {**here, "site_ref": "F"},
        {**here, "site_ref": "G", "source dated": "31-02-2026"},
    ]
    _, report = run(session, write_csv(rows))
    assert {finding.row: finding.code for finding in report.findings} == {
        2: "demolition_days",
        3: "word_unknown",
        4: "missing",
        5: "number_out_of_range",
        6: "site_missing",
        7: "site_without_coordinate",
        8: "no_sure_days",
        9: "duplicate_row",
        10: "not_a_date",
    }
    assert (report.inserted, report.refused) == (1, 8)
    assert "2027-03-02 must not come after 2027-03-01" in report.findings[0].message_en


def test_a_move_is_told_marks_matches_and_is_undone(session: Session, write_csv: Write, yard: Row):
    """A later start moves lots along and marks a match; undoing takes all back, the history too."""
    import_lots(session, write_csv([{**yard, "decide_by": "2027-02-01"}]))
    first = write_csv([{**CASE, **PLACE, "owner": "Ejer"}], name="first.csv")
    run(session, first)
    match_id = add_match(session, ref="L1", pick_up=date(2027, 4, 1))
    before = photograph(session)
    site_id = session.scalars(select(Site.id).where(Site.ref == "YARD")).one()
    later = {**CASE, "start early": "", "start likely": "2027-05-01", "start late": "", "owner": "Nedriver"}
    import_id, report = run(session, write_csv([later], name="later.csv"))
    (finding,) = report.findings
    assert (finding.code, finding.severity) == ("demolition_moves", "warning")
    assert "from 2027-03-15..2027-06-01 to 2027-05-01..2027-06-01" in finding.message_en
    assert "1 lots with days of their own move along, 1 matches no longer hold" in finding.message_en
    assert report.figures == {"demolitions": 1, "lots": 1, "lost": 1}
    session.expire_all()
    assert session.get_one(Match, match_id).status is MatchStatus.MOVED
    assert session.scalars(select(Lot.decide_by)).one() == date(2027, 3, 20)
    assert read_history(session, site_id=site_id)[0].data["why"] == "later.csv"
    undo_import(session, import_id=import_id)
    session.expire_all()
    assert photograph(session) == before
    for history in (read_history(session, site_id=site_id), read_contract_history(session, site_id=site_id)):
        assert [step.undone for step in history] == [True, False]
