# SPDX-License-Identifier: EUPL-1.2
"""What is said of who owns a site's materials, its documents, and how that changed."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from inventory.queries.demolitions.demolitions import HistoryStep
from inventory.queries.offers import AnyRow
from inventory.tables import Attachment, AttachmentKind, Basis, Event, Lot, Organisation, Proves, Site

CONTRACT = "site_contract_set"
UNDONE = "site_contract_undone"


def read_contract(session: Session, *, site_id: UUID) -> AnyRow:
    """Read what is said of a site: ``owner`` (name), ``sellable_from, paper_id, paper`` (name).

    Raises
    ------
    sqlalchemy.exc.NoResultFound
        There is no such site.
    """
    shows = and_(Attachment.site_id == Site.id, Attachment.proves == Proves.RIGHT_TO_SELL)
    query = (
        select(
            Organisation.name.label("owner"),
            Site.sellable_from,
            Attachment.id.label("paper_id"),
            Attachment.name.label("paper"),
        )
        .select_from(Site)
        .outerjoin(Organisation, Organisation.id == Site.owner_id)
        .outerjoin(Attachment, shows)
        .where(Site.id == site_id)
        .order_by(Attachment.added_at, Attachment.id)
        .limit(1)
    )
    return session.execute(query).one()


def list_site_papers(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """List the documents of a site itself: ``id, name, added_at``."""
    query = (
        select(Attachment.id, Attachment.name, Attachment.added_at)
        .where(Attachment.site_id == site_id, Attachment.kind == AttachmentKind.DOCUMENT)
        .order_by(Attachment.added_at, Attachment.id)
    )
    return list(session.execute(query))


def list_own_rights(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """List the surveyed lots of a site that say otherwise than it: ``id, ref, owner, sellable_from``."""
    query = (
        select(Lot.id, Lot.ref, Organisation.name.label("owner"), Lot.sellable_from)
        .outerjoin(Organisation, Organisation.id == Lot.owner_id)
        .where(
            Lot.site_id == site_id,
            Lot.basis == Basis.SURVEYED,
            func.num_nonnulls(Lot.owner_id, Lot.sellable_from) > 0,
        )
        .order_by(Lot.ref, Lot.id)
    )
    return list(session.execute(query))


def read_contract_history(session: Session, *, site_id: UUID) -> list[HistoryStep]:
    """Read how the contract of a site changed, newest first; `data` has ``by, why, changes``."""
    rows = session.execute(
        select(Event.id, Event.at, Event.kind, Event.data)
        .where(Event.subject_kind == "site", Event.subject_id == site_id, Event.kind.in_((CONTRACT, UNDONE)))
        .order_by(Event.id.desc())
    ).all()
    undone = {row.data["of"] for row in rows if row.kind == UNDONE}
    return [
        HistoryStep(id=row.id, at=row.at, data=row.data, undone=row.id in undone)
        for row in rows
        if row.kind == CONTRACT
    ]
