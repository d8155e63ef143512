# SPDX-License-Identifier: EUPL-1.2
"""Writing down what surveys taught: a row per class, use and era, and never over another."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from inventory.tables import LearnedFactor, MaterialClass


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorToKeep:
    """A learned factor as it is to be kept; the fields of the table."""

    id: uuid.UUID
    class_code: str
    use_group: str
    era: str
    method: int
    prior_surveys: float
    prior_spread: float
    looked: int
    found: int
    factor: float
    spread: float
    evidence: list[dict[str, Any]]


def keep_learned_factors(session: Session, *, factors: Iterable[FactorToKeep]) -> int:
    """Keep learned factors; those that are there already, by their id, stay as they are.

    Parameters
    ----------
    session : Session
        Its transaction; nothing is committed here.
    factors : iterable of FactorToKeep
        Classes must be in force.

    Returns
    -------
    int
        Factors that were not there before.
    """
    current = select(MaterialClass.code, MaterialClass.id).where(MaterialClass.valid_to.is_(None))
    classes = {row.code: row.id for row in session.execute(current)}
    rows = [
        {
            "id": one.id,
            "class_id": classes[one.class_code],
            "use_group": one.use_group,
            "era": one.era,
            "method": one.method,
            "prior_surveys": _as_decimal(one.prior_surveys),
            "prior_spread": _as_decimal(one.prior_spread),
            "looked": one.looked,
            "found": one.found,
            "factor": _as_decimal(one.factor),
            "spread": _as_decimal(one.spread),
            "evidence": one.evidence,
        }
        for one in factors
    ]
    if not rows:
        return 0
    kept = insert(LearnedFactor).values(rows).on_conflict_do_nothing().returning(LearnedFactor.id)
    return len(session.execute(kept).all())


def _as_decimal(value: float) -> Decimal:
    """Turn a float into the shortest decimal that reads back as the same float."""
    return Decimal(repr(value))
