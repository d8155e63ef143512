# SPDX-License-Identifier: EUPL-1.2
"""Who owns a lot and on what terms it is sold, with what the site says where the lot says nothing."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.lots.origins import speaks_of
from inventory.queries.offers import AnyRow
from inventory.tables import Attachment, AttachmentKind, Lot, Organisation, Proves, Site


def read_terms(session: Session, *, lot_id: UUID) -> AnyRow | None:
    """Read who may sell a lot and its terms, None where there is no such lot.

    Returns
    -------
    Row or None
        `owner` and `sellable_from` in force, `own_owner` and `own_sellable_from` the lot's alone,
        `site_owner` and `site_sellable_from`; `price_ore` (per step), `price_at`, `dismantled_by`,
        `loaded_by`, `unloaded_by`, `crane`, `minimum_hire_hours`.
    """
    own, default = aliased(Organisation, name="own"), aliased(Organisation, name="by_site")
    query = (
        select(
            func.coalesce(own.name, default.name).label("owner"),
            func.coalesce(Lot.sellable_from, Site.sellable_from).label("sellable_from"),
            own.name.label("own_owner"),
            Lot.sellable_from.label("own_sellable_from"),
            default.name.label("site_owner"),
            Site.sellable_from.label("site_sellable_from"),
            Lot.price_ore,
            Lot.price_at,
            Lot.dismantled_by,
            Lot.loaded_by,
            Lot.unloaded_by,
            Lot.crane,
            Lot.minimum_hire_hours,
        )
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(own, own.id == Lot.owner_id)
        .outerjoin(default, default.id == Site.owner_id)
        .where(Lot.id == lot_id)
    )
    return session.execute(query).one_or_none()


def list_papers(session: Session, *, lot_id: UUID) -> list[AnyRow]:
    """List the documents of a lot, of those it was made of and of its site: id, name, proves (or empty)."""
    site = select(Lot.site_id).where(Lot.id == lot_id).scalar_subquery()
    query = (
        select(Attachment.id, Attachment.name, (Attachment.proves == Proves.RIGHT_TO_SELL).label("proves"))
        .where(
            Attachment.kind == AttachmentKind.DOCUMENT,
            or_(speaks_of(Attachment.lot_id, lot_id), Attachment.site_id == site),
        )
        .order_by(Attachment.lot_id.is_(None), Attachment.added_at, Attachment.id)
    )
    return list(session.execute(query))


def map_documents(
    session: Session, *, owners: Collection[UUID], names: Collection[str]
) -> Mapping[tuple[UUID, str], UUID]:
    """Map lot or site and name to the document so called; of two, the one that shows the right."""
    owner = func.coalesce(Attachment.lot_id, Attachment.site_id)
    query = (
        select(owner, Attachment.name, Attachment.id)
        .where(
            Attachment.kind == AttachmentKind.DOCUMENT,
            owner == func.any(list(owners)),
            Attachment.name == func.any(list(names)),
        )
        .order_by(Attachment.proves.is_(None), Attachment.added_at, Attachment.id)
    )
    found: dict[tuple[UUID, str], UUID] = {}
    for owner_id, name, document_id in session.execute(query):
        found.setdefault((owner_id, name), document_id)
    return found


def list_paper_names(session: Session, *, organisation_id: UUID) -> list[str]:
    """List the names of the documents of a firm's sites and of the lots there."""
    lots = select(Lot.id).join(Site, Site.id == Lot.site_id).where(Site.organisation_id == organisation_id)
    sites = select(Site.id).where(Site.organisation_id == organisation_id)
    query = (
        select(Attachment.name)
        .where(
            Attachment.kind == AttachmentKind.DOCUMENT,
            or_(Attachment.lot_id.in_(lots), Attachment.site_id.in_(sites)),
        )
        .distinct()
        .order_by(Attachment.name)
    )
    return list(session.scalars(query))


def list_owners(session: Session) -> list[str]:
    """List the names of all organisations."""
    return list(session.scalars(select(Organisation.name).order_by(Organisation.name)))
