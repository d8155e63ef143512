# SPDX-License-Identifier: EUPL-1.2
"""A firm's start page with what needs doing next, and its buildings as a board and a timeline."""

from __future__ import annotations

from flask import render_template

from inventory.queries.decide_by import list_decide_by
from inventory.queries.demolitions.firms import (
    list_firm_buildings,
    list_firms,
    list_undocumented,
    list_unoffered,
    sort_out,
)
from inventory.queries.imports.records import list_imports_of
from inventory.tables import Firmness
from web.acting import acting_organisation
from web.clock import current_day
from web.own_imports import list_own_ids
from web.session import get_session
from web.timeline import draw_timeline

SOON_DAYS = 60
"""How far ahead the start page looks for decide-by days."""


def show_firm() -> str:
    """Show what needs doing next, or, where no organisation is chosen, those to choose from."""
    session, today, firm = get_session(), current_day(), acting_organisation()
    if firm is None:
        return render_template("firm_choice.html", firms=list_firms(session))
    buildings = list_firm_buildings(session, organisation_id=firm.id)
    deciding = list_decide_by(session, today=today, within=SOON_DAYS, organisation_id=firm.id)
    return render_template(
        "firm.html",
        firm=firm,
        today=today,
        soon_days=SOON_DAYS,
        buildings=buildings,
        missing=sort_out(buildings),
        without_taker=[row for row in deciding if row.free > 0],
        with_taker=[row for row in deciding if row.free <= 0],
        unoffered=list_unoffered(session, organisation_id=firm.id),
        undocumented=list_undocumented(session, organisation_id=firm.id),
        imports=[
            one
            for one in list_imports_of(session, ids=list_own_ids())
            if one.status == "done" and (one.counts or {}).get("refused")
        ],
    )


def show_buildings() -> str:
    """Show the firm's buildings as a board by stage and as a timeline, with the table beside it."""
    session, firm = get_session(), acting_organisation()
    if firm is None:
        return render_template("firm_choice.html", firms=list_firms(session))
    buildings = list_firm_buildings(session, organisation_id=firm.id)
    return render_template(
        "firm_buildings.html",
        firm=firm,
        buildings=buildings,
        stages=[(stage.value, [row for row in buildings if row.firmness == stage]) for stage in Firmness],
        stageless=[row for row in buildings if row.firmness is None],
        timeline=draw_timeline(buildings, today=current_day()),
    )
