# SPDX-License-Identifier: EUPL-1.2
"""The fields of a surveyed lot: one table for the form, its errors, the history and two versions compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from web.words.surveys import CONDITION_BASIS, DESCRIBED, DETACHABILITY, FIXING, MARKS, TRADE_UNIT

_ = lazy_gettext


class Kind(StrEnum):
    """How a field is written and read."""

    MATERIAL = "material"
    ROOM = "room"
    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    DECIMAL = "decimal"
    MONEY = "money"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its name as in `SurveyedLot`, what it is called, what it is for, and what it takes.

    `most` is the largest number, or the most letters of a text. Money is written in kroner per unit of the
    class and kept in oere per step.
    """

    name: str
    label: LazyString
    hint: LazyString
    kind: Kind
    group: str
    required: bool = False
    least: int = 0
    most: int = 0
    unit: LazyString | str = ""
    choices: Mapping[str, LazyString] | None = None
    default: str = ""


GROUPS: Mapping[str, LazyString] = {
    "what": _("What it is"),
    "amount": _("How much there is"),
    "room": _("Where in the building"),
    "dimensions": _("Dimensions"),
    "fixing": _("How it sits"),
    "condition": _("Condition"),
    "access": _("Getting at it, and keeping it"),
    "money": _("Price"),
    "papers": _("Papers and number"),
}
"""The parts of the form, in order; the first three stand open."""

OPEN_GROUPS = ("what", "amount", "room")
_LINE, _TEXT, _MOST_MM, _MOST_KRONER = 200, 2000, 100_000, 10_000_000


def _measure(name: str, label: LazyString, hint: LazyString) -> Field:
    return Field(
        name=name,
        label=label,
        hint=hint,
        kind=Kind.WHOLE,
        group="dimensions",
        least=1,
        most=_MOST_MM,
        unit="mm",
    )


def _paper(name: str, label: LazyString, hint: LazyString) -> Field:
    return Field(name=name, label=label, hint=hint, kind=Kind.TEXT, group="papers", most=_LINE)


def _choice(
    name: str,
    label: LazyString,
    hint: LazyString,
    *,
    group: str,
    choices: Mapping[str, LazyString],
    default: str = "",
) -> Field:
    return Field(
        name=name, label=label, hint=hint, kind=Kind.CHOICE, group=group, choices=choices, default=default
    )


FIELDS: tuple[Field, ...] = (
    Field(
        name="class_id",
        label=_("Material"),
        hint=_("Decides the unit, what it saves, and which requirements can find it."),
        kind=Kind.MATERIAL,
        group="what",
        required=True,
    ),
    _choice(
        "described",
        _("Model or single item"),
        _("A model stands for all that are alike; a single item is the only one of its kind."),
        group="what",
        choices=DESCRIBED,
        default="model",
    ),
    Field(
        name="note",
        label=_("Description"),
        hint=_("What a buyer would ask first: colour, make, profile, what is damaged."),
        kind=Kind.LONG,
        group="what",
        most=_TEXT,
    ),
    Field(
        name="count",
        label=_("How many or how much, gross"),
        hint=_("Everything that sits in the building, before anything breaks or is sorted out."),
        kind=Kind.DECIMAL,
        group="amount",
        required=True,
        most=1_000_000_000,
    ),
    _choice(
        "trade_unit",
        _("Counted in"),
        _("As you count on site: pallets of bricks, metres of timber, doors by the piece."),
        group="amount",
        choices=TRADE_UNIT,
        default="own",
    ),
    Field(
        name="content",
        label=_("Held by each"),
        hint=_("Such as 512 bricks to a pallet. Empty: reckoned from the dimensions."),
        kind=Kind.DECIMAL,
        group="amount",
        most=1_000_000,
    ),
    Field(
        name="yield_percent",
        label=_("Of which usable"),
        hint=_("The share that comes out whole. The net amount, which is offered, follows from it."),
        kind=Kind.WHOLE,
        group="amount",
        least=0,
        most=100,
        unit="%",
        default="100",
    ),
    Field(
        name="yield_source",
        label=_("Where that share is from"),
        hint=_("Needed below 100 %: a trial of 1 m², the buyer's experience, a report."),
        kind=Kind.TEXT,
        group="amount",
        most=_LINE,
    ),
    Field(
        name="identical",
        label=_("Of these alike"),
        hint=_("How many were counted as identical; for builders who need a whole set."),
        kind=Kind.WHOLE,
        group="amount",
        least=1,
        most=1_000_000,
    ),
    Field(
        name="room_id",
        label=_("Room"),
        hint=_("Where those who take it down find it again."),
        kind=Kind.ROOM,
        group="room",
    ),
    _measure("length_mm", _("Length"), _("The longest side, or the length of each element.")),
    _measure("width_mm", _("Width"), _("Of a door or window: the width of its frame.")),
    _measure("height_mm", _("Height"), _("Of a door or window: the height of its frame.")),
    _measure("thickness_mm", _("Thickness"), _("Of boards, plates and profiles.")),
    _choice(
        "fixing",
        _("Held by"),
        _("How it is fastened says which tools and hours it takes."),
        group="fixing",
        choices=FIXING,
    ),
    _choice(
        "detachability",
        _("How it comes off"),
        _("What is to be expected when it is taken down with care."),
        group="fixing",
        choices=DETACHABILITY,
    ),
    _choice(
        "grade",
        _("Technical condition"),
        _("Does it still do its work? 5 is best."),
        group="condition",
        choices=MARKS,
    ),
    _choice(
        "appearance",
        _("Appearance"),
        _("How it looks, for uses where it is seen. 5 is best."),
        group="condition",
        choices=MARKS,
    ),
    _choice(
        "condition_basis",
        _("How you know"),
        _("Looked at, or tested by somebody."),
        group="condition",
        choices=CONDITION_BASIS,
    ),
    Field(
        name="year",
        label=_("Year made or put in"),
        hint=_("Tells a builder about standards, and the screening what to look for."),
        kind=Kind.WHOLE,
        group="condition",
        least=1001,  # 1000 stands for "not known" in the register
        most=2100,
    ),
    Field(
        name="access_note",
        label=_("Access and crane"),
        hint=_("Stairs, lift, gate, where a crane can stand. No names and no key codes: all can read it."),
        kind=Kind.LONG,
        group="access",
        most=_TEXT,
    ),
    Field(
        name="storage_place",
        label=_("Where it is kept"),
        hint=_("Once it is taken down: hall, container, yard."),
        kind=Kind.TEXT,
        group="access",
        most=_LINE,
    ),
    Field(
        name="price_ore",
        label=_("Price asked"),
        hint=_(
            "Per unit of the material, without VAT. Empty: the usual price of used ones is reckoned with."
        ),
        kind=Kind.MONEY,
        group="money",
        most=_MOST_KRONER,
    ),
    Field(
        name="dismantling_ore",
        label=_("Cost of taking it down"),
        hint=_("Per unit of the material, beyond what tearing it down would cost."),
        kind=Kind.MONEY,
        group="money",
        most=_MOST_KRONER,
    ),
    _paper("ce_ref", _("CE marking"), _("Number or where it stands, if there is any.")),
    _paper("dop_ref", _("Declaration of performance (DoP)"), _("Number or link, if there is any.")),
    _paper("epd_ref", _("Environmental product declaration (EPD)"), _("Number or link, if there is any.")),
    Field(
        name="ref",
        label=_("Number of the lot"),
        hint=_("Stands on its label. Empty: the next free number."),
        kind=Kind.TEXT,
        group="papers",
        most=40,
    ),
)

FIELD: Mapping[str, Field] = {field.name: field for field in FIELDS}
