# SPDX-License-Identifier: EUPL-1.2
"""Numbers and days of the forms of projects, read as people write them, and written into the forms again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from flask_babel import gettext

from inventory.imports.cells.number import NumberStyle, Separator, parse_number
from web.figures import show_number
from web.language import current_language
from web.lot_forms.reader import FormReader


def read_number(
    form: FormReader, name: str, *, most: int, least: int = 0, needed: bool = False, whole: bool = False
) -> Decimal | None:
    """Read a number of a form; empty is None. What is wrong is written beside its field."""
    text = form.typed(name)
    if not text:
        if needed:
            form.errors[name] = gettext("Fill this in.")
        return None
    decimal: Separator = "," if current_language() == "da" else "."
    number = parse_number(text, style=NumberStyle(decimal=decimal, known_by="values")).value
    if number is None or not number.is_finite():
        example = "12" if whole else ("12,5" if decimal == "," else "12.5")
        form.errors[name] = gettext("This is not a number. Write it as %(example)s.", example=example)
        return None
    if whole and number != number.to_integral_value():
        form.errors[name] = gettext("Write a whole number, without decimals.")
        return None
    if not least <= number <= most:
        form.errors[name] = gettext(
            "Write a number from %(least)s to %(most)s.", least=show_number(least), most=show_number(most)
        )
        return None
    return number


def read_whole(form: FormReader, name: str, *, most: int, least: int = 0) -> int | None:
    """Read a whole number of a form; empty is None."""
    number = read_number(form, name, most=most, least=least, whole=True)
    return None if number is None else int(number)


def read_first(form: FormReader, name: str, *, needed: bool = False) -> date | None:
    """Read a first day; empty is None."""
    if not form.typed(name):
        if needed:
            form.errors[name] = gettext("Fill this in.")
        return None
    return form.read_day(name, latest=date.max)


def read_end(form: FormReader, name: str, *, needed: bool = False) -> date | None:
    """Read a last day and give the day after it; empty is None."""
    last = read_first(form, name, needed=needed)
    return None if last is None or last == date.max else last + timedelta(days=1)


def write_last(end: date | None) -> str:
    """Write the last day before an end into a form."""
    return "" if end is None else (end - timedelta(days=1)).isoformat()


def write_number(value: Decimal | float | None) -> str:
    """Write a number into a form as the language writes it, without needless zeros."""
    if value is None:
        return ""
    text = f"{Decimal(str(value)):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if current_language() == "da" else text
