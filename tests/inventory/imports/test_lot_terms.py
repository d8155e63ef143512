# SPDX-License-Identifier: EUPL-1.2
"""Reuse, right to sell and terms of sale in a file of lots: read, judged cell by cell, undone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.imports.records import begin_import, finish_import
from inventory.actions.imports.undo import undo_import
from inventory.imports.buildings.importing import import_buildings
from inventory.imports.layouts.trade import TRADE_COLUMNS
from inventory.imports.lots.importing import import_lots
from inventory.imports.report import ImportReport
from inventory.tables import (
    Attachment,
    AttachmentKind,
    Basis,
    ImportKind,
    Lot,
    LotStatus,
    LotSurvey,
    Organisation,
    Proves,
    Site,
    Unit,
)
from tests.inventory.imports.conftest import TERMS

Write = Callable[..., Path]
Row = dict[str, Any]


def codes(report: ImportReport) -> list[tuple[str, str]]:
    """Code and column of each finding that is told of these columns."""
    return [
        (finding.code, finding.column)
        for finding in report.findings
        if finding.column in {*TERMS, "organisation", "moved"}
    ]


def only(session: Session) -> Lot:
    """The one lot there is, read afresh."""
    session.expire_all()
    return session.scalars(select(Lot)).one()


def add_paper(session: Session, name: str, *, site_id: UUID) -> Attachment:
    """Attach a document to a site; its bytes do not matter here."""
    paper = Attachment(
        id=uuid4(),
        kind=AttachmentKind.DOCUMENT,
        site_id=site_id,
        content_hash=f"{len(name):064x}",
        media_type="application/pdf",
        bytes=1,
        name=name,
    )
    session.add(paper)
    session.flush()
    return paper


def test_terms_are_read_kept_and_undone(session: Session, write_csv: Write, yard: Row):
    """All terms of a row are kept; a file that says nothing leaves them; undoing takes them back."""
    import_lots(session, write_csv([yard]))
    before = only(session)
    lot_id, site_id = before.id, before.site_id
    paper = add_paper(session, "kontrakt.pdf", site_id=site_id)
    import_id = begin_import(session, kind=ImportKind.LOTS, file="f", at=datetime.now(UTC))
    report = import_lots(session, write_csv([{**yard, **TERMS}]))
    finish_import(session, import_id=import_id, counts=report.count())
    assert (codes(report), report.updated) == ([], 1)
    lot = only(session)
    owner = session.scalars(select(Organisation.name).where(Organisation.id == lot.owner_id)).one()
    assert (lot.reuse, lot.waste_number, lot.waste_receiver) == ("preparation", "2027-0042", "Odense Genbrug")
    assert (owner, lot.sellable_from, lot.price_at) == ("Fyns Nedrivning", date(2027, 2, 1), "site")
    assert (lot.dismantled_by, lot.loaded_by, lot.unloaded_by) == ("seller", "seller", "buyer")
    assert (lot.crane, lot.minimum_hire_hours) == ("hire", 4)
    seen = session.get_one(LotSurvey, lot_id)
    assert (seen.access_note, seen.storage_place, seen.count) == ("Gate to the yard, 3 m", "Rack 4", 12_000)
    session.refresh(paper)
    assert paper.proves is Proves.RIGHT_TO_SELL
    assert import_lots(session, write_csv([{**yard, **TERMS}])).unchanged == 1
    assert import_lots(session, write_csv([{**yard, **dict.fromkeys(TERMS, "")}])).unchanged == 1
    undo_import(session, import_id=import_id)
    lot = only(session)
    assert (lot.reuse, lot.owner_id, lot.crane, lot.waste_number) == (None, None, None, None)
    session.refresh(paper)
    assert paper.proves is None
    assert session.get(LotSurvey, lot_id, populate_existing=True) is None


def test_cells_are_judged(session: Session, write_csv: Write, yard: Row):
    """What contradicts itself is told in its own cell, as an error where nothing can be kept of it."""
    wrong = {
        "reuse": "direct reuse",
        "waste_number": "1",
        "waste_receiver": "X",
        "crane": "lifted by hand",
        "minimum_hire_hours": "9999",
        "price_at": "somewhere",
    }
    odd = {
        "ref": "L2",
        "crane": "not needed",
        "minimum_hire_hours": "4",
        "sellable_from": "2027-04-01",
        "right_paper": "nowhere.pdf",
    }
    bare = {"ref": "L3", "waste_number": "1"}
    report = import_lots(session, write_csv([{**yard, **wrong}, {**yard, **odd}, {**yard, **bare}]))
    assert sorted(codes(report)) == sorted(
        [
            ("waste_without_preparation", "waste_number"),
            ("waste_without_preparation", "waste_receiver"),
            ("word_unknown", "crane"),
            ("word_unknown", "price_at"),
            ("number_out_of_range", "minimum_hire_hours"),
            ("hire_without_gear", "minimum_hire_hours"),
            ("sellable_after_free", "sellable_from"),
            ("paper_unknown", "right_paper"),
            ("waste_without_preparation", "waste_number"),
        ]
    )
    assert (report.refused, report.inserted) == (2, 1)


def test_direct_reuse_takes_the_waste_away(session: Session, write_csv: Write, yard: Row):
    """A file that decides on direct reuse takes back the running number that was there: it is no waste."""
    import_lots(session, write_csv([{**yard, "reuse": "preparation", "waste_number": "7"}]))
    report = import_lots(session, write_csv([{**yard, "reuse": "direct"}]))
    lot = only(session)
    assert (report.updated, lot.reuse, lot.waste_number) == (1, "direct", None)


def test_a_recount_by_file_reaches_the_survey(session: Session, write_csv: Write, yard: Row):
    """The survey of a lot says what a later file counted, so that no correction brings the old count back."""
    import_lots(session, write_csv([{**yard, "storage_place": "Rack 4"}]))
    import_lots(session, write_csv([{**yard, "quantity": "9000"}]))
    lot = only(session)
    assert (lot.quantity, session.get_one(LotSurvey, lot.id).count) == (9000, 9000)


def test_a_building_takes_its_firm(session: Session, write_csv: Write, yard: Row, house: Row):
    """A lot in an imported building says who has it; where somebody has it already, the cell is told of."""
    import_buildings(session, write_csv([house], name="b.csv"), today=date(2026, 11, 24))
    place = dict.fromkeys(("site_ref", "site_name", "x", "y", "municipality"), "")
    row = {**yard, **place, "bbr_id": house["id_lokalId"]}
    assert codes(import_lots(session, write_csv([row]))) == []
    named = select(Organisation.name).join(Site, Site.organisation_id == Organisation.id)
    assert session.scalars(named).one() == "Fyns Nedrivning"
    report = import_lots(session, write_csv([{**row, "organisation": "Another"}]))
    assert codes(report) == [("organisation_kept", "organisation")]
    assert "Fyns Nedrivning" in report.findings[0].message_en
    assert session.scalars(named).one() == "Fyns Nedrivning"


def test_a_lot_somebody_wrote_down_is_found_by_its_number(session: Session, write_csv: Write, yard: Row):
    """A row of the number of a lot surveyed on the page is that lot, and not a second one of its number."""
    import_lots(session, write_csv([yard]))
    lot = only(session)
    mine = Lot(
        id=uuid4(),
        site_id=lot.site_id,
        ref="7",
        class_id=lot.class_id,
        unit=Unit.PIECE,
        quantity=5,
        basis=Basis.SURVEYED,
        status=LotStatus.SURVEYED,
    )
    session.add(mine)
    session.flush()
    report = import_lots(session, write_csv([{**yard, "ref": "7", "quantity": "6"}]))
    session.refresh(mine)
    assert (report.updated, report.inserted, mine.quantity, mine.status) == (1, 0, 6, LotStatus.SURVEYED)


def test_every_term_is_in_the_layout_once():
    """Each of the columns is named in both languages, and no two alike."""
    assert len({column.da for column in TRADE_COLUMNS}) == len(TRADE_COLUMNS) == len(TERMS)
    assert {column.name for column in TRADE_COLUMNS} == set(TERMS)
