# SPDX-License-Identifier: EUPL-1.2
"""One valid row of each table the search reads."""

import uuid
from datetime import date
from typing import Any

ONE = uuid.UUID(int=1)

OF_SEARCH: dict[str, dict[str, Any]] = {
    "class_word": {"class_id": 9003, "language": "da", "word": "brokker", "source": "s"},
    "lot_search": {
        "lot_id": ONE,
        "site_id": ONE,
        "class_id": 1,
        "basis": "surveyed",
        "screening": "clean",
        "documentation": "none",
        "enough_to_offer": False,
        "asbestos_suspect": False,
        "decide_stated": False,
        "amount": 1,
        "likely": 1,
        "words": "",
    },
    "lot_count": {
        "part": "place",
        "municipality_code": "0751",
        "month_free": date(1, 1, 1),
        "class_id": 1,
        **dict.fromkeys(("not_counted", "basis", "firmness", "screening"), ""),
        "enough_to_offer": False,
        "lots": 1,
    },
}
