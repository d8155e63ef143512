# SPDX-License-Identifier: EUPL-1.2
"""The files pages are drawn with, at addresses that change with them: a browser keeps each for good.

The mark stands before the folders, not in the names, so that what a style sheet or a script names relative to
itself bears the same mark.
"""

import hashlib
from pathlib import Path

from flask import Blueprint, Flask, Response, send_from_directory

from web.fonts import MAIN
from web.vendor import VENDOR, WEB

ASSETS = WEB / "assets"
STATIC = VENDOR.parent
_ENDPOINTS = ("static", "assets.static")
_KEPT_SECONDS = 31_536_000  # a year, which is for good
_TYPES = {".mjs": "text/javascript", ".geojson": "application/geo+json"}  # not every machine knows them


def _tell_mark() -> str:
    """Tell the mark of all files together: a digest of our own and of the stamp of what npm brought."""
    digest = hashlib.sha256((VENDOR / "stamp").read_bytes())
    for path in sorted(ASSETS.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def init_kept_files(app: Flask) -> None:
    """Serve both folders, and have `url_for` name their files by the present mark.

    A file is also there without a mark, and by one of yesterday: a page opened, or kept on a telephone,
    before the files changed still finds what it names. Those answers are asked for anew each time.
    """
    mark = _tell_mark()

    def send(folder: Path, filename: str, given: str | None) -> Response:
        current = given == mark
        response = send_from_directory(
            folder,
            filename,
            mimetype=_TYPES.get(Path(filename).suffix),
            max_age=_KEPT_SECONDS if current else None,
        )
        # Whole, not as a stream, so that it is compressed like a page and its file is closed at once.
        response.direct_passthrough = False
        response.make_sequence()
        if current:
            response.cache_control.immutable = True
        else:
            response.cache_control.no_cache = True
        return response

    def send_static(filename: str, mark: str | None = None) -> Response:
        return send(STATIC, filename, mark)

    def send_asset(filename: str, mark: str | None = None) -> Response:
        return send(ASSETS, filename, mark)

    def name_mark(endpoint: str, values: dict[str, object]) -> None:
        if endpoint in _ENDPOINTS:
            values.setdefault("mark", mark)

    assets = Blueprint("assets", __name__)
    for prefix in ("/v-<mark>", ""):
        app.add_url_rule(f"{prefix}/static/<path:filename>", "static", send_static, methods=["GET"])
        assets.add_url_rule(f"{prefix}/assets/<path:filename>", "static", send_asset, methods=["GET"])
    app.register_blueprint(assets)
    app.url_defaults(name_mark)
    app.jinja_env.globals["main_font"] = f"vendor/{MAIN}"
