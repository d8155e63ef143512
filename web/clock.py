# SPDX-License-Identifier: EUPL-1.2
"""What day it is: asked once per request, at its border, and handed on as an argument."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = "Europe/Copenhagen"


def current_day() -> date:
    """Return today's date in Denmark, wherever the server stands."""
    return datetime.now(ZoneInfo(ZONE)).date()
