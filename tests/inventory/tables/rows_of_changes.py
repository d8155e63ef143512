# SPDX-License-Identifier: EUPL-1.2
"""Valid rows of the tables that say what was changed."""

import uuid
from typing import Any

OF_CHANGES: dict[str, dict[str, Any]] = {
    "bulk_edit_lot": {
        "edit_id": uuid.UUID(int=160),
        "place": 1,
        "lot_id": uuid.UUID(int=7),
        "ref": "1",
        "before": {"crane": None},
        "after": {"crane": "hire"},
        "surveyed": False,
    },
}
