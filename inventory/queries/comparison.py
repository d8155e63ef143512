# SPDX-License-Identifier: EUPL-1.2
"""Estimate beside survey: what a building was thought to hold, and what was found, class by class."""

from uuid import UUID

from sqlalchemy import Float, cast, func, select
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.tables import Basis, LearnedFactor, Lot, LotStatus, MaterialClass

_LEARNED = (LearnedFactor.looked, LearnedFactor.found, LearnedFactor.factor, LearnedFactor.spread)


def read_comparison(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """Read the estimated and the surveyed quantities of a site by class; withdrawn lots take no part.

    Returns
    -------
    list of rows
        `name_da`, `name_en`, `unit`; `low`, `likely`, `high` of the estimate and `surveyed`, the sum of all
        surveyed lots, in the class's unit (empty where there is none); `looked`, `found`, `factor` and
        `spread` of the learned factor that moved the estimate (empty where none did), by class.
    """
    estimated, surveyed = Lot.basis == Basis.ESTIMATED, Lot.basis == Basis.SURVEYED
    step = cast(MaterialClass.step, Float)
    query = (
        select(
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            (func.sum(Lot.quantity_low).filter(estimated) * step).label("low"),
            (func.sum(Lot.quantity).filter(estimated) * step).label("likely"),
            (func.sum(Lot.quantity_high).filter(estimated) * step).label("high"),
            (func.sum(Lot.quantity).filter(surveyed) * step).label("surveyed"),
            # A site has one estimated lot of a class, so there is at most one factor.
            *(func.max(column).label(column.key) for column in _LEARNED),
        )
        .join(Lot, Lot.class_id == MaterialClass.id)
        .outerjoin(LearnedFactor, LearnedFactor.id == Lot.learned_factor_id)
        .where(Lot.site_id == site_id, Lot.status != LotStatus.WITHDRAWN)
        .group_by(MaterialClass.id)
        .order_by(MaterialClass.id)
    )
    return list(session.execute(query))
