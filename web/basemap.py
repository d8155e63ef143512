# SPDX-License-Identifier: EUPL-1.2
"""The map's background, written once at set-up: Denmark in 1:500,000, neighbours in 1:10 million."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

# The land a Danish planner looks at, in degrees: west, south, east, north.
_EXTENT = (2.0, 52.5, 20.0, 60.5)
_DEGREES = 1e-4  # about 10 m, finer than either outline
_DENMARK = "208"  # ISO 3166-1 numeric code, the id world-atlas uses


def write_land(atlas: Path, *, outline: Path, target: Path) -> None:
    """Write the land as GeoJSON in longitude and latitude, each feature marked as Denmark or not.

    Parameters
    ----------
    atlas
        `countries-10m.json` of the npm package world-atlas (Natural Earth 1:10 million, public domain).
    outline
        CSV of Denmark's land masses with a column `wkt` in EPSG:25832 (DAGI 1:500,000).
    target
        The GeoJSON file to write; its folder is made.
    """
    countries = gpd.read_file(atlas, layer="countries").set_crs("OGC:CRS84", allow_override=True)
    neighbours = countries[countries["id"].astype(str) != _DENMARK].copy()
    neighbours["geometry"] = neighbours.geometry.make_valid()
    neighbours = neighbours.clip(_EXTENT).sort_values("id")
    rows = pd.read_csv(outline)
    outlines = gpd.GeoSeries.from_wkt(rows["wkt"], crs="EPSG:25832").to_crs("OGC:CRS84")
    # Neighbours first: the finer Danish outline lies on top where the two disagree along the border.
    shapes = [*neighbours.geometry, *outlines]
    land = gpd.GeoDataFrame(
        {
            "name": [*neighbours["name"], *rows["name"]],
            "denmark": [False] * len(neighbours) + [True] * len(rows),
        },
        geometry=shapely.set_precision(shapes, _DEGREES),
        crs="OGC:CRS84",
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(land.to_json(drop_id=True, separators=(",", ":")), encoding="utf-8")
