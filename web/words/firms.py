# SPDX-License-Identifier: EUPL-1.2
"""What the table of a firm's lots is filtered by, and what may be changed for many at once, in words."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_ = lazy_gettext

# What a lot lacks; codes of inventory.queries.lots.of_firm.MISSING.
MISSING_WORDS: dict[str, LazyString] = {
    "price": _("Price"),
    "reuse": _("Way of reuse"),
    "screening": _("Screening"),
    "documentation": _("Papers"),
    "owner": _("Owner"),
    "terms": _("Terms of sale"),
    "window": _("Free days"),
    "decide_by": _("Decide-by day of its own"),
    "storage_place": _("Storage place"),
}

# How soon a lot is to be decided on: days from today, none for what is overdue.
WITHIN: dict[str, tuple[int, LazyString]] = {
    "over": (-1, _("Overdue")),
    "7": (7, _("Within 7 days")),
    "30": (30, _("Within 30 days")),
    "90": (90, _("Within 90 days")),
    "365": (365, _("Within a year")),
}

EMPTY = "-"
"""What a form sends for a field that is to be emptied."""

BULK_STEP_WORDS: dict[str, LazyString] = {
    "offered": _("Offer them"),
    "withdrawn": _("Withdraw them from offer"),
    "discarded": _("Discard them"),
}
