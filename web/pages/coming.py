# SPDX-License-Identifier: EUPL-1.2
"""What comes free when, for everyone: a map and a table by month and class, 12 to 24 months ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from inventory.queries.demolitions.coming import add_months, read_coming
from inventory.queries.lots.listing import count_lots
from web.clock import current_day
from web.pages.supply import make_tiles_url
from web.places import join_bounds
from web.search import read_choices, read_search
from web.session import get_session

HORIZONS = (12, 18, 24)


def show_coming() -> str:
    """Show what comes free in the months ahead; of one month where the address names it."""
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
        lots=sum(row.lots for month in coming for row in month.rows),
        tiles_url=make_tiles_url(on_map),
        bounds=join_bounds(count_lots(session, search=on_map, today=today)),
        last=end - timedelta(days=1),
    )


def _read_month(ahead: list[date]) -> date | None:
    """Read the month the address names, as 2027-05; None for all, or where it is none of those ahead."""
    given = request.args.get("month", "")
    return next((month for month in ahead if month.isoformat()[:7] == given), None)
