# SPDX-License-Identifier: EUPL-1.2
"""Surveyed lots: each cell's rule, and rows that must be refused."""

import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from inventory.imports.lots.importing import import_lots
from inventory.imports.report import ImportReport
from inventory.tables import Event, Lot, MaterialClass, Organisation, Site

Write = Callable[..., Path]
Row = dict[str, Any]


def run(session: Session, path: Path) -> ImportReport:
    """Import a file and check that its counts add up."""
    report = import_lots(session, path)
    assert report.rows == report.inserted + report.updated + report.unchanged + report.refused
    return report


def only(session: Session) -> Lot:
    """The one lot there is, read afresh."""
    session.expire_all()
    return session.scalars(select(Lot)).one()


def codes(report: ImportReport) -> list[str]:
    """The codes of a report, in order."""
    return [finding.code for finding in report.findings]


def look(session: Session) -> tuple[object, ...]:
    """When a lot last changed, and the last line of the log."""
    return session.scalar(select(func.max(Lot.updated_at))), session.scalar(select(func.max(Event.id)))


def test_plain_lot(session: Session, write_csv: Write, yard: Row):
    """A lot with nothing wrong is taken whole, with its site and organisation."""
    report = run(session, write_csv([{**yard, "price_dkk": "3.50", "preparation_dkk": "1", "grade": "4"}]))
    assert report.findings == ()
    assert report.figures == {"sites": 1, "steps": 12000}
    lot = only(session)
    assert (lot.quantity, lot.unit, lot.basis, lot.status) == (12000, "piece", "surveyed", "offered")
    assert (lot.available_from, lot.available_to) == (date(2027, 3, 1), date(2027, 6, 1))
    assert (lot.price_ore, lot.preparation_ore, lot.disposal_ore) == (Decimal(350), Decimal(100), None)
    states = [lot.firmness, lot.documentation, lot.screening, lot.product_status]
    assert states == ["permit_given", "basic", "clean", None]
    assert (lot.grade, lot.length_mm, lot.asbestos_suspect) == (4, None, False)
    site = session.scalars(select(Site)).one()
    assert (site.kind, site.ref, site.name, site.municipality_code) == ("donor", "YARD", "Yard", "0461")
    assert (site.town, site.land_mass) == ("Odense", "fyn")
    assert session.scalars(select(Organisation.name)).all() == ["Fyns Nedrivning"]
    assert session.scalar(select(func.ST_AsText(Lot.geom))) == "POINT(588000 6139700)"


def test_steps_and_prices_follow_the_class(session: Session, write_csv: Write, yard: Row):
    """Square metres counted in tenths: quantity half up with a warning, price per step exact."""
    row = {**yard, "class": "floorboard_timber", "unit": "m2", "quantity": "12.25", "price_dkk": "99.95"}
    report = run(session, write_csv([row]))
    assert codes(report) == ["number_rounded"]
    assert report.findings[0].message_en == "The number was rounded to 12.3."
    lot = only(session)
    assert (lot.quantity, lot.price_ore) == (123, Decimal("999.5"))
    assert run(session, write_csv([row])).unchanged == 1


@pytest.mark.parametrize(
    "spelling",
    ["brick_lime_mortar", "Mursten i kalkmørtel", "MURSTEN I KALKMOERTEL", "Clay brick in lime mortar"],
)
def test_class_by_code_or_name(session: Session, write_csv: Write, yard: Row, spelling: str):
    """A class is known by its code and by both its names."""
    run(session, write_csv([{**yard, "class": spelling}]))
    assert (
        session.scalar(select(MaterialClass.code).join(Lot, Lot.class_id == MaterialClass.id))
        == "brick_lime_mortar"
    )


def test_every_class_is_found_by_each_name(session: Session, write_csv: Write, yard: Row):
    """No two tradable classes share a name that would make a file ambiguous."""
    classes = session.scalars(select(MaterialClass).where(MaterialClass.tradable)).all()
    rows = [
        {**yard, "ref": f"{known.code} {at}", "class": name, "unit": known.unit, "quantity": "10"}
        for known in classes
        for at, name in enumerate((known.code, known.name_da, known.name_en))
    ]
    report = run(session, write_csv(rows))
    assert report.refused == 0
    assert report.inserted == 3 * len(classes)


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"ref": ""}, "missing", "ref"),
        ({"ref": "x" * 201}, "text_too_long", "ref"),
        ({"class": ""}, "missing", "class"),
        ({"class": "brick_lime_morta"}, "class_unknown", "class"),
        ({"class": "brick"}, "class_not_tradable", "class"),
        ({"quantity": ""}, "missing", "quantity"),
        ({"quantity": "many"}, "not_a_number", "quantity"),
        ({"quantity": "12 stk"}, "not_a_number", "quantity"),
        ({"quantity": "0"}, "not_positive", "quantity"),
        ({"quantity": "-5"}, "not_positive", "quantity"),
        ({"quantity": "0.4"}, "too_small_for_step", "quantity"),
        ({"quantity": "1e12"}, "number_out_of_range", "quantity"),
        ({"unit": "m2"}, "unit_wrong", "unit"),
        ({"unit": "palle"}, "word_unknown", "unit"),
        ({"available_to": "2027-03-01"}, "window_empty", "available_to"),
        ({"available_to": "2027-01-01"}, "window_empty", "available_to"),
        ({"available_to": ""}, "window_half", "available_to"),
        ({"available_from": "03/31/2027"}, "not_a_date", "available_from"),
        ({"available_from": "1727-03-01"}, "date_far_away", "available_from"),
        ({"firmness": "sure"}, "word_unknown", "firmness"),
        ({"documentation": "lots"}, "word_unknown", "documentation"),
        ({"price_dkk": "-1"}, "number_out_of_range", "price_dkk"),
        ({"price_dkk": "free"}, "not_a_number", "price_dkk"),
        ({"grade": "6"}, "number_out_of_range", "grade"),
        ({"year": "19"}, "number_out_of_range", "year"),
        ({"colour": "skotskternet"}, "word_unknown", "colour"),
        ({"site_ref": ""}, "site_missing", "site_ref"),
        ({"bbr_id": "nonsense"}, "not_a_uuid", "bbr_id"),
        ({"bbr_id": str(uuid.UUID(int=7))}, "building_unknown", "bbr_id"),
        ({"x": "", "y": ""}, "site_without_coordinate", "x"),
        ({"x": ""}, "place_wrong", "x"),
        ({"x": "6139700", "y": "588000"}, "place_wrong", "x"),
        ({"x": "10.4", "y": "55.4"}, "place_wrong", "x"),
        ({"x": "", "y": "", "lon": "55.4", "lat": "10.4"}, "place_wrong", "lon"),
        ({"x": "", "y": "", "lon": "588000", "lat": "6139700"}, "place_wrong", "lon"),
        ({"x": "#REF!"}, "formula_error", "x"),
    ],
)
def test_wrong_rows_are_refused(
    session: Session, write_csv: Write, yard: Row, *, changes: Row, code: str, column: str
):
    """A wrong cell refuses its row, named with row, column and value; the good row is taken."""
    good = {**yard, "ref": "GOOD", "site_ref": "OTHER"}
    report = run(session, write_csv([good, {"bbr_id": "", "lon": "", **yard, **changes}]))
    errors = [finding for finding in report.findings if finding.severity == "error"]
    assert (code, column, 3) in [(finding.code, finding.column, finding.row) for finding in errors]
    error = next(finding for finding in errors if finding.code == code)
    assert error.value[:77] == str(changes.get(column, ""))[:77]
    assert error.mend_da
    assert error.mend_en
    assert "{" not in error.message_da + error.message_en + error.mend_da + error.mend_en
    assert (report.inserted, report.refused) == (1, 1)
    assert only(session).ref == "GOOD"


def test_near_misses_are_suggested(session: Session, write_csv: Write, yard: Row):
    """A misspelt class is refused with what was meant, in both languages."""
    report = run(session, write_csv([{**yard, "class": "Mursten i kalkmortl"}]))
    (error,) = (finding for finding in report.findings if finding.severity == "error")
    assert "Mente du Mursten i kalkmørtel" in error.message_da
    assert "Did you mean Mursten i kalkmørtel" in error.message_en


def test_same_key_twice_in_a_file(session: Session, write_csv: Write, yard: Row):
    """Of two rows of one site and reference the first is taken; another site may use the reference."""
    report = run(session, write_csv([yard, {**yard, "quantity": "1"}, {**yard, "site_ref": "YARD 2"}]))
    assert codes(report) == ["duplicate_row"]
    assert (report.findings[0].row, "row 2" in report.findings[0].message_en) == (3, True)
    assert sorted(session.scalars(select(Lot.quantity))) == [12000, 12000]


def test_refused_row_does_not_claim_its_key(session: Session, write_csv: Write, yard: Row):
    """A good row after a refused one of the same reference is taken."""
    report = run(session, write_csv([{**yard, "quantity": "x"}, yard]))
    assert codes(report) == ["not_a_number"]
    assert report.inserted == 1


def test_twice_changes_nothing_and_once_more_updates(session: Session, write_csv: Write, yard: Row):
    """The same file again leaves every row and the log as they are; a changed cell updates its row."""
    second = {**yard, "ref": "L2"}
    run(session, write_csv([yard, second]))
    before = look(session)
    report = run(session, write_csv([yard, second]))
    assert (report.inserted, report.updated, report.unchanged) == (0, 0, 2)
    assert look(session) == before
    report = run(session, write_csv([yard, {**second, "quantity": "11000"}]))
    assert (report.inserted, report.updated, report.unchanged) == (0, 1, 1)


def test_withdrawn_lot_stays_withdrawn(session: Session, write_csv: Write, yard: Row):
    """What its owner took back is not offered again by an old file."""
    run(session, write_csv([yard]))
    session.execute(update(Lot).values(status="withdrawn"))
    run(session, write_csv([{**yard, "quantity": "1"}]))
    lot = only(session)
    assert (lot.status, lot.quantity) == ("withdrawn", 1)


def test_window_without_firmness_counts_as_possible(session: Session, write_csv: Write, yard: Row):
    """Of a window whose firmness nobody states, the least is believed, and told."""
    report = run(session, write_csv([{**yard, "firmness": ""}]))
    assert codes(report) == ["firmness_assumed"]
    assert only(session).firmness == "possible"


def test_states_not_given_are_told_once(session: Session, write_csv: Write, yard: Row):
    """Rows without documentation or screening are counted in one finding each, not in one per row."""
    rows = [{**yard, "ref": f"L{at}", "documentation": "", "screening": ""} for at in range(5)]
    report = run(session, write_csv(rows))
    assert codes(report) == ["documentation_not_stated", "screening_not_stated"]
    assert all(finding.row is None and "5" in finding.message_en for finding in report.findings)
    assert report.warned == 0
    lots = session.scalars(select(Lot)).all()
    assert {(lot.documentation, lot.screening) for lot in lots} == {("none", "unknown")}


def test_attribute_of_another_class_is_told(session: Session, write_csv: Write, yard: Row):
    """A value for an attribute that the class does not declare is kept and told."""
    report = run(session, write_csv([{**yard, "fire": "60", "colour": "Rød", "length_mm": "228.6"}]))
    assert sorted(codes(report)) == ["attribute_not_of_class", "number_rounded"]
    lot = only(session)
    assert (lot.fire, lot.colour, lot.length_mm) == (60, 1, 229)


def test_unreadable_rows_cost_themselves_alone(session: Session, yard: Row, tmp_path: Path):
    """Stray quotation marks, surplus cells and broken bytes refuse their rows, and that is all."""
    names = list(yard)
    line = ",".join(str(yard[name]) for name in names)
    lines = [
        ",".join(names),
        line.replace("L1", "A"),
        '"B' + line.replace("L1", ""),
        line.replace("L1", "C") + ",,surplus",
        line.replace("L1", "D").replace("Yard", "G\udce5rd æøå æøå"),
        line.replace("L1", "E"),
    ]
    path = tmp_path / "file.csv"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
    report = run(session, path)
    assert [(finding.row, finding.code) for finding in report.findings] == [
        (3, "row_unreadable"),
        (4, "too_many_cells"),
        (5, "bad_character"),
    ]
    assert (report.rows, report.inserted, report.refused) == (5, 2, 3)
    assert sorted(session.scalars(select(Lot.ref))) == ["A", "E"]


def test_unknown_columns_are_told(session: Session, write_csv: Write, yard: Row):
    """A column nobody knows is named, with what may have been meant."""
    report = run(session, write_csv([{**yard, "Mængdee": "1", "zzz": "2"}]))
    assert codes(report) == ["column_not_read", "column_not_read"]
    assert "Did you mean Mængde" in report.findings[0].message_en


def test_words_of_a_file_are_no_sql(session: Session, write_csv: Write, yard: Row):
    """Quotes, backslashes, tabs and null-like texts come back letter for letter."""
    note = '\'); DROP TABLE lot; -- \\N \\t "x"'
    run(session, write_csv([{**yard, "note": note, "ref": "\\N", "site_name": "NULL"}]))
    lot = only(session)
    assert (lot.note, lot.ref) == (note, "\\N")
    assert session.scalars(select(Site.name)).one() == "NULL"


@pytest.mark.parametrize(("separator", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), (",", "utf-8-sig")])
def test_danish_and_english_files_are_one(
    session: Session, write_csv: Write, yard: Row, *, separator: str, encoding: str
):
    """The same lot in Danish words, headers, numbers and days is unchanged when it comes in English."""
    run(session, write_csv([{**yard, "site_name": "Gård", "quantity": "12000", "price_dkk": "3.50"}]))
    danish = {
        "Reference": "L1",
        "Stedreference": "YARD",
        "Stednavn": "Gård",
        "X (UTM32)": "588.000,00",
        "Y": "6.139.700",
        "Kommune": "Odense Kommune",
        "Organisation": "Fyns Nedrivning",
        "Materialeklasse": "mursten i kalkmørtel",
        "Mængde": "12.000",
        "Enhed": "stk.",
        "Pris (kr.)": "3,50 kr.",
        "Ledig fra": "01-03-2027",
        "Ledig til": "1.6.2027",
        "Nedrivningens status": "Tilladelse givet",
        "Dokumentation": "Enkel",
        "Miljøscreening": "ren",
    }
    report = run(session, write_csv([danish], separator=separator, encoding=encoding))
    assert (report.unchanged, report.findings) == (1, ())
