# SPDX-License-Identifier: EUPL-1.2
"""Where a map looks: boxes in degrees, and the words MapLibre's own controls use."""

from typing import Any

from flask import Flask
from flask_babel import gettext

# Denmark with Bornholm, where there is nothing else to look at.
DENMARK = (8.0, 54.5, 15.3, 57.8)
_LEAST = 0.02  # degrees: a single point still needs a box round it


def join_bounds(*extents: Any) -> str:
    """Join extents (rows with west, south, east, north; empty where nothing is placed) into "w,s,e,n"."""
    boxes = [(row.west, row.south, row.east, row.north) for row in extents if row.west is not None]
    if not boxes:
        return ",".join(str(side) for side in DENMARK)
    west, south = min(box[0] for box in boxes) - _LEAST, min(box[1] for box in boxes) - _LEAST
    east, north = max(box[2] for box in boxes) + _LEAST, max(box[3] for box in boxes) + _LEAST
    return ",".join(f"{side:.4f}" for side in (west, south, east, north))


def map_words() -> dict[str, str]:
    """Return the words of the map's controls and popups, in the language of the page."""
    return {
        "AttributionControl.ToggleAttribution": gettext("Sources of the map"),
        "FullscreenControl.Enter": gettext("Full screen"),
        "FullscreenControl.Exit": gettext("Leave full screen"),
        "Map.Title": gettext("Map"),
        "NavigationControl.ZoomIn": gettext("Zoom in"),
        "NavigationControl.ZoomOut": gettext("Zoom out"),
        "Popup.Close": gettext("Close"),
        "lots": gettext("lots"),
        "lot": gettext("lot"),
        "decide": gettext("Decide by"),
        "requirements": gettext("requirements"),
        "requirement": gettext("requirement"),
        "several": gettext("several materials"),
        "thousands": gettext("k"),
        "here": gettext("See all from this place"),
        "land": gettext("Land: Natural Earth; DAGI, Danish Geodata Agency"),
        "towns": gettext("Towns: GeoNames (CC BY 4.0)"),
        "map_webgl": gettext(
            "Your browser cannot show the map that moves (it lacks WebGL). This one is drawn: each circle"
            " leads to what lies there, and all of it is in the list."
        ),
        "lost": gettext("There is no connection. What you see is the last answer; it is asked for again."),
        "back": gettext("The connection is back."),
        "failed": gettext("The server could not answer. What you see is the last answer; it is asked again."),
        "area_draw": gettext("Draw an area"),
        "area_add": gettext("Add a corner in the middle"),
        "area_back": gettext("Take the last corner away"),
        "area_done": gettext("Search in the area"),
        "area_cancel": gettext("Stop drawing"),
        "area_remove": gettext("Remove the area"),
        "area_how": gettext(
            "Click or tap the corners. By keyboard: arrows move the map, Enter adds a corner."
        ),
        "area_corners": gettext("Corners: {n}"),
        "area_most": gettext("An area has at most {n} corners."),
        "coarse": gettext("Shown roughly: within about 100 metres"),
    }


def init_places(app: Flask) -> None:
    """Give templates the words of the map."""
    app.jinja_env.globals["map_words"] = map_words
