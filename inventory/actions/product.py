# SPDX-License-Identifier: EUPL-1.2
"""Decide what a lot is by the legal tests, with the reason kept and a line in the log."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.documentation.product import ProductAnswers, ProductReason, decide_product
from inventory.errors import StateError
from inventory.tables import Basis, Lot, ProductDecision


class ProductOfEstimateError(StateError):
    """Cannot decide what lot {lot_id} is: it is an estimate. Survey it first."""


def decide_lot(
    session: Session, *, lot_id: UUID, answers: ProductAnswers, today: date, by: str | None = None
) -> ProductReason:
    """Decide what a surveyed lot is; the savings and the runs follow at once.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    lot_id
        The lot.
    answers
        What is known of it.
    today, by
        The day, and who decides; None while there are no accounts.

    Raises
    ------
    ProductOfEstimateError
        See there.
    sqlalchemy.exc.NoResultFound
        There is no such lot.
    """
    lot = session.execute(select(Lot).where(Lot.id == lot_id).with_for_update()).scalar_one()
    if lot.basis != Basis.SURVEYED:
        raise ProductOfEstimateError(lot_id=lot_id)
    found = decide_product(answers)
    row = session.get(ProductDecision, lot_id)
    before = (lot.product_status, None if row is None else row.reason)
    if row is None:
        row = ProductDecision(lot_id=lot_id)
        session.add(row)
    row.installed, row.processing, row.waste = answers.installed, answers.processing, answers.waste
    row.reason, row.source, row.decided_on, row.decided_by = found.code, found.source, today, by
    lot.product_status = found.status
    session.flush()
    if before != (found.status, found.code):
        record_event(
            session,
            kind="lot_product_decided",
            subject_kind="lot",
            subject_id=lot_id,
            data={
                "by": by,
                "changes": {
                    "product_status": [
                        None if before[0] is None else str(before[0]),
                        None if found.status is None else found.status.value,
                    ]
                },
                "reason": found.code,
                "source": found.source,
                "answers": {
                    "installed": answers.installed,
                    "processing": answers.processing,
                    "waste": answers.waste,
                },
            },
        )
    return found
