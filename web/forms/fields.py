# SPDX-License-Identifier: EUPL-1.2
"""Fields that forms share: choices of codes, and days refused in the language of the page."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel.speaklater import LazyString
from wtforms import DateField, IntegerField, SelectChoice


def offer_choices(choices: Sequence[tuple[str, str | LazyString]]) -> list[SelectChoice]:
    """Offer codes with their labels in a field."""
    # A lazy label waits for the language of the page; wtforms writes whatever has a text.
    return [
        SelectChoice(value=code, label=label)  # type: ignore[arg-type]
        for code, label in choices
    ]


def drop_nul(text: str | None) -> str | None:
    """Take out of a text what no database can hold; a filter of fields."""
    return None if text is None else text.replace("\x00", "")


class WholeField(IntegerField):
    """A whole number, refused in the language of the page: wtforms itself speaks no Danish."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the number.

        Raises
        ------
        ValueError
            It is none; the words are the field's error.
        """
        try:
            super().process_formdata(valuelist)  # type: ignore[no-untyped-call]  # as below
        except ValueError as error:
            raise ValueError(gettext("This is not a whole number. Write it as 24.")) from error


class DayField(DateField):
    """A day, refused in the language of the page: wtforms itself speaks no Danish."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the day.

        Raises
        ------
        ValueError
            It is none; the words are the field's error.
        """
        try:
            valuelist = [text.replace("\x00", "") for text in valuelist]
            super().process_formdata(valuelist)  # type: ignore[no-untyped-call]  # wtforms' stubs leave it out
        except ValueError as error:
            raise ValueError(gettext("This is not a day. Write it as 2027-05-31.")) from error
