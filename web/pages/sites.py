# SPDX-License-Identifier: EUPL-1.2
"""The page of one site: the building in the register, its lots, and the requirements of its projects."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, render_template
from flask_babel import gettext, ngettext

from inventory.estimates.openings import count_opening_models
from inventory.estimates.update import measure_site
from inventory.queries.comparison import read_comparison
from inventory.queries.demolitions.demolitions import read_demolition, read_project_moves
from inventory.queries.lots.life import list_site_states
from inventory.queries.lots.listing import read_site_lots
from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import read_building, read_code_names, read_site
from inventory.queries.projects.requirements import read_site_requirements
from inventory.tables import LotStatus
from web.clock import current_day
from web.errors import PageNotFoundError
from web.figures import show_window
from web.language import name_municipality, pick
from web.linked_data import describe_building
from web.pages.places import draw_public_place
from web.session import get_session
from web.sharing import Share, find_path, make_absolute, settle, share
from web.site_names import name_site
from web.when_chart import draw_when
from web.words.codes import say

# The building's coded columns and the register's code list each one is read with.
CODE_LISTS = {
    "use_code": "byg021",
    "wall_code": "byg032",
    "roof_code": "byg033",
    "status_code": "life_cycle",
}

SPOKEN_FOR = (LotStatus.HELD, LotStatus.AGREED)
"""States in which a lot is still in the building and somebody has it in hand."""
TAKEN = (LotStatus.DELIVERED, LotStatus.INSTALLED)


def show_site(site_id: UUID) -> str | Response:
    """Show one site.

    Raises
    ------
    PageNotFoundError
        There is no such site.
    """
    settled = settle("site", site_id)
    if settled is not None:
        return settled
    session, today = get_session(), current_day()
    site = read_site(session, site_id=site_id)
    if site is None:
        raise PageNotFoundError(what="site", name=site_id)
    building = read_building(session, site_id=site_id)
    names = read_code_names(session, lists=tuple(CODE_LISTS.values()))
    title = name_site(site)
    lots = read_site_lots(session, site_id=site_id, today=today)
    states = Counter(row.status for row in list_site_states(session, site_id=site_id))
    demolition = read_demolition(session, site_id=site_id) if site.kind == "donor" else None
    return render_template(
        "site.html",
        site=site,
        title=title,
        today=today,
        building=building,
        names=names,
        code_lists=CODE_LISTS,
        lots=lots,
        totals=_sum_lots(lots),
        states=[(status, states[status]) for status in LotStatus if states[status]],
        spoken_for=sum(states[status] for status in SPOKEN_FOR),
        taken=sum(states[status] for status in TAKEN),
        when=draw_when(demolition, site=site, today=today) if site.kind == "donor" else None,
        measured=measure_site(session, site_id=site_id),
        comparison=read_comparison(session, site_id=site_id),
        opening_models=count_opening_models(),
        moves=read_project_moves(session, site_id=site_id) if site.kind == "project" else [],
        requirements=read_site_requirements(session, site_id=site_id),
        drawing=draw_public_place(site),
        share=_share_site(site, title=title, lots=lots, building=building),
    )


def _sum_lots(lots: Sequence[AnyRow]) -> dict[str, Any]:
    """Sum what a building gives: its lots that count, their classes and the CO2e they can save."""
    counted = [lot for lot in lots if lot.not_counted is None]
    grams = [lot.co2e_g for lot in counted if lot.co2e_g is not None]
    return {
        "counted": len(counted),
        "classes": len({lot.class_id for lot in counted}),
        "surveyed": sum(lot.basis == "surveyed" for lot in counted),
        "co2e_g": sum(grams) if grams else None,
    }


def _share_site(site: AnyRow, *, title: str, lots: Sequence[AnyRow], building: AnyRow | None) -> Share:
    where = name_municipality(site.municipality_name) if site.municipality_name else gettext("place unknown")
    counted = [lot for lot in lots if lot.not_counted is None]
    sentences = [f"{say(site.kind, 'site_kind')}, {where}."]
    if counted:
        sentences.append(
            ngettext(
                "%(num)s lot for reuse: %(names)s.",
                "%(num)s lots for reuse: %(names)s.",
                len(counted),
                names=", ".join(dict.fromkeys(pick(lot).lower() for lot in counted[:5])),
            )
        )
    if site.available_from is not None:
        window = show_window(site.available_from, site.available_to).striptags()
        sentences.append(gettext("Free: %(window)s.", window=window))
    description = " ".join(sentences)
    linked = describe_building(
        site,
        name=title,
        description=description,
        address=make_absolute(find_path("site", site.id)),
        built=None if building is None else building.year_built,
    )
    return share(
        "site", site.id, title=f"{title}, {where}", description=description, images=[], linked=linked
    )
