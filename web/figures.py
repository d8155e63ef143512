# SPDX-License-Identifier: EUPL-1.2
"""Numbers, units and days as people read them, in the language of the page."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_datetime, format_decimal, gettext
from markupsafe import Markup, escape

from web.clock import ZONE
from web.filters import add_filters

_NBSP = "\N{NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
_MANY = 10_000
_UNITS = {"m": "m", "m2": "m²", "m3": "m³", "kg": "kg", "t": "t"}
_LARGE_GRAMS = 10_000_000  # from 10 t on, tonnes read better than kilograms
_MILLION_ORE = 100_000_000
_LARGE_KRONER = 100

Number = int | float | Decimal


def show_number(value: Number | None, *, decimals: int = 0) -> str:
    """Write a number with the language's separators, at most `decimals` decimals, and a real minus sign."""
    if value is None:
        return "–"
    pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
    # nothing is never below nothing: adding 0 takes the sign off -0
    text = format_decimal(round(Decimal(str(value)), decimals) + 0, pattern)
    return text.replace("-", _MINUS)


def show_many(value: int) -> str:
    """Write how many there are in little room: from ten thousand on in thousands."""
    if value < _MANY:
        return show_number(value)
    thousands = show_number(Decimal(value) / 1000)
    return gettext("%(num)sk", num=thousands)


def show_unit(unit: str) -> str:
    """Write a class's unit: piece, m, m2, m3, kg or t."""
    return gettext("pcs") if unit == "piece" else _UNITS.get(unit, unit)


def show_quantity(value: Number | None, unit: str) -> str:
    """Write a quantity given in the class's unit."""
    return "–" if value is None else f"{show_number(value, decimals=1)}{_NBSP}{show_unit(unit)}"


def show_mass(grams: Number | None) -> str:
    """Write a mass of so many grams in kg, or in t where it is large."""
    if grams is None:
        return "–"
    if abs(Decimal(str(grams))) >= _LARGE_GRAMS:
        return f"{show_number(Decimal(str(grams)) / 1_000_000, decimals=1)}{_NBSP}t"
    kilograms = Decimal(str(grams)) / 1000
    return f"{show_number(kilograms, decimals=0 if abs(kilograms) >= 10 else 1)}{_NBSP}kg"


def show_co2e(grams: Number | None) -> str:
    """Write emissions of so many grams of CO2 equivalents."""
    return "–" if grams is None else f"{show_mass(grams)}{_NBSP}CO₂e"


def show_money(ore: Number | None) -> str:
    """Write an amount of so many oere in whole kroner, or in millions where it is large."""
    if ore is None:
        return "–"
    if abs(Decimal(str(ore))) >= _MILLION_ORE:
        words = gettext(
            "DKK %(amount)s million", amount=show_number(Decimal(str(ore)) / _MILLION_ORE, decimals=2)
        )
    else:
        words = gettext("DKK %(amount)s", amount=show_number(Decimal(str(ore)) / 100))
    return words.replace(" ", _NBSP)


def show_price(ore: Number | None, *, unit: str) -> str:
    """Write a price of so many oere per unit, as `show_kroner` does."""
    return "–" if ore is None else f"{show_kroner(ore)}/{show_unit(unit)}"


def show_kroner(ore: Number) -> str:
    """Write an amount of so many oere with two decimals, or none where it is large and has no oere."""
    kroner = round(Decimal(str(ore)) / 100, 2)
    plain = abs(kroner) >= _LARGE_KRONER and kroner == kroner.to_integral_value()
    amount = show_number(kroner) if plain else format_decimal(kroner, "#,##0.00").replace("-", _MINUS)
    return gettext("DKK %(amount)s", amount=amount).replace(" ", _NBSP)


def show_kilometres(metres: Number | None) -> str:
    """Write a distance of so many metres in km."""
    if metres is None:
        return "–"
    kilometres = Decimal(str(metres)) / 1000
    return f"{show_number(kilometres, decimals=1 if abs(kilometres) < 10 else 0)}{_NBSP}km"


def show_percent(share: Number | None, *, decimals: int = 0) -> str:
    """Write a share of one as a percentage."""
    return "–" if share is None else f"{show_number(Decimal(str(share)) * 100, decimals=decimals)}{_NBSP}%"


def show_day(day: date | None) -> Markup:
    """Write a day inside a time element."""
    if day is None:
        return Markup("–")
    text = format_date(day, "medium").replace(" ", _NBSP)
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), text)


def show_last_day(end: date | None) -> Markup:
    """Write the last day of what ends, exclusively, on a day."""
    return show_day(None if end is None else end - timedelta(days=1))


def show_window(start: date | None, end: date | None) -> Markup:
    """Write a window, whose end is exclusive in the database, with its last day inclusive."""
    if start is None or end is None:
        return Markup("{}").format(gettext("no window"))
    # the dash stays with the first day where a narrow column breaks the line
    return Markup("{}\N{NO-BREAK SPACE}– {}").format(show_day(start), show_day(end - timedelta(days=1)))


def show_month(day: date) -> str:
    """Write the month of a day, as in `March 2027`."""
    return str(format_date(day, "LLLL yyyy"))


def show_short_month(day: date) -> str:
    """Write the month of a day where there is little room, as in `Mar 27`."""
    return str(format_date(day, "LLL yy"))


def show_moment(moment: datetime | None) -> Markup:
    """Write a point in time, in Danish time."""
    if moment is None:
        return Markup("–")
    return Markup('<time datetime="{}">{}</time>').format(
        moment.isoformat(), escape(format_datetime(moment, "short"))
    )


def show_day_of(moment: datetime | None) -> Markup:
    """Write the day in Denmark a point in time falls on."""
    return show_day(None if moment is None else moment.astimezone(ZoneInfo(ZONE)).date())


def init_figures(app: Flask) -> None:
    """Give templates the filters that write figures."""
    add_filters(
        app,
        number=show_number,
        unit=show_unit,
        many=show_many,
        mass=show_mass,
        co2e=show_co2e,
        money=show_money,
        kroner=show_kroner,
        kilometres=show_kilometres,
        percent=show_percent,
        day=show_day,
        day_before=show_last_day,
        iso_day=date.fromisoformat,
        month=show_month,
        short_month=show_short_month,
        moment=show_moment,
        day_of=show_day_of,
    )
    app.jinja_env.globals.update(show_quantity=show_quantity, show_price=show_price, show_window=show_window)
