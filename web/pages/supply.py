# SPDX-License-Identifier: EUPL-1.2
"""The front page: map and list of lots and requirements, filtered by what stands in the address."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for

from inventory.queries.lots import SORTS as LOT_SORTS
from inventory.queries.lots import Page, count_lots, read_lots
from inventory.queries.offers import SupplyFilter
from inventory.queries.reading import Session
from inventory.queries.requirements import SORTS as REQUIREMENT_SORTS
from inventory.queries.requirements import count_requirements, read_requirements
from web.clock import current_day
from web.forms import BASIS_CHOICES, FIRMNESS_CHOICES, filter_arguments, make_filter, read_choices, read_form
from web.language import current_language
from web.places import join_bounds
from web.session import get_session


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which list is shown and how: `arguments` are the query parameters that give this page again."""

    show: str
    sort: str
    descending: bool
    filtered: bool
    arguments: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much answers the filter."""

    lots: int
    sites: int
    requirements: int
    unplaced: int


def _read_view(filters: SupplyFilter) -> View:
    show = "requirements" if request.args.get("show") == "requirements" else "lots"
    sorts, default = (LOT_SORTS, "co2e") if show == "lots" else (REQUIREMENT_SORTS, "from")
    given = request.args.get("sort", "")
    sort = given if given in sorts else default
    # Each list has a direction of its own where none is asked for: most saved first, soonest wanted first.
    order = request.args.get("order", "")
    descending = order == "desc" if given in sorts else sort == "co2e"
    arguments = filter_arguments(filters)
    filtered = bool(arguments)
    if show == "requirements":
        arguments["show"] = show
    if given in sorts:
        arguments |= {"sort": sort} | ({"order": "desc"} if descending else {})
    return View(show=show, sort=sort, descending=descending, filtered=filtered, arguments=arguments)


def _read_answer(session: Session, *, filters: SupplyFilter, view: View, counts: Counts, today: date) -> Page:
    page = request.args.get("page", default=1, type=int)
    if view.show == "lots":
        return read_lots(
            session,
            filters=filters,
            today=today,
            total=counts.lots,
            sort=view.sort,
            descending=view.descending,
            page=page,
            language=current_language(),
        )
    return read_requirements(
        session,
        filters=filters,
        total=counts.requirements,
        sort=view.sort,
        descending=view.descending,
        page=page,
        language=current_language(),
    )


def make_tiles_url(filters: SupplyFilter) -> str:
    """Write the address of the tiles that answer a filter; the map fills in {z}, {x} and {y}."""
    base = url_for("tiles.supply", z=0, x=0, y=0).removesuffix("0/0/0.mvt") + "{z}/{x}/{y}.mvt"
    query = urlencode(filter_arguments(filters), doseq=True)
    return f"{base}?{query}" if query else base


def show_supply() -> str:
    """Show the map and one of the two lists."""
    session, today = get_session(), current_day()
    form = read_form(request.args, choices=read_choices(session))
    filters = make_filter(form)
    view = _read_view(filters)
    lots = count_lots(session, filters=filters, today=today)
    requirements = count_requirements(session, filters=filters)
    counts = Counts(
        lots=lots.lots,
        sites=lots.sites,
        requirements=requirements.requirements,
        unplaced=lots.unplaced + requirements.unplaced,
    )
    context: dict[str, Any] = {
        "form": form,
        "filters": filters,
        "view": view,
        "counts": counts,
        "answer": _read_answer(session, filters=filters, view=view, counts=counts, today=today),
        "tiles_url": make_tiles_url(filters),
        "bounds": join_bounds(lots, requirements),
        "firmness_choices": FIRMNESS_CHOICES,
        "basis_choices": BASIS_CHOICES,
    }
    return render_template("supply.html", **context)
