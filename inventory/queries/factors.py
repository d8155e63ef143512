# SPDX-License-Identifier: EUPL-1.2
"""Factors in force, by kind and edition: what the figures rest on."""

from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.tables import Factor


def read_factor_sources(session: Session, *, today: date) -> list[AnyRow]:
    """Read where the factors in force come from: kind, edition, status, how many, a source, the first day.

    Each single factor's own source stands on the page of a lot it decides a figure of.
    """
    query = (
        select(
            Factor.kind,
            Factor.edition,
            Factor.status,
            func.count().label("factors"),
            func.min(Factor.source).label("source"),
            func.min(Factor.valid_from).label("valid_from"),
        )
        .where(Factor.valid_from <= today, or_(Factor.valid_to.is_(None), Factor.valid_to > today))
        .group_by(Factor.kind, Factor.edition, Factor.status)
        .order_by(Factor.kind, Factor.status.desc(), func.count().desc())
    )
    return list(session.execute(query))
