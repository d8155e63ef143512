# SPDX-License-Identifier: EUPL-1.2
"""The lots that were judged by samples or by the legal tests: what a file says of them is not taken."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import case, exists, or_, select
from sqlalchemy.orm import Session

from inventory.queries.lots.origins import find_sampled
from inventory.tables import Lot, ProductDecision


def map_judged_lots(session: Session) -> dict[UUID | None, Mapping[str, str | None]]:
    """Map each judged lot to ``screening`` and ``product_status``, None where that was not judged."""
    sampled = Lot.id.in_(select(find_sampled().c.id))
    decided = exists().where(ProductDecision.lot_id == Lot.id)
    query = select(
        Lot.id,
        case((sampled, Lot.screening)).label("screening"),
        case((decided, Lot.product_status)).label("product_status"),
    ).where(or_(sampled, decided))
    return {
        row.id: {
            "screening": None if row.screening is None else str(row.screening),
            "product_status": None if row.product_status is None else str(row.product_status),
        }
        for row in session.execute(query)
    }
