# SPDX-License-Identifier: EUPL-1.2
"""Who chose who buys a material, when and why, and what was compared then, as a justification tells it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from inventory.exports.justification_words import WORDS


def show_ore(ore: int, *, at: int) -> str:
    """Write an amount with its currency, as the language does."""
    text = f"{Decimal(ore) / 100:,.2f}"
    return f"{text.translate(str.maketrans(',.', '.,'))} kr." if at == 0 else f"DKK {text}"


def tell_choice(choice: Any, *, at: int) -> list[tuple[str, str]]:
    """Tell who chose who buys it, when and why, and what was compared then."""
    data = choice.data
    who = data.get("by") or WORDS["nobody_said"][at]
    why = f": {data['why']}" if data.get("why") else ""
    told = [(WORDS["chosen_by"][at], f"{choice.at.date().isoformat()}, {who}{why}")]
    compared = [
        f"{_name_compared(one, at=at)} {show_ore(one['total_ore'], at=at)}"
        for one in data.get("compared", ())
    ]
    return [*told, (WORDS["compared_then"][at], "; ".join(compared))] if compared else told


def _name_compared(one: Any, *, at: int) -> str:
    if one["what"] == "new":
        return WORDS["buy_new"][at] + ":"
    name = ", ".join(part for part in ((one["name_da"], one["name_en"])[at], one["place"]) if part)
    return WORDS[one["what"]][at].format(lot=name) + ":"
