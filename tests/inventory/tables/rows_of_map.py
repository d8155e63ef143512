# SPDX-License-Identifier: EUPL-1.2
"""One valid row of each table the map and the search are kept in."""

import uuid
from typing import Any

from tests.inventory.tables.rows_of_search import OF_SEARCH

ONE = uuid.UUID(int=1)

OF_MAP: dict[str, dict[str, Any]] = {
    **OF_SEARCH,
    "map_cell": {
        **dict.fromkeys(("zoom", "tile_x", "tile_y", "cell", "class_id", "month", "surveyed", "steps"), 0),
        **dict.fromkeys(("mass_g", "x", "y", "number", "spot", "spot_square", "class_sum"), 0),
        **dict.fromkeys(("basis", "firmness", "screening", "edge"), ""),
        "part": "all",
        "kind": "lot",
        "n": 1,
        "class_square": 0,
    },
    "map_mark": {
        "kind": "lot",
        "id": ONE,
        "number": 1,
        "site_id": ONE,
        "class_id": 1,
        "steps": 1,
        "mass_g": 1,
    },
    "map_stale": {"site_id": ONE},
    "map_state": {"id": 1, "version": 7},
    "site_look": {"site_id": ONE, "number": 1},
    "map_tile": {"zoom": 12, "tile_x": 2178, "tile_y": 1281, "version": 7},
}
