# SPDX-License-Identifier: EUPL-1.2
"""What a person may choose among in a filter, beside the tree of classes: the municipalities."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.tables import Municipality


def read_municipality_choices(session: Session) -> list[tuple[str, str]]:
    """Read the municipalities as (code, name), by name in Danish order."""
    query = select(Municipality.code, Municipality.name).order_by(Municipality.name.collate("da-x-icu"))
    return [(row.code, row.name) for row in session.execute(query)]
