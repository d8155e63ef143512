# SPDX-License-Identifier: EUPL-1.2
"""What a site is called: the same in titles, crumbs, tables and lists to choose from."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, g

from inventory.queries.places.sites import read_code_names
from inventory.tables import SiteKind
from web.figures import show_quantity
from web.language import pick
from web.session import get_session
from web.words.codes import say

_USES = "byg021"


def name_site(site: Any) -> str:
    """Name a site: as it is called, else what its building is used for, else what kind of site it is.

    Parameters
    ----------
    site
        A row with ``name`` (public, may be empty) and ``use_code``; one without ``kind`` is a building.
    """
    if site.name:
        return str(site.name)
    use = None if site.use_code is None else _read_uses().get((_USES, str(site.use_code)))
    return pick(use) if use is not None else say(getattr(site, "kind", SiteKind.DONOR), "site_kind")


def name_site_apart(site: Any) -> str:
    """Name a site in a list, where it is to be told from others: with its place, and size and year if known.

    Parameters
    ----------
    site
        As of `name_site`, with ``postcode, town, municipality_name``; ``year_built`` and ``total_area_m2``
        are told where the row has them and the site has no name of its own.
    """
    place = " ".join(part for part in (site.postcode, site.town) if part) or site.municipality_name
    more = tell_building(site) if not site.name else ""
    return ", ".join(part for part in (name_site(site), place, more) if part)


def tell_building(site: Any) -> str:
    """Tell when a building was built and how large it is, as far as it is known."""
    year, area = getattr(site, "year_built", None), getattr(site, "total_area_m2", None)
    return ", ".join(part for part in (str(year or ""), show_quantity(area, "m2") if area else "") if part)


def _read_uses() -> Mapping[tuple[str, str], Any]:
    """Read the names of the uses once for each page that needs one."""
    if "site_uses" not in g:
        g.site_uses = read_code_names(get_session(), lists=(_USES,))
    uses: Mapping[tuple[str, str], Any] = g.site_uses
    return uses


def init_site_names(app: Flask) -> None:
    """Give templates the names of sites."""
    app.jinja_env.globals.update(
        name_site=name_site, name_site_apart=name_site_apart, tell_building=tell_building
    )
