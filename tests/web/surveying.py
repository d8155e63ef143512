# SPDX-License-Identifier: EUPL-1.2
"""Surveying as a browser without JavaScript does it: the form of a lot filled in, sent and read back."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from inventory.database import open_session
from inventory.tables import Lot
from tests.web.reading import find_all, parse_page, read_text
from tests.web.sample_ids import site_id

SCHOOL = site_id("school_aarhus")
BRICKS = {
    "class_id": "brick_lime_mortar",
    "count": "3",
    "trade_unit": "pallet",
    "content": "512",
    "yield_percent": "80",
    "yield_source": "Prøve på 1 m²",
    "new_room": "Facade",
    "new_floor": "st.",
    "by": "AB",
}


def read_hidden(page: str) -> dict[str, str]:
    """Read the hidden fields of a page's form of a lot."""
    form = page[page.index('class="gb-survey-form"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def write_down(browser: FlaskClient, *, at: str = "", **fields: str) -> TestResponse:
    """Fill in the form of a new lot and send it."""
    address = f"{at}/surveys/{SCHOOL}/lots/new"
    return browser.post(address, data=read_hidden(browser.get(address).text) | BRICKS | fields)


def read_fields(page: str) -> dict[str, str]:
    """Read what stands in the form of a lot."""
    root = parse_page(page)
    fields = {one.getAttribute("name"): one.getAttribute("value") for one in find_all(root, "input")}
    for one in find_all(root, "select"):
        chosen = [option for option in find_all(one, "option") if option.hasAttribute("selected")]
        fields[one.getAttribute("name")] = chosen[0].getAttribute("value") if chosen else ""
    for one in find_all(root, "textarea"):
        fields[one.getAttribute("name")] = read_text(one)
    return fields


def read_versions(page: str) -> list[list[str]]:
    """Read the table of both versions: field, saved now, typed."""
    (table,) = find_all(parse_page(page), "table", class_="gb-versions")
    return [[read_text(cell) for cell in find_all(row, "td")] for row in find_all(table, "tr")[1:]]


def count_lots(url: str) -> int:
    """Count the surveyed lots of the school, removed ones too."""
    with open_session(url) as session:
        found = select(Lot.id).where(Lot.site_id == SCHOOL, Lot.basis == "surveyed")
        return len(session.scalars(found).all())
