# SPDX-License-Identifier: EUPL-1.2
"""The land mass of a point."""

import numpy as np
import pytest
import shapely

from inventory.geography.coordinate import project_degrees
from inventory.geography.land import land_mass_of
from inventory.geography.reference import LandMasses, read_land_masses, read_reference

PLACES = [
    ("Københavns Rådhus", 12.5700, 55.6756, "sjaelland"),
    ("Amagerbro", 12.6030, 55.6620, "amager"),
    ("Aalborg centre", 9.9200, 57.0470, "jylland"),
    ("Nørresundby centre", 9.9220, 57.0630, "vendsyssel_thy"),
    ("Thisted", 8.6949, 56.9569, "vendsyssel_thy"),
    ("Thyborøn", 8.2120, 56.6985, "jylland"),
    ("Nykøbing Mors", 8.8570, 56.7960, "mors"),
    ("Sønderborg Slot", 9.7830, 54.9070, "als"),
    ("Dybbøl Mølle", 9.7560, 54.9070, "jylland"),
    ("Middelfart", 9.7300, 55.5050, "fyn"),
    ("Snoghøj", 9.7150, 55.5280, "jylland"),
    ("Svendborg", 10.6070, 55.0610, "fyn"),
    ("Vindeby", 10.6070, 55.0430, "taasinge"),
    ("Thurø By", 10.6700, 55.0480, "fyn"),
    ("Rudkøbing", 10.7100, 54.9370, "langeland"),
    ("Nykøbing Falster", 11.8740, 54.7690, "falster"),
    ("Sundby, Lolland", 11.8450, 54.7640, "lolland"),
    ("Vordingborg", 11.9110, 55.0080, "sjaelland"),
    ("Stege", 12.2850, 54.9870, "moen"),
    ("Rømø", 8.5450, 55.1200, "jylland"),
    ("Mandø", 8.5500, 55.2800, "mandoe"),
    ("Fanø", 8.4010, 55.4460, "fanoe"),
    ("Rønne", 14.7060, 55.1000, "bornholm"),
    ("Tranebjerg", 10.5870, 55.8330, "samsoe"),
    ("Endelave", 10.2800, 55.7610, "endelave"),
    ("Christiansø", 15.1870, 55.3200, "christiansoe"),
]


@pytest.mark.parametrize(("place", "lon", "lat", "land"), PLACES)
def test_known_places(place: str, lon: float, lat: float, land: str) -> None:
    """Towns on both sides of every narrow strait fall on their own side."""
    point = project_degrees(np.array([lon]), np.array([lat]))
    assert land_mass_of(point, masses=read_land_masses()).tolist() == [land], place


def test_a_point_in_the_harbour_counts_to_the_nearest_land() -> None:
    """A few hundred metres out in the water is still the land beside it; far out is nothing."""
    near = project_degrees(np.array([10.2300]), np.array([56.1560]))
    far = np.array([[430_000.0, 6_400_000.0]])
    found = land_mass_of(np.vstack([near, far, [[np.nan, 1.0]]]), masses=read_land_masses())
    assert found.tolist() == ["jylland", "", ""]


def test_a_correction_overrules_the_outline() -> None:
    """A correction polygon wins over the shape below it, and only inside itself."""
    masses = LandMasses(
        ids=np.array(["a"]),
        shapes=np.array([shapely.box(0, 0, 10, 10)], dtype=object),
        corrected_ids=np.array(["island"]),
        corrections=np.array([shapely.box(4, 4, 6, 6)], dtype=object),
    )
    points = np.array([[5.0, 5.0], [1.0, 1.0]])
    assert land_mass_of(points, masses=masses).tolist() == ["island", "a"]


def test_no_points_no_answer() -> None:
    """An empty column gives an empty column."""
    assert land_mass_of(np.empty((0, 2)), masses=read_land_masses()).shape == (0,)


def test_land_masses_do_not_overlap() -> None:
    """No two land masses share ground, apart from the slack of simplified outlines."""
    masses = read_land_masses()
    left, right = shapely.STRtree(masses.shapes).query(masses.shapes, predicate="intersects")
    for a, b in zip(left, right, strict=True):
        if a < b:
            shared = shapely.area(shapely.intersection(masses.shapes[a], masses.shapes[b]))
            assert shared < 250_000, (masses.ids[a], masses.ids[b], shared)
    assert all(shapely.is_valid(masses.shapes))


def test_every_town_and_municipality_lies_on_land() -> None:
    """Each town and each municipality's point has a land mass."""
    rows = read_reference("towns.csv") + read_reference("municipalities.csv")
    points = np.array([(float(row["x"]), float(row["y"])) for row in rows])
    assert (land_mass_of(points, masses=read_land_masses(), farthest_m=2_000.0) != "").all()


def test_points_on_land_off_it_and_far_out_are_found_as_by_distance_alone():
    """Whatever lies within a mass is found without measuring; the answer is that of measuring each."""
    masses = read_land_masses()
    draw = np.random.default_rng(5)
    xy = np.column_stack([draw.uniform(440_000, 900_000, 3_000), draw.uniform(6_040_000, 6_400_000, 3_000)])
    plain = LandMasses(
        ids=masses.ids,
        shapes=masses.shapes,
        corrections=masses.corrections[:0],
        corrected_ids=masses.corrected_ids[:0],
    )
    expected = np.full(len(xy), "", dtype=masses.ids.dtype)
    at, shape = shapely.STRtree(masses.shapes).query_nearest(
        shapely.points(xy), max_distance=2_000.0, all_matches=False
    )
    expected[at] = masses.ids[shape]
    found = land_mass_of(xy, masses=plain, farthest_m=2_000.0)
    assert found.tolist() == expected.tolist()
    assert {"", "jylland", "sjaelland"} <= set(found.tolist())
