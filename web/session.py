# SPDX-License-Identifier: EUPL-1.2
"""One read-only database session per request, opened at first use and closed with the request."""

from contextlib import ExitStack

from flask import Flask, current_app, g

from inventory.keeping import Keeper
from inventory.queries.reading import Reader, Session, make_reader

_EXTENSION = "genbro_reader"
_KEEPER = "genbro_keeper"


def get_session() -> Session:
    """Return the request's session, opening it where this is the first use.

    Raises
    ------
    inventory.queries.reading.DatabaseAwayError
        At the first statement, when the database cannot be reached.
    """
    if "session" not in g:
        stack = ExitStack()
        g.session = stack.enter_context(get_reader().open())
        g.session_exit = stack
    session: Session = g.session
    return session


def get_reader() -> Reader:
    """Return the application's source of sessions."""
    reader: Reader = current_app.extensions[_EXTENSION]
    return reader


def get_keeper() -> Keeper:
    """Return who keeps the application's map current."""
    keeper: Keeper = current_app.extensions[_KEEPER]
    return keeper


def _close_session(_error: BaseException | None) -> None:
    stack: ExitStack | None = g.pop("session_exit", None)
    g.pop("session", None)
    if stack is not None:
        stack.close()


def init_session(app: Flask, *, url: str) -> None:
    """Give the application its database; no connection is made before the first page asks for one."""
    reader = make_reader(url)
    app.extensions[_EXTENSION] = reader
    app.extensions[_KEEPER] = Keeper(write=reader.write)
    app.teardown_appcontext(_close_session)
