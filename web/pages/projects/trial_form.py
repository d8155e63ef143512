# SPDX-License-Identifier: EUPL-1.2
"""The form that changes the bounds of one requirement to see what comes of it, nothing saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from inventory.queries.offers import AnyRow
from inventory.tables import Documentation
from web.lot_forms.reader import FormReader
from web.pages.projects.numbers import read_end, read_first, read_number, read_whole
from web.pages.projects.requirement_reading import FARTHEST_KM, LONGEST_DAYS, read_bounds

_METRES = 1000


def read_trial(
    form: FormReader,
    *,
    requirement: AnyRow,
    attributes: Sequence[AnyRow],
    codes: Mapping[tuple[str, str], AnyRow],
) -> dict[str, Any]:
    """Read the bounds that differ from the requirement's own; what is wrong is written beside its field.

    An attribute that may be unknown stays so: what is tried there only adds to it.

    Parameters
    ----------
    form
        What was sent.
    requirement
        As it stands.
    attributes, codes
        What its class declares, and the codes attributes are chosen from.
    """
    km = read_number(form, "max_km", most=FARTHEST_KM)
    first, end = read_first(form, "wanted_from", needed=True), read_end(form, "wanted_to", needed=True)
    if first is not None and end is not None and first >= end:
        form.errors["wanted_to"] = gettext("The last day is before the first.")
    documentation = form.read_choice("documentation_min", known=set(Documentation), needed=False)
    values: dict[str, Any] = {
        "max_metres": None if km is None else round(km * _METRES),
        "wanted_from": first,
        "wanted_to": end,
        "storage_days": read_whole(form, "storage_days", most=LONGEST_DAYS),
        "documentation_min": documentation or Documentation.BASIC.value,
        "unknown_screening_ok": bool(form.typed("unknown_screening_ok")),
        "substitutes_ok": bool(form.typed("substitutes_ok")),
    }
    bounds = read_bounds(form, attributes=attributes, codes=codes)
    for one in attributes:
        values[f"{one.name}_min"], values[f"{one.name}_max"] = bounds.get(one.name, (None, None))
    added = [
        one.name
        for one in attributes
        if form.typed(f"{one.name}_unknown") and one.name not in requirement.unknown_ok
    ]
    changed = {name: value for name, value in values.items() if getattr(requirement, name) != value}
    return changed | ({"unknown_ok": added} if added else {})
