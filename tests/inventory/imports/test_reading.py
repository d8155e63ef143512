# SPDX-License-Identifier: EUPL-1.2
"""Files of any encoding, separator and format become the same table, and hopeless ones are refused."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from inventory.imports.cells.problem import show_cell
from inventory.imports.encoding import decode_text
from inventory.imports.files.delimited import find_separator, read_delimited
from inventory.imports.layouts.lots import LOT_LAYOUT
from inventory.imports.refusal import REFUSAL_CODES, FileRefusedError
from inventory.imports.table_reading import read_table

DANISH = "Reference;Stedreference;Materialeklasse;Mængde;Enhed;Bemærkning\nP1;Gård;Mursten;12;stk;æøå ÆØÅ é\n"


def refuse(path: Path, *, sheet: str | None = None) -> FileRefusedError:
    """Read a file that must be refused."""
    with pytest.raises(FileRefusedError) as refusal:
        read_table(path, layout=LOT_LAYOUT, sheet=sheet)
    assert refusal.value.exit_code == 2
    assert refusal.value.details["code"] in REFUSAL_CODES
    return refusal.value


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "windows-1252"),
        ("iso-8859-1", "windows-1252"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings_give_the_same_letters(tmp_path: Path, encoding: str, named: str):
    """Danish letters survive every encoding a Danish office writes."""
    path = tmp_path / "file.csv"
    path.write_bytes(DANISH.encode(encoding))
    table = read_table(path, layout=LOT_LAYOUT)
    assert table.encoding == named
    assert table.column("note") == ["æøå ÆØÅ é"]
    assert table.column("site_ref") == ["Gård"]


def test_bytes_that_windows_1252_lacks_are_iso_8859_1():
    """The five bytes Windows-1252 leaves open make a file ISO-8859-1."""
    assert decode_text(b"\xe6\x81").encoding == "iso-8859-1"


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_utf_8_is_always_recognised(text: str):
    """Whatever is valid UTF-8 comes back letter for letter."""
    assert decode_text(text.encode("utf-8-sig")).text == text


def test_one_broken_byte_does_not_spoil_the_other_rows():
    """A file that is UTF-8 but for one byte stays UTF-8."""
    decoded = decode_text("æøå\n".encode() * 10 + b"\xe6\n")
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("æøå")
    assert "\udce6" in decoded.text


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found(separator: str):
    """The separator is the one that splits the lines evenly, whatever else stands in the texts."""
    lines = [
        "ref|class|note".replace("|", separator),
        separator.join(["1", '"a; b, c"', "x"]),
        separator.join("123"),
    ]
    assert find_separator("\n".join(lines)) == separator
    assert find_separator(f"sep={separator}\nabc") == separator


@given(
    rows=st.lists(
        st.lists(st.text(alphabet="ab,;\"'\n ", max_size=6).map(str.strip), min_size=2, max_size=4),
        max_size=8,
    )
)
def test_well_formed_csv_comes_back(rows: list[list[str]]):
    """Quoted separators, quotes and line breaks are cells like any other."""
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)
    sheet = read_delimited(text, separator=",")
    assert not sheet.broken
    assert sheet.rows == [[cell or None for cell in row] for row in rows]


@pytest.mark.parametrize("bad", ['"open;b;c', '"a"b;c;d', 'x;"y" z;w'])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_stray_quotation_mark_costs_one_row(bad: str, at: int):
    """A quotation mark that is not closed properly spoils its own row alone."""
    lines = ["1;2;3", "4;5;6", "7;8;9"]
    lines.insert(at, bad)
    sheet = read_delimited("\n".join(lines) + "\n", separator=";")
    assert sheet.broken == {at}
    assert [row for index, row in enumerate(sheet.rows) if index != at] == [
        list("123"),
        list("456"),
        list("789"),
    ]


def test_two_stray_quotation_marks_cost_two_rows():
    """Two open marks do not swallow the rows between them."""
    sheet = read_delimited('1;2\n"3;4\n5;6\n"7;8\n9;0\n', separator=";")
    assert sheet.broken == {1, 3}
    assert [sheet.rows[index] for index in (0, 2, 4)] == [["1", "2"], ["5", "6"], ["9", "0"]]


def test_rows_are_numbered_as_in_a_spreadsheet(tmp_path: Path):
    """Titles above the header, blank rows and line breaks in cells do not shift the numbers."""
    path = tmp_path / "file.csv"
    path.write_text(
        "Partier fra Odense;;;;\n;;;;\nReference;Stedreference;Klasse;Mængde;Enhed\n"
        'P1;A;"mur\nsten";1;stk\n;;;;\nP2;A;x;2;stk\n\n',
        encoding="utf-8",
    )
    table = read_table(path, layout=LOT_LAYOUT)
    assert table.header_row == 3
    assert table.numbers == (4, 6)
    assert table.blank == 1
    assert table.column("class") == ["mur\nsten", "x"]


def test_workbook_is_read_where_its_columns_fit(write_xlsx: Callable[..., Path]):
    """Cover sheets are passed over; a second sheet that fits is named, not silently dropped."""
    header = ["Reference", "Site reference", "Material class", "Quantity", "Unit"]
    path = write_xlsx(
        {"Cover": [["Hello"]], "One": [[], header, ["L1", "A", "brick", 12.5, "m2"]], "Two": [header]}
    )
    table = read_table(path, layout=LOT_LAYOUT)
    assert (table.sheet, table.header_row, table.numbers, table.other_sheets) == ("One", 2, (3,), ("Two",))
    assert table.column("quantity") == [12.5]
    assert refuse(path, sheet="Three").details["code"] == "sheet_missing"
    assert refuse(path, sheet="Two").details["code"] == "no_rows"


def test_format_is_told_by_content(write_xlsx: Callable[..., Path], tmp_path: Path):
    """A workbook named .csv is read as what it is, and said so."""
    header = ["Reference", "Site reference", "Material class", "Quantity", "Unit"]
    path = write_xlsx({"One": [header, ["L1", "A", "brick", 1, "m2"]]}, name="file.csv")
    table = read_table(path, layout=LOT_LAYOUT)
    assert (table.file_format, table.misnamed) == ("workbook", ".csv")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.csv", b"", "file_empty"),
        ("blank.csv", b"\xef\xbb\xbf\r\n \n", "file_empty"),
        ("pdf.csv", b"%PDF-1.7 ...", "file_binary"),
        ("binary.csv", b"a;b\x00\x01\x02", "file_binary"),
        ("archive.xlsx", b"PK\x03\x04broken", "file_damaged"),
        (
            "locked.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "file_password",
        ),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_damaged"),
        ("other.csv", b"name;age\nA;1\n", "columns_missing"),
        ("twice.csv", b"ref;ref;site_ref;class;quantity;unit\n1;2;3;4;5;6\n", "column_twice"),
        ("header.csv", b"ref;site_ref;class;quantity;unit\n", "no_rows"),
        ("quotes.csv", b"ref;site_ref;class;quantity;unit\n" + b'"x"y;1\n' * 1500, "too_broken"),
    ],
)
def test_hopeless_files_are_refused(tmp_path: Path, name: str, data: bytes, code: str):
    """A file that is wholly wrong says in both languages what it is, and takes nothing."""
    path = tmp_path / name
    path.write_bytes(data)
    refusal = refuse(path)
    assert refusal.details["code"] == code
    assert name in str(refusal)
    assert refusal.details["why_da"] != refusal.details["why_en"]


def test_missing_columns_are_named_with_what_was_found(tmp_path: Path):
    """The refusal lists the columns that are missing and those that are there."""
    path = tmp_path / "file.csv"
    path.write_text("Reference;Enhed;Klasse\n1;stk;3\n", encoding="utf-8")
    refusal = refuse(path)
    assert "quantity" in refusal.details["expected"]
    assert "bbr_id / site_ref" in refusal.details["expected"]
    assert "unit" not in refusal.details["expected"]
    assert "Enhed" in refusal.details["found"]


def test_missing_file_and_folder_are_refused(tmp_path: Path):
    """A name that leads to no file is refused like any other wrong input."""
    assert refuse(tmp_path / "none.csv").details["code"] == "file_missing"
    assert refuse(tmp_path).details["code"] == "file_unreadable"


def test_a_csv_file_has_no_sheets(tmp_path: Path):
    """Asking for a sheet of a CSV file is told as such, not answered with an empty list of sheets."""
    path = tmp_path / "lots.csv"
    path.write_text("ref;class\n1;2\n", encoding="utf-8")
    refusal = refuse(path, sheet="Lots")
    assert refusal.details["code"] == "no_sheets"
    assert "--sheet Lots" in refusal.details["why_da"]


@pytest.mark.parametrize(("cell", "shown"), [(9999.0, "9999"), (-4.0, "-4"), (0.5, "0.5")])
def test_numbers_of_a_workbook_are_shown_as_excel_does(cell: float, shown: str):
    """A report shows 9999 where the reader of the workbook sees 9999."""
    assert show_cell(cell) == shown


def test_a_cell_far_out_is_refused_before_it_fills_the_memory(tmp_path: Path):
    """A word in the last cell Excel has would make the reader ask for 550 GB; the refusal names the cell."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["Reference", "Site reference", "Material class", "Quantity", "Unit"])
    sheet.append(["L1", "A", "brick", 1, "m2"])
    sheet["XFD1048576"].font = Font(bold=True)  # a style alone is no content
    workbook.save(tmp_path / "styled.xlsx")
    assert len(read_table(tmp_path / "styled.xlsx", layout=LOT_LAYOUT)) == 1
    sheet["XFD1048576"] = "oops"
    workbook.save(tmp_path / "far.xlsx")
    refusal = refuse(tmp_path / "far.xlsx")
    assert refusal.details["code"] == "cell_far_out"
    assert "XFD1048576" in refusal.details["why_da"]


def test_a_part_of_a_workbook_that_cannot_be_unpacked_is_refused(write_xlsx: Callable[..., Path]):
    """Bytes lost on the way make a damaged workbook, not a crash."""
    path = write_xlsx({"One": [["Reference", "Unit"], ["x" * 500, "m2"]]})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    data[start + 60 : start + 120] = bytes(60)
    path.write_bytes(data)
    assert refuse(path).details["code"] == "file_damaged"
