# SPDX-License-Identifier: EUPL-1.2
"""From gross in the building to net usable: per lot, and per class of a building."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from inventory.actions.survey_amount import ContentMissingError, find_content
from inventory.tables import TradeUnit, Unit

_DIMENSIONS = ("length_mm", "width_mm", "thickness_mm")


@dataclass(slots=True, kw_only=True)
class ClassTotal:
    """A class summed over lots: gross and net in its unit, and each yield with its source."""

    row: Any
    lots: int = 0
    gross: Decimal = Decimal(0)
    net: Decimal = Decimal(0)
    yields: list[tuple[int, str]] = field(default_factory=list)


def find_gross(row: Any) -> Decimal:
    """Reckon the gross of a lot in its class's unit.

    Parameters
    ----------
    row
        As `read_survey_lots` gives it; one from a file has no gross of its own, and its net stands for it.
    """
    net: Decimal = row.quantity * row.step
    if row.gross is None:
        return net
    try:
        content = find_content(
            TradeUnit(row.trade_unit),
            unit=Unit(row.unit),
            content=row.content,
            dimensions={name: getattr(row, name) for name in _DIMENSIONS},
        )
    except ContentMissingError:  # an import took a dimension away
        return net
    return Decimal(row.gross * content)


def sum_classes(rows: Iterable[Any]) -> list[ClassTotal]:
    """Sum lots by class, the classes in the order of their tree."""
    totals: dict[int, ClassTotal] = {}
    for row in rows:
        total = totals.setdefault(row.class_id, ClassTotal(row=row))
        total.lots += 1
        total.gross += find_gross(row)
        total.net += row.quantity * row.step
        if row.yield_percent is not None and row.yield_percent < 100:
            pair = (row.yield_percent, row.yield_source or "")
            if pair not in total.yields:
                total.yields.append(pair)
    return [totals[identity] for identity in sorted(totals)]
