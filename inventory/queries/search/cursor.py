# SPDX-License-Identifier: EUPL-1.2
"""A place in an order of lots: where a page ends, so that the next begins there whatever came before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A lot's place in an order: what the order asks of the lot, as it was when the page was made.

    `key` is the class, municipality or firmness of an order that goes along those, the square of the distance
    in metres of an order by distance, and empty of others; `value` is that of the order's own column.
    """

    key: int | str | float | None
    value: Decimal | date | None
    lot_id: UUID
