# SPDX-License-Identifier: EUPL-1.2
"""How PostgreSQL plans a search: anew for each, and by squares where a place is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.queries.search.search import Found, Search

_PLANNED = "search_planned"
"""Where a session notes that what it asks is planned for a search already."""

# A plan made for any value fits none: it hangs on how many lots a class, a square or a month holds. Planning
# takes less than a millisecond.
_EACH = "SET LOCAL plan_cache_mode = force_custom_plan"
_USUAL = "SET LOCAL plan_cache_mode = auto"
_OTHERS = text(_EACH), text(_USUAL)

# The planner takes a test of a point in an area for so dear that it would rather gather rows from two indexes
# and then fetch each; words, on the other hand, are found by a gathering alone.
_BY_SQUARES = "SET LOCAL enable_bitmapscan = off"
_BY_ANY = "SET LOCAL enable_bitmapscan = on"
_SHAPES = text(f"{_EACH}; {_BY_SQUARES}"), text(f"{_USUAL}; {_BY_ANY}")


@contextmanager
def plan_search(session: Session, search: Search) -> Iterator[None]:
    """Have the statements of a search planned for it; those that come after are planned as always.

    Whoever asks several questions of one search plans for all of them at once: what they plan themselves is
    then no question of its own.

    Parameters
    ----------
    session
        Its transaction goes on.
    search
        Resolved.
    """
    if session.info.get(_PLANNED):
        yield
        return
    found = search.found or Found()
    shape = found.frame is not None and found.frame.metres is None and not found.terms
    before, after = _SHAPES if shape else _OTHERS
    session.execute(before)
    session.info[_PLANNED] = True
    try:
        yield
    finally:
        session.info[_PLANNED] = False
    session.execute(after)
