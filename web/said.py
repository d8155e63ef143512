# SPDX-License-Identifier: EUPL-1.2
"""What the last form did, said once: a page that says it is kept by no browser, or it would be said again."""

from flask import Flask, Response, g, get_flashed_messages

from web.cookie import has_to_say


def list_said() -> list[tuple[str, str]]:
    """List what is to be said once, as kind (success, warning, error) and words; then it is said."""
    # Where nothing waits the session is left alone: the page is then the same for everybody.
    if not has_to_say():
        return []
    said: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]
    if said:
        g.says_once = True
    return said


def _forbid_keeping(response: Response) -> Response:
    if "says_once" in g:
        response.headers["Cache-Control"] = "no-store"
    return response


def init_said(app: Flask) -> None:
    """Let templates say it, and mark the answers that did."""
    app.jinja_env.globals["list_said"] = list_said
    app.after_request(_forbid_keeping)
