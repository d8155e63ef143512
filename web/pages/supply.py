# SPDX-License-Identifier: EUPL-1.2
"""The front page: map and list of lots and requirements, as the search in the address asks for them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for

from inventory.queries.keyset import Page, Place
from inventory.queries.projects.requirements import SORTS as REQUIREMENT_SORTS
from inventory.queries.projects.requirements import count_requirements, read_requirements
from inventory.queries.reading import Session
from inventory.queries.search.answer import Summary, read_summary
from inventory.queries.search.facets import read_facets
from inventory.queries.search.pages import SORTS as LOT_SORTS
from inventory.queries.search.pages import LotPage, read_answer
from inventory.queries.search.places import list_projects
from inventory.queries.search.planning import plan_search
from inventory.queries.search.relax import WayOut, find_ways_out
from inventory.queries.search.search import Search
from inventory.queries.search.together import add_up
from inventory.tables import Basis, Documentation, Screening
from web.clock import current_day
from web.language import current_language
from web.page_turn import NAMES as TURN_NAMES
from web.page_turn import read_lot_turn, read_turn
from web.pages.supply_map import read_map_parts
from web.places import join_bounds
from web.search import FIRMNESS_CODES, STATE_CODES, read_search, write_search
from web.search_choices import read_choices
from web.search_form import keep_hidden, list_months, show_counts, show_fields
from web.session import get_keeper, get_session

OWN_NAMES = ("show", "sort", "order", *TURN_NAMES)
"""What the address says beside the search: which list, in which order, which page of it."""

# Each order has a direction of its own where none is asked for: most saved first, the nearest first.
_FALLING = ("co2e",)


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
    """How much answers; `more` lots, or requirements, than are counted."""

    lots: int
    more_lots: bool
    whole: bool
    sites: int
    requirements: int
    more_requirements: bool
    unplaced: int


def _read_view(search: Search) -> View:
    show = "requirements" if request.args.get("show") == "requirements" else "lots"
    usual = "co2e" if search.near is None else "distance"
    sorts, default = (LOT_SORTS, usual) if show == "lots" else (REQUIREMENT_SORTS, "from")
    given = request.args.get("sort", "")
    sort = given if given in sorts and (given != "distance" or search.near) else default
    order = request.args.get("order", "")
    descending = order == "desc" if given == sort else sort in _FALLING
    arguments: dict[str, object] = {**write_search(search)}
    filtered = bool(arguments)
    if show == "requirements":
        arguments["show"] = show
    if given == sort:
        arguments |= {"sort": sort} | ({"order": "desc"} if descending else {})
    return View(show=show, sort=sort, descending=descending, filtered=filtered, arguments=arguments)


def _read_lots(
    session: Session, *, search: Search, view: View, today: date
) -> tuple[Summary, LotPage | None]:
    """Read what answers and the page of lots; no page where requirements are listed."""
    if view.show != "lots":
        return read_summary(session, search=search), None
    return read_answer(
        session,
        search=search,
        today=today,
        sort=view.sort,
        descending=view.descending,
        turn=read_lot_turn(request.args, sort=view.sort),
        language=current_language(),
    )


def _read_requirements(session: Session, *, search: Search, view: View, total: int) -> Page[Place]:
    return read_requirements(
        session,
        search=search,
        total=total,
        sort=view.sort,
        descending=view.descending,
        turn=read_turn(request.args),
        language=current_language(),
    )


def make_tiles_url(search: Search) -> str:
    """Write the address of the tiles that answer a search; the map fills in {z}, {x} and {y}."""
    base = url_for("tiles.supply", z=0, x=0, y=0).removesuffix("0/0/0.mvt") + "{z}/{x}/{y}.mvt"
    query = urlencode(write_search(search), doseq=True)
    return f"{base}?{query}" if query else base


def _find_ways_out(session: Session, *, search: Search, view: View, today: date) -> list[WayOut]:
    return find_ways_out(session, search=search, today=today) if view.filtered else []


def show_supply() -> str:
    """Show the map and one of the two lists."""
    get_keeper().catch_up()
    session, today = get_session(), current_day()
    choices = read_choices(session, today=today)
    given = read_search(request.args, session=session, choices=choices, today=today, beside=OWN_NAMES)
    search = given.search
    view = _read_view(search)
    requirements = count_requirements(session, search=search)
    with plan_search(session, search):
        summary, lots = _read_lots(session, search=search, view=view, today=today)
        facets = read_facets(session, search=search)
    counts = Counts(
        lots=summary.lots,
        more_lots=summary.more,
        whole=summary.whole,
        sites=summary.sites,
        requirements=requirements.requirements,
        more_requirements=requirements.more,
        unplaced=summary.unplaced + requirements.unplaced,
    )
    context: dict[str, Any] = {
        "search": search,
        "refused": given.refused,
        "choices": choices,
        "view": view,
        "counts": counts,
        "sums": summary.sums,
        "answer": lots
        or _read_requirements(session, search=search, view=view, total=requirements.requirements),
        "together": add_up(session, search=search, summary=summary, today=today),
        "ways_out": [] if summary.lots else _find_ways_out(session, search=search, view=view, today=today),
        "facets": show_counts(facets),
        "fields": show_fields(session, search),
        "projects": list_projects(session),
        "tiles_url": make_tiles_url(search),
        "bounds": join_bounds(summary, requirements),
        "firmness_codes": FIRMNESS_CODES,
        "basis_codes": list(Basis),
        "screening_codes": list(Screening),
        "documentation_codes": list(Documentation),
        "state_codes": STATE_CODES,
        "months": list_months(facets["month"], search),
        "read_as": [term for term in search.found.terms if term.read_as] if search.found else [],
        "hidden": keep_hidden(search),
        "write_search": write_search,
        **read_map_parts(session, search=search, today=today, show=view.show),
    }
    return render_template("supply.html", **context)
