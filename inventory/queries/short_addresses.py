# SPDX-License-Identifier: EUPL-1.2
"""Short addresses: a lot or a site found by the first ten hexadecimal digits of its id."""

from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.tables import Lot, Site

DIGITS = 10
"""40 random bits: among a million lots, one lot in a million shares its digits with another."""

Kind = Literal["lot", "site"]
_TABLES: dict[Kind, type[Lot | Site]] = {"lot": Lot, "site": Site}


def shorten(thing_id: UUID) -> str:
    """Give the short form of an id."""
    return thing_id.hex[:DIGITS]


def find_by_short(session: Session, *, kind: Kind, short: str) -> UUID | None:
    """Find the id a short form stands for, or None; where two share it, the one that was there first.

    Parameters
    ----------
    session
    kind
        Table of the thing.
    short
        Hexadecimal digits, `DIGITS` of them.
    """
    table = _TABLES[kind]
    first, last = UUID(hex=short.ljust(32, "0")), UUID(hex=short.ljust(32, "f"))
    query = select(table.id).where(table.id.between(first, last)).order_by(table.created_at, table.id)
    return session.scalars(query.limit(1)).first()
