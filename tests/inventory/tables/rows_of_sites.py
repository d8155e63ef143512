# SPDX-License-Identifier: EUPL-1.2
"""Valid rows of the tables that say more of a site."""

import uuid
from datetime import date
from typing import Any

OF_SITES: dict[str, dict[str, Any]] = {
    "hub": {"site_id": uuid.UUID(int=3)},
    "room": {"id": uuid.UUID(int=131), "site_id": uuid.UUID(int=2), "floor": "1.", "name": "k"},
    "demolition": {
        "site_id": uuid.UUID(int=2),
        "source_kind": "tender",
        "source": "Tender 7",
        "source_date": date(2026, 11, 1),
        "start_early": date(2027, 3, 1),
        "start_likely": date(2027, 3, 1),
        "start_late": date(2027, 4, 1),
        "end_early": date(2027, 6, 1),
        "end_likely": date(2027, 6, 1),
        "end_late": date(2027, 6, 1),
    },
}
