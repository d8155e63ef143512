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

LIFE_TABLES: dict[str, dict[str, LazyString]] = {
    "lot_status": LOT_STATUS,
    "price_at": PRICE_AT,
    "party": PARTY,
    "crane": CRANE,
}
