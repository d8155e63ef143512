# SPDX-License-Identifier: EUPL-1.2
"""The pages of storage hubs: all of them, and one with what lies there and what is planned to."""

from uuid import UUID

from flask import render_template

from inventory.queries.lots.listing import read_site_lots
from inventory.queries.places.hubs import (
    fill_months,
    list_hubs,
    read_hub,
    read_hub_factor,
    read_hub_matches,
)
from web.clock import current_day
from web.errors import PageNotFoundError
from web.pages.places import draw_public_place
from web.session import get_session


def show_hubs() -> str:
    """Show all hubs."""
    session = get_session()
    return render_template(
        "hubs.html", hubs=list_hubs(session), usual=read_hub_factor(session, today=current_day())
    )


def show_hub(hub_id: UUID) -> str:
    """Show one hub.

    Raises
    ------
    PageNotFoundError
        There is no such hub.
    """
    session, today = get_session(), current_day()
    hub = read_hub(session, hub_id=hub_id)
    if hub is None:
        raise PageNotFoundError(what="hub", name=hub_id)
    waiting = read_hub_matches(session, hub_id=hub_id, today=today)
    return render_template(
        "hub.html",
        hub=hub,
        drawing=draw_public_place(hub),
        usual=read_hub_factor(session, today=today),
        lots=read_site_lots(session, site_id=hub_id, today=today),
        waiting=waiting,
        months=fill_months(waiting),
    )
