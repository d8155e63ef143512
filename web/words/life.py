# SPDX-License-Identifier: EUPL-1.2
"""Codes of the life of a lot put into words, English here, Danish in the catalogue."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_ = lazy_gettext

LOT_STATUS: dict[str, LazyString] = {
    "surveyed": _("Surveyed"),
    "offered": _("Offered"),
    "withdrawn": _("Withdrawn"),
    "held": _("Held"),
    "agreed": _("Agreed"),
    "dismantled": _("Dismantled"),
    "stored": _("Stored"),
    "delivered": _("Delivered"),
    "installed": _("Installed"),
    "discarded": _("Discarded"),
}

# Why a lot in another state than offered is shown but no run may use it.
NOT_FREE: dict[str, LazyString] = {
    "surveyed": _("It is surveyed, but its owner has not offered it yet."),
    "withdrawn": _("The owner has withdrawn it."),
    "held": _("It is held for somebody."),
    "agreed": _("It is agreed who gets it."),
    "dismantled": _("It is dismantled and no longer offered."),
    "stored": _("It lies in store and is no longer offered."),
    "delivered": _("It is delivered."),
    "installed": _("It is part of a building again."),
    "discarded": _("It is discarded."),
    "moved": _("All of it is in other lots now."),
}

# What happened to a lot, beside what its survey tells.
LIFE_HAPPENED: dict[str, LazyString] = {"lot_terms_set": _("Owner and terms written down")}

PRICE_AT: dict[str, LazyString] = {
    "site": _("Fetched at the site"),
    "delivered": _("Delivered"),
}
PARTY: dict[str, LazyString] = {"seller": _("The seller"), "buyer": _("The buyer")}
CRANE: dict[str, LazyString] = {
    "none": _("Not needed"),
    "there": _("Needed, and there already"),
    "hire": _("Needed, and to be hired"),
}

# What may differ between two lots that are to be merged, as the pages call it.
LOT_COLUMN: dict[str, LazyString] = {
    "site_id": _("Building"),
    "class_id": _("Material"),
    "unit": _("Unit"),
    "class_tradable": _("Material"),
    "basis": _("What it rests on"),
    "available_from": _("First day it can be fetched"),
    "available_to": _("Last day it can be fetched"),
    "firmness": _("Stage of the demolition"),
    "decide_by": _("Last day to say yes"),
    "status": _("State"),
    "reuse": _("Direct reuse or preparation"),
    "waste_number": _("Running number of the waste notification"),
    "waste_receiver": _("Receiver of the waste"),
    "owner_id": _("Owner"),
    "sellable_from": _("May sell from"),
    "price_at": _("The price covers"),
    "dismantled_by": _("Who takes it down"),
    "loaded_by": _("Who loads it"),
    "unloaded_by": _("Who unloads it"),
    "crane": _("Lifting gear"),
    "minimum_hire_hours": _("Minimum hire, hours"),
    "documentation": _("Documentation"),
    "screening": _("Screening for harmful substances"),
    "asbestos_suspect": _("Suspicion of asbestos"),
    "suspicion": _("Reasons to look closer"),
    "product_status": _("Used product, surplus or recycled"),
    "price_ore": _("Price asked"),
    "preparation_ore": _("Cost of preparation"),
    "disposal_ore": _("Cost of disposal avoided"),
    "minimum_take": _("Least that is sold at once"),
    "indivisible": _("Sold only as a whole"),
    "kind": _("Kind of product"),
    "length_mm": _("Length"),
    "width_mm": _("Width"),
    "height_mm": _("Height"),
    "thickness_mm": _("Thickness"),
    "grade": _("Technical condition"),
    "year": _("Year made or put in"),
    "strength": _("Strength"),
    "fire": _("Fire resistance"),
    "colour": _("Colour"),
    "rule": _("Rule of the estimate"),
    "rule_source": _("Source of the rule"),
    "learned_factor_id": _("Surveys behind the figure"),
}

LIFE_TABLES: dict[str, dict[str, LazyString]] = {
    "lot_status": LOT_STATUS,
    "price_at": PRICE_AT,
    "party": PARTY,
    "crane": CRANE,
    "lot_column": LOT_COLUMN,
}
