# SPDX-License-Identifier: EUPL-1.2
"""The front page: map and list of lots and requirements, as the search in the address asks for them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for

from inventory.queries.lots import SORTS as LOT_SORTS
from inventory.queries.lots import Page, count_lots, read_lots
from inventory.queries.reading import Session
from inventory.queries.requirements import SORTS as REQUIREMENT_SORTS
from inventory.queries.requirements import count_requirements, read_requirements
from inventory.queries.search.search import Search
from inventory.tables import Basis
from web.clock import current_day
from web.language import current_language
from web.places import join_bounds
from web.search import FIRMNESS_CODES, read_choices, read_search, write_search
from web.session import get_session

OWN_NAMES = ("show", "sort", "order", "page")
"""What the address says beside the search: which list, in which order, which page of it."""

# Names the form has a field for; whatever else the search holds is sent along with it.
_SHOWN = frozenset({"class", "municipality", "from", "to", "firmness", "basis", "all"})


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


def _read_view(search: Search) -> View:
    show = "requirements" if request.args.get("show") == "requirements" else "lots"
    sorts, default = (LOT_SORTS, "co2e") if show == "lots" else (REQUIREMENT_SORTS, "from")
    given = request.args.get("sort", "")
    sort = given if given in sorts else default
    # Each list has a direction of its own where none is asked for: most saved first, soonest wanted first.
    order = request.args.get("order", "")
    descending = order == "desc" if given in sorts else sort == "co2e"
    arguments: dict[str, object] = {**write_search(search)}
    filtered = bool(arguments)
    if show == "requirements":
        arguments["show"] = show
    if given in sorts:
        arguments |= {"sort": sort} | ({"order": "desc"} if descending else {})
    return View(show=show, sort=sort, descending=descending, filtered=filtered, arguments=arguments)


def _read_answer(session: Session, *, search: Search, view: View, counts: Counts, today: date) -> Page:
    page = request.args.get("page", default=1, type=int)
    if view.show == "lots":
        return read_lots(
            session,
            search=search,
            today=today,
            total=counts.lots,
            sort=view.sort,
            descending=view.descending,
            page=page,
            language=current_language(),
        )
    return read_requirements(
        session,
        search=search,
        total=counts.requirements,
        sort=view.sort,
        descending=view.descending,
        page=page,
        language=current_language(),
    )


def make_tiles_url(search: Search) -> str:
    """Write the address of the tiles that answer a search; the map fills in {z}, {x} and {y}."""
    base = url_for("tiles.supply", z=0, x=0, y=0).removesuffix("0/0/0.mvt") + "{z}/{x}/{y}.mvt"
    query = urlencode(write_search(search), doseq=True)
    return f"{base}?{query}" if query else base


def _keep_hidden(search: Search) -> dict[str, list[str]]:
    """Give what the form has no field for, and further choices of its lists of one: all is sent along."""
    written = write_search(search)
    kept = {
        name: [value] if isinstance(value, str) else value
        for name, value in written.items()
        if name not in _SHOWN
    }
    return kept | {"class": list(search.classes[1:]), "municipality": list(search.municipalities[1:])}


def show_supply() -> str:
    """Show the map and one of the two lists."""
    session, today = get_session(), current_day()
    choices = read_choices(session, today=today)
    given = read_search(request.args, session=session, choices=choices, today=today, beside=OWN_NAMES)
    search = given.search
    view = _read_view(search)
    lots = count_lots(session, search=search, today=today)
    requirements = count_requirements(session, search=search)
    counts = Counts(
        lots=lots.lots,
        sites=lots.sites,
        requirements=requirements.requirements,
        unplaced=lots.unplaced + requirements.unplaced,
    )
    context: dict[str, Any] = {
        "search": search,
        "refused": given.refused,
        "choices": choices,
        "view": view,
        "counts": counts,
        "answer": _read_answer(session, search=search, view=view, counts=counts, today=today),
        "tiles_url": make_tiles_url(search),
        "bounds": join_bounds(lots, requirements),
        "firmness_codes": FIRMNESS_CODES,
        "basis_codes": list(Basis),
        "hidden": _keep_hidden(search),
    }
    return render_template("supply.html", **context)
