# SPDX-License-Identifier: EUPL-1.2
"""Maps and tables under strange headers become the same lots; guesses are shown and can be decided."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import Point
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.imports.cells.classes import ClassIndex
from inventory.imports.cells.municipalities import MunicipalityIndex
from inventory.imports.contents import ContentsJudge
from inventory.imports.kinds import LAYOUTS
from inventory.imports.layouts.lots import LOT_LAYOUT
from inventory.imports.lots.importing import import_lots
from inventory.imports.mapping import FileMapping, parse_mapping, read_mapping
from inventory.imports.model.mapping import read_model_mapping
from inventory.imports.proposal import propose_mapping
from inventory.imports.refusal import FileRefusedError
from inventory.imports.refused_rows import make_refused_file
from inventory.imports.systems import convert_pairs, guess_system
from inventory.queries.imports.keys import list_known_classes, map_municipalities
from inventory.tables import Lot, Site

Write = Callable[..., Path]
Row = dict[str, Any]


@pytest.fixture
def judge(session: Session) -> ContentsJudge:
    """Knows the classes and municipalities of the reference data."""
    return ContentsJudge(
        classes=ClassIndex(list_known_classes(session)),
        municipalities=MunicipalityIndex(map_municipalities(session)),
    )


@pytest.mark.parametrize("epsg", [25832, 25833, 4326, 3857])
@pytest.mark.parametrize("swapped", [False, True])
def test_systems_are_guessed(epsg: int, *, swapped: bool):
    """The system that puts the points on Danish land is found, in either order."""
    here = np.array([[588000.0, 6139700.0], [574000.0, 6223000.0], [725000.0, 6175500.0]])
    places = gpd.GeoSeries([Point(xy) for xy in here], crs=25832).to_crs(epsg)
    first, second = places.x.to_numpy(), places.y.to_numpy()
    if swapped:
        first, second = second, first
    guess = guess_system(first, second)
    assert (guess.epsg, guess.swapped, guess.share) == (epsg, swapped, 1.0)
    assert convert_pairs(first, second, epsg=epsg, swapped=swapped) == pytest.approx(here, abs=0.1)


STRANGE = (
    "Emne;Antal;Enh.;Hvor;E;N;Først;Sidst;Løbenr\n"
    "Mursten, kalkmørtel;1.200,5;stk;Gård A;588000,0;6139700,0;01-03-2027;01-06-2027;A-1\n"
    "Tagsten, tegl;300;stk;Gård A;588000,0;6139700,0;15-03-2027;01-07-2027;A-2\n"
)


def test_a_mapping_is_proposed_by_contents(tmp_path: Path, session: Session, judge: ContentsJudge):
    """Headers nobody knows are recognised by what stands under them; the rest is left to a person."""
    names = dict(session.execute(select(Lot.ref, Lot.note)).all())
    assert names == {}
    path = tmp_path / "strange.csv"
    classes = {known.code: known.name_da for known in list_known_classes(session)}
    text = STRANGE.replace("Mursten, kalkmørtel", classes["brick_lime_mortar"])
    path.write_text(text.replace("Tagsten, tegl", classes["roof_tile_clay"]), encoding="cp1252")
    proposal = propose_mapping(path, layout=LOT_LAYOUT, judge=judge)
    found = {one.header: (one.column, one.why) for one in proposal.columns}
    assert found["Emne"] == ("class", "contents")
    assert found["Enh."] == ("unit", "contents")
    assert found["Antal"] == ("quantity", "name")
    assert found["E"] == ("x", "contents")
    assert found["N"] == ("y", "contents")
    assert found["Først"] == ("available_from", "contents")
    assert found["Sidst"] == ("available_to", "contents")
    assert found["Hvor"] == (None, "none")
    mapping = proposal.mapping
    assert (mapping.encoding, mapping.separator, mapping.decimal) == ("windows-1252", ";", ",")
    assert (mapping.epsg, mapping.swapped, proposal.on_land) == (25832, False, 1.0)
    assert {"ref", "bbr_id / site_ref / address"} == set(proposal.missing)


def test_a_postcode_is_no_misspelt_number_of_a_site(tmp_path: Path, judge: ContentsJudge):
    """Two buildings of one postcode stay two: "Postnr" is the postcode, though "Stednr" is near it."""
    path = tmp_path / "addresses.csv"
    path.write_text(
        "Nr;Materiale;Antal;Enhed;Adresse;Postnr\n1;Toilet;2;stk;Ågade 5;8000\n", encoding="utf-8"
    )
    proposal = propose_mapping(path, layout=LOT_LAYOUT, judge=judge)
    found = {one.header: (one.column, one.why) for one in proposal.columns}
    assert (found["Postnr"], found["Adresse"]) == (("postcode", "name"), ("address", "name"))
    path.write_text("Nr;Materiale;Antal;Enhed;Stednrr\n1;Toilet;2;stk;Y1\n", encoding="utf-8")
    (*_rest, site) = propose_mapping(path, layout=LOT_LAYOUT, judge=judge).columns
    assert (site.column, site.why) == ("site_ref", "spelling")


def test_past_mappings_win(tmp_path: Path, judge: ContentsJudge):
    """What the organisation once said of a header is proposed again, before names."""
    path = tmp_path / "strange.csv"
    path.write_text(STRANGE, encoding="utf-8")
    past = {"hvor": "site_ref", "antal": "quantity", "loebenr": "ref"}
    proposal = propose_mapping(path, layout=LOT_LAYOUT, judge=judge, past=past)
    found = {one.header: (one.column, one.why) for one in proposal.columns}
    assert found["Hvor"] == ("site_ref", "past")
    assert found["Løbenr"] == ("ref", "past")


def test_a_mapping_decides(session: Session, tmp_path: Path):
    """Columns, fixed values, coordinate system, order of axes and of days come from the mapping."""
    path = tmp_path / "american.csv"
    path.write_text(
        "Lot,What,How many,Yard,North,East,From,To,Junk\n"
        '1,brick_lime_mortar,"1,200",Y1,55.39,10.39,03/01/2027,06/25/2027,zzz\n',
        encoding="utf-8",
    )
    columns = {
        "Lot": "ref", "What": "class", "How many": "quantity", "Yard": "site_ref", "North": "x", "East": "y",
        "From": "available_from", "To": "available_to", "Junk": None,
    }  # fmt: skip
    mapping = FileMapping(
        kind="lots", columns=columns, fixed={"unit": "piece", "firmness": "permit_given"}, decimal=".",
        date_form="month_first", epsg=4326, swapped=True,
    )  # fmt: skip
    report = import_lots(
        session, path, mapping=parse_mapping(mapping.make_document(), layout=LOT_LAYOUT, file="")
    )
    assert (report.inserted, report.refused) == (1, 0)
    assert "column_not_read" not in {finding.code for finding in report.findings}
    lot = session.scalars(select(Lot)).one()
    assert (lot.quantity, lot.available_from.isoformat(), lot.available_to.isoformat()) == (
        1200, "2027-03-01", "2027-06-25",
    )  # fmt: skip
    (place,) = session.execute(select(Site.geom.ST_X(), Site.geom.ST_Y())).all()
    assert tuple(place) == pytest.approx((588000, 6139000), abs=1500)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"kind": "buildings"}, "kind: buildings"),
        ({"columns": {"A": "nothing"}}, "columns: nothing"),
        ({"columns": {"A": "ref", "B": "ref"}}, "columns: ref"),
        ({"columns": ["ref"]}, "columns: ['ref']"),
        ({"epsg": 1234}, "epsg: 1234"),
        ({"header_row": 0}, "header_row: 0"),
        ({"speed": 1}, "speed"),
        ({"version": 2}, "version"),
    ],
)
def test_a_wrong_mapping_is_refused(tmp_path: Path, change: Row, found: str):
    """A mapping that means nothing says what in it is wrong, in both languages."""
    path = tmp_path / "mapping.json"
    path.write_text(json.dumps(FileMapping(kind="lots").make_document() | change), encoding="utf-8")
    with pytest.raises(FileRefusedError) as refusal:
        read_mapping(path, layout=LOT_LAYOUT)
    assert refusal.value.details["code"] == "mapping_wrong"
    assert refusal.value.details["found"] == found
    assert found in refusal.value.details["why_da"]


@pytest.mark.parametrize("content", ["[" * 100_000, '{"a": '], ids=["deep", "cut"])
def test_a_mapping_that_is_no_json_is_refused(tmp_path: Path, content: str):
    """Nested without end or cut off: refused as any wrong mapping, of tables and of models alike."""
    path = tmp_path / "mapping.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileRefusedError) as refusal:
        read_mapping(path, layout=LOT_LAYOUT)
    assert refusal.value.details["code"] == "mapping_wrong"
    with pytest.raises(FileRefusedError) as refusal:
        read_model_mapping(path, kind="lots")
    assert refusal.value.details["code"] == "mapping_wrong"


def test_headers_of_a_mapping_must_be_there(session: Session, write_csv: Write, yard: Row):
    """A mapping of another file names the headers that are not in this one."""
    mapping = FileMapping(kind="lots", columns={"Nummer": "ref", "class": "class"})
    with pytest.raises(FileRefusedError, match="Nummer"):
        import_lots(session, write_csv([yard]), mapping=mapping)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_refused_rows_come_back_and_can_be_mended(
    session: Session, write_csv: Write, write_xlsx: Write, tmp_path: Path, yard: Row, form: str
):
    """The rows that were not taken are a file with a message each, which is imported once mended."""
    rows = [
        yard,
        {**yard, "ref": "L2", "quantity": "many"},
        {**yard, "ref": "L3", "available_from": "31-02-2027"},
    ]
    if form == "csv":
        path = write_csv(rows, separator=";")
    else:
        path = write_xlsx({"Ark": [list(yard), *([*row.values()] for row in rows)]})
    report = import_lots(session, path)
    assert (report.rows, report.inserted, report.refused) == (3, 1, 2)
    back = tmp_path / f"back.{form}"
    back.write_bytes(make_refused_file(report, language="da"))
    again = import_lots(session, back)
    assert (again.rows, again.refused) == (2, 2)
    assert again.table.titles[0] == "genbro_besked"
    messages = [str(row[0]) for row in again.table.rows]
    assert "quantity: Feltet er ikke et tal." in messages[0]
    assert "Skriv datoen som" in messages[1]
    assert "column_not_read" not in {finding.code for finding in again.findings}
    if form == "csv":
        text = back.read_text(encoding="utf-8-sig").replace("many", "12").replace("31-02-2027", "01-03-2027")
        back.write_text(text, encoding="utf-8-sig")
        mended = import_lots(session, back)
        assert (mended.inserted, mended.refused) == (2, 0)


def test_every_kind_has_a_layout():
    """The commands know a layout for each kind of import."""
    assert set(LAYOUTS) == {"buildings", "lots", "requirements", "hubs", "demolitions"}
