# SPDX-License-Identifier: EUPL-1.2
"""Which organisation a person acts for: chosen on the page until there are accounts, which then decide it."""

from __future__ import annotations

from uuid import UUID

from flask import request

from inventory.queries.demolitions.firms import find_firm
from inventory.queries.offers import AnyRow
from web.errors import PageNotFoundError
from web.session import get_session

PARAMETER = "organisation"


def acting_organisation() -> AnyRow | None:
    """Return the organisation (id, name) that is acted for, as address or form say; None where none is.

    The one place that knows how it is chosen: with accounts, the account says it and the address no longer
    does.

    Raises
    ------
    PageNotFoundError
        There is no such organisation.
    """
    given = request.values.get(PARAMETER, "").strip()
    if not given:
        return None
    try:
        found = find_firm(get_session(), organisation_id=UUID(given))
    except ValueError:
        found = None
    if found is None:
        raise PageNotFoundError(what="organisation", name=given)
    return found
