# SPDX-License-Identifier: EUPL-1.2
"""Which learned factors moved the estimates of a site, and how many surveys stand behind each."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from inventory.tables import LearnedFactor, Lot, MaterialClass

_FIELDS = (
    LearnedFactor.id,
    MaterialClass.code.label("class_code"),
    LearnedFactor.use_group,
    LearnedFactor.era,
    LearnedFactor.method,
    LearnedFactor.prior_surveys,
    LearnedFactor.prior_spread,
    LearnedFactor.looked,
    LearnedFactor.found,
    LearnedFactor.factor,
    LearnedFactor.spread,
    LearnedFactor.evidence,
    LearnedFactor.created_at,
)


def read_site_factors(session: Session, *, site_id: UUID) -> list[Row[*tuple[object, ...]]]:
    """Read the learned factors behind the estimated lots of a site, with the code of the class, by class."""
    query = _select_factors().join(Lot, Lot.learned_factor_id == LearnedFactor.id)
    return list(session.execute(query.where(Lot.site_id == site_id).order_by(MaterialClass.code)))


def read_kept_factors(session: Session) -> list[Row[*tuple[object, ...]]]:
    """Read the newest learned factor of each class, use group and era: what the last estimate moved with."""
    kind = (LearnedFactor.class_id, LearnedFactor.use_group, LearnedFactor.era)
    newest = _select_factors().ext(distinct_on(*kind)).order_by(*kind, LearnedFactor.created_at.desc())
    return list(session.execute(newest))


def read_learned_factor(session: Session, *, factor_id: UUID) -> Row[*tuple[object, ...]] | None:
    """Read one learned factor with the code of its class; None where there is none of that id."""
    return session.execute(_select_factors().where(LearnedFactor.id == factor_id)).one_or_none()


def _select_factors() -> Select[*tuple[object, ...]]:
    return select(*_FIELDS).join(MaterialClass, MaterialClass.id == LearnedFactor.class_id)
