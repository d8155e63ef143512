# SPDX-License-Identifier: EUPL-1.2
"""The session cookie, looked at without touching it: Flask notes who reads it, and we ask who did."""

from flask import Flask, Request, g
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

_FLASHES = "_flashes"  # where Flask's `flash` puts what is to be said


class _Sessions(SecureCookieSessionInterface):
    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        session = super().open_session(app, request)
        g.cookie = session
        return session


def is_touched() -> bool:
    """Tell whether anything of this request read or wrote what the browser's session holds."""
    session: SecureCookieSession = g.cookie
    return session.accessed or session.modified


def has_to_say() -> bool:
    """Tell whether something waits to be said once to this browser."""
    return _FLASHES in g.cookie


def init_cookie(app: Flask) -> None:
    """Keep the session as Flask does, within sight."""
    app.session_interface = _Sessions()
