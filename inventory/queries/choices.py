# SPDX-License-Identifier: EUPL-1.2
"""What a person may choose among in a filter: the tree of classes, municipalities, regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Integer, Text, any_, bindparam, cast, exists, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow
from inventory.queries.statement import Statement, compile_statement, run_statement
from inventory.tables import CodeList, MaterialClass, Municipality, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassChoice:
    """A class as a filter offers it: its code, names, and depth below the root of its tree."""

    code: str
    name_da: str
    name_en: str
    depth: int


def read_class(session: Session, *, class_id: int) -> AnyRow:
    """Read the columns of one class."""
    return session.execute(select(MaterialClass.__table__).where(MaterialClass.id == class_id)).one()


def read_class_choices(session: Session) -> list[ClassChoice]:
    """Read the classes in force in the order of their tree, each parent before its children, by id."""
    rows = run_statement(session, _compose_classes(), {}).all()
    by_id = {row.id: row for row in rows}
    below: dict[int | None, list[int]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in by_id else None, []).append(row.id)
    listed: list[ClassChoice] = []
    waiting = [(identity, 0) for identity in reversed(below.get(None, []))]
    while waiting:
        identity, depth = waiting.pop()
        row, children = by_id[identity], below.get(identity, [])
        if row.tradable or children:
            listed.append(ClassChoice(code=row.code, name_da=row.name_da, name_en=row.name_en, depth=depth))
        waiting.extend((child, depth + 1) for child in reversed(children))
    return listed


@cache
def _compose_classes() -> Statement:
    """Compose once: the list stands on every page and tile."""
    return compile_statement(
        select(
            MaterialClass.id,
            MaterialClass.parent_id,
            MaterialClass.code,
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.tradable,
        )
        .where(MaterialClass.valid_to.is_(None))
        .order_by(MaterialClass.id)
    )


def find_class_codes(session: Session, codes: Sequence[str]) -> list[str]:
    """Find which of some codes are those of classes that `read_class_choices` lists."""
    if not codes:
        return []
    return [row.code for row in run_statement(session, _compose_codes(), {"codes": list(codes)})]


@cache
def _compose_codes() -> Statement:
    child = aliased(MaterialClass, name="child")
    parted = exists().where(child.parent_id == MaterialClass.id, child.valid_to.is_(None))
    return compile_statement(
        select(MaterialClass.code).where(
            MaterialClass.code == any_(bindparam("codes", None, ARRAY(Text()))),
            MaterialClass.valid_to.is_(None),
            or_(MaterialClass.tradable, parted),
        )
    )


def read_municipality_choices(session: Session) -> list[tuple[str, str]]:
    """Read the municipalities as (code, name), by name in Danish order."""
    query = select(Municipality.code, Municipality.name).order_by(Municipality.name.collate("da-x-icu"))
    return [(row.code, row.name) for row in session.execute(query)]


def read_region_choices(session: Session, *, today: date) -> list[tuple[str, str]]:
    """Read the regions there are on a day as (code, name), by name in Danish order."""
    query = (
        select(Region.code, Region.name)
        .where(
            or_(Region.valid_from.is_(None), Region.valid_from <= today),
            or_(Region.valid_to.is_(None), Region.valid_to > today),
        )
        .order_by(Region.name.collate("da-x-icu"))
    )
    return [(row.code, row.name) for row in session.execute(query)]


def read_code_choices(session: Session, *, name: str) -> list[AnyRow]:
    """Read the codes of a list that are in force, with their names, by number."""
    query = (
        select(CodeList.code, CodeList.name_da, CodeList.name_en)
        .where(CodeList.list == name, CodeList.valid_to.is_(None))
        .order_by(cast(CodeList.code, Integer))
    )
    return list(session.execute(query))
