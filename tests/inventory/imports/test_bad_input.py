# SPDX-License-Identifier: EUPL-1.2
"""Files as they should not be: each is taken as far as it can be, or refused with a clear word."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from openpyxl import Workbook
from shapely.geometry import Point
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.imports.buildings.importing import import_buildings
from inventory.imports.lots.importing import import_lots
from inventory.imports.refusal import FileRefusedError
from inventory.imports.report import ImportReport
from inventory.tables import Building, Lot, Site

Write = Callable[..., Path]
Row = dict[str, Any]
TODAY = date(2026, 12, 1)


def refuse(session: Session, path: Path) -> dict[str, Any]:
    """Import a file that must be refused whole; nothing of it is in the database."""
    with pytest.raises(FileRefusedError) as refusal:
        import_lots(session, path)
    assert refusal.value.details["why_da"] != refusal.value.details["why_en"]
    assert session.scalar(select(func.count()).select_from(Lot)) == 0
    return refusal.value.details


def codes(report: ImportReport) -> set[str]:
    """The codes of a report; its counts add up."""
    assert report.rows == report.inserted + report.updated + report.unchanged + report.refused
    return {finding.code for finding in report.findings}


def save(workbook: Workbook, path: Path) -> Path:
    """Save a workbook."""
    workbook.save(path)
    return path


def fill(rows: list[Row]) -> Workbook:
    """Make a workbook of rows."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    return workbook


@pytest.mark.parametrize(("end", "name"), [("\r", "CR"), ("\n", "LF"), ("\r\n", "CRLF")])
def test_line_ends(session: Session, write_csv: Write, yard: Row, end: str, name: str):
    """Lines end in a lone CR, as old Macintosh programs write, as well as in LF or CRLF."""
    path = write_csv([yard, {**yard, "ref": "L2"}])
    path.write_bytes(path.read_bytes().replace(b"\r\n", end.encode()))
    report = import_lots(session, path)
    assert (report.inserted, report.table.line_ends) == (2, name)


def test_mixed_encodings(session: Session, write_csv: Write, yard: Row):
    """Of UTF-8 with one row in Windows-1252 that row is refused, and the letters of the others are whole."""
    rows = [{**yard, "site_name": "Gården på øen", "note": "æøå"}, {**yard, "ref": "L2", "note": "rød"}]
    path = write_csv(rows)
    path.write_bytes(path.read_bytes().replace("rød".encode(), "rød".encode("cp1252")))
    report = import_lots(session, path)
    assert (report.inserted, report.refused) == (1, 1)
    assert "bad_character" in codes(report)
    assert session.scalars(select(Site.name)).one() == "Gården på øen"


def test_a_row_in_utf_8_among_others_is_not_read_as_other_letters(
    session: Session, write_csv: Write, yard: Row
):
    """Of Windows-1252 with one row in UTF-8 that row is refused: "Gård" never becomes "GÃ¥rd"."""
    rows = [{**yard, "note": "rød æble"}, {**yard, "ref": "L2", "note": "Gård"}]
    path = write_csv(rows)
    path.write_bytes(path.read_bytes().replace("rød æble".encode(), "rød æble".encode("cp1252")))
    report = import_lots(session, path)
    assert (report.inserted, report.refused, report.encoding) == (1, 1, "windows-1252")
    assert "bad_character" in codes(report)
    assert session.scalars(select(Lot.note)).one() == "rød æble"


def test_semicolons_with_decimal_commas(session: Session, write_csv: Write, yard: Row):
    """A Danish Excel's CSV is read as it is meant."""
    path = write_csv([{**yard, "x": "588000,5", "y": "6139700,25", "price_dkk": "3,50"}], separator=";")
    report = import_lots(session, path)
    assert codes(report) == set()
    assert session.scalars(select(Lot.price_ore)).one() == 350


def test_merged_cells(session: Session, tmp_path: Path, yard: Row):
    """A value merged over two rows counts in both, with a warning; merged titles above do no harm."""
    workbook = fill([yard, {**yard, "ref": "L2", "site_ref": None}])
    sheet = workbook.active
    column = list(yard).index("site_ref") + 1
    sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    sheet.insert_rows(1)
    report = import_lots(session, save(workbook, tmp_path / "merged.xlsx"))
    # openpyxl moves the cells and not the range, so the range is now one row above: header and first row
    assert report.rows == 2
    workbook = fill([yard, {**yard, "ref": "L2", "site_ref": None}])
    workbook.active.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    report = import_lots(session, save(workbook, tmp_path / "merged.xlsx"))
    assert report.refused == 0
    assert codes(report) == {"cell_merged"}
    assert session.scalar(select(func.count()).select_from(Site)) == 1


def test_formulas(session: Session, tmp_path: Path, yard: Row):
    """A formula whose result is not stored is refused in its cell, not taken for an empty one."""
    path = save(
        fill([{**yard, "note": "ok"}, {**yard, "ref": "L2", "note": "=1+1"}]), tmp_path / "formulas.xlsx"
    )
    report = import_lots(session, path)
    assert (report.inserted, report.refused) == (1, 1)
    (finding,) = report.findings
    assert (finding.code, finding.row) == ("formula_not_stored", 3)


def test_hidden_sheets(session: Session, tmp_path: Path, yard: Row):
    """A hidden sheet is not read, and named where it looks like what is wanted."""
    workbook = fill([yard])
    hidden = workbook.create_sheet("Gemt")
    hidden.append(list(yard))
    hidden.append([*{**yard, "ref": "L9"}.values()])
    hidden.sheet_state = "hidden"
    report = import_lots(session, save(workbook, tmp_path / "hidden.xlsx"))
    assert (report.inserted, codes(report)) == (1, {"sheet_hidden"})


def test_sixteen_thousand_columns(session: Session, tmp_path: Path, yard: Row):
    """A sheet as wide as Excel makes them is refused at once, whether workbook or text."""
    names = [*yard, *(f"c{number}" for number in range(16_384 - len(yard)))]
    workbook = Workbook()
    workbook.active.append(names)
    workbook.active.append(list(yard.values()))
    assert refuse(session, save(workbook, tmp_path / "wide.xlsx"))["code"] == "too_many_columns"
    text = tmp_path / "wide.csv"
    text.write_text(",".join(names) + "\n" + ",".join(map(str, yard.values())) + "\n", encoding="utf-8")
    details = refuse(session, text)
    assert (details["code"], details["found"]) == ("too_many_columns", "16384")


def test_zip_bomb(session: Session, tmp_path: Path):
    """A workbook that unpacks to hundreds of times its size is not unpacked."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(310):
                sheet.write(bytes(1_000_000))
    assert path.stat().st_size < 1_000_000
    assert refuse(session, path)["code"] == "unpacks_too_much"


def test_macros(session: Session, tmp_path: Path, yard: Row):
    """A workbook with macros is read by its stored values, and says that nothing was run."""
    plain = save(fill([yard]), tmp_path / "plain.xlsx")
    path = tmp_path / "macros.xlsm"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, source.read(entry))
        target.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    report = import_lots(session, path)
    assert (report.inserted, codes(report)) == (1, {"macros_not_run"})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"available_from": "31-02-2027"}, "not_a_date"),
        ({"available_from": "01-01-1000"}, "date_far_away"),
        ({"quantity": "-5"}, "not_positive"),
        ({"year": "999"}, "number_out_of_range"),
        ({"x": "6139700", "y": "588000"}, "place_wrong"),
        ({"x": "10.39", "y": "55.39"}, "place_wrong"),
        ({"x": "208000", "y": "6150000"}, "place_wrong"),
        ({"x": "640000", "y": "6310000"}, "place_wrong"),
    ],
    ids=["31 February", "year 1000", "negative", "made in 999", "swapped", "degrees", "zone 33", "at sea"],
)
def test_rows_that_cannot_be(session: Session, write_csv: Write, yard: Row, change: Row, code: str):
    """A row that cannot be true is refused with what is wrong; the good one beside it is taken."""
    report = import_lots(session, write_csv([yard, {**yard, "ref": "L2", "site_ref": "OTHER", **change}]))
    assert (report.inserted, report.refused) == (1, 1)
    assert code in codes(report)
    for finding in report.findings:
        assert finding.message_da != finding.message_en


def test_duplicate_ids(session: Session, write_csv: Write, yard: Row):
    """Of two rows of one reference the second is refused and names the first."""
    report = import_lots(session, write_csv([yard, yard]))
    (finding,) = [one for one in report.findings if one.severity == "error"]
    assert (finding.code, finding.row) == ("duplicate_row", 3)
    assert "række 2" in finding.message_da
    assert "row 2" in finding.message_en


def test_two_buildings_on_one_id(session: Session, write_csv: Write, house: Row):
    """Two buildings on one id are one building: the second row is refused."""
    path = write_csv([house, {**house, "byg026Opførelsesår": "1000", "adresse": "Anden vej 2"}])
    report = import_buildings(session, path, today=TODAY)
    assert (report.inserted, report.refused) == (1, 1)
    assert {"duplicate_row", "year_unknown"} == codes(report)
    assert session.scalars(select(Building.year_built)).one() == 1938


def test_negative_area_and_year_1000_of_a_building(session: Session, write_csv: Write, house: Row):
    """The register's odd values are unknown, not numbers, and are told."""
    path = write_csv([{**house, "byg026Opførelsesår": "1000", "byg041BebyggetAreal": "-146"}])
    report = import_buildings(session, path, today=TODAY)
    assert codes(report) == {"year_unknown", "area_negative"}
    building = session.execute(select(Building.year_built, Building.footprint_m2)).one()
    assert tuple(building) == (None, None)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\x00" * 40])
def test_empty_files(session: Session, tmp_path: Path, data: bytes):
    """A file with nothing in it says so."""
    path = tmp_path / "empty.csv"
    path.write_bytes(data)
    assert refuse(session, path)["code"] == "file_empty"


def test_truncated_workbook(session: Session, tmp_path: Path, yard: Row):
    """A workbook cut in half is damaged."""
    path = save(fill([{**yard, "ref": f"L{number}"} for number in range(50)]), tmp_path / "half.xlsx")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refuse(session, path)["code"] == "file_damaged"


@pytest.mark.parametrize("name", ["half.gpkg", "half.geojson", "half.zip"])
def test_truncated_maps(session: Session, tmp_path: Path, yard: Row, name: str):
    """A map cut in half is damaged, and nothing of it is taken."""
    lots = gpd.GeoDataFrame([yard] * 40, geometry=[Point(588000, 6139700)] * 40, crs=25832)
    path = tmp_path / name
    if name.endswith(".gpkg"):
        lots.to_file(path, driver="GPKG")
    elif name.endswith(".geojson"):
        path.write_text(lots.to_crs(4326).to_json(), encoding="utf-8")
    else:
        lots[["ref", "geometry"]].to_file(tmp_path / "half.shp")
        with zipfile.ZipFile(path, "w") as archive:
            for end in (".shx", ".dbf", ".shp"):
                data = (tmp_path / f"half{end}").read_bytes()
                archive.writestr(f"half{end}", data[:60] if end == ".shp" else data)
    if not name.endswith(".zip"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refuse(session, path)["code"] == "vector_damaged"


def test_truncated_text(session: Session, write_csv: Write, yard: Row):
    """Text cut in the middle of its last row costs that row alone."""
    path = write_csv([yard, {**yard, "ref": "L2"}])
    text = path.read_bytes()
    path.write_bytes(text[: text.rindex(b"588000")])
    report = import_lots(session, path)
    assert (report.rows, report.inserted, report.refused) == (2, 1, 1)
    assert "missing" in codes(report)
