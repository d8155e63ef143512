# SPDX-License-Identifier: EUPL-1.2
"""What a lot's page says of itself to others: a sentence for people, the facts for machines."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext

from inventory.queries.lots.listing import LotFacts
from inventory.queries.offers import AnyRow
from web.figures import show_quantity, show_window
from web.language import name_municipality, pick
from web.linked_data import describe_lot
from web.sharing import Share, find_path, list_images, make_absolute, share
from web.words.codes import say


def share_lot(facts: LotFacts, *, terms: AnyRow | None, files: Sequence[AnyRow], today: date) -> Share:
    """Put together what a lot's page says of itself.

    Parameters
    ----------
    facts
        Of `read_lot`.
    terms
        Of `read_terms`.
    files
        Photos and documents the page shows.
    today
        What lies ahead is an offer in advance.
    """
    lot, place = facts.lot, facts.place
    name = pick(facts.material)
    where = (
        name_municipality(place.municipality_name) if place.municipality_name else gettext("place unknown")
    )
    description = gettext(
        "%(amount)s %(name)s for reuse, %(basis)s, %(where)s. Free: %(window)s.",
        amount=show_quantity(place.amount, lot.unit),
        name=name.lower(),
        basis=say(lot.basis, "basis").lower(),
        where=where,
        window=show_window(place.available_from, place.available_to).striptags(),
    )
    photos = [file.id for file in files if file.kind == "photo"]
    linked = describe_lot(
        lot,
        material=facts.material,
        place=place,
        name=name,
        description=description,
        address=make_absolute(find_path("lot", lot.id)),
        images=list_images(photos),
        terms=terms,
        today=today,
    )
    return share(
        "lot", lot.id, title=f"{name}, {where}", description=description, images=photos, linked=linked
    )
