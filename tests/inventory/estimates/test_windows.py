# SPDX-License-Identifier: EUPL-1.2
"""Assumed demolition windows: what they make count, and whom they leave alone."""

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from inventory.actions.estimate import assume_windows
from inventory.estimates.update import AssumedWindow, estimate_sites
from inventory.queries.supply import counted_lots
from inventory.tables import Lot, Site
from inventory.tables.site import Firmness

MakeBuilding = Callable[..., uuid.UUID]
ReadLots = Callable[[uuid.UUID], dict[str, Lot]]
SPRING = AssumedWindow(available_from=date(2027, 3, 1), available_to=date(2027, 9, 1))


def test_no_window_is_shown_and_not_counted(
    session: Session, make_building: MakeBuilding, read_lots: ReadLots
) -> None:
    """Without a window the lots are there and none counts; with an assumed one they count at P10."""
    site = make_building("house")
    estimate_sites(session)
    assert read_lots(site)
    assert not session.execute(counted_lots()).all()
    assert estimate_sites(session, window=SPRING).windows == 1
    found = session.get_one(Site, site, populate_existing=True)
    assert (found.available_from, found.available_to) == (date(2027, 3, 1), date(2027, 9, 1))
    assert (found.firmness, found.firmness_source) == (Firmness.POSSIBLE, "assumed")
    counted = {row["class_code"]: row for row in session.execute(counted_lots()).mappings()}
    assert counted["brick_lime_mortar"]["quantity"] == read_lots(site)["brick_lime_mortar"].quantity_low
    assert "insulation_mineral_wool" not in counted


def test_window_is_assumed_only_where_there_is_none(
    session: Session, make_building: MakeBuilding, read_lots: ReadLots
) -> None:
    """A window from a file stays; the register's firmness stays; outbuildings and gone buildings get none."""
    filed = {"site_available_from": date(2026, 1, 1), "site_available_to": date(2026, 2, 1)}
    sites = {
        "filed": make_building("filed", site_firmness="permit_given", site_firmness_source="file", **filed),
        "case": make_building(
            "case", site_firmness="permit_applied", site_firmness_source="BBR forretningsproces 3"
        ),
        "shed": make_building("shed", use_code=930, outbuilding=True),
        "due": make_building(
            "due", use_code=910, outbuilding=True, site_firmness="permit_given", site_firmness_source="file"
        ),
        "gone": make_building("gone", site_firmness="gone"),
        "closed": make_building("closed", status_code=9, standing=False),
        "plain": make_building("plain"),
    }
    assert estimate_sites(session, window=SPRING).windows == 3
    found = {name: session.get_one(Site, site, populate_existing=True) for name, site in sites.items()}
    assert found["filed"].available_from == date(2026, 1, 1)
    assert found["case"].available_from == date(2027, 3, 1)
    assert (found["case"].firmness, found["case"].firmness_source) == (
        Firmness.PERMIT_APPLIED,
        "BBR forretningsproces 3; window assumed",
    )
    assert found["due"].firmness is Firmness.PERMIT_GIVEN
    assert found["plain"].firmness is Firmness.POSSIBLE
    assert all(found[name].available_from is None for name in ("shed", "gone", "closed"))
    later = AssumedWindow(
        available_from=date(2028, 1, 1), available_to=date(2029, 1, 1), firmness=Firmness.PERMIT_GIVEN
    )
    assert estimate_sites(session, window=later).windows == 3
    found = {name: session.get_one(Site, site, populate_existing=True) for name, site in sites.items()}
    assert (found["plain"].available_from, found["plain"].firmness) == (
        date(2028, 1, 1),
        Firmness.PERMIT_GIVEN,
    )
    assert (found["case"].available_from, found["case"].firmness) == (
        date(2028, 1, 1),
        Firmness.PERMIT_APPLIED,
    )
    assert found["case"].firmness_source == "BBR forretningsproces 3; window assumed"


@pytest.mark.parametrize(
    ("first", "last", "firmness"),
    [
        (date(2027, 1, 1), date(2027, 1, 1), Firmness.POSSIBLE),
        (date(2027, 1, 1), date(2028, 1, 1), Firmness.GONE),
    ],
)
def test_impossible_windows_are_refused(
    session: Session, first: date, last: date, firmness: Firmness
) -> None:
    """An empty window and a firmness of gone are refused."""
    with pytest.raises(ValueError, match=r"empty|gone"):
        assume_windows(session, available_from=first, available_to=last, firmness=firmness)
