# SPDX-License-Identifier: EUPL-1.2
"""One country in PostGIS for all rows about the web: made when the first of them is measured, then kept."""

from contextlib import ExitStack

from benchmarks.full_database import open_full_database
from benchmarks.scale import Size

_OPEN: dict[tuple[int, int], tuple[str, ExitStack]] = {}


def open_shared_country(size: Size) -> str:
    """Return the address of a country of a size; the last one is kept, one of another size is removed.

    Rows only read it, or leave it as it was: the next row finds the same country.

    Parameters
    ----------
    size
        Lots and requirements; classes are those of the reference data.

    Returns
    -------
    str
        Address for SQLAlchemy.
    """
    key = (size.n_lots, size.n_requirements)
    if key not in _OPEN:
        close_shared_countries()
        with ExitStack() as stack:
            url = stack.enter_context(open_full_database(lots=key[0], requirements=key[1]))
            _OPEN[key] = url, stack.pop_all()
    return _OPEN[key][0]


def close_shared_countries() -> None:
    """Remove the country that is open."""
    while _OPEN:
        _, (_, stack) = _OPEN.popitem()
        stack.close()
