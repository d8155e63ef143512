# SPDX-License-Identifier: EUPL-1.2
"""Organisations that people name in forms: found, or added."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from inventory.tables import Organisation, OrganisationKind, stable_id


def find_or_add_organisation(
    session: Session, name: str, *, kind: OrganisationKind = OrganisationKind.OTHER
) -> UUID:
    """Find an organisation by name, or add it.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    name
        What it calls itself.
    kind
        What a new one is; one that is there stays what it is.
    """
    added = insert(Organisation).values(id=stable_id("organisation", name), name=name, kind=kind)
    session.execute(added.on_conflict_do_nothing(index_elements=["name"]))
    return session.scalars(select(Organisation.id).where(Organisation.name == name)).one()
