# SPDX-License-Identifier: EUPL-1.2
"""Codes of what reuse saves put into words, English here, Danish in the catalogue."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_ = lazy_gettext

SAVINGS_TABLES: dict[str, dict[str, LazyString]] = {
    # What has to be known before the components can be held against a limit.
    "limit_missing": {
        "area": _("The project's floor area is not said: the figures cannot be given per m²."),
        "building_type": _("The project's building type is not said. Choose the kind of building below."),
        "unknown_type": _(
            "The project's building type is not in the table of limits. Choose the kind of building below."
        ),
        "no_limit": _("There is no climate limit per m² of floor for what is being built."),
        "no_limit_yet": _("No limit is in force on that day."),
    },
    # Where the day comes from on which a limit is looked up.
    "limit_day": {
        "given": _("the day given"),
        "project": _("the project's start. As a rule the day of the application decides: not verified"),
        "today": _("today. As a rule the day of the application decides: not verified"),
    },
}
"""Tables of words by their name."""
