# SPDX-License-Identifier: EUPL-1.2
"""What stands around the map of the front page: its drawing, the timeline under it, and the usual reach."""

from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext, ngettext
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as BaseResponse

from inventory.queries.map.free_months import FreeMonth
from inventory.queries.reach import read_reach
from inventory.queries.reading import Session
from inventory.queries.search.search import Search
from web.clock import current_day
from web.drawn_map import Spot, draw_map
from web.figures import show_kilometres, show_mass, show_month, show_number, show_quantity
from web.language import page_url, pick
from web.map_version import read_current_version
from web.when_free import find_window, read_when_free

_YEAR = 12


def read_map_parts(session: Session, *, search: Search, today: date, show: str) -> dict[str, Any]:
    """Read what the templates of the map's surroundings need; `show` is the list below."""
    read_current_version()
    reach = read_reach(session, today=today)
    return {
        "drawn": draw_map(session, search=search, today=today, first=show.removesuffix("s")),
        "when": read_when_free(session, search=search, today=today),
        "reach": "" if reach is None else reach.metres,
        "reach_words": ""
        if reach is None
        else gettext(
            "The ring is its usual reach: %(road)s by road, about %(line)s as the crow flies, for roads are"
            " taken as %(detour)s times as long. Over water it is less.",
            road=show_kilometres(reach.road_metres),
            line=show_kilometres(reach.metres),
            detour=show_number(reach.detour, decimals=2),
        ),
        "spot_words": _say_spot,
        "free_words": _say_month,
        "when_words": _say_window,
    }


def choose_months() -> BaseResponse:
    """Turn the months chosen on the timeline into days of the search's address, and show it."""
    kept: dict[str, Any] = {
        name: values for name, values in request.args.lists() if name not in {"first_month", "last_month"}
    }
    numbers = [request.args.get(name, type=int) for name in ("first_month", "last_month")]
    if None not in numbers:
        first, last = find_window(*numbers, today=current_day())  # type: ignore[arg-type]  # none is None
        kept |= {"from": first.isoformat(), "to": last.isoformat()}
    return redirect(page_url("supply", **kept), 303)


def _say_spot(spot: Spot) -> str:
    count = (
        ngettext("%(num)s lot", "%(num)s lots", spot.n)
        if spot.kind == "lot"
        else ngettext("%(num)s requirement", "%(num)s requirements", spot.n)
    )
    name = pick(spot.row)
    return f"{count}: {name}" if name else count


def _say_month(month: FreeMonth) -> str:
    lots = ngettext("%(num)s lot", "%(num)s lots", month.lots)
    amount = (
        show_mass(month.mass_g) if month.amount is None else show_quantity(month.amount, month.unit or "")
    )
    return f"{lots}, {amount}"


def _say_window(first: int, last: int) -> str:
    days = [date(number // _YEAR, number % _YEAR + 1, 1) for number in (first, last)]
    if first == last:
        return show_month(days[0])
    return gettext("%(first)s to %(last)s", first=show_month(days[0]), last=show_month(days[1]))
