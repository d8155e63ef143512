# SPDX-License-Identifier: EUPL-1.2
"""Lots placed by the address of a building that was loaded."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.imports.buildings.importing import import_buildings
from inventory.imports.lots.importing import import_lots
from inventory.tables import Building, Lot

Write = Callable[..., Path]
Row = dict[str, Any]

PLACE = ("site_ref", "site_name", "x", "y", "municipality", "organisation")
SHED, WING, TWIN = (str(UUID(int=number)) for number in (1, 2, 3))


@pytest.fixture
def street(session: Session, write_csv: Write, house: Row) -> Row:
    """A house at Eksempelvej 1 with a shed, two wings at number 3, and a number 5 in two towns."""
    at = {"adresse": "Eksempelvej 3, 5000 Odense C"}
    import_buildings(
        session,
        write_csv(
            [
                house,
                {**house, "id_lokalId": SHED, "byg021BygningensAnvendelse": "930"},
                {**house, **at, "id_lokalId": WING},
                {**house, **at, "id_lokalId": str(UUID(int=4))},
                {**house, "id_lokalId": TWIN, "adresse": "Eksempelvej 5, 5000 Odense C"},
                {**house, "id_lokalId": str(UUID(int=5)), "adresse": "Eksempelvej 5", "postnr": "8000"},
            ],
            name="b.csv",
        ),
        today=date(2026, 11, 24),
    )
    return house


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ({"address": "Eksempelvej 1"}, "house"),
        ({"address": "  eksempelvej  1 , 5000 Odense C"}, "house"),
        ({"address": "Eksempelvej 1", "postcode": "8000"}, "address_unknown"),
        ({"address": "Eksempelvej 2"}, "address_unknown"),
        ({"address": "Eksempelvej 3"}, "address_of_many"),
        ({"address": "Eksempelvej 3", "bbr_id": WING}, WING),
        ({"address": "Eksempelvej 5"}, "address_of_many"),
        ({"address": "Eksempelvej 5", "postcode": "5000"}, TWIN),
        ({"address": "Eksempelvej 1", "site_ref": "S-17"}, "house"),
        ({"address": "Eksempelvej 2", "site_ref": "S-17", "x": "588000", "y": "6139700"}, None),
    ],
)
def test_an_address_is_looked_up(
    session: Session, write_csv: Write, yard: Row, street: Row, *, told: Row, meant: str | None
):
    """It means the one building that stands there; a place of the row goes before it; else it is told."""
    columns = dict.fromkeys(("address", "postcode", "bbr_id"), "")
    report = import_lots(session, write_csv([{**yard, **dict.fromkeys(PLACE, ""), **columns, **told}]))
    errors = [finding.code for finding in report.findings if finding.severity == "error"]
    if meant in ("address_unknown", "address_of_many"):
        assert (errors, report.inserted) == ([meant], 0)
        return
    assert (errors, report.inserted) == ([], 1)
    wanted = None if meant is None else UUID(street["id_lokalId"] if meant == "house" else meant)
    found = session.scalars(
        select(Building.bbr_id).select_from(Lot).outerjoin(Building, Building.site_id == Lot.site_id)
    ).one()
    assert found == wanted
