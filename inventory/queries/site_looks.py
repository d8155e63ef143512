# SPDX-License-Identifier: EUPL-1.2
"""Which sites something of changed since somebody read all lots."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, func, select

from inventory.tables import MapStale, SiteLook


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What had been taken in when lots were read: the last look, and the notes that still waited then.

    A note that can be seen tells of a change that can be seen too, so what it tells is in what was read.
    """

    look: int
    notes: frozenset[int]


def read_seen(connection: Connection) -> Seen:
    """Read what has been taken in as of the connection's transaction."""
    return Seen(
        look=connection.execute(select(func.coalesce(func.max(SiteLook.number), 0))).scalar_one(),
        notes=frozenset(connection.execute(select(MapStale.id)).scalars()),
    )


def list_changed_sites(connection: Connection, *, since: Seen) -> set[UUID] | None:
    """List the sites something of changed since.

    Parameters
    ----------
    connection
        Its transaction sees changes and notes of one moment.
    since
        From `read_seen`.

    Returns
    -------
    set of UUID or None
        None where that cannot be told: looks are counted from the beginning again, as in another database.
    """
    last = connection.execute(select(func.coalesce(func.max(SiteLook.number), 0))).scalar_one()
    if last < since.look:
        return None
    looked = connection.execute(select(SiteLook.site_id).where(SiteLook.number > since.look)).scalars()
    noted = connection.execute(select(MapStale.id, MapStale.site_id))
    return {*looked, *(row.site_id for row in noted if row.id not in since.notes)}
