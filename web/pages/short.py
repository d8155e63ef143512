# SPDX-License-Identifier: EUPL-1.2
"""Short addresses, for paper and telephones, and old ones: both lead to the one address of the page."""

from uuid import UUID

from flask import Response, redirect

from inventory.queries.short_addresses import DIGITS, Kind, find_by_short
from web.errors import PageNotFoundError
from web.session import get_session
from web.sharing import find_path


def go_to_lot(short: str) -> Response:
    """Lead on to the lot with a short address.

    Raises
    ------
    PageNotFoundError
        No lot has it.
    """
    return _lead_on("lot", short)


def go_to_site(short: str) -> Response:
    """Lead on to the building or yard with a short address.

    Raises
    ------
    PageNotFoundError
        No site has it.
    """
    return _lead_on("site", short)


def leave_old_lot(lot_id: UUID) -> Response:
    """Lead from a spelling of a lot's address that is no longer used, whether or not the lot is there."""
    return redirect(find_path("lot", lot_id), code=301)  # type: ignore[return-value]


def leave_old_site(site_id: UUID) -> Response:
    """Lead from a spelling of a site's address that is no longer used."""
    return redirect(find_path("site", site_id), code=301)  # type: ignore[return-value]


def _lead_on(kind: Kind, short: str) -> Response:
    plain = short.casefold()
    if len(plain) != DIGITS or not set(plain) <= set("0123456789abcdef"):
        raise PageNotFoundError(what=kind, name=short)
    thing_id = find_by_short(get_session(), kind=kind, short=plain)
    if thing_id is None:
        raise PageNotFoundError(what=kind, name=short)
    return redirect(find_path(kind, thing_id), code=302)  # type: ignore[return-value]
