# SPDX-License-Identifier: EUPL-1.2
"""Answers sent small: pages, styles and scripts compressed as the browser can read them.

Compressed as they are asked for, not beforehand: the largest style sheet takes 2 ms, and a browser keeps it
for good. Tiles, fonts and pictures are as small as they get.
"""

from flask import Flask, Response, g, request
from flask_compress import Compress

_KINDS = (
    "text/html",
    "text/css",
    "text/javascript",
    "text/plain",
    "application/javascript",
    "application/json",
    "application/ld+json",
    "application/geo+json",
    "image/svg+xml",
)
_WAYS = ("zstd", "br", "gzip")


def _holds_secret_beside_input() -> bool:
    """Say whether a page holds a form's token and may show what its address says.

    The length of a compressed page tells how much of it repeats. Whoever can make somebody's browser open
    addresses of their choice, and see how long the answers are, could so guess a token letter by letter
    (BREACH, 2013). A page without input from the address gives nothing to compare with, and one without a
    token nothing to guess.
    """
    return "csrf_token" in g and bool(request.query_string)


def init_compression(app: Flask) -> None:
    """Compress what is worth it; each answer says that it varies with what the browser can read."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_MIMETYPES=_KINDS,
        COMPRESS_ALGORITHM=_WAYS,
        COMPRESS_ZSTD_LEVEL=6,
        COMPRESS_BR_LEVEL=5,
        COMPRESS_STREAMS=False,
    )
    compress = Compress()
    compress.init_app(app)

    def send_small(response: Response) -> Response:
        if response.mimetype not in _KINDS or _holds_secret_beside_input():
            return response
        return compress.after_request(response)

    app.after_request(send_small)
