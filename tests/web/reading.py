# SPDX-License-Identifier: EUPL-1.2
"""Pages read as a browser would: parsed strictly, then asked for their parts."""

import math
from collections.abc import Iterator
from typing import Any
from xml.dom.minidom import Element

import html5lib
import mapbox_vector_tile
from flask.testing import FlaskClient


def parse_page(html: str) -> Element:
    """Parse a page; any error of HTML fails the test."""
    # Not html5lib's ElementTree builder: on CPython 3.11.7 its C elements crashed the interpreter here.
    document = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("dom"), strict=True).parse(html)
    root: Element = document.documentElement
    return root


def get_page(client: FlaskClient, address: str, *, status: int = 200) -> Element:
    """Fetch and parse a page."""
    response = client.get(address)
    assert response.status_code == status, f"{address} answered {response.status_code}: {response.text[:300]}"
    assert response.mimetype == "text/html"
    return parse_page(response.text)


def find_all(root: Element, tag: str, **attributes: str) -> list[Element]:
    """List the elements whose attributes have the given values; `class_` means a class among others."""
    wanted = dict(attributes)
    name = wanted.pop("class_", None)
    return [
        element
        for element in root.getElementsByTagName(tag)
        if (name is None or name in element.getAttribute("class").split())
        and all(element.getAttribute(key) == value for key, value in wanted.items())
    ]


def find_id(root: Element, identity: str) -> Element:
    """Find the one element with an id."""
    (found,) = find_all(root, "*", id=identity)
    return found


def read_text(element: Element) -> str:
    """Return an element's text with single spaces; a no-break space counts as one."""
    return " ".join("".join(_texts(element)).replace("\N{NO-BREAK SPACE}", " ").split())


def _texts(node: Any) -> Iterator[str]:
    if node.nodeType == node.TEXT_NODE:
        yield node.data
    for child in node.childNodes:
        yield from _texts(child)


def read_counts(root: Element) -> tuple[int, int]:
    """Return how many lots and requirements a page of the list says there are."""
    where = find_all(root, "p", class_="gb-results-where")[0]
    return int(where.getAttribute("data-lots")), int(where.getAttribute("data-requirements"))


def read_rows(root: Element) -> list[Element]:
    """List the rows of the page's list."""
    return [row for body in find_all(find_id(root, "results"), "tbody") for row in find_all(body, "tr")]


def fetch_tile(client: FlaskClient, address: str) -> dict[str, list[dict[str, Any]]]:
    """Fetch one tile: the features of each layer."""
    response = client.get(address)
    assert response.status_code == 200, f"{address} answered {response.status_code}"
    assert response.mimetype == "application/vnd.mapbox-vector-tile"
    layers = mapbox_vector_tile.decode(response.data) if response.data else {}
    return {name: layer["features"] for name, layer in layers.items()}


def find_tile(lon: float, lat: float, *, zoom: int) -> tuple[int, int]:
    """Find the column and row of the tile a point lies in (Web Mercator, as OpenStreetMap numbers them)."""
    size = 1 << zoom
    northing = math.asinh(math.tan(math.radians(lat))) / math.pi
    return int((lon + 180) / 360 * size), int((1 - northing) / 2 * size)


def find_place(coordinates: list[float], *, z: int, x: int, y: int) -> tuple[float, float]:
    """Find longitude and latitude of a point decoded from a tile, its rows counted from the south."""
    size = 1 << z
    northing = 1 - 2 * (y + 1 - coordinates[1] / 4096) / size
    return (x + coordinates[0] / 4096) / size * 360 - 180, math.degrees(
        math.atan(math.sinh(math.pi * northing))
    )


def fetch_tiles(
    client: FlaskClient, template: str, *, zoom: int
) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Fetch every tile of a zoom that covers Denmark, from an address with {z}, {x} and {y}."""
    west, north = find_tile(7.5, 58.0, zoom=zoom)
    east, south = find_tile(15.5, 54.3, zoom=zoom)
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            yield fetch_tile(client, template.format(z=zoom, x=x, y=y))
