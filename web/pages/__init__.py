# SPDX-License-Identifier: EUPL-1.2
"""The pages people read: one blueprint, registered once per language."""

from collections.abc import Callable

from flask import Blueprint

from web.pages.about import show_about, show_sources
from web.pages.imports import IMPORT_ROUTES
from web.pages.lots import show_lot
from web.pages.papers import show_papers
from web.pages.plans import show_plan, show_runs
from web.pages.requirements import show_requirement
from web.pages.sites import show_site
from web.pages.supply import show_supply

ROUTES: dict[str, tuple[str, Callable[..., str]]] = {
    "supply": ("/", show_supply),
    "lot": ("/lots/<uuid:lot_id>", show_lot),
    "requirement": ("/requirements/<uuid:requirement_id>", show_requirement),
    "site": ("/sites/<uuid:site_id>", show_site),
    "papers": ("/sites/<uuid:site_id>/papers", show_papers),
    "runs": ("/runs", show_runs),
    "plan": ("/runs/<uuid:run_id>", show_plan),
    "about": ("/about", show_about),
    "sources": ("/sources", show_sources),
}


def make_pages(language: str, *, prefix: str) -> Blueprint:
    """Make the blueprint of the pages in one language, its endpoints named after the language."""
    pages = Blueprint(language, __name__, url_prefix=prefix or None)
    for endpoint, (rule, view) in ROUTES.items():
        pages.add_url_rule(rule, endpoint, view, methods=["GET"])
    for endpoint, (rule, answer, method) in IMPORT_ROUTES.items():
        pages.add_url_rule(rule, endpoint, answer, methods=[method])
    return pages
