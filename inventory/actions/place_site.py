# SPDX-License-Identifier: EUPL-1.2
"""Where a site stands on the map."""

from geoalchemy2 import WKTElement

from inventory.tables import SRID, Site


def place_site(site: Site, *, x: float | None, y: float | None) -> None:
    """Set the point of a site, metres in EPSG:25832."""
    site.geom = None if x is None or y is None else WKTElement(f"POINT({x} {y})", srid=SRID)
