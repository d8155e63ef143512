# SPDX-License-Identifier: EUPL-1.2
"""Codes of demolitions put into words, English here, Danish in the catalogue."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_ = lazy_gettext

# What a demolition is known from, the earliest word of it first.
DEMOLITION_SOURCE: dict[str, LazyString] = {
    "owner_plan": _("The owner's plan"),
    "master_plan": _("A housing association's master plan"),
    "local_plan": _("A local plan"),
    "tender": _("A tender"),
    "register": _("The building register"),
    "permit": _("The permit's papers"),
    "firm": _("The demolition firm"),
}
