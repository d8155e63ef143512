# SPDX-License-Identifier: EUPL-1.2
"""What the search says: states of lots in a word, and the names of its filters."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_ = lazy_gettext

LOT_STATE: dict[str, LazyString] = {
    "counts": _("Can be matched"),
    "surveyed": _("Surveyed, not offered yet"),
    "held": _("Held for somebody"),
    "agreed": _("Agreed"),
    "dismantled": _("Taken down"),
    "stored": _("In store"),
    "delivered": _("Delivered already"),
    "installed": _("Built in again"),
    "discarded": _("Thrown away"),
    "gone": _("Already gone"),
    "no_window": _("No demolition window"),
    "no_firmness": _("Nobody says how sure it is"),
    "replaced": _("Replaced by a survey"),
    "not_standing": _("The building is not there"),
    "not_due": _("Outbuilding nobody has applied for"),
    "nothing": _("Nothing to count on"),
}

SEARCH_FILTER: dict[str, LazyString] = {
    "classes": _("Material"),
    "text": _("Words"),
    "municipalities": _("Municipality"),
    "regions": _("Region"),
    "near": _("Distance"),
    "area": _("Area"),
    "box": _("Part of the map"),
    "window": _("Days"),
    "months": _("Month it becomes free"),
    "at_least": _("Quantity of each lot"),
    "screening": _("Harmful substances"),
    "documentation": _("Documentation"),
    "firmness": _("How sure is the demolition?"),
    "states": _("State"),
    "basis": _("How is the quantity known?"),
    "most_price": _("Price"),
    "completeness": _("How complete the papers are"),
    "enough_to_offer": _("All that is needed to offer it"),
    "decide_from": _("Day to decide"),
    "length_mm": _("Length"),
    "width_mm": _("Width"),
    "height_mm": _("Height"),
    "thickness_mm": _("Thickness"),
    "grade": _("Condition"),
    "year": _("Year made"),
    "strength": _("Strength"),
    "fire": _("Fire resistance"),
    "colour": _("Colour"),
}

SEARCH_TABLES: dict[str, dict[str, LazyString]] = {"lot_state": LOT_STATE, "search_filter": SEARCH_FILTER}
