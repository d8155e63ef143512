# SPDX-License-Identifier: EUPL-1.2
"""Makes the municipality, town and land mass tables of inventory/reference from public geodata.

Run ``GENBRO_REAL_DATA=<folder> .venv/bin/python data/make_geography.py [OUT]`` where the folder holds
``01_geography/{kommuner.geojson,kommuner.csv,byer_geonames.csv}``:

kommuner.geojson
    DAGI 1:500.000 municipality polygons, Geodatastyrelsen and the Danish municipalities, edition
    2014-02-13, Danish terms for free geodata (use and redistribution with attribution).
byer_geonames.csv
    GeoNames populated places of Denmark (CC BY 4.0).

Land masses are the municipality polygons dissolved: one row per island that has no dam to its
neighbour; islets joined by a dam or a short bridge go with the land they hang on (``JOINED``),
islets that are not named are left out, a point there counts to the nearest land mass.
The outlines are simplified to 60 m and rounded to whole metres.
"""

import csv
import sys
from pathlib import Path

import geopandas as gpd
import shapely

from inventory.settings import get_settings

OUT = Path(__file__).resolve().parent.parent / "inventory" / "reference"
SIMPLIFY_M = 60.0
DAGI = "DAGI 1:500.000 2014-02-13, Geodatastyrelsen og Danske Kommuner (frie geodata, attribution)"
GEONAMES = "GeoNames cities500 (CC BY 4.0), https://www.geonames.org/{}"
TOWNS_WANTED = 500

# id, name, a point inside (lon, lat)
LAND = [
    ("jylland", "Jylland syd for Limfjorden", 9.3, 55.95),
    ("vendsyssel_thy", "Vendsyssel-Thy (Nørrejyske Ø)", 9.92, 57.17),
    ("sjaelland", "Sjælland", 11.7, 55.557),
    ("fyn", "Fyn", 10.345, 55.327),
    ("lolland", "Lolland", 11.42, 54.776),
    ("falster", "Falster", 11.955, 54.763),
    ("bornholm", "Bornholm", 14.931, 55.143),
    ("mors", "Mors", 8.729, 56.828),
    ("als", "Als", 9.932, 54.968),
    ("langeland", "Langeland", 10.777, 54.944),
    ("moen", "Møn, Bogø og Farø", 12.469, 54.963),
    ("laesoe", "Læsø", 10.995, 57.272),
    ("samsoe", "Samsø", 10.611, 55.884),
    ("amager", "Amager", 12.604, 55.623),
    ("aeroe", "Ærø", 10.324, 54.894),
    ("taasinge", "Tåsinge", 10.578, 54.999),
    ("fanoe", "Fanø", 8.426, 55.405),
    ("fur", "Fur", 9.002, 56.821),
    ("anholt", "Anholt", 11.561, 56.714),
    ("fejoe", "Fejø", 11.4, 54.945),
    ("saltholm", "Saltholm", 12.761, 55.639),
    ("oroe", "Orø", 11.811, 55.779),
    ("endelave", "Endelave", 10.313, 55.769),
    ("sejeroe", "Sejerø", 11.146, 55.887),
    ("femoe", "Femø", 11.541, 54.97),
    ("agersoe", "Agersø", 11.185, 55.216),
    ("venoe", "Venø", 8.625, 56.548),
    ("baagoe", "Bågø", 9.812, 55.312),
    ("lyoe", "Lyø", 10.148, 55.049),
    ("egholm", "Egholm", 9.846, 57.064),
    ("aaroe", "Årø", 9.746, 55.263),
    ("avernakoe", "Avernakø", 10.262, 55.023),
    ("omoe", "Omø", 11.149, 55.159),
    ("drejoe", "Drejø", 10.418, 54.973),
    ("faenoe", "Fænø", 9.692, 55.487),
    ("askoe", "Askø", 11.494, 54.899),
    ("livoe", "Livø", 9.094, 56.883),
    ("tunoe", "Tunø", 10.436, 55.952),
    ("hjarnoe", "Hjarnø", 10.082, 55.826),
    ("barsoe", "Barsø", 9.559, 55.12),
    ("nekseloe", "Nekselø", 11.291, 55.78),
    ("skaroe", "Skarø", 10.467, 55.01),
    ("bjoernoe", "Bjørnø", 10.25, 55.063),
    ("strynoe", "Strynø", 10.61, 54.904),
    ("christiansoe", "Christiansø", 15.187, 55.320),
    ("vejroe", "Vejrø", 11.356, 55.032),
    ("brandsoe", "Brandsø", 9.7047, 55.3590),
    ("aebeloe", "Æbelø", 10.1816, 55.6261),
    ("romsoe", "Romsø", 10.79, 55.5131),
    ("taeroe", "Tærø", 12.084, 54.9542),
    ("vigelsoe", "Vigelsø", 10.4613, 55.4722),
    ("eskilsoe", "Eskilsø", 12.0777, 55.7345),
    ("lindholm", "Lindholm", 12.116, 54.979),
    ("sprogoe", "Sprogø", 10.968, 55.333),
]
# islets that hang on a land mass by a dam or a short bridge: a point inside -> the land's id
JOINED = [
    (10.682, 55.043, "fyn"),  # Thurø
    (11.709, 55.188, "sjaelland"),  # Gavnø
    (11.68, 55.161, "sjaelland"),  # Enø
    (12.212, 55.048, "moen"),  # Nyord
    (11.887, 54.988, "sjaelland"),  # Masnedø
    (10.691, 54.956, "taasinge"),  # Siø
    (11.017, 57.2069, "laesoe"),  # sands off Læsø
]


def write_rows(path: Path, header: list[str], rows: list[list[object]]) -> None:
    """Write one reference table as UTF-8 CSV with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def make_land_masses(areas: gpd.GeoDataFrame, *, out: Path) -> None:
    """Dissolve the municipalities, name the pieces, simplify and write them."""
    pieces = [p for p in areas.geometry.make_valid().union_all().geoms if p.geom_type == "Polygon"]
    points = gpd.GeoSeries.from_xy(
        [row[2] for row in LAND] + [row[0] for row in JOINED],
        [row[3] for row in LAND] + [row[1] for row in JOINED],
        crs=4326,
    ).to_crs(25832)
    tree = shapely.STRtree(pieces)
    nearest = tree.nearest(points.values)
    held: dict[str, list[int]] = {row[0]: [] for row in LAND}
    for name, piece in zip([r[0] for r in LAND] + [r[2] for r in JOINED], nearest, strict=True):
        held[name].append(int(piece))
    taken = [p for group in held.values() for p in group]
    if len(taken) != len(set(taken)):
        raise SystemExit("two names fell on one island: mend LAND or JOINED")
    rows: list[list[object]] = []
    for key, name, _lon, _lat in LAND:
        shape = shapely.MultiPolygon([shapely.Polygon(pieces[p].exterior) for p in held[key]])
        simple = shapely.set_precision(shapely.simplify(shape, SIMPLIFY_M), 1.0)
        simple = shape if simple.is_empty else simple
        rows.append(
            [
                key,
                name,
                shapely.to_wkt(simple, rounding_precision=0),
                DAGI + "; dissolved, simplified 60 m",
            ]
        )
    write_rows(out / "land_masses.csv", ["id", "name", "wkt", "source"], rows)


def make_municipalities(areas: gpd.GeoDataFrame, *, out: Path) -> None:
    """One point inside the largest part of each municipality."""
    rows: list[list[object]] = []
    for row in areas.sort_values("kode").itertuples():
        parts = list(row.geometry.geoms) if row.geometry.geom_type == "MultiPolygon" else [row.geometry]
        largest = max(parts, key=lambda part: part.area)
        inside = largest.centroid if largest.contains(largest.centroid) else largest.representative_point()
        region = "" if row.kode == "0411" else row.regionskode
        rows.append(
            [
                row.kode,
                row.navn,
                region,
                round(inside.x),
                round(inside.y),
                DAGI + "; point inside the largest part",
            ]
        )
    write_rows(out / "municipalities.csv", ["code", "name", "region_code", "x", "y", "source"], rows)


def make_towns(areas: gpd.GeoDataFrame, *, folder: Path, out: Path) -> None:
    """GeoNames places in EPSG:25832 with the municipality they lie in or nearest to."""
    with (folder / "byer_geonames.csv").open(encoding="utf-8") as file:
        source = [row for row in csv.DictReader(file) if row["geonameid"] not in WRONG_POPULATION]
    points = gpd.GeoSeries.from_xy(
        [float(row["lon"]) for row in source],
        [float(row["lat"]) for row in source],
        crs=4326,
    ).to_crs(25832)
    nearest = shapely.STRtree(areas.geometry.values).nearest(points.values)
    rows: list[list[object]] = []
    for row, point, area in zip(source, points, nearest, strict=True):
        name = DANISH_NAMES.get(row["name"], row["name"])
        code = areas.kode.iloc[int(area)]
        rows.append(
            [
                int(row["geonameid"]),
                name,
                round(point.x),
                round(point.y),
                code,
                int(row["population"]),
                GEONAMES.format(row["geonameid"]),
            ]
        )
    rows.sort(key=lambda row: (-int(str(row[5])), int(str(row[0]))))
    write_rows(
        out / "towns.csv",
        ["id", "name", "x", "y", "municipality_code", "population", "source"],
        rows[:TOWNS_WANTED],
    )


DANISH_NAMES = {
    "Copenhagen": "København",
    "Århus": "Aarhus",
    "Nykøbing Sjælland": "Nykøbing Sj",
}
# a hamlet that GeoNames lists with the population of another place
WRONG_POPULATION = {"2618741"}


def main(out: Path) -> None:
    """Read the geodata from GENBRO_REAL_DATA and write the three tables into a folder."""
    real = get_settings().real_data
    if real is None:
        raise SystemExit("set GENBRO_REAL_DATA to the folder that holds 01_geography")
    areas = gpd.read_file(real / "01_geography" / "kommuner.geojson").to_crs(25832)
    areas["geometry"] = shapely.force_2d(areas.geometry.make_valid().values)
    make_land_masses(areas, out=out)
    make_municipalities(areas, out=out)
    make_towns(areas, folder=real / "01_geography", out=out)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
