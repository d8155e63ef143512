# SPDX-License-Identifier: EUPL-1.2
"""Valid rows of the tables of cutting to length, and the cutting they belong to."""

import uuid
from typing import Any

CUTTING = uuid.UUID(int=93)
_PROJECT, _LOT, _REQUIREMENT = (uuid.UUID(int=number) for number in (5, 7, 8))

WORLD_OF_CUTTING: tuple[str, dict[str, Any]] = (
    "cutting",
    {"id": CUTTING, "project_id": _PROJECT, "params": {}},
)

OF_CUTTING: dict[str, dict[str, Any]] = {
    "cutting": {"id": uuid.UUID(int=150), "project_id": _PROJECT, "params": {}},
    "cutting_bar": {
        "cutting_id": CUTTING,
        "lot_id": _LOT,
        "bars": 2,
        "length_mm": 5000,
        "pieces_mm": 9600,
        "offcuts_mm": 0,
        "kerf_mm": 16,
        "scrap_mm": 384,
    },
    "cutting_part": {
        "lot_id": _LOT,
        "cutting_id": CUTTING,
        "parent_id": _LOT,
        "kind": "piece",
        "requirement_id": _REQUIREMENT,
        "length_mm": 1200,
        "count": 2,
    },
    "requirement_piece": {"requirement_id": _REQUIREMENT, "length_mm": 2400, "count": 3},
}
