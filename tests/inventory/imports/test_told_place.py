# SPDX-License-Identifier: EUPL-1.2
"""Where a project is built, as people write it: coordinates of several forms, a town, a municipality."""

import pytest
from sqlalchemy.orm import Session

from inventory.imports.told_place import PlaceNotFoundError, find_told_place

RANDERS = (565300, 6257200)


@pytest.mark.parametrize(
    "written",
    [
        "565300 6257200",
        "565300, 6257200",
        "565300;6257200",
        "E 565300 N 6257200",
        "6257200 565300",
        "56.45477, 10.05951",
        "56.45477,10.05951",
        "10.05951 56.45477",
        "56,45477 10,05951",
    ],
)
def test_coordinates_are_read_as_people_write_them(session: Session, written: str) -> None:
    """Metres and degrees, either first, with comma or point: all are the same place, and its surroundings."""
    place = find_told_place(session, coordinates=written, town="", municipality_code="")
    assert abs(place.x - RANDERS[0]) < 60
    assert abs(place.y - RANDERS[1]) < 60
    assert (place.land_mass, place.municipality_code, place.source) == ("jylland", "0730", "coordinates")
    assert place.road_node


def test_a_town_is_enough_and_a_municipality_too(session: Session) -> None:
    """A town is found however it is spelt; a municipality alone gives a point inside it."""
    town = find_told_place(session, coordinates="", town="koebenhavn", municipality_code="")
    assert (town.municipality_code, town.source, town.land_mass) == ("0101", "town", "sjaelland")
    area = find_told_place(session, coordinates="", town="", municipality_code="0730")
    assert (area.municipality_code, area.source) == ("0730", "municipality_code")


@pytest.mark.parametrize(
    ("coordinates", "town", "code", "field", "words"),
    [
        ("", "", "", "coordinates", "a town, or choose a municipality"),
        ("565300", "", "", "coordinates", "two numbers"),
        ("mellem Randers og Viborg", "", "", "coordinates", "two numbers"),
        ("1 2", "", "", "coordinates", "Denmark"),
        ("500000 6300000", "", "0101", "municipality_code", "not in this municipality"),
        ("", "Rannders", "", "town", "Randers"),
        ("", "Randers", "0101", "municipality_code", "not in this municipality"),
        ("440000 6100000", "", "", "coordinates", "2 km from Danish land"),
    ],
)
def test_what_cannot_be_found_names_the_field(
    session: Session, coordinates: str, town: str, code: str, field: str, words: str
) -> None:
    """Each slip is told beside its field, with what was expected or what is near."""
    with pytest.raises(PlaceNotFoundError, match=words) as refused:
        find_told_place(session, coordinates=coordinates, town=town, municipality_code=code)
    assert refused.value.field == field
    assert refused.value.details["why_da"]
