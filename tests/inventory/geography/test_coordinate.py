# SPDX-License-Identifier: EUPL-1.2
"""Coordinates: what they look like, and the municipality next to them."""

import numpy as np

from inventory.geography.coordinate import classify_coordinates, project_degrees
from inventory.geography.municipality import nearest_municipality
from inventory.geography.reference import read_municipality_anchors, read_reference


def test_kinds_of_pairs() -> None:
    """Metres, swapped metres, degrees, swapped degrees, a hole, and another country."""
    x = np.array([575_000.0, 6_224_000.0, 10.2, 56.15, np.nan, 575_000.0, 0.0])
    y = np.array([6_224_000.0, 575_000.0, 56.15, 10.2, 6_224_000.0, 5_000_000.0, 0.0])
    assert classify_coordinates(x, y).tolist() == [
        "metres",
        "metres_swapped",
        "degrees",
        "degrees_swapped",
        "missing",
        "outside",
        "outside",
    ]


def test_all_towns_are_metres() -> None:
    """Every town of the reference table passes as EPSG:25832, Christiansø and Skagen included."""
    rows = read_reference("towns.csv") + read_reference("road_nodes.csv")
    x, y = (np.array([float(row[axis]) for row in rows]) for axis in "xy")
    assert set(classify_coordinates(x, y).tolist()) == {"metres"}


def test_projection_of_a_known_point() -> None:
    """9 E on any latitude is easting 500,000; 56 N lies 6,206 km north of the equator (UTM 32)."""
    point = project_degrees(np.array([9.0]), np.array([56.0]))
    assert np.allclose(point, [[500_000.0, 6_206_090.0]], atol=5.0)


def test_municipality_of_town_halls() -> None:
    """Points near town halls get their municipality; a hole gets none."""
    lon = np.array([10.2040, 9.9187, 14.7060, 12.5325, np.nan])
    lat = np.array([56.1530, 57.0480, 55.1000, 55.6790, 55.0])
    found = nearest_municipality(project_degrees(lon, lat), anchors=read_municipality_anchors())
    assert found.tolist() == ["0751", "0851", "0400", "0147", ""]


def test_reference_tables_are_whole() -> None:
    """98 municipalities and Christiansø; every region code exists; towns know their municipality."""
    municipalities = read_reference("municipalities.csv")
    regions = {row["code"] for row in read_reference("regions.csv")}
    codes = {row["code"] for row in municipalities}
    assert len(codes) == 99
    assert {row["region_code"] for row in municipalities} <= regions | {""}
    assert [row["code"] for row in municipalities if not row["region_code"]] == ["0411"]
    towns = read_reference("towns.csv")
    assert len(towns) >= 300
    assert {row["municipality_code"] for row in towns} <= codes
    assert all(row["source"] for table in (towns, municipalities) for row in table)


def test_the_merged_region_takes_over_on_the_day() -> None:
    """Regions valid on a day: five in 2026, four from 2027-01-01."""
    rows = read_reference("regions.csv")

    def count(day: str) -> int:
        return sum(
            row["valid_from"] <= day and (not row["valid_to"] or day < row["valid_to"]) for row in rows
        )

    assert (count("2026-12-31"), count("2027-01-01")) == (5, 4)
