# SPDX-License-Identifier: EUPL-1.2
"""What a requirement may be of: each class with its unit, attributes and what may stand in for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow
from inventory.tables import Attribute, ClassAttribute, MaterialClass, Substitute


def list_materials(session: Session) -> list[AnyRow]:
    """List the classes in force, groups too: id, parent_id, code, name_da, name_en, unit, step, tradable."""
    columns = ("id", "parent_id", "code", "name_da", "name_en", "unit", "step", "tradable")
    query = select(*(MaterialClass.__table__.c[name] for name in columns))
    return list(session.execute(query.where(MaterialClass.valid_to.is_(None)).order_by(MaterialClass.id)))


def list_class_attributes(session: Session, *, class_id: int) -> list[AnyRow]:
    """List the attributes a class declares, by name: name, unit, kind, name_da, name_en."""
    query = (
        select(Attribute.name, Attribute.unit, Attribute.kind, Attribute.name_da, Attribute.name_en)
        .join(ClassAttribute, ClassAttribute.attribute == Attribute.name)
        .where(ClassAttribute.class_id == class_id)
    )
    return list(session.execute(query))


def list_substitutes(session: Session, *, class_ids: Sequence[int]) -> list[AnyRow]:
    """List what may stand in for classes: class_id, name_da, name_en, p, q, penalty_ore, step, unit, status.

    `q` steps of it make `p` steps wanted, at the penalty for each step.
    """
    offered = aliased(MaterialClass)
    query = (
        select(
            Substitute.class_id,
            offered.name_da,
            offered.name_en,
            Substitute.p,
            Substitute.q,
            Substitute.penalty_ore,
            offered.step,
            offered.unit,
            Substitute.status,
        )
        .join(offered, offered.id == Substitute.substitute_id)
        .where(Substitute.class_id.in_(list(class_ids)))
        .order_by(Substitute.class_id, Substitute.penalty_ore, offered.id)
    )
    return list(session.execute(query))
