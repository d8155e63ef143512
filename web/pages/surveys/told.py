# SPDX-License-Identifier: EUPL-1.2
"""What is told of a building beside its name and place: the fields, read and checked, and how they read."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from inventory.actions.surveys.told_building import ToldBuilding
from inventory.imports.cells.number import NumberStyle, Separator, parse_number
from inventory.queries.choices import read_code_choices
from web.clock import current_day
from web.figures import show_number, show_quantity
from web.language import current_language, pick
from web.lot_forms.reader import FormReader
from web.session import get_session

LABELS: Mapping[str, LazyString] = {
    "use_code": lazy_gettext("Use"),
    "year_built": lazy_gettext("Built in"),
    "floors": lazy_gettext("Storeys"),
    "total_area_m2": lazy_gettext("Total floor area"),
    "wall_code": lazy_gettext("Outer wall"),
    "roof_code": lazy_gettext("Roof"),
}
CODE_LISTS = {"use_code": "byg021", "wall_code": "byg032", "roof_code": "byg033"}
"""The register's code list of each field that is chosen."""

# Bounds as for buildings of the register (`inventory.imports.buildings.cells`).
_FIRST_YEAR, _MOST_STOREYS, _LARGEST_M2 = 1001, 100, 5_000_000


def list_choices() -> dict[str, list[tuple[str, str]]]:
    """List the codes and their names of each field that is chosen."""
    session = get_session()
    return {
        name: [(row.code, pick(row)) for row in read_code_choices(session, name=codes)]
        for name, codes in CODE_LISTS.items()
    }


def read_told(
    form: FormReader, *, choices: Mapping[str, list[tuple[str, str]]], use_known: bool
) -> ToldBuilding:
    """Read what is told; an empty field tells nothing, and what is wrong is in `form.errors`.

    Parameters
    ----------
    form
        The form of a building.
    choices
        From `list_choices`.
    use_known
        Whether the use was told before: the rest says little without it.
    """
    codes = {
        name: form.read_choice(name, known={code for code, _name in choices[name]}, needed=False)
        for name in CODE_LISTS
    }
    told = ToldBuilding(
        **{name: None if code is None else int(code) for name, code in codes.items()},
        year_built=_read_within(form, "year_built", least=_FIRST_YEAR, most=current_day().year, plain=True),
        floors=_read_within(form, "floors", least=1, most=_MOST_STOREYS),
        total_area_m2=_read_area(form),
    )
    tells = any(form.typed(name) for name in LABELS)
    if tells and told.use_code is None and not use_known and "use_code" not in form.errors:
        form.errors["use_code"] = gettext("Say the use too: what a building holds depends on it.")
    return told


def _read_within(form: FormReader, name: str, *, least: int, most: int, plain: bool = False) -> int | None:
    value = form.read_whole(name)
    if value is None or least <= value <= most:
        return value
    form.errors[name] = gettext(
        "Write a number from %(least)s to %(most)s.",
        least=least if plain else show_number(least),
        most=most if plain else show_number(most),
    )
    return None


def _read_area(form: FormReader) -> Decimal | None:
    text = form.typed("total_area_m2")
    if not text:
        return None
    decimal: Separator = "," if current_language() == "da" else "."
    value = parse_number(text, style=NumberStyle(decimal=decimal, known_by="values")).value
    if value is None or not 0 < value <= _LARGEST_M2:
        form.errors["total_area_m2"] = gettext(
            "Write the area in m², from 1 to %(most)s.", most=show_number(_LARGEST_M2)
        )
        return None
    return value


def show_told(name: str, value: Any, *, names: Mapping[tuple[str, str], Any]) -> str:
    """Write what is told of a field as a person reads it; `names` holds those of codes, by list and code."""
    if value is None:
        return "–"
    if name in CODE_LISTS:
        known = names.get((CODE_LISTS[name], str(value)))
        return gettext("code %(code)s", code=value) if known is None else pick(known)
    return show_quantity(Decimal(value), "m2") if name == "total_area_m2" else str(value)
