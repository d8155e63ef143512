# SPDX-License-Identifier: EUPL-1.2
"""Importing storage hubs: what is taken, what is refused, and what then lies there."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.imports.hubs import import_hubs
from inventory.imports.lots.importing import import_lots
from inventory.tables import Event, Hub, Lot, Site, SiteKind

Write = Callable[..., Path]
Row = dict[str, Any]


def test_a_hub_is_a_site_with_room_price_and_opening(session: Session, write_csv: Write, hub: Row):
    """A row becomes a site of kind hub in its municipality, and what the hub offers, with an event."""
    report = import_hubs(session, write_csv([hub]))
    assert (report.inserted, report.refused) == (1, 0)
    one, site = session.execute(select(Hub, Site).join(Site, Site.id == Hub.site_id)).one()
    assert (site.kind, site.ref, site.name) == (SiteKind.HUB, "HUB", "Reuse hub")
    assert (site.municipality_code, site.land_mass, site.firmness) == ("0461", "fyn", None)
    assert site.road_node is not None
    assert (one.area_m2, one.price_ore_per_m2_day) == (600, Decimal(45))
    assert (one.open_from, one.open_to, one.opening_hours) == (date(2027, 1, 1), None, "Mon-Fri 7-15")
    assert session.scalar(select(func.count()).where(Event.kind == "hubs_imported")) == 1


def test_danish_headers_with_decimal_comma_mean_the_same(session: Session, write_csv: Write, hub: Row):
    """The Danish file after the English changes nothing, and a new price alone counts as a change."""
    import_hubs(session, write_csv([hub], name="en.csv"))
    danish = {
        "Hubreference": "HUB",
        "Hubnavn": "Reuse hub",
        "X (UTM32)": "586000",
        "Y (UTM32)": "6138000",
        "Kommune": "Odense",
        "Organisation": "Odense Kommune",
        "Areal (m2)": "600",
        "Pris (kr. pr. m2 og dag)": "0,45",
        "Åben fra": "01-01-2027",
        "Åbningstider": "Mon-Fri 7-15",
    }
    report = import_hubs(session, write_csv([danish], name="da.csv", separator=";"))
    assert (report.inserted, report.updated, report.unchanged) == (0, 0, 1)
    dearer = import_hubs(session, write_csv([{**hub, "price_dkk_per_m2_day": "0.80"}], name="new.csv"))
    renamed = import_hubs(session, write_csv([{**hub, "name": "Hub", "price_dkk_per_m2_day": "0.80"}]))
    assert [(one.updated, one.unchanged) for one in (dearer, renamed)] == [(1, 0), (1, 0)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"x": "", "y": ""}, "site_without_coordinate"),
        ({"open_to": "2026-12-31"}, "window_empty"),
        ({"area_m2": "-5"}, "number_out_of_range"),
        ({"price_dkk_per_m2_day": "cheap"}, "not_a_number"),
        ({"ref": ""}, "missing"),
        ({"x": "400000", "y": "6300000"}, "place_wrong"),
        ({"open_from": "31-02-2027"}, "not_a_date"),
    ],
)
def test_a_bad_row_is_refused_and_the_good_one_taken(
    session: Session, write_csv: Write, hub: Row, *, change: Row, code: str
):
    """Each slip refuses its own row with its code, and the row beside it is taken."""
    report = import_hubs(session, write_csv([hub, {**hub, "ref": "BAD", **change}]))
    assert (report.inserted, report.refused) == (1, 1)
    assert code in {finding.code for finding in report.findings if finding.severity == "error"}
    assert session.scalars(select(Site.ref)).all() == ["HUB"]


def test_a_hub_named_twice_is_refused_the_second_time(session: Session, write_csv: Write, hub: Row):
    """Of two rows of one hub the first counts, and the second names it."""
    report = import_hubs(session, write_csv([hub, {**hub, "area_m2": "5"}]))
    assert [finding.code for finding in report.findings] == ["duplicate_row"]
    assert session.scalars(select(Hub.area_m2)).all() == [600]


def test_lots_of_the_hubs_reference_lie_in_it(session: Session, write_csv: Write, hub: Row, yard: Row):
    """A lot whose site reference is a hub's lies there and needs no coordinate of its own."""
    import_hubs(session, write_csv([hub], name="hubs.csv"))
    report = import_lots(session, write_csv([{**yard, "site_ref": "HUB", "x": "", "y": "", "site_name": ""}]))
    assert (report.inserted, report.refused) == (1, 0)
    assert session.scalar(select(Site.kind).join(Lot, Lot.site_id == Site.id)) is SiteKind.HUB
    assert session.scalar(select(func.count()).select_from(Site)) == 1
