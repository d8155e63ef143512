# SPDX-License-Identifier: EUPL-1.2
"""Labels come 24 to a sheet, say what the lot is, and lead to its page."""

import json
import zlib
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner

from inventory.cli.main import main
from inventory.database import open_session
from inventory.exports.labels import Label, lot_address, write_labels
from tests.inventory.conftest import SLAGELSE, Country

LOT = UUID(int=7)


def make_label(**more: str) -> Label:
    """Make a label of Danish bricks."""
    values = {"ref": "12", "material": "Mursten i kalkmørtel", "quantity": "1228 stk."} | more
    return Label(lot_id=LOT, **values)


def read_contents(pdf: bytes) -> bytes:
    """Read every compressed stream of a PDF that is text."""
    parts = pdf.split(b"stream\n")[1:]
    found = []
    for part in parts:
        try:
            found.append(zlib.decompressobj().decompress(part.partition(b"endstream")[0]))
        except zlib.error:
            continue
    return b"\n".join(found)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (24, 1), (25, 2), (49, 3), (0, 1)])
def test_24_to_a_sheet(count: int, pages: int) -> None:
    """The 25th label begins a new page."""
    pdf = write_labels([make_label()] * count, base_url="http://127.0.0.1:8000")
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == pages


def test_label_says_what_the_lot_is() -> None:
    """Number, class and quantity stand on it in Danish; long names and foreign letters break nothing."""
    text = read_contents(
        write_labels([make_label(), make_label(material="Ж" * 200, ref="R" * 40)], base_url="http://x")
    )
    assert "kalkmørtel".encode("latin-1") in text
    assert b"(12)" in text
    assert b"1228 stk." in text


def test_address_is_that_of_the_lot() -> None:
    """Whether or not the base ends in a slash."""
    assert lot_address("https://a.dk/", LOT) == lot_address("https://a.dk", LOT) == f"https://a.dk/lots/{LOT}"


def test_command(own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The labels of a building's surveyed lots are written; a building without any is an error."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    with open_session(own_database_url) as session:
        country = Country(session)
        building = country.site("S", SLAGELSE)
        site = building.id
        for number in range(30):
            country.lot(f"L{number}", building)
    target = tmp_path / "labels.pdf"
    done = CliRunner().invoke(main, ["labels", str(site), "--to", str(target), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output) == {"file": str(target), "labels": 30, "sheets": 2}
    assert target.read_bytes().count(b"/Type /Page\n") == 2
    assert CliRunner().invoke(main, ["labels", str(uuid4()), "--to", str(target)]).exit_code == 2
    nowhere = CliRunner().invoke(main, ["labels", str(site), "--to", str(tmp_path / "none" / "labels.pdf")])
    assert nowhere.exit_code == 2
    assert "Choose another place by --to" in nowhere.output
