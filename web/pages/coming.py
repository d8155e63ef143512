# SPDX-License-Identifier: EUPL-1.2
"""What comes free when, for everyone: a map and a table by month and class, 12 to 24 months ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from inventory.queries.demolitions.coming import ComingMonth, add_months, read_coming
from inventory.queries.search.answer import read_summary
from web.clock import current_day
from web.pages.supply import make_tiles_url
from web.places import join_bounds
from web.search import read_search
from web.search_choices import read_choices
from web.session import get_keeper, get_session

HORIZONS = (12, 18, 24)


def show_coming() -> str:
    """Show what comes free in the months ahead; of one month where the address names it."""
    get_keeper().catch_up()
    session, today = get_session(), current_day()
    choices = read_choices(session, today=today)
    known = MultiDict(
        (name, value) for name, value in request.args.items(multi=True) if name in ("class", "municipality")
    )
    search = read_search(known, session=session, choices=choices, today=today).search
    asked = request.args.get("months", default=HORIZONS[0], type=int)
    months = asked if asked in HORIZONS else HORIZONS[0]
    ahead = [add_months(today, months=number) for number in range(months)]
    chosen = _read_month(ahead)
    first = today if chosen is None else max(chosen, today)
    end = add_months(chosen, months=1) if chosen else add_months(today, months=months)
    on_map = replace(search, start=first, end=end)
    coming = read_coming(session, search=search, today=today, months=months)
    return render_template(
        "coming.html",
        choices=choices,
        search=search,
        months=months,
        horizons=HORIZONS,
        ahead=ahead,
        chosen=chosen,
        coming=[month for month in coming if chosen in (None, month.first)],
        bars=_draw_bars(coming, ahead=ahead),
        lots=sum(month.lots for month in coming),
        tiles_url=make_tiles_url(on_map),
        bounds=join_bounds(read_summary(session, search=on_map)),
        last=end - timedelta(days=1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBar:
    """A month of the drawing: where it stands and how high it reaches in percent, and what comes in it."""

    first: date
    x: Decimal
    width: Decimal
    height: Decimal
    lots: int
    mass_g: Decimal


def _draw_bars(coming: Sequence[ComingMonth], *, ahead: Sequence[date]) -> list[MonthBar]:
    """Draw what each month ahead brings, the heaviest as high as the drawing; a bar of nothing too."""
    found = {month.first: month for month in coming}
    most = max((month.mass_g for month in coming), default=Decimal(0)) or Decimal(1)
    share = Decimal(100) / len(ahead)
    bars = []
    for place, first in enumerate(ahead):
        month = found.get(first, ComingMonth(first=first, rows=[]))
        bars.append(
            MonthBar(
                first=first,
                x=round(share * place, 3),
                width=round(share * Decimal("0.86"), 3),
                height=round(100 * month.mass_g / most, 2),
                lots=month.lots,
                mass_g=month.mass_g,
            )
        )
    return bars


def _read_month(ahead: list[date]) -> date | None:
    """Read the month the address names, as 2027-05; None for all, or where it is none of those ahead."""
    given = request.args.get("month", "")
    return next((month for month in ahead if month.isoformat()[:7] == given), None)
