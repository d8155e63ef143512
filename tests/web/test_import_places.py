# SPDX-License-Identifier: EUPL-1.2
"""A table that says nowhere where its rows are, in the wizard."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from geoalchemy2.shape import from_shape
from shapely.geometry import Point
from sqlalchemy import select

from inventory.database import open_session
from inventory.tables import Building, Lot, Site, SiteKind
from tests.web.reading import parse_page, read_text
from tests.web.test_imports import app, browser, token, upload

__all__ = ["app", "browser"]


@pytest.mark.parametrize("told", ["Adresse", "Sted"])
def test_a_file_without_coordinates_is_told_once(browser: FlaskClient, own_database_url: str, told: str):
    """Where no row can be placed it is said before the check; one that can be is enough to go on."""
    rows = "".join(f"A-{at};door_inner;{at};Ukendt Vej {at}\n" for at in (1, 2, 3))
    address = upload(browser, data=f"Nr;Emne;Antal;{told}\n{rows}".encode()).location
    column = {"Adresse": "address", "Sted": "site_ref"}[told]
    headers = {"Nr": "ref", "Emne": "class", "Antal": "quantity", told: column}
    form = {f"header-{at}": header for at, header in enumerate(headers)}
    form |= {f"column-{at}": name for at, name in enumerate(headers.values())}
    form |= {"csrf_token": token(browser.get(address).text), "header_row": "1", "go": "check"}
    words = read_text(parse_page(browser.post(address, data=form).text))
    assert "Ikke én af de 3 rækker, der er set på, har et sted, Genbro kender" in words
    assert "Kendes ikke her: Ukendt Vej 1 · Ukendt Vej 2 · Ukendt Vej 3." in words
    with open_session(own_database_url) as session:
        site = Site(id=uuid4(), kind=SiteKind.DONOR, ref="Ukendt Vej 2", name="Skolen")
        site.address = "Ukendt  vej 2, 8000 Aarhus C"
        site.geom = from_shape(Point(574000, 6224000), srid=25832)
        session.add(site)
        session.flush()
        facts = {"status_code": 6, "use_code": 421, "standing": True, "outbuilding": False, "source": "test"}
        session.add(Building(site_id=site.id, bbr_id=site.id, **facts))
    checked = browser.post(address, data=form)
    assert checked.status_code == 303
    page = read_text(parse_page(browser.get(checked.location).text))
    assert "Indlæs 1 god række" in page
    assert "Hent 2 rækker til rettelse" in page
    start = browser.post(f"{checked.location}/start", data={"csrf_token": form["csrf_token"]})
    assert start.status_code == 303
    with open_session(own_database_url) as session:
        (lot,) = session.scalars(select(Lot))
        assert session.scalars(select(Site.ref).where(Site.id == lot.site_id)).one() == "Ukendt Vej 2"
