# SPDX-License-Identifier: EUPL-1.2
"""The filter a person sets, and what it means for lots and for requirements: map and list use this alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, BindParameter, ColumnElement, Row, Select, or_, select

from inventory.tables import MaterialClass

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyFilter:
    """What a person wants to see; empty fields let everything through.

    `start` is the first day and `end` the day after the last of the window; a lot or a requirement answers
    when its own window meets it. `firmness` and `basis` concern lots alone. `counted_only` leaves out lots
    that no run may use. `site_id` and `near` (an SQL expression of a box, EPSG:25832) narrow the answer to a
    place; no page's address carries them.
    """

    class_code: str | None = None
    municipality: str | None = None
    start: date | None = None
    end: date | None = None
    firmness: tuple[str, ...] = ()
    basis: str | None = None
    counted_only: bool = True
    site_id: UUID | None = None
    near: ColumnElement[Any] | None = None


def find_classes(code: str) -> CTE:
    """Find the ids of a class and of everything below it in the tree."""
    top = select(MaterialClass.id).where(MaterialClass.code == code).cte("chosen_class", recursive=True)
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
