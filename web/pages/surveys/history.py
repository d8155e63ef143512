# SPDX-License-Identifier: EUPL-1.2
"""The history of a lot in words: when, who, what happened, and each field before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext, lazy_gettext

from inventory.queries.surveys.surveys import HistoryLine
from web.figures import show_number, show_price, show_quantity
from web.language import pick
from web.pages.surveys.fields import FIELD, Kind
from web.words.codes import say

_OF_LIFE = {
    "status": lazy_gettext("State"),
    "reuse": lazy_gettext("Reuse"),
    "waste_number": lazy_gettext("Running number of the waste notification"),
    "waste_receiver": lazy_gettext("Receiver of the waste"),
    "owner": lazy_gettext("Owner"),
    "sellable_from": lazy_gettext("May sell from"),
    "right_paper": lazy_gettext("Paper that shows it"),
    "price_at": lazy_gettext("The price covers"),
    "dismantled_by": lazy_gettext("Who takes it down"),
    "loaded_by": lazy_gettext("Who loads it"),
    "unloaded_by": lazy_gettext("Who unloads it"),
    "crane": lazy_gettext("Lifting gear"),
    "minimum_hire_hours": lazy_gettext("Minimum hire, hours"),
    "caption": lazy_gettext("What it shows"),
}
_CODES = {
    "status": "lot_status",
    "reuse": "way_of_reuse",
    "price_at": "price_at",
    "dismantled_by": "party",
    "loaded_by": "party",
    "unloaded_by": "party",
    "crane": "crane",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """A line of a history; `changes` are label, before, after."""

    at: datetime
    kind: str
    by: str | None
    why: str | None
    name: str | None
    changes: list[tuple[str, str, str]]


def tell_history(
    lines: Sequence[HistoryLine],
    *,
    classes: Sequence[Any],
    rooms: Sequence[Any],
    step: Decimal,
    unit: str,
    sites: Sequence[tuple[str, str]] = (),
) -> list[ToldLine]:
    """Put a lot's history into words, the newest first.

    Parameters
    ----------
    lines
        The oldest first.
    classes, rooms
        To name them by.
    step, unit
        Of the lot's class as it is now, for quantities and prices.
    sites
        Id and name of the buildings it may have been in; another is *a building*.
    """
    named = {("class_id", str(one.id)): pick(one) for one in classes}
    named |= {("site_id", identity): name for identity, name in sites}
    for room in rooms:
        named["room_id", str(room.id)] = f"{room.floor}, {room.name}" if room.floor else room.name

    def tell(name: str, value: Any) -> str:
        if value is None or value == "":
            return "–"
        if name in {"class_id", "room_id", "site_id"}:
            return named.get((name, str(value)), _name_unknown(name))
        if name in _CODES:
            return say(str(value), _CODES[name])
        if name == "quantity":
            return show_quantity(Decimal(value) * step, unit)
        field = FIELD.get(name)
        if field is None:
            return str(value)
        if field.choices is not None:
            return str(field.choices.get(str(value), value))
        if field.kind is Kind.MONEY:
            return show_price(Decimal(value) / step, unit=unit)
        if name == "year":
            return str(value)
        if field.kind in {Kind.WHOLE, Kind.DECIMAL}:
            return f"{_tell_number(value)} {field.unit}".strip()
        return str(value)

    return [
        ToldLine(
            at=line.at,
            kind=line.kind,
            by=line.by,
            why=line.why,
            name=line.name,
            changes=[
                (_name_field(name), tell(name, before), tell(name, after))
                for name, (before, after) in _order_fields(line)
            ],
        )
        for line in reversed(lines)
    ]


def _order_fields(line: HistoryLine) -> list[tuple[str, Any]]:
    """Put what changed in the order of the form; a lot just written down is in the building it is read in."""
    place = {name: number for number, name in enumerate(FIELD)}
    told = [one for one in line.changes.items() if not (one[0] == "site_id" and line.kind == "lot_surveyed")]
    return sorted(told, key=lambda one: place.get(one[0], len(place)))


def _tell_number(value: Any) -> str:
    try:
        return show_number(Decimal(value), decimals=3)
    except InvalidOperation:
        return str(value)


def _name_field(name: str) -> str:
    if name == "quantity":
        return gettext("Net usable")
    if name == "site_id":
        return gettext("Building")
    if name in _OF_LIFE:
        return str(_OF_LIFE[name])
    field = FIELD.get(name)
    return str(field.label) if field is not None else name.replace("_", " ")


def _name_unknown(name: str) -> str:
    if name == "site_id":
        return gettext("a building")
    return (
        gettext("a room removed or of another building")
        if name == "room_id"
        else gettext("a material no longer used")
    )
