# SPDX-License-Identifier: EUPL-1.2
"""A page that is handed on: its one address, a short one for paper, and what it says of itself to others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, current_app, redirect, request, url_for

from inventory.queries.short_addresses import Kind, shorten
from web.language import current_language, page_url

_LOCALES = {"da": "da_DK", "en": "en_GB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What stands in the head of a page and in its field to copy.

    `path` is the page's own address here; `address`, `short` and `images` are whole addresses, as others need
    them; `linked` is what machines are told (schema.org).
    """

    title: str
    description: str
    path: str
    address: str
    short: str
    locale: str
    images: list[str]
    linked: dict[str, Any]


def make_absolute(path: str) -> str:
    """Make an address here a whole one, as the operator says it is reached."""
    base: str = current_app.config["GENBRO_BASE_URL"]
    return base.rstrip("/") + path


def find_path(kind: Kind, thing_id: UUID) -> str:
    """Return the one address of a lot's or a site's page in the present language."""
    return page_url(kind, **{f"{kind}_id": thing_id})


def share(
    kind: Kind, thing_id: UUID, *, title: str, description: str, images: list[UUID], linked: dict[str, Any]
) -> Share:
    """Put together what a page says of itself to those it is handed on to.

    Parameters
    ----------
    kind, thing_id
        What the page is about.
    title, description
        In the language of the page.
    images
        Photos it shows, by their ids.
    linked
        Of `web.linked_data`.
    """
    path = find_path(kind, thing_id)
    return Share(
        title=title,
        description=description,
        path=path,
        address=make_absolute(path),
        short=make_absolute(page_url(f"{kind}_short", short=shorten(thing_id))),
        locale=_LOCALES[current_language()],
        images=list_images(images),
        linked=linked,
    )


def list_images(images: list[UUID]) -> list[str]:
    """List the whole addresses of photos."""
    return [make_absolute(url_for("files.attachment", attachment_id=one)) for one in images]


def settle(kind: Kind, thing_id: UUID) -> Response | None:
    """Send a reader who came by another spelling of the address to the page's own one; None for others."""
    path = find_path(kind, thing_id)
    if request.path == path:
        return None
    return redirect(path, code=301)  # type: ignore[return-value]  # werkzeug's, which Flask's is
