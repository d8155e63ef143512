# SPDX-License-Identifier: EUPL-1.2
"""One photo of a lot, large: a page of its own, so that it needs no script and has an address."""

from uuid import UUID

from flask import render_template

from inventory.queries.attachments import read_attachments
from inventory.queries.lots.listing import read_lot
from web.errors import PageNotFoundError
from web.session import get_session


def show_photo(lot_id: UUID, number: int) -> str:
    """Show the photo of a lot that stands in a place, counted from 1.

    Raises
    ------
    PageNotFoundError
        There is no such lot, or it has no photo in that place.
    """
    session = get_session()
    facts = read_lot(session, lot_id=lot_id)
    if facts is None:
        raise PageNotFoundError(what="lot", name=lot_id)
    photos = [
        file for file in read_attachments(session, owner="lot", owner_id=lot_id) if file.kind == "photo"
    ]
    if not 1 <= number <= len(photos):
        raise PageNotFoundError(what="photo", name=number)
    return render_template(
        "lot_photo.html",
        lot=facts.lot,
        material=facts.material,
        row=facts.place,
        photo=photos[number - 1],
        number=number,
        count=len(photos),
    )
