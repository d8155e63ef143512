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

PAPER_TABLES = {"test_outcome": TEST_OUTCOME}
