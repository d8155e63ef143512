# SPDX-License-Identifier: EUPL-1.2
"""What was sent in a form, read field by field: each keeps what was typed and says what is wrong."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

_MOST_LETTERS = 300
_MOST_WHOLE = 2_000_000_000
_EARLIEST = date(1950, 1, 1)


class FormReader:
    """The fields of one form.

    Parameters
    ----------
    sent
        What the browser sent; empty for a form that is shown for the first time.

    Attributes
    ----------
    errors
        What is wrong, by field, in the language of the page; filled while fields are read.
    """

    def __init__(self, sent: MultiDict[str, str] | None = None) -> None:
        self._sent: MultiDict[str, str] = sent or MultiDict()
        self.errors: dict[str, str] = {}

    def typed(self, name: str) -> str:
        """Give what was typed in a field, as it was; what a database cannot hold is left out."""
        return str(self._sent.get(name, "")).replace("\x00", "").strip()

    def read_text(self, name: str, *, needed: bool = False, most: int = _MOST_LETTERS) -> str | None:
        """Read a text; empty is None."""
        text = self.typed(name)
        if needed and not text:
            self.errors[name] = gettext("Fill this in.")
        elif len(text) > most:
            self.errors[name] = gettext("This is too long: at most %(most)s letters.", most=most)
        return text or None

    def read_choice(self, name: str, *, known: Collection[str], needed: bool = True) -> str | None:
        """Read one of the codes the form offers."""
        code = self.typed(name)
        if code in known:
            return code
        if needed or code:
            self.errors[name] = gettext("Choose one of those offered.")
        return None

    def read_whole(self, name: str) -> int | None:
        """Read a whole number from 0 on; empty is None."""
        text = self.typed(name)
        if not text:
            return None
        if (
            not text.isascii()
            or not text.isdigit()
            or int(text[:12]) > _MOST_WHOLE
            or len(text) > len("2000000000")
        ):
            self.errors[name] = gettext("This is not a whole number. Write it as 24.")
            return None
        return int(text)

    def read_day(self, name: str, *, latest: date) -> date | None:
        """Read a day up to the latest one there may be, and no earlier than anybody remembers."""
        text = self.typed(name)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self.errors[name] = gettext("This is not a day. Write it as 2027-05-31.")
            return None
        if day < _EARLIEST:
            self.errors[name] = gettext("This day is too long ago. Is the year right?")
            return None
        if day > latest:
            self.errors[name] = gettext("This day is yet to come.")
            return None
        return day
