# SPDX-License-Identifier: EUPL-1.2
"""The form of a requirement read into what is wanted, and what is wanted written into the form again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import gettext

from inventory.actions.projects.wanted import MOST_STEPS, Wanted
from inventory.imports.cells.quantity import round_to_steps
from inventory.queries.offers import AnyRow
from inventory.tables import Documentation
from web.lot_forms.reader import FormReader
from web.pages.projects.numbers import (
    read_end,
    read_first,
    read_number,
    read_whole,
    write_last,
    write_number,
)

FARTHEST_KM, LONGEST_DAYS, MOST_DONORS = 2000, 3650, 10_000
MOST_BREAKAGE, MOST_PRIORITY, MOST_BOUND = 90, 1000, 100_000
_ORE, _METRES, _PERMILLE = 100, 1000, 10
_DEAREST = 100_000_000
CODED = ("grade", "colour")
"""Attributes whose values are codes of a list."""


def read_wanted(
    form: FormReader,
    *,
    material: AnyRow,
    attributes: Sequence[AnyRow],
    options: Sequence[AnyRow],
    codes: Mapping[tuple[str, str], AnyRow],
) -> Wanted | None:
    """Read a requirement; None where a field is wrong, and then `form.errors` says which.

    Parameters
    ----------
    form
        What was sent.
    material, attributes
        Its class, and what that declares: nothing else is read.
    options
        The design options of the project.
    codes
        Codes of the lists in `CODED`, by list and code.
    """
    steps = _read_steps(form, material)
    first, end = read_first(form, "wanted_from", needed=True), read_end(form, "wanted_to", needed=True)
    if first is not None and end is not None and first >= end:
        form.errors["wanted_to"] = gettext("The last day is before the first.")
    commit = read_first(form, "commit_from")
    if commit is not None and end is not None and commit >= end:
        form.errors["commit_from"] = gettext("This lies behind the last day.")
    known = {str(one.id) for one in options}
    option = form.read_choice("design_option_id", known=known, needed=False)
    documentation = form.read_choice("documentation_min", known=set(Documentation), needed=False)
    km = read_number(form, "max_km", most=FARTHEST_KM)
    price = read_number(form, "new_price", most=_DEAREST)
    bounds = read_bounds(form, attributes=attributes, codes=codes)
    shares = {
        name: read_number(form, name, most=most)
        for name, most in {"fulfilment": 100, "breakage": MOST_BREAKAGE, "priority": MOST_PRIORITY}.items()
    }
    storage = read_whole(form, "storage_days", most=LONGEST_DAYS)
    donors = read_whole(form, "most_donors", most=MOST_DONORS)
    if form.errors or steps is None or first is None or end is None:
        return None
    return Wanted(
        class_id=material.id,
        quantity=steps,
        wanted_from=first,
        wanted_to=end,
        design_option_id=UUID(option) if option else None,
        commit_from=commit,
        max_metres=None if km is None else round(km * _METRES),
        storage_days=storage,
        substitutes_ok=bool(form.typed("substitutes_ok")),
        unknown_screening_ok=bool(form.typed("unknown_screening_ok")),
        documentation_min=Documentation(documentation) if documentation else Documentation.BASIC,
        new_price_ore=None if price is None else price * _ORE * material.step,
        minimum_fulfilment_permille=_read_share(shares["fulfilment"]),
        most_donors=donors or 0,
        one_kind=bool(form.typed("one_kind")),
        breakage_permille=_read_share(shares["breakage"]),
        priority_permille=_read_share(shares["priority"]),
        bounds=bounds,
        unknown_ok=tuple(one.name for one in attributes if form.typed(f"{one.name}_unknown")),
    )


def read_bounds(
    form: FormReader, *, attributes: Sequence[AnyRow], codes: Mapping[tuple[str, str], AnyRow]
) -> dict[str, tuple[int | None, int | None]]:
    """Read the least and most of each attribute; of a colour, compared as equal, both are the one chosen."""
    bounds = {}
    for one in attributes:
        least = _read_bound(form, f"{one.name}_min", one.name, codes)
        most = least if one.name == "colour" else _read_bound(form, f"{one.name}_max", one.name, codes)
        if least is not None and most is not None and least > most:
            form.errors[f"{one.name}_max"] = gettext("The most is less than the least.")
        if least is not None or most is not None:
            bounds[one.name] = (least, most)
    return bounds


def _read_bound(
    form: FormReader, name: str, attribute: str, codes: Mapping[tuple[str, str], AnyRow]
) -> int | None:
    if attribute in CODED:
        known = {code for listed, code in codes if listed == attribute}
        code = form.read_choice(name, known=known, needed=False)
        return None if code is None else int(code)
    return read_whole(form, name, most=2100 if attribute == "year" else MOST_BOUND)


def _read_steps(form: FormReader, material: AnyRow) -> int | None:
    most = int(MOST_STEPS * material.step)
    amount = read_number(form, "quantity", most=most, needed=True)
    if amount is None:
        return None
    steps = round_to_steps(amount, step=material.step)
    if steps.count < 1:
        form.errors["quantity"] = gettext("This is less than can be counted. Write more than 0.")
        return None
    return steps.count


def _read_share(percent: Decimal | None) -> int:
    return 0 if percent is None else round(percent * _PERMILLE)


def write_typed(requirement: AnyRow, *, step: Decimal) -> dict[str, str]:
    """Write a requirement into the texts of its form."""
    price = requirement.new_price_ore
    typed = {
        "quantity": write_number(requirement.quantity * step),
        "wanted_from": requirement.wanted_from.isoformat(),
        "wanted_to": write_last(requirement.wanted_to),
        "commit_from": "" if requirement.commit_from is None else requirement.commit_from.isoformat(),
        "max_km": write_number(
            None if requirement.max_metres is None else Decimal(requirement.max_metres) / _METRES
        ),
        "storage_days": "" if requirement.storage_days is None else str(requirement.storage_days),
        "design_option_id": str(requirement.design_option_id or ""),
        "documentation_min": str(requirement.documentation_min),
        "new_price": write_number(None if price is None else price / step / _ORE),
        "most_donors": str(requirement.most_donors or ""),
        "fulfilment": _write_share(requirement.minimum_fulfilment_permille),
        "breakage": _write_share(requirement.breakage_permille),
        "priority": _write_share(requirement.priority_permille),
    }
    for name in ("substitutes_ok", "unknown_screening_ok", "one_kind"):
        typed[name] = "1" if getattr(requirement, name) else ""
    for column in requirement._fields:
        if column.endswith(("_min", "_max")) and column != "documentation_min":
            value = getattr(requirement, column)
            typed[column] = "" if value is None else str(value)
    return typed | {f"{name}_unknown": "1" for name in requirement.unknown_ok}


def begin_typed(project: Any) -> dict[str, str]:
    """Give the texts of an empty form: the window is the project's where it has one."""
    return {
        "wanted_from": "" if project.starts is None else project.starts.isoformat(),
        "wanted_to": "" if project.ends is None else (project.ends - timedelta(days=1)).isoformat(),
        "documentation_min": Documentation.BASIC.value,
    }


def _write_share(permille: int) -> str:
    return write_number(Decimal(permille) / _PERMILLE) if permille else ""
