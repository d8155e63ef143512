# SPDX-License-Identifier: EUPL-1.2
"""Answers that are the same for everybody, kept whole until anything is written (docs/adr/0016).

An answer is kept where all it depends on is in its key: the address, the day, the language, how the browser
reads it, and the moment of the database. Two things keep the others out. Only the routes named here are
looked at, and of those only an answer that nothing of the browser's session went into.
"""

from __future__ import annotations

from collections.abc import Hashable
from hashlib import blake2b

from flask import Flask, Response, g, request

from web.auth import Access, find_rule
from web.clock import current_day
from web.cookie import has_to_say, is_touched
from web.language import LANGUAGES, select_language
from web.momentary import is_momentary
from web.session import get_reader
from web.shelf import KeptAnswer, Shelf

KEPT = frozenset(
    {
        *("supply", "lot", "site", "papers", "requirement", "coming", "hubs", "hub", "runs", "plan"),
        *("projects", "project", "instant", "project_savings", "requirement_savings", "plan_savings"),
        *("about", "accessibility", "sources"),
        *("tiles.supply", "tiles.plan", "tiles.towns", "maps.land"),
    }
)
"""Routes whose answers are the same for everybody; by endpoint, pages without their language.

Whoever adds one makes sure that its view reads nothing but the database, the address and the day: no header,
no file that people may add, no hour. What it keeps in memory must follow from the database, or it says that
its answer is momentary (web/momentary.py).
"""

_LONGEST = 300
"""Letters of the header that tells what the browser reads; a longer one is nobody's browser."""
_METHODS = ("GET", "HEAD")
_OWN_DATE = "Date"  # the server dates its answers
_FIELDS = ("Content-Type", "Cache-Control", "Link")
_TAG_BYTES = 12


def is_kept_route(endpoint: str) -> bool:
    """Tell whether the answers of a route may be kept: it is named, and anyone may read it."""
    prefix, _, name = endpoint.partition(".")
    return (name if prefix in LANGUAGES else endpoint) in KEPT and find_rule(endpoint) is Access.PUBLIC


def init_kept_answers(app: Flask, *, most: int) -> None:
    """Answer from the shelf, and put on it what may be kept.

    What looks at the answer here has to look at it last, so this comes before all that changes answers.

    Parameters
    ----------
    app
        The application.
    most
        Bytes of answers that the process keeps; 0 keeps none.
    """
    if most == 0:
        return
    shelf = Shelf(most=most)
    app.extensions["genbro_shelf"] = shelf

    def find() -> Response | None:
        if not _may_be_kept():
            return None
        moment = get_reader().moments.read()
        if moment is None:
            return None  # whoever makes the page says that the database is away
        key = _make_key()
        kept = shelf.find(key, moment=moment)
        if kept is None:
            g.question = key, moment
            return None
        response = Response(kept.body, headers=list(kept.headers))
        if kept.tokenless:
            g.asks_token = True
        else:
            response.make_conditional(request)
        return response

    def keep(response: Response) -> Response:
        # What compares tags dates the answer, and so does the server.
        if "question" in g and not is_momentary() and _is_whole(response):
            key, moment = g.question
            kept = _take_tokenless(response) if "tokenless" in g else _take(response)
            if kept is not None and request.method == "GET":
                shelf.put(key, kept, moment=moment)
            if kept is not None and not kept.tokenless:
                response.make_conditional(request)
        response.headers.pop(_OWN_DATE, None)
        return response

    app.before_request(find)
    app.after_request(keep)


def _may_be_kept() -> bool:
    return (
        request.method in _METHODS
        and request.endpoint is not None
        and is_kept_route(request.endpoint)
        and "Range" not in request.headers
        and len(request.headers.get("Accept-Encoding", "")) <= _LONGEST
        and not has_to_say()
    )


def _make_key() -> Hashable:
    """Gather what the answer depends on beside the database; the host, as addresses may be whole ones."""
    return (
        request.scheme,
        request.host,
        request.root_path,
        request.path,
        request.query_string,
        request.headers.get("Accept-Encoding", ""),
        select_language(),
        current_day(),
    )


def _is_whole(response: Response) -> bool:
    return response.status_code == 200 and not response.is_streamed and not response.direct_passthrough


def _take(response: Response) -> KeptAnswer | None:
    """Take an answer as it is sent, with a tag; None where something of the browser's went into it."""
    if is_touched() or "Set-Cookie" in response.headers or response.cache_control.no_store:
        return None
    if "ETag" not in response.headers:
        response.set_etag(blake2b(response.get_data(), digest_size=_TAG_BYTES).hexdigest())
        if not response.cache_control:
            # A browser may have something to be told the next time, so it always asks.
            response.cache_control.private = True
            response.cache_control.no_cache = True
    headers = tuple((name, value) for name, value in response.headers if name != _OWN_DATE)
    return KeptAnswer(body=response.get_data(), headers=headers)


def _take_tokenless(response: Response) -> KeptAnswer:
    """Take an answer as it was before the token was put in: neither compressed nor tagged."""
    body: bytes = g.tokenless
    headers = tuple((name, value) for name, value in response.headers if name in _FIELDS)
    return KeptAnswer(body=body, headers=headers, tokenless=True)
