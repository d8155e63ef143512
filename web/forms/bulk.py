# SPDX-License-Identifier: EUPL-1.2
"""What is to become of all the lots chosen: the form, read as a change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext

from inventory.actions.lots.bulk_fields import BULK_STEPS
from inventory.imports.cells.number import NumberStyle, parse_number
from inventory.tables import Crane, LotStatus, Party, PriceAt, Reuse
from web.language import current_language
from web.lot_forms.reader import FormReader
from web.words.firms import EMPTY

_DEAREST = Decimal(100_000_000)
CHOICES = {
    "price_at": PriceAt,
    "dismantled_by": Party,
    "loaded_by": Party,
    "unloaded_by": Party,
    "crane": Crane,
}
"""Fields that are chosen from a list, and may be emptied."""
EMPTIED = ("price", "storage_place", "owner", "sellable_from", "minimum_hire_hours")
"""Fields that are typed, each with a box that empties it."""
NAMES = (
    "price", *CHOICES, "minimum_hire_hours", "storage_place", "reuse", "waste_number", "waste_receiver",
    "owner", "sellable_from", "right_paper", "status", *(f"empty_{name}" for name in EMPTIED), "why", "by",
)  # fmt: skip
"""Every field of the form, to carry it from page to page."""


def read_change(form: FormReader, *, papers: Collection[str]) -> dict[str, Any]:
    """Read the form as a change for `weigh_change`; what is left empty stays as it is.

    Parameters
    ----------
    form
        What was sent; told of fields that cannot be read.
    papers
        Names of the documents that may be chosen.
    """
    change: dict[str, Any] = {}
    for name, codes in CHOICES.items():
        code = form.read_choice(name, known={EMPTY, *(one.value for one in codes)}, needed=False)
        if code:
            change[name] = None if code == EMPTY else codes(code)
    typed: dict[str, Any] = {
        "price": _read_price(form),
        "minimum_hire_hours": form.read_whole("minimum_hire_hours"),
        "storage_place": form.read_text("storage_place", most=200),
        "owner": form.read_text("owner", most=200),
        "sellable_from": form.read_day("sellable_from", latest=date.max)
        if form.typed("sellable_from")
        else None,
    }
    for name, value in typed.items():
        empty = form.typed(f"empty_{name}") == "yes"
        if empty and form.typed(name):
            form.errors[name] = gettext("Write something or empty it, not both.")
        elif empty or value is not None:
            change["price_ore" if name == "price" else name] = None if empty else value
    for name in ("waste_number", "waste_receiver"):
        if text := form.read_text(name, most=200):
            change[name] = text
    if reuse := form.read_choice("reuse", known={one.value for one in Reuse}, needed=False):
        change["reuse"] = Reuse(reuse)
    if paper := form.read_choice("right_paper", known=papers, needed=False):
        change["right_paper"] = paper
    if status := form.read_choice("status", known={one.value for one in BULK_STEPS}, needed=False):
        change["status"] = LotStatus(status)
    return change


def _read_price(form: FormReader) -> Decimal | None:
    text = form.typed("price")
    if not text:
        return None
    style = NumberStyle(decimal="," if current_language() == "da" else ".", known_by="values")
    price = parse_number(text, style=style).value
    if price is None or not 0 <= price <= _DEAREST:
        form.errors["price"] = gettext("This is not a price. Write it in DKK, as 3.50.")
        return None
    return price
