# SPDX-License-Identifier: EUPL-1.2
"""Lots that were here once: what is remembered of one whose row is gone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, cast, select
from sqlalchemy.orm import Session

from inventory.tables import Event, Import, ImportChange, ImportStatus, MaterialClass, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneLot:
    """A lot that is gone; class and site are empty where nothing remembers them."""

    class_id: int | None
    site_id: UUID | None


def find_gone_lot(session: Session, *, lot_id: UUID) -> GoneLot | None:
    """Find what is remembered of a lot that is no longer there, or None where it never was.

    The log of events keeps what happened to it, its survey with the class; an import that was undone
    keeps that it had put it here.
    """
    events = list(
        session.scalars(
            select(Event.data)
            .where(Event.subject_kind == "lot", Event.subject_id == lot_id)
            .order_by(Event.id)
        )
    )
    imported = session.scalars(
        select(ImportChange.import_id)
        .join(Import, Import.id == ImportChange.import_id)
        .where(
            ImportChange.table_name == "lot",
            ImportChange.row_id == lot_id,
            Import.status == ImportStatus.UNDONE,
        )
        .limit(1)
    ).first()
    if not events and imported is None:
        return None
    said: dict[str, object] = {}
    for data in events:
        said |= {name: after for name, (_, after) in data.get("changes", {}).items()}
    class_id, site_id = said.get("class_id"), said.get("site_id")
    return GoneLot(
        class_id=None
        if class_id is None
        else session.scalars(select(MaterialClass.id).where(MaterialClass.id == class_id)).first(),
        site_id=None
        if site_id is None
        else session.scalars(select(Site.id).where(Site.id == cast(site_id, Uuid))).first(),
    )
