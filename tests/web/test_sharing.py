# SPDX-License-Identifier: EUPL-1.2
"""Pages that are handed on: one address, what they tell people and machines, and what they keep."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.dom.minidom import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from inventory.actions.attachments import add_attachment
from inventory.actions.events import record_event
from inventory.database import open_session
from inventory.files.store import FileStore
from inventory.queries.short_addresses import shorten
from inventory.tables import Attachment, Lot
from tests.inventory.files.test_intake import PDF, draw
from tests.web.opening import open_app
from tests.web.reading import find_all, find_id, get_page, read_text
from tests.web.sample import insert_sample
from tests.web.sample_ids import lot_id, site_id

LOT = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
SCHOOL = site_id("school_aarhus")
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
GONE = lot_id("nowhere", "brick_lime_mortar", "surveyed")


@pytest.fixture(scope="module")
def app(front_end: None, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application over the sample, its bricks with two photos, two papers and a history."""
    folder = Path(tmp_path_factory.mktemp("files"))
    with open_session(database_url) as session:
        insert_sample(session)
        store = FileStore(folder=folder)
        # A minute apart: photos stand in the order they came.
        for minute, (name, content) in enumerate(
            (
                ("Facade_mod_gaden.jpg", draw(size=(800, 600))),
                ("Gavl.jpg", draw(size=(300, 500))),
                ("Rapport.pdf", PDF),
                ("Kontrakt med Jens Hansen.pdf", PDF + b"\n"),
            )
        ):
            add_attachment(
                session,
                store=store,
                owner="lot",
                owner_id=LOT,
                content=content,
                name=name,
                at=AT + timedelta(minutes=minute),
                by="AB",
            )
        session.execute(
            update(Attachment).where(Attachment.name.startswith("Kontrakt")).values(proves="right_to_sell")
        )
        said = {"by": "JH", "why": "ringet op", "changes": {"quantity": [13000, 12500]}}
        record_event(session, kind="lot_recounted", subject_kind="lot", subject_id=LOT, data=said)
        class_id = session.get_one(Lot, LOT).class_id
        surveyed = {"changes": {"class_id": [None, class_id], "site_id": [None, str(SCHOOL)]}}
        record_event(session, kind="lot_surveyed", subject_kind="lot", subject_id=GONE, data=surveyed)
    with open_app(database_url, files=folder) as app:
        yield app


def read_linked(page: Element) -> dict[str, Any]:
    """Read what a page tells machines."""
    (script,) = find_all(page, "script", type="application/ld+json")
    return dict(json.loads(read_text(script)))


def read_meta(page: Element, name: str) -> str:
    """Read a property of Open Graph."""
    return find_all(page, "meta", property=name)[0].getAttribute("content")


def test_a_lot_tells_machines_what_its_page_says(client: FlaskClient):
    """The bricks are a used product on offer in advance: how much, at what price, when and where."""
    page = get_page(client, f"/lots/{LOT}")
    told = read_linked(page)
    assert (told["@type"], told["name"]) == ("Product", "Mursten i kalkmørtel")
    assert told["itemCondition"] == "https://schema.org/UsedCondition"
    assert told["@id"] == read_meta(page, "og:url") == f"http://127.0.0.1:8000/lots/{LOT}"
    offer = told["offers"]
    assert offer["availability"] in {"https://schema.org/PreOrder", "https://schema.org/InStock"}
    assert offer["inventoryLevel"] == {"@type": "QuantitativeValue", "value": 12500, "unitCode": "H87"}
    price = offer["priceSpecification"]
    assert (price["price"], price["priceCurrency"], price["valueAddedTaxIncluded"]) == ("3.00", "DKK", False)
    assert (offer["availabilityStarts"], offer["availabilityEnds"]) == ("2027-02-01", "2027-05-31")
    assert offer["availableAtOrFrom"]["address"]["addressRegion"] == "Aarhus"
    assert len(told["image"]) == 2
    assert "12.500" in read_meta(page, "og:description")
    assert read_meta(page, "og:locale") == "da_DK"
    assert read_meta(get_page(client, f"/en/lots/{LOT}"), "og:locale") == "en_GB"


def test_an_estimate_is_nobodys_offer(client: FlaskClient):
    """What a rule computed from the register is a product of which nothing is offered."""
    told = read_linked(get_page(client, f"/lots/{lot_id('home_aarhus', 'door_inner')}"))
    assert told["@type"] == "Product"
    assert "offers" not in told


def test_a_building_tells_where_it_stands_as_the_public_may_know(client: FlaskClient):
    """A school stands exactly; a home no nearer than its page says."""
    school = read_linked(get_page(client, f"/sites/{SCHOOL}"))
    assert (school["@type"], school["name"]) == ("Place", "Skovvangskolen, fløj C")
    assert school["address"]["addressCountry"] == "DK"
    home = read_linked(get_page(client, f"/sites/{site_id('home_aarhus')}"))
    assert home["geo"]["latitude"] == round(home["geo"]["latitude"], 3)
    assert "streetAddress" not in json.dumps([school, home])


def test_short_and_old_addresses_lead_to_the_one_address(client: FlaskClient):
    """What stands in the field to copy leads to the page, and so do other spellings; unknown ones do not."""
    for kind, thing in (("lots", LOT), ("sites", SCHOOL)):
        page = get_page(client, f"/{kind}/{thing}")
        short = find_id(page, "share-address").getAttribute("value")
        assert short == f"http://127.0.0.1:8000/{kind[0]}/{shorten(thing)}"
        assert client.get(short.removeprefix("http://127.0.0.1:8000")).location == f"/{kind}/{thing}"
        assert client.get(f"/en/{kind[0]}/{shorten(thing).upper()}").location == f"/en/{kind}/{thing}"
        for old in (f"/{kind}/{thing}/", f"/{kind}/{str(thing).upper()}"):
            answer = client.get(old)
            assert (answer.status_code, answer.location) == (301, f"/{kind}/{thing}")
        (link,) = find_all(page, "link", rel="canonical")
        assert link.getAttribute("href") == f"/{kind}/{thing}"
    for wrong in ("/l/abc", "/l/zzzzzzzzzz", "/s/0123456789"):
        get_page(client, wrong, status=404)


def test_photos_have_captions_and_a_large_view(client: FlaskClient):
    """A photo leads to a page of its own, in its own size, with the ones before and after."""
    page = get_page(client, f"/lots/{LOT}")
    pictures = [one for one in find_all(page, "img") if "thumbnail" in one.getAttribute("src")]
    assert [one.getAttribute("loading") for one in pictures] == ["lazy", "lazy"]
    assert "Foto 1 af 2" in pictures[0].getAttribute("alt")
    captions = [read_text(one) for one in find_all(page, "figcaption")]
    assert any(caption.startswith("Facade mod gaden, tilføjet 1. nov. 2026") for caption in captions)
    large = get_page(client, f"/lots/{LOT}/photos/2")
    (picture,) = find_all(find_all(large, "main")[0], "img")
    assert (picture.getAttribute("width"), picture.getAttribute("height")) == ("300", "500")
    assert find_all(large, "a", rel="prev")
    assert not find_all(large, "a", rel="next")
    for number in ("0", "3"):
        get_page(client, f"/lots/{LOT}/photos/{number}", status=404)


def test_contracts_names_and_reasons_are_not_handed_on(client: FlaskClient):
    """The paper that shows the right to sell is counted, not shown; who did what, and why, stays out."""
    text = read_text(get_page(client, f"/lots/{LOT}"))
    assert "Rapport.pdf" in text
    assert "Jens Hansen" not in text
    assert "vist med 1 dokument, som ikke er offentligt" in text
    assert "fra 13.000 stk. til 12.500 stk." in text
    assert "JH" not in text
    assert "ringet op" not in text


def test_quantity_over_time_is_drawn_and_in_a_table(client: FlaskClient):
    """The steps are an image with words, and each is a row of the table beside it."""
    page = get_page(client, f"/lots/{LOT}")
    (drawing,) = [one for one in find_all(page, "svg") if "gb-steps" in one.getAttribute("class")]
    assert "højst 13.000 stk." in drawing.getAttribute("aria-label").replace("\N{NO-BREAK SPACE}", " ")
    assert len(find_all(drawing, "rect")) == 2
    assert "Talt igen" in read_text(page)
    assert "Lignende partier" in read_text(page)
    assert find_all(page, "a", href=f"/lots/{lot_id('home_aarhus', 'brick_lime_mortar')}")


def test_a_lot_that_is_gone_shows_what_is_like_it(client: FlaskClient):
    """What was here once answers 410 with lots of its material; what never was, 404."""
    page = get_page(client, f"/lots/{GONE}", status=410)
    assert "Partiet findes ikke længere" in read_text(page)
    assert find_all(page, "a", href=f"/lots/{LOT}")
    get_page(client, f"/en/lots/{GONE}", status=410)
    get_page(client, f"/lots/{lot_id('never', 'brick')}", status=404)


def test_a_building_tells_when_it_comes(client: FlaskClient):
    """Early, likely, late and sure days are bars and rows; without days the page says what to do."""
    page = get_page(client, f"/sites/{SCHOOL}")
    (drawing,) = [one for one in find_all(page, "svg") if "gb-span" in one.getAttribute("class")]
    assert len(find_all(drawing, "rect")) == 4
    text = read_text(page)
    for words in (
        "15. jan. 2027",
        "14. jun. 2027",
        "disse dage regner planerne med",
        "Så langt er de opmålte",
    ):
        assert words in text
    bare = get_page(client, f"/sites/{site_id('no_window')}")
    assert "Ingen har sagt, hvornår bygningen rives ned" in read_text(bare)
    assert find_all(bare, "a", href=f"/sites/{site_id('no_window')}/demolition")
