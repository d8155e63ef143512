# SPDX-License-Identifier: EUPL-1.2
"""Setting to nothing what a building model does not have any more."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.upsert import note_changes, returning

_TABLES = {"lots": "lot", "requirements": "requirement"}
# What other lots brought in stays: it is not the model's.
_REST = {"lots": "greatest(moved, 0)", "requirements": "0"}


def empty_parts(session: Session, *, kind: str, ids: Sequence[UUID]) -> None:
    """Set the quantity of lots or requirements to 0; an import under way notes what they were.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    kind
        ``lots`` or ``requirements``.
    ids
        Which.
    """
    table = _TABLES[kind]
    if ids:
        session.execute(
            text(
                f"WITH done AS (UPDATE {table} SET quantity = {_REST[kind]} WHERE id = ANY(:ids)"  # noqa: S608 - our names
                f" RETURNING {returning(table, key='id')}) " + note_changes(table, key="id", changed="done")
            ),
            {"ids": list(ids)},
        )
