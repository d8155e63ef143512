# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong on the way to a page, and the HTTP status each exception becomes."""

from typing import ClassVar

from inventory.database import DatabaseUrlError
from inventory.errors import BadInputError, GenbroError, StateError
from inventory.queries.reading import DatabaseAwayError, SchemaMissingError


class WebError(GenbroError):
    """The page cannot be shown."""


class PageNotFoundError(WebError):
    """There is no {what} {name}."""


class FilterError(WebError):
    """The filter cannot be read: {why}."""


class FrontEndMissingError(WebError):
    """The front-end packages are not in place. Run `python -m web.vendor`."""


class HostRefusedError(WebError):
    """The server will not listen on {host}: Genbro has no user accounts yet, so whoever reaches the port
    can use it. Listen on 127.0.0.1, and where others are to see it, let a proxy with sign-in of its own
    stand in front.
    """

    exit_code: ClassVar[int] = 2


class PortTakenError(WebError):
    """Nobody can listen on port {port} of {host}: {why}. Choose another: make serve PORT=8001."""


# One place for every status, most telling class first: the handlers and the tests read it.
STATUS: dict[type[GenbroError], int] = {
    PageNotFoundError: 404,
    FilterError: 400,
    BadInputError: 400,
    StateError: 409,
    DatabaseAwayError: 503,
    SchemaMissingError: 503,
    DatabaseUrlError: 503,
    FrontEndMissingError: 503,
    HostRefusedError: 500,
    PortTakenError: 500,
    WebError: 500,
    GenbroError: 500,
}


def find_status(error: GenbroError) -> int:
    """Return the HTTP status of an exception: that of its nearest ancestor in STATUS."""
    return next(STATUS[ancestor] for ancestor in type(error).__mro__ if ancestor in STATUS)
