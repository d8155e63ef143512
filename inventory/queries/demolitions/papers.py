# SPDX-License-Identifier: EUPL-1.2
"""What a survey fills into the papers of a demolition: a building's materials, waste codes and mass."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from inventory.queries.lots.listing import answer_lots
from inventory.queries.offers import AnyRow
from inventory.queries.search.search import Search
from inventory.queries.supply import NotCounted
from inventory.tables import Basis, Lot, LotStatus, LotSurvey, MaterialClass, Site


def read_materials(session: Session, *, site_id: UUID, today: date) -> list[AnyRow]:
    """Read the materials of a building, a row per lot but those a survey has replaced or that are withdrawn.

    Columns: id, ref, name_da, name_en, unit, likely (in the unit), kg, eak_code (of the class, as waste that
    is not hazardous), basis, screening, asbestos_suspect.
    """
    answer = answer_lots(Search(counted_only=False), site_id=site_id).subquery()
    lot = answer.c
    query = (
        select(
            lot.id,
            lot.ref,
            lot.name_da,
            lot.name_en,
            lot.unit,
            lot.likely,
            (lot.likely / MaterialClass.step * MaterialClass.mass_g_per_step / 1000).label("kg"),
            MaterialClass.eak_code,
            lot.basis,
            lot.screening,
            lot.asbestos_suspect,
        )
        .join(MaterialClass, MaterialClass.id == lot.class_id)
        .where(or_(lot.not_counted.is_(None), lot.not_counted != NotCounted.REPLACED.value))
        .order_by(MaterialClass.eak_code, MaterialClass.id, lot.ref)
    )
    return list(session.execute(query, {"today": today}))


def read_offer_lines(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """Read what an offer says of each surveyed lot of a building, the withdrawn ones left out.

    Columns: id, ref, name_da, name_en, unit, amount, the dimensions in mm, year, grade, available_from,
    available_to (the lot's or else the site's), price_dkk (per unit), minimum_take (units), screening,
    asbestos_suspect, documentation, product_status, fixing, detachability, access_note, storage_place.
    """
    step = MaterialClass.step
    query = (
        select(
            Lot.id,
            Lot.ref,
            MaterialClass.name_da,
            MaterialClass.name_en,
            Lot.unit,
            (Lot.quantity * step).label("amount"),
            Lot.length_mm,
            Lot.width_mm,
            Lot.height_mm,
            Lot.thickness_mm,
            Lot.year,
            Lot.grade,
            func.coalesce(Lot.available_from, Site.available_from).label("available_from"),
            func.coalesce(Lot.available_to, Site.available_to).label("available_to"),
            (Lot.price_ore / step / 100).label("price_dkk"),
            (Lot.minimum_take * step).label("minimum_take"),
            Lot.screening,
            Lot.asbestos_suspect,
            Lot.documentation,
            Lot.product_status,
            LotSurvey.fixing,
            LotSurvey.detachability,
            LotSurvey.access_note,
            LotSurvey.storage_place,
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .where(Lot.site_id == site_id, Lot.basis == Basis.SURVEYED, Lot.status != LotStatus.WITHDRAWN)
        .order_by(MaterialClass.id, Lot.ref, Lot.id)
    )
    return list(session.execute(query))


def read_address(session: Session, *, site_id: UUID) -> str | None:
    """Read the address of a site as the register has it; never to be shown to the public."""
    row = session.execute(select(Site.address, Site.postcode, Site.town).where(Site.id == site_id)).one()
    parts = (row.address, " ".join(part for part in (row.postcode, row.town) if part))
    return ", ".join(part for part in parts if part) or None
