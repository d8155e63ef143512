# SPDX-License-Identifier: EUPL-1.2
"""How the forms of a survey are answered: pages for people, JSON for drafts that send themselves."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from flask import Response, flash, jsonify, make_response, redirect, request
from flask import session as cookie
from werkzeug.wrappers import Response as BaseResponse

from web.pages.surveys.reading import tidy_text

REFUSED, CHANGED = 422, 409
_BY, _LONGEST_BY = "surveyor", 40


def is_draft() -> bool:
    """Say whether a kept draft asks, which reads JSON, and not a person."""
    return request.accept_mimetypes.best == "application/json"


def is_late() -> bool:
    """Say whether a draft is sent by itself, long after: nobody waits to hear that it went well."""
    return "X-Genbro-Late" in request.headers


def answer_saved(location: str) -> BaseResponse:
    """Answer that what was sent is kept, and where it is to be seen."""
    if is_draft():
        return jsonify({"location": location})
    return redirect(location, 303)


def answer_refused(page: str, *, errors: Mapping[str, str], status: int = REFUSED) -> Response:
    """Answer that nothing was kept: the page with all that was typed, or for a draft what is wrong."""
    if is_draft():
        return make_response(jsonify({"errors": dict(errors)}), status)
    return make_response(page, status)


def say_once(kind: str, words: str) -> None:
    """Say something on the next page shown; `kind` is success, warning or error."""
    flash(words, kind)


def read_by() -> str | None:
    """Read who sends the form, and remember it for the next: there are no accounts yet."""
    by = tidy_text(request.form.get("by", ""))[:_LONGEST_BY]
    if "by" in request.form and by != cookie.get(_BY, ""):
        cookie[_BY] = by
    return by or None


def remembered_by() -> str:
    """Give who sent the last form from this browser."""
    return str(cookie.get(_BY, ""))


def read_key(name: str) -> UUID:
    """Read the key a form was given when it was made; one that is none, made up by hand, is made anew."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        return uuid4()
