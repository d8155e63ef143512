# SPDX-License-Identifier: EUPL-1.2
"""The form of a lot read into a surveyed lot, and a surveyed lot written into the form again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from inventory.actions.surveys.surveyed_lot import SurveyedLot
from inventory.imports.cells.number import NumberStyle, Separator, parse_number
from inventory.tables import ConditionBasis, Described, Detachability, Fixing, TradeUnit, Unit
from web.figures import show_number
from web.language import current_language
from web.pages.surveys.fields import FIELDS, Field, Kind

NEW_ROOM, NEW_FLOOR = "new_room", "new_floor"
"""Fields beside those of the lot: a room that is not on the list yet."""

_CODES: Mapping[str, Any] = {
    "described": Described,
    "trade_unit": TradeUnit,
    "fixing": Fixing,
    "detachability": Detachability,
    "condition_basis": ConditionBasis,
    "grade": int,
    "appearance": int,
}
_ORE = 100
LONGEST_ROOM = 80
"""Letters of a room's name, and of its floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLot:
    """A form as it was sent: each text as typed, what is wrong with which field, and the lot if nothing is.

    `room` is the (floor, name) of a room to be added first.
    """

    typed: dict[str, str]
    errors: dict[str, str]
    lot: SurveyedLot | None
    room: tuple[str, str] | None


class _RefusedError(ValueError):
    """A text that a field does not take; its words are the field's error."""


def tidy_text(text: str) -> str:
    """Take what a database cannot hold out of a text, and give it one kind of line break."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def read_lot(
    form: MultiDict[str, str], *, site_id: UUID, classes: Sequence[Any], rooms: Sequence[Any]
) -> SentLot:
    """Read the form of a lot.

    Parameters
    ----------
    form
        As it was sent.
    site_id
        The building.
    classes
        What a lot may be of, as `read_survey_classes` gives them.
    rooms
        Those of the building, as `read_rooms` gives them.
    """
    typed = {field.name: tidy_text(form.get(field.name, "")) for field in FIELDS}
    new = {name: tidy_text(form.get(name, "")) for name in (NEW_ROOM, NEW_FLOOR)}
    material = next((one for one in classes if one.code == typed["class_id"]), None)
    step = material.step if material is not None else Decimal(1)
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in FIELDS:
        try:
            values[field.name] = _read_field(field, typed[field.name], step=step)
        except _RefusedError as refused:
            errors[field.name] = str(refused)
    if material is None and "class_id" not in errors:
        errors["class_id"] = gettext("Choose the material from the list.")
    values["class_id"] = material.id if material is not None else None
    rooms_known = {str(room.id): room.id for room in rooms}
    if typed["room_id"] and typed["room_id"] not in rooms_known:
        errors["room_id"] = gettext("This room is not in the building any more. Choose another, or none.")
    values["room_id"] = rooms_known.get(typed["room_id"])
    if new[NEW_FLOOR] and not new[NEW_ROOM]:
        errors[NEW_ROOM] = gettext("Give the room a name too, such as kitchen or 2.14.")
    for name, text in new.items():
        if len(text) > LONGEST_ROOM:
            errors[name] = too_long(LONGEST_ROOM)
    _check_together(values, errors)
    _check_whole(values, errors, material=material)
    return SentLot(
        typed=typed | new,
        errors=errors,
        lot=None if errors else SurveyedLot(site_id=site_id, **values),
        room=(new[NEW_FLOOR], new[NEW_ROOM]) if new[NEW_ROOM] else None,
    )


def _check_together(values: Mapping[str, Any], errors: dict[str, str]) -> None:
    share = values.get("yield_percent")
    if share is not None and share < 100 and not values.get("yield_source") and "yield_source" not in errors:
        errors["yield_source"] = gettext("Say where the share is from: who says so, or what was tried.")
    if values.get("described") is Described.ITEM and (values.get("identical") or 1) > 1:
        errors["identical"] = gettext("A single item is one. Choose a model, or write 1.")
    if values.get("content") is not None and values["content"] <= 0:
        errors["content"] = gettext("Each holds more than nothing. Leave it empty if you do not know.")


def _check_whole(values: Mapping[str, Any], errors: dict[str, str], *, material: Any) -> None:
    """Refuse a part of a piece: rounded down in silence, it would be another count than was typed."""
    count, counted_in = values.get("count"), values.get("trade_unit")
    by_piece = counted_in in {TradeUnit.PIECE, TradeUnit.ELEMENT} or (
        counted_in is TradeUnit.OWN and material is not None and material.unit == Unit.PIECE
    )
    if by_piece and count is not None and count != count.to_integral_value() and "count" not in errors:
        errors["count"] = gettext("Pieces are counted whole. Write a whole number, without decimals.")


def _read_field(field: Field, text: str, *, step: Decimal) -> Any:
    if not text:
        if field.required:
            raise _RefusedError(gettext("Fill this in: a lot cannot do without it."))
        # a field left empty takes what the form began with: 100 %, a model, the material's own unit
        text = field.default
    if not text or field.kind is Kind.MATERIAL:
        return None
    if field.kind in {Kind.TEXT, Kind.LONG}:
        if len(text) > field.most:
            raise _RefusedError(too_long(field.most))
        return text
    if field.kind is Kind.CHOICE:
        if text not in (field.choices or {}):
            raise _RefusedError(gettext("Choose from the list."))
        return _CODES[field.name](text)
    return _read_number(field, text, step=step) if field.kind is not Kind.ROOM else None


def too_long(most: int) -> str:
    """Say that a text is longer than it may be."""
    return gettext("This is too long: at most %(most)s letters.", most=show_number(most))


def _read_number(field: Field, text: str, *, step: Decimal) -> Any:
    decimal: Separator = "," if current_language() == "da" else "."
    plain = text.removesuffix("%")
    number = parse_number(plain, style=NumberStyle(decimal=decimal, known_by="values")).value
    if number is None or not number.is_finite():
        raise _RefusedError(
            gettext("This is not a number. Write it as %(example)s.", example=_example(field))
        )
    if field.kind is Kind.WHOLE and number != number.to_integral_value():
        raise _RefusedError(gettext("Write a whole number, without decimals."))
    if not field.least <= number <= field.most:
        between = gettext(
            "Write a number from %(least)s to %(most)s.",
            least=field.least if field.name == "year" else show_number(field.least),
            most=field.most if field.name == "year" else show_number(field.most),
        )
        raise _RefusedError(between)
    if field.kind is Kind.WHOLE:
        return int(number)
    return number * _ORE * step if field.kind is Kind.MONEY else number


def _example(field: Field) -> str:
    if field.kind is Kind.WHOLE:
        return "12"
    return "12,5" if current_language() == "da" else "12.5"


def write_typed(lot: SurveyedLot, *, code: str, step: Decimal) -> dict[str, str]:
    """Write a surveyed lot into the texts of its form; `code` and `step` are those of its class."""
    typed = {field.name: _write_field(field, getattr(lot, field.name), step=step) for field in FIELDS}
    return typed | {"class_id": code, NEW_ROOM: "", NEW_FLOOR: ""}


def _write_field(field: Field, value: Any, *, step: Decimal) -> str:
    if value is None:
        return ""
    if field.kind is Kind.MONEY:
        value = value / step / _ORE
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if field.kind is Kind.MONEY and re.fullmatch(r"-?[0-9]+\.[0-9]", text):
        text += "0"  # 3.50 as everywhere else, and never 3.5
    return text.replace(".", ",") if current_language() == "da" else text


def begin_typed() -> dict[str, str]:
    """Give the texts of an empty form."""
    return {field.name: field.default for field in FIELDS} | {NEW_ROOM: "", NEW_FLOOR: ""}
