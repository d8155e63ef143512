# SPDX-License-Identifier: EUPL-1.2
"""The front-end packages: locked without a registry, copied once, and the basemap complete."""

import json
import re
import time

import pytest
from fontTools.ttLib import TTFont
from shapely.geometry import Point, shape

from web.fonts import MAIN, PLACE, give_fonts, list_fonts
from web.vendor import LOCK, VENDOR, WEB, copy_packages, is_vendored, read_stamp

VERSIONS = {"@ibm/plex-sans": "1.1.0", "dkfds": "11.2.0", "maplibre-gl": "6.17.0", "world-atlas": "2.0.2"}


def test_lock_names_versions_and_no_registry():
    """The lock pins each package by version and hash, and names no host to fetch it from."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    wanted = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert wanted == VERSIONS
    for name, version in VERSIONS.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-")
    assert not re.search(r"registry|npmjs", LOCK.read_text(encoding="utf-8"))


def test_second_copy_is_instant_and_changes_nothing(front_end: None):
    """Once in place, the packages are left alone."""
    before = (VENDOR / "stamp").stat().st_mtime_ns
    started = time.monotonic()
    assert copy_packages() is False
    assert time.monotonic() - started < 1
    assert (VENDOR / "stamp").stat().st_mtime_ns == before
    assert is_vendored()
    assert (VENDOR / "stamp").read_text(encoding="ascii") == read_stamp()


def test_style_sheet_finds_every_file_it_names(front_end: None):
    """Each font and icon the design system's style asks for, and a browser here would fetch, is there."""
    folder = VENDOR / "dkfds" / "css"
    style = (folder / "dkfds-virkdk.min.css").read_text(encoding="utf-8")
    named = set(re.findall(r"url\((?:\"|')?(\.\./[^)\"']+)", style))
    assert len(named) > 50
    assert {name for name in named if not (folder / name).exists()} == set()


def test_fonts_are_parts_with_every_sign_of_the_pages(front_end: None):
    """The style sheet names parts of fonts alone, each with the signs it says: the 2 of CO2 too."""
    style = (VENDOR / "dkfds" / "css" / "dkfds-virkdk.min.css").read_text(encoding="utf-8")
    assert set(re.findall(r"[\w-]+\.woff2?\b", style)) == set(list_fonts())
    assert (VENDOR / MAIN).stat().st_size < 25_000
    letters, said_by_regular = "æøåÆØÅé×²½–“”«»€₂→″≥Ł", set()
    for face in re.findall(r"@font-face\{[^}]*\}", style):
        name, ranges = re.search(r"IBMPlexSans-[^)]*", face), re.search(r"unicode-range:([^}]*)", face)
        if name is None or ranges is None:
            continue
        held = TTFont(VENDOR / PLACE / name[0]).getBestCmap()
        said = {
            letter
            for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges[1])
            for letter in letters
            if int(first, 16) <= ord(letter) <= int(last or first, 16)
        }
        assert all(ord(letter) in held for letter in said), name[0]
        said_by_regular |= said if "-Regular-" in name[0] else set()
    assert said_by_regular == set(letters)


def test_a_style_sheet_without_the_font_is_refused():
    """An edition of the design system that declares its font otherwise stops the copying."""
    with pytest.raises(ValueError, match="IBM Plex Sans"):
        give_fonts("body{color:#000}")


def test_basemap_has_denmark_and_its_neighbours(front_end: None):
    """The land holds Danish towns and islands and leaves the sea between them open."""
    land = json.loads((VENDOR / "basemap" / "land.geojson").read_text(encoding="utf-8"))["features"]
    danish = [shape(feature["geometry"]) for feature in land if feature["properties"]["denmark"]]
    others = [shape(feature["geometry"]) for feature in land if not feature["properties"]["denmark"]]
    for place in [(12.57, 55.68), (10.20, 56.16), (14.70, 55.10), (11.00, 57.28), (10.60, 55.87)]:
        assert any(one.contains(Point(place)) for one in danish), place
    for sea in [(11.0, 55.4), (11.5, 56.6), (13.5, 55.1)]:
        assert not any(one.contains(Point(sea)) for one in danish + others), sea
    for abroad in [(13.2, 55.7), (9.6, 54.3)]:
        assert any(one.contains(Point(abroad)) for one in others), abroad
