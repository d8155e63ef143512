# SPDX-License-Identifier: EUPL-1.2
"""Where something stands, as a form tells it: the point found, or the field that is at fault."""

from inventory.imports.told_place import PlaceNotFoundError, ToldPlace, find_told_place
from web.language import current_language
from web.lot_forms.reader import FormReader
from web.session import get_session

WHERE = ("coordinates", "town", "municipality_code")
"""The fields that tell a place."""


def find_place(
    form: FormReader, *, coordinates: str | None, town: str | None, municipality_code: str | None
) -> ToldPlace | None:
    """Find the place a form tells; None where one of its fields is refused, which the form then says."""
    if set(WHERE) & set(form.errors):
        return None
    try:
        return find_told_place(
            get_session(),
            coordinates=coordinates or "",
            town=town or "",
            municipality_code=municipality_code or "",
        )
    except PlaceNotFoundError as error:
        why = error.details["why_da" if current_language() == "da" else "why_en"]
        form.errors[error.field] = f"{why[0].upper()}{why[1:].removesuffix('.')}."
        return None
