# SPDX-License-Identifier: EUPL-1.2
"""What is known of lots' documentation, the requirements that ask for it, and the tests that were taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, any_, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from inventory.documentation.completeness import Asked, Completeness, judge_completeness
from inventory.queries.lots.known import read_known, read_lines_of_classes
from inventory.queries.lots.origins import speaks_of
from inventory.queries.offers import AnyRow
from inventory.tables import (
    ATTRIBUTES,
    Attachment,
    Attribute,
    Basis,
    ClassAttribute,
    Lot,
    LotTest,
    MaterialClass,
    Requirement,
    RequirementStatus,
    Substitute,
)


def read_completeness(session: Session, *, lot_ids: Collection[UUID]) -> dict[UUID, Completeness]:
    """Read how complete the documentation of lots is, by lot; the same few statements for one and for many.

    Parameters
    ----------
    session
        Any.
    lot_ids
        The lots; one that is not there is left out.
    """
    groups = read_known(session, chosen=Lot.id.in_(lot_ids))
    asked = _read_asked(session, class_ids={group.class_id for group in groups})
    return {
        lot_id: judged
        for group in groups
        for judged in (judge_completeness(group.known, asked=asked[group.class_id]),)
        for lot_id in group.lot_ids
    }


def read_scores(session: Session, *, sites: Sequence[UUID]) -> list[tuple[tuple[UUID, ...], Completeness]]:
    """Read how complete the documentation of the surveyed lots of sites is, whoever may ask for them.

    Returns
    -------
    list of tuple
        Lots, and what holds of each of them; an estimate has no papers.
    """
    chosen = and_(Lot.site_id == any_(literal(list(sites), ARRAY(Uuid()))), Lot.basis == Basis.SURVEYED)
    return [
        (group.lot_ids, judge_completeness(group.known, asked=()))
        for group in read_known(session, chosen=chosen)
    ]


def read_tests(session: Session, *, lot_id: UUID) -> list[AnyRow]:
    """Read the tests that were taken of a lot, the newest first, with the name of the report, if any."""
    query = (
        select(*LotTest.__table__.columns, Attachment.name.label("report_name"))
        .outerjoin(Attachment, Attachment.id == LotTest.report_id)
        .where(speaks_of(LotTest.lot_id, lot_id))
        .order_by(LotTest.tested_on.desc(), LotTest.test, LotTest.id)
    )
    return list(session.execute(query))


def list_documented_lots(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """List the surveyed lots of a site.

    Columns: id, ref, name_da, name_en, unit, amount, documentation, product_status.
    """
    query = (
        select(
            Lot.id,
            Lot.ref,
            MaterialClass.name_da,
            MaterialClass.name_en,
            Lot.unit,
            (Lot.quantity * MaterialClass.step).label("amount"),
            Lot.documentation,
            Lot.product_status,
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .where(Lot.site_id == site_id, Lot.basis == Basis.SURVEYED)
        .order_by(MaterialClass.id, Lot.ref, Lot.id)
    )
    return list(session.execute(query))


def read_attribute_names(session: Session) -> dict[tuple[str, str], AnyRow]:
    """Read the names of the attributes, by ("attribute", name), as `read_code_names` does."""
    rows = session.execute(select(Attribute.name, Attribute.name_da, Attribute.name_en))
    return {("attribute", row.name): row for row in rows}


def read_attributes_of_class(session: Session, *, class_id: int) -> list[AnyRow]:
    """Read every attribute by name, and whether a class declares it.

    Columns: name, unit, name_da, name_en, declared.
    """
    declared = (
        select(ClassAttribute.attribute)
        .where(ClassAttribute.class_id == class_id, ClassAttribute.attribute == Attribute.name)
        .exists()
        .label("declared")
    )
    columns = (Attribute.name, Attribute.unit, Attribute.name_da, Attribute.name_en)
    return list(session.execute(select(*columns, declared).order_by(Attribute.name)))


def read_line_of_class(session: Session, *, class_id: int) -> tuple[str, ...]:
    """Read the code of a class and of those above it."""
    return read_lines_of_classes(session)[class_id]


def _read_asked(session: Session, *, class_ids: set[int]) -> dict[int, list[Asked]]:
    """Read the open requirements of each class, those that take it as a substitute among them."""
    bounds = [
        or_(
            getattr(Requirement, f"{name}_min").is_not(None), getattr(Requirement, f"{name}_max").is_not(None)
        ).label(name)
        for name in ATTRIBUTES
    ]
    columns = (
        Requirement.id,
        Requirement.documentation_min,
        Requirement.unknown_screening_ok,
        Requirement.unknown_ok,
        *bounds,
    )
    is_open = Requirement.status == RequirementStatus.OPEN
    own = select(Requirement.class_id.label("served"), *columns).where(
        is_open, Requirement.class_id.in_(class_ids)
    )
    other = (
        select(Substitute.substitute_id.label("served"), *columns)
        .join(Substitute, Substitute.class_id == Requirement.class_id)
        .where(is_open, Requirement.substitutes_ok, Substitute.substitute_id.in_(class_ids))
    )
    found: dict[int, list[Asked]] = defaultdict(list)
    for row in session.execute(own.union_all(other)):
        found[row.served].append(_make_asked(row))
    return found


def _make_asked(row: Any) -> Asked:
    return Asked(
        requirement_id=row.id,
        documentation_min=row.documentation_min,
        screened_only=not row.unknown_screening_ok,
        attributes=frozenset(
            name for name in ATTRIBUTES if getattr(row, name) and name not in row.unknown_ok
        ),
    )
