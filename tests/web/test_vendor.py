# SPDX-License-Identifier: EUPL-1.2
"""The front-end packages: locked without a registry, copied once, and the basemap complete."""

import json
import re
import time

from shapely.geometry import Point, shape

from web.vendor import LOCK, VENDOR, WEB, copy_packages, is_vendored, read_stamp

VERSIONS = {"dkfds": "11.2.0", "maplibre-gl": "6.17.0", "world-atlas": "2.0.2"}


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
    missing = {name for name in named if not (folder / name).exists() and not name.endswith((".eot", ".ttf"))}
    assert missing == set()


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
