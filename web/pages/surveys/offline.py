# SPDX-License-Identifier: EUPL-1.2
"""Surveying where the network is away: the worker that keeps pages, and the page in their place."""

import hashlib
import json
from functools import cache
from pathlib import Path

from flask import Response, current_app, render_template, url_for

from web.language import current_language, page_url
from web.vendor import TRANSLATIONS

_ASSETS = Path(__file__).parents[2] / "assets"
_WORKER = "survey_worker.js"
_OWN = (
    "draft_send.js",
    "draft_store.js",
    "drafts.js",
    "favicon.svg",
    "genbro.css",
    "kept_pages.js",
    "logo.svg",
    "offline.js",
    "survey.css",
    "survey.js",
)
_FONTS = "vendor/dkfds/fonts/IBMPlexSans/complete"
# The design system's style sheet with the fonts and the signs that pages of surveys show.
_VENDORED = (
    "vendor/dkfds/css/dkfds-virkdk.min.css",
    f"{_FONTS}/woff/IBMPlexSans-Regular.woff",  # the one the style sheet names for it
    *(f"{_FONTS}/woff2/IBMPlexSans-{weight}.woff2" for weight in ("Medium", "SemiBold", "Bold")),
    *(
        f"vendor/dkfds/img/svg-icons/{sign}.svg"
        for sign in ("chevron-down", "chevron-left", "chevron-right", "success", "warning", "error", "info")
    ),
)


def send_worker() -> Response:
    """Send the worker of the pages of surveys in one language; other files or words make another version."""
    language, static = current_language(), Path(current_app.static_folder or "")
    kept = {
        "language": language,
        "version": _tell_version(language, static),
        "surveys": page_url("surveys"),
        "offline": page_url("survey_offline"),
        "files": [url_for("assets.static", filename=name) for name in _OWN]
        + [url_for("static", filename=name) for name in _VENDORED],
    }
    script = (_ASSETS / _WORKER).read_text(encoding="utf-8")
    response = Response(f"const KEPT = {json.dumps(kept)};\n{script}", mimetype="text/javascript")
    # Its address lies below the pages it is for; the browser asks whether it has changed each time.
    response.headers["Service-Worker-Allowed"] = page_url("surveys")
    response.headers["Cache-Control"] = "no-cache"
    return response


def show_offline() -> str:
    """Show what is shown in place of a page that is not kept on the device, where the network is away."""
    return render_template("survey_offline.html")


@cache
def _tell_version(language: str, static: Path) -> str:
    """Tell the version of all that is kept: the digest of the files, the worker and the catalogue."""
    digest = hashlib.sha256()
    files = [_ASSETS / _WORKER, *(_ASSETS / name for name in _OWN), *(static / name for name in _VENDORED)]
    for file in (*files, TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
