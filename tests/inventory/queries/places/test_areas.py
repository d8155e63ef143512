# SPDX-License-Identifier: EUPL-1.2
"""Regions and municipalities by code or by name."""

import pytest
from sqlalchemy.orm import Session

from inventory.queries.places.areas import UnknownAreaError, find_municipalities

EAST = ("1084", "1085")


@pytest.mark.parametrize("name", ["Region Østdanmark", "østdanmark", "oest", "OEST"])
def test_a_region_that_took_over_others_has_their_municipalities(session: Session, name: str) -> None:
    """Region Østdanmark is Hovedstaden and Sjælland together, and never the whole country."""
    both = find_municipalities(session, areas=list(EAST))
    assert len(both) == 46
    assert find_municipalities(session, areas=[name]) == both


def test_every_region_and_municipality_selects_something(session: Session) -> None:
    """No known area reads as no area at all, which would mean the whole country."""
    for area in ("1081", "1082", "1083", *EAST, "Region Sjælland", "Aarhus Kommune", "0751", " odense "):
        assert find_municipalities(session, areas=[area]), area


@pytest.mark.parametrize("name", ["", "Atlantis", "0999"])
def test_unknown_areas_are_refused(session: Session, name: str) -> None:
    """What is no area stops the command instead of selecting everything."""
    with pytest.raises(UnknownAreaError):
        find_municipalities(session, areas=[name])
