# SPDX-License-Identifier: EUPL-1.2
"""Surveying where the network is away: the worker that keeps pages, and the page in their place."""

import hashlib
import json
from functools import cache

from flask import Response, render_template, url_for

from web.fonts import PLACE
from web.kept_files import ASSETS, STATIC
from web.language import current_language, page_url
from web.vendor import TRANSLATIONS

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
# The design system's style sheet with the fonts and the signs that pages of surveys show.
_VENDORED = (
    "vendor/dkfds/css/dkfds-virkdk.min.css",
    *(
        f"vendor/{PLACE}/IBMPlexSans-{weight}-Latin1.woff2"
        for weight in ("Regular", "Medium", "SemiBold", "Bold")
    ),
    *(
        f"vendor/dkfds/img/svg-icons/{sign}.svg"
        for sign in ("chevron-down", "chevron-left", "chevron-right", "success", "warning", "error", "info")
    ),
)


def send_worker() -> Response:
    """Send the worker of the pages of surveys in one language; other files or words make another version."""
    language = current_language()
    kept = {
        "language": language,
        "version": _tell_version(language),
        "surveys": page_url("surveys"),
        "offline": page_url("survey_offline"),
        # Without their mark, so that a page kept before the files changed finds them too.
        "files": [url_for("assets.static", filename=name, mark=None) for name in _OWN]
        + [url_for("static", filename=name, mark=None) for name in _VENDORED],
    }
    script = (ASSETS / _WORKER).read_text(encoding="utf-8")
    response = Response(f"const KEPT = {json.dumps(kept)};\n{script}", mimetype="text/javascript")
    # Its address lies below the pages it is for; the browser asks whether it has changed each time.
    response.headers["Service-Worker-Allowed"] = page_url("surveys")
    response.headers["Cache-Control"] = "no-cache"
    return response


def show_offline() -> str:
    """Show what is shown in place of a page that is not kept on the device, where the network is away."""
    return render_template("survey_offline.html")


@cache
def _tell_version(language: str) -> str:
    """Tell the version of all that is kept: the digest of the files, the worker and the catalogue."""
    digest = hashlib.sha256()
    files = [ASSETS / _WORKER, *(ASSETS / name for name in _OWN), *(STATIC / name for name in _VENDORED)]
    for file in (*files, TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
