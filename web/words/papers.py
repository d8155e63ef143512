# SPDX-License-Identifier: EUPL-1.2
"""Codes of a lot's papers put into words: English here, Danish in the catalogue."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_ = lazy_gettext

TEST_OUTCOME: dict[str, LazyString] = {
    "passed": _("Passed"),
    "failed": _("Not passed"),
    "measured": _("Measured"),
}

PRODUCT_INSTALLED: dict[str, LazyString] = {
    "yes": _("Yes"),
    "no": _("No, it is left over or was never used"),
    "not_known": _("Not known"),
}

PRODUCT_PROCESSING: dict[str, LazyString] = {
    "none": _("Nothing"),
    "light": _("At most checked, cleaned or repaired"),
    "reprocessed": _("Crushed, melted or made into something else"),
    "not_known": _("Not known"),
}

PRODUCT_WASTE: dict[str, LazyString] = {
    "never": _("No, it never was"),
    "ended": _("It was, and is no longer"),
    "still": _("Yes, it still is"),
    "not_known": _("Not known"),
}

PAPER_TABLES = {
    "test_outcome": TEST_OUTCOME,
    "product_installed": PRODUCT_INSTALLED,
    "product_processing": PRODUCT_PROCESSING,
    "product_waste": PRODUCT_WASTE,
}
