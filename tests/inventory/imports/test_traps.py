# SPDX-License-Identifier: EUPL-1.2
"""Files made to lead the reader astray: out of their own folder, round a limit, or into endless work."""

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session

from inventory.imports.cells.problem import show_cell
from inventory.imports.files.extent import measure_sheets
from inventory.imports.files.formulas import find_unstored
from inventory.imports.layouts.lots import LOT_LAYOUT
from inventory.imports.lots.importing import import_lots
from inventory.imports.refusal import FileRefusedError
from inventory.imports.refused_rows import make_refused_file
from inventory.imports.table_reading import read_table

Write = Callable[..., Path]
Row = dict[str, Any]


def pack(parts: dict[str, str | bytes]) -> bytes:
    """Pack a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def refuse(path: Path, content: bytes) -> str:
    """Write a file that must be refused; the code of why."""
    path.write_bytes(content)
    with pytest.raises(FileRefusedError) as refusal:
        read_table(path, layout=LOT_LAYOUT)
    return str(refusal.value.details["code"])


def test_a_shapefile_leads_to_no_other_file(tmp_path: Path, write_csv: Write, yard: Row):
    """A virtual layer called .shp is not opened: it could show any file the server may read."""
    secret = write_csv([yard])
    virtual = (
        f'<OGRVRTDataSource><OGRVRTLayer name="{secret.stem}"><SrcDataSource>{secret}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )
    content = pack({"x.shp": virtual, "x.shx": "a", "x.dbf": "b"})
    assert refuse(tmp_path / "trap.zip", content) == "vector_damaged"


@pytest.mark.parametrize(("mark", "at"), [(b"PK\x01\x02", 0), (b"PK\x05\x06", 16)])
def test_a_zip_with_a_broken_list_is_refused(tmp_path: Path, mark: bytes, at: int):
    """A zip whose list of parts is damaged is refused in words."""
    whole = bytearray(pack({"x.shp": "a", "x.shx": "b", "x.dbf": "c"}))
    start = whole.rfind(mark) + at
    whole[start : start + 4] = b"\xff\xff\xff\x0f"
    assert refuse(tmp_path / "broken.zip", bytes(whole)) in {"file_damaged", "vector_damaged"}


def test_a_shapefile_that_fills_the_memory_is_refused(tmp_path: Path):
    """A zip of map parts that unpacks a thousandfold is refused before it is unpacked."""
    content = pack({"x.shp": bytes(350_000_000), "x.shx": "b", "x.dbf": "c"})
    assert refuse(tmp_path / "bomb.zip", content) == "unpacks_too_much"


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("xl/other/s.xml", b'<c r="XFD1048576"><v>1</v></c>'),
        ("xl/worksheets/sheet1.xml", b'<x:c r="XFD1048576"><v>1</v></x:c>'),
        ("xl/worksheets/sheet1.xml", b"<c r='XFD1048576'><v>1</v></c>"),
    ],
)
def test_a_far_cell_is_found_however_it_is_written(name: str, cell: bytes):
    """Sheets in another folder, and tags with a prefix or single quotes, are measured too."""
    with zipfile.ZipFile(io.BytesIO(pack({name: cell}))) as archive:
        assert [sheet.farthest for sheet in measure_sheets(archive)] == ["XFD1048576"]


def test_a_tag_without_end_costs_no_time():
    """A megabyte of attributes in one tag is passed over, not gone through again from each of them."""
    sheet = b"<f>" + b"<c " + b'r="A1" ' * 150_000
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": '<sheet name="S" r:id="r1"/>',
        "xl/_rels/workbook.xml.rels": '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    begun = time.process_time()
    with zipfile.ZipFile(io.BytesIO(pack(parts))) as archive:
        assert find_unstored(archive) == {"S": set()}
        measure_sheets(archive)
    assert time.process_time() - begun < 1


def test_a_header_is_one_line_without_nul():
    """A header comes back from a browser and a database as it was shown."""
    assert show_cell("Antal\n(stk)") == show_cell("Antal\r\n(stk)") == "Antal (stk)"
    assert show_cell("a\x00b") == "a b"


def test_a_number_too_long_for_excel_comes_back_whole(session: Session, tmp_path: Path, yard: Row):
    """A whole number of thousands of digits is refused, and stands in the file to mend as it was."""
    huge = 10**4000
    properties = {name: value for name, value in yard.items() if name not in ("x", "y")}
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [12, 55.5]},
        "properties": {**properties, "quantity": huge},
    }
    path = tmp_path / "lots.geojson"
    path.write_text(json.dumps(feature), encoding="utf-8")
    report = import_lots(session, path)
    assert report.refused == 1
    back = load_workbook(io.BytesIO(make_refused_file(report, language="da"))).active
    assert back is not None
    assert str(huge) in [cell.value for cell in back[2]]


def test_workbooks_of_every_day_are_still_read(tmp_path: Path, yard: Row):
    """An ordinary workbook passes all limits."""
    workbook = Workbook()
    workbook.active.append(list(yard))
    workbook.active.append(list(yard.values()))
    workbook.save(tmp_path / "lots.xlsx")
    assert len(read_table(tmp_path / "lots.xlsx", layout=LOT_LAYOUT).rows) == 1
