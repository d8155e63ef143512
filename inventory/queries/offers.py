# SPDX-License-Identifier: EUPL-1.2
"""What queries share: classes with all below them, and the factor in force."""

from datetime import date
from typing import Any

from sqlalchemy import CTE, BindParameter, ColumnElement, Row, Select, or_, select

from inventory.tables import MaterialClass

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]


def find_classes(*codes: str) -> CTE:
    """Find the ids of classes and of everything below them in the tree; one below two of them comes twice."""
    top = select(MaterialClass.id).where(MaterialClass.code.in_(codes)).cte("chosen_class", recursive=True)
    return top.union_all(select(MaterialClass.id).join(top, MaterialClass.parent_id == top.c.id))


def factor_in_force(
    factor: Any, *, class_id: Any, today: date | BindParameter[date]
) -> tuple[ColumnElement[bool], ...]:
    """State that a factor row, or an alias of it, is in force for a class today, whatever its kind."""
    return (
        factor.class_id == class_id,
        factor.key == "",
        factor.valid_from <= today,
        or_(factor.valid_to.is_(None), factor.valid_to > today),
    )
