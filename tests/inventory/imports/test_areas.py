# SPDX-License-Identifier: EUPL-1.2
"""Areas of municipalities from the operator's map: taken, used, refused with a reason, and undone."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from click.testing import CliRunner
from shapely import Polygon, box, force_3d
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from inventory.actions.imports.records import begin_import, finish_import
from inventory.actions.imports.undo import undo_import
from inventory.cli.main import main
from inventory.database import open_session
from inventory.geography.areas import find_areas, find_astray, lay_areas
from inventory.imports.areas import import_areas
from inventory.imports.cells.places import find_other_municipality, read_geography
from inventory.imports.refusal import FileRefusedError
from inventory.queries.places.municipality_areas import list_areas
from inventory.tables import ImportKind, MunicipalityArea

ODENSE, ASSENS = box(580_000, 6_130_000, 600_000, 6_150_000), box(560_000, 6_120_000, 580_000, 6_150_000)
AT = "2026-11-27T12:00:00+00:00"


def write_map(path: Path, *, epsg: int | None = 25832, **columns: list[object]) -> Path:
    """Write a map of Odense in two polygons and Assens in one, with columns of one's own."""
    north, south = box(580_000, 6_140_000, 600_000, 6_150_000), box(580_000, 6_130_000, 600_000, 6_140_000)
    layer = gpd.GeoDataFrame(
        columns, geometry=[force_3d(north), force_3d(south), force_3d(ASSENS)], crs=25832
    )
    if epsg is None:
        layer = layer.set_crs(None, allow_override=True)
    elif epsg != 25832:
        layer = layer.to_crs(epsg)
    layer.to_file(path)
    return path


@pytest.mark.parametrize(
    ("name", "epsg"), [("k.gpkg", 25832), ("k.geojson", 4326), ("k.shp", 25832), ("k.gpkg", 25833)]
)
def test_polygons_are_taken_from_each_kind_of_map(
    session: Session, tmp_path: Path, name: str, epsg: int
) -> None:
    """Codes or names are found by content, two polygons of one municipality are one area, all in UTM 32."""
    path = write_map(tmp_path / name, epsg=epsg, nr=[1, 2, 3], kommune=["Odense", "Odense Kommune", "0420"])
    report = import_areas(session, path)
    assert (report.column, report.written.inserted, report.unknown) == ("kommune", 2, ())
    assert "0461" not in report.missing
    areas = dict(list_areas(session))
    assert set(areas) == {"0461", "0420"}
    laid = lay_areas(list_areas(session))
    assert laid is not None
    assert [round(shape.area / 1e6) for shape in laid.shapes] == [600, 400]


def test_again_changes_nothing(session: Session, tmp_path: Path) -> None:
    """The same map a second time writes no row."""
    path = write_map(tmp_path / "k.gpkg", kode=["461", "461", "420"])
    import_areas(session, path)
    assert import_areas(session, path).written.unchanged == 2


def test_undone_as_a_whole(session: Session, tmp_path: Path) -> None:
    """Undoing the second map brings back the first, undoing the first leaves none."""

    def run(path: Path):
        record = begin_import(session, kind=ImportKind.GEOGRAPHY, file=path.name, at=AT)
        finish_import(session, import_id=record, counts=import_areas(session, path).count())
        return record

    first = run(write_map(tmp_path / "a.gpkg", kode=["461", "461", "420"]))
    before = list_areas(session)
    second = run(write_map(tmp_path / "b.gpkg", kode=["420", "420", "461"]))
    assert list_areas(session) != before
    undo_import(session, import_id=second)
    assert list_areas(session) == before
    undo_import(session, import_id=first)
    assert list_areas(session) == []


def test_what_is_no_municipality_is_left_out_and_named(session: Session, tmp_path: Path) -> None:
    """A polygon of Malmö is left out with its row and cell; broken polygons are mended."""
    path = tmp_path / "k.gpkg"
    bow = Polygon([(0, 0), (1000, 1000), (1000, 0), (0, 1000)])
    gpd.GeoDataFrame({"navn": ["Odense", "Malmö"]}, geometry=[bow, box(0, 0, 1, 1)], crs=25832).to_file(path)
    report = import_areas(session, path)
    assert report.unknown == ((2, "Malmö"),)
    assert session.scalar(select(text("ST_IsValid(geom)")).select_from(MunicipalityArea))


def tell_feature(name: str, *, kind: str, coordinates: object) -> bytes:
    """Write one feature as GeoJSON."""
    geometry = {"type": kind, "coordinates": coordinates}
    told = {"type": "Feature", "properties": {"navn": name}, "geometry": geometry}
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "file_missing"),
        (b"kode;navn\n0461;Odense\n", "no_map"),
        (b'{"type": "FeatureCollection", "features": []}', "no_polygons"),
        (tell_feature("Odense", kind="Point", coordinates=[10, 55]), "no_polygons"),
        (
            tell_feature("Atlantis", kind="Polygon", coordinates=[[[10, 55], [11, 55], [11, 56], [10, 55]]]),
            "no_municipalities",
        ),
        (b'{"type": "FeatureCollection", "features": [{"type"', "vector_damaged"),
    ],
)
def test_a_map_that_is_none_is_refused(
    session: Session, tmp_path: Path, content: bytes | None, code: str
) -> None:
    """No file, a table, no shapes, points, other places, half a file: refused with a code, nothing kept."""
    path = tmp_path / "k.geojson"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileRefusedError) as caught:
        import_areas(session, path)
    assert caught.value.details["code"] == code
    assert list_areas(session) == []


def test_points_astray_are_named_exactly() -> None:
    """Inside, within 200 m of the border, over it, at sea, unknown, of a municipality without area."""
    areas = lay_areas([("0420", ASSENS.wkb), ("0461", ODENSE.wkb)])
    assert areas is not None
    points = np.array(
        [[590e3, 614e4], [579_900, 614e4], [579e3, 614e4], [0, 0], [np.nan, np.nan], [579e3, 614e4]]
    )
    claimed = ["0461", "0461", "0461", "0461", "0461", "0101"]
    assert find_areas(points, areas=areas).tolist() == ["0461", "0420", "0420", "", "", "0420"]
    assert find_astray(points, claimed=claimed, areas=areas).tolist() == ["", "", "0420", "", "", ""]


def test_without_areas_nothing_is_said_and_with_them_the_import_says_it(
    session: Session, tmp_path: Path
) -> None:
    """The geography of an import has areas once they are loaded, and names the other municipality."""
    point = np.array([[579e3, 614e4]])
    assert find_other_municipality(point, codes=["0461"], geography=read_geography(session)) is None
    import_areas(session, write_map(tmp_path / "k.gpkg", kode=["461", "461", "420"]))
    assert find_other_municipality(point, codes=["0461"], geography=read_geography(session)) == ["0420"]


def test_real_municipalities_hold_their_towns(session: Session, real_data: Path) -> None:
    """The real map has all municipalities, and the centre we know of each lies in it or within 200 m."""
    report = import_areas(session, real_data / "01_geography" / "kommuner.geojson")
    assert report.written.inserted == 99
    assert report.missing == {}
    rows = session.execute(text("SELECT code, ST_X(geom), ST_Y(geom) FROM municipality ORDER BY code")).all()
    geography = read_geography(session)
    astray = find_other_municipality(
        np.array([[x, y] for _, x, y in rows]), codes=[code for code, _, _ in rows], geography=geography
    )
    assert astray == [""] * len(rows)


def test_command_imports_and_names_a_lot_astray(
    own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command keeps the areas, and a lot said to be in Odense that lies in Assens gets a warning."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    path = write_map(tmp_path / "kommuner.gpkg", kode=["461", "461", "420"])

    def run(*arguments: object):
        return CliRunner().invoke(main, ["import", *map(str, arguments)], catch_exceptions=False)

    assert "Dry run" in run("geography", path, "--dry-run").stdout
    done = run("geography", path, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["written"]["inserted"] == 2
    lots = tmp_path / "lots.csv"
    lots.write_text(
        "ref,site_ref,site_name,x,y,municipality,class,quantity,unit,available_from,available_to,firmness\n"
        "1,A,A,575000,6135000,Odense,brick_lime_mortar,100,piece,2027-01-01,2027-06-01,possible\n"
    )
    told = json.loads(run("lots", lots, "--json").stdout)
    (finding,) = [one for one in told["findings"] if one["code"] == "municipality_other"]
    assert "Assens" in finding["message_en"]
    undone = run("undo", json.loads(done.stdout)["import"])
    assert undone.exit_code == 0
    with open_session(own_database_url) as session:
        assert list_areas(session) == []
