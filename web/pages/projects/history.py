# SPDX-License-Identifier: EUPL-1.2
"""The history of a project and its requirements in words: each field before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from inventory.queries.offers import AnyRow
from web.figures import (
    show_day,
    show_kilometres,
    show_money,
    show_number,
    show_percent,
    show_price,
    show_quantity,
)
from web.language import pick
from web.words.codes import say, say_building_type

_ = lazy_gettext

LABELS: Mapping[str, LazyString] = {
    "name": _("Name"),
    "organisation": _("Builder"),
    "building_type": _("Building type"),
    "area_m2": _("Floor area"),
    "starts": _("Building starts"),
    "ends": _("Building ends"),
    "budget_ore": _("Most above buying new"),
    "address": _("Address"),
    "postcode": _("Postcode"),
    "town": _("Town"),
    "municipality_code": _("Municipality"),
    "x": _("East (EPSG:25832)"),
    "y": _("North (EPSG:25832)"),
    "ref": _("Number"),
    "class_id": _("Material"),
    "design_option_id": _("Design option"),
    "option_name": _("Design option"),
    "chosen_option": _("Design option chosen"),
    "quantity": _("Quantity wanted"),
    "wanted_from": _("First day"),
    "wanted_to": _("Last day"),
    "commit_from": _("First day the project can commit"),
    "max_metres": _("Farthest by road"),
    "storage_days": _("Longest in storage"),
    "substitutes_ok": _("Other materials of the same use"),
    "unknown_screening_ok": _("Not screened yet"),
    "documentation_min": _("Documentation, at least"),
    "new_price_ore": _("Price of a new one"),
    "minimum_fulfilment_permille": _("At least fulfilled"),
    "most_donors": _("Most donors"),
    "one_kind": _("One product only"),
    "breakage_permille": _("Breakage"),
    "priority_permille": _("Priority"),
    "unknown_ok": _("May be unknown"),
    "supplied_by": _("Who buys the material"),
    "status": _("State"),
}
_HIDDEN = ("land_mass", "road_node")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What fields are told with: names of classes, options, municipalities and attributes, and codes.

    `materials` gives each class's row with its unit and step, by id.
    """

    materials: Mapping[int, AnyRow]
    options: Mapping[str, str]
    municipalities: Mapping[str, str]
    attributes: Mapping[str, AnyRow]
    codes: Mapping[tuple[str, str], AnyRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a history; `changes` are label, before, after; `begins` says there was nothing before."""

    at: datetime
    kind: str
    ref: str | None
    by: str | None
    why: str | None
    begins: bool
    changes: list[tuple[str, str, str]]


def tell_lines(
    rows: Sequence[AnyRow], *, words: Words, material: AnyRow | Mapping[str, AnyRow] | None
) -> list[Line]:
    """Put a history into words.

    Parameters
    ----------
    rows
        From `inventory.queries.projects.change_log`.
    words
        What fields are told with.
    material
        The class quantities and prices are of; or of several requirements each one's, by number.
    """
    told = []
    for row in rows:
        changes = row.data.get("changes", {})
        own = material.get(row.ref or "") if isinstance(material, Mapping) else material
        changed = changes.get("class_id")
        if changed and changed[1] in words.materials:
            own = words.materials[changed[1]]
        begins = row.kind in {"project_begun", "requirement_added"}
        told.append(
            Line(
                at=row.at,
                kind=row.kind,
                ref=row.ref,
                by=row.data.get("by"),
                why=row.data.get("why"),
                begins=begins,
                changes=[
                    (
                        tell_label(name, words=words),
                        tell_value(name, pair[0], words=words, material=own),
                        tell_value(name, pair[1], words=words, material=own),
                    )
                    for name, pair in changes.items()
                    if name not in _HIDDEN and not (begins and pair[1] in (None, False, 0, [], ""))
                ],
            )
        )
    return told


def tell_label(name: str, *, words: Words) -> str:
    """Say what a field is called."""
    attribute, _line, end = name.rpartition("_")
    if attribute in words.attributes and end in {"min", "max"}:
        what = pick(words.attributes[attribute])
        return (
            gettext("%(what)s, at least", what=what)
            if end == "min"
            else gettext("%(what)s, at most", what=what)
        )
    return str(LABELS.get(name, name))


def tell_value(name: str, value: Any, *, words: Words, material: AnyRow | None) -> str:
    """Say the value of a field, as JSON holds it or as the column does."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if name == "unknown_ok":
        named = [pick(words.attributes[one]) for one in value if one in words.attributes]
        return ", ".join(named) or "–"
    attribute = name.removesuffix("_min").removesuffix("_max")
    if attribute in words.attributes:
        return _tell_bound(attribute, value, words=words)
    return _tell_column(name, value, words=words, material=material)


def _tell_bound(attribute: str, value: Any, *, words: Words) -> str:
    code = words.codes.get((attribute, str(value)))
    if code is not None:
        return pick(code)
    unit = words.attributes[attribute].unit
    return str(value) if attribute == "year" else f"{show_number(value)} {unit or ''}".strip()


def _tell_column(name: str, value: Any, *, words: Words, material: AnyRow | None) -> str:
    if name == "class_id":
        return pick(words.materials[value]) if value in words.materials else str(value)
    if name == "design_option_id":
        return words.options.get(str(value), gettext("a design option no longer there"))
    if name == "municipality_code":
        return words.municipalities.get(value, value)
    if name in {"wanted_from", "wanted_to", "commit_from", "starts", "ends"}:
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return show_day(day - timedelta(days=1) if name in {"wanted_to", "ends"} else day)
    if name == "quantity" and material is not None:
        return show_quantity(Decimal(value) * material.step, material.unit)
    if name == "new_price_ore" and material is not None:
        return show_price(Decimal(value) / material.step, unit=material.unit)
    if name == "storage_days":
        return ngettext("%(num)s day", "%(num)s days", value, num=show_number(value))
    if name.endswith("_permille"):
        return show_percent(Decimal(value) / 1000, decimals=1)
    told = {
        "max_metres": lambda: show_kilometres(value),
        "budget_ore": lambda: show_money(value),
        "area_m2": lambda: show_quantity(Decimal(value), "m2"),
        "documentation_min": lambda: say(value, "documentation"),
        "status": lambda: say(value, "requirement_status"),
        "supplied_by": lambda: say(value, "supplier"),
        "building_type": lambda: say_building_type(value),
        # a street may tell where somebody lives: it stands on the form alone
        "address": lambda: gettext("(as on the form)"),
    }
    return str(told[name]()) if name in told else str(value)
