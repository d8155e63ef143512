# SPDX-License-Identifier: EUPL-1.2
"""Security headers on every answer: only our own files run, and nobody frames us."""

from flask import Flask, Response

# MapLibre paints sprites from blobs; every script, worker, style, font and request is our own.
_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
CONTENT_SECURITY_POLICY = "; ".join(_DIRECTIVES)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # What compares tags dates the answer, and so does the server: two dates in one header nobody can read.
    response.headers.pop("Date", None)
    return response


def init_headers(app: Flask) -> None:
    """Add the headers after every request, errors included."""
    app.after_request(_add_headers)
