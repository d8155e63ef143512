# SPDX-License-Identifier: EUPL-1.2
"""A firm's own buildings and what of them is to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.lots.listing import DANISH
from inventory.queries.lots.steps import states_in_the_building
from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import public_name
from inventory.tables import (
    Basis,
    Building,
    Demolition,
    Documentation,
    Firmness,
    Lot,
    LotStatus,
    MaterialClass,
    Municipality,
    Organisation,
    Screening,
    Site,
    SiteKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmBuildings:
    """The buildings of a firm that still stand, by what is missing of them; each list by first day."""

    unsurveyed: list[AnyRow]
    unsure: list[AnyRow]


def find_firm(session: Session, *, organisation_id: UUID) -> AnyRow | None:
    """Find an organisation (id, name, kind), or None where there is none."""
    query = select(Organisation.id, Organisation.name, Organisation.kind)
    return session.execute(query.where(Organisation.id == organisation_id)).one_or_none()


def list_firms(session: Session) -> Sequence[AnyRow]:
    """List the organisations that have donor sites: ``id, name, sites``, by name."""
    query = (
        select(Organisation.id, Organisation.name, func.count().label("sites"))
        .join(Site, Site.organisation_id == Organisation.id)
        .where(Site.kind == SiteKind.DONOR)
        .group_by(Organisation.id, Organisation.name)
        .order_by(func.max(Organisation.name.collate(DANISH)))
    )
    return session.execute(query).all()


def list_firm_buildings(session: Session, *, organisation_id: UUID) -> Sequence[AnyRow]:
    """List a firm's donor sites, those that come first first, those without a day last.

    Returns
    -------
    Sequence of rows
        ``id, name`` (empty where it would tell a home's address), ``postcode, town, municipality_name,
        use_code, firmness, available_from, available_to``, the demolition's ``source_kind, source_date``, six
        days and ``notice_days`` (empty where nobody has said any), ``surveyed`` and ``estimated`` (lots
        still in it, by what they rest on).
    """
    lots = aliased(Lot)
    count = (
        select(
            lots.site_id,
            func.count().filter(lots.basis == Basis.SURVEYED).label("surveyed"),
            func.count().filter(lots.basis == Basis.ESTIMATED).label("estimated"),
        )
        .where(lots.status.in_(states_in_the_building()))
        .group_by(lots.site_id)
        .subquery("lots")
    )
    first = func.coalesce(Demolition.start_likely, Site.available_from)
    query = (
        select(
            Site.id,
            public_name().label("name"),
            Site.postcode,
            Site.town,
            Municipality.name.label("municipality_name"),
            Building.use_code,
            Building.year_built,
            Building.total_area_m2,
            Site.firmness,
            Site.available_from,
            Site.available_to,
            Demolition.source_kind,
            Demolition.source_date,
            Demolition.start_early,
            Demolition.start_likely,
            Demolition.start_late,
            Demolition.end_early,
            Demolition.end_likely,
            Demolition.end_late,
            Demolition.notice_days,
            func.coalesce(count.c.surveyed, 0).label("surveyed"),
            func.coalesce(count.c.estimated, 0).label("estimated"),
        )
        .outerjoin(Demolition, Demolition.site_id == Site.id)
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .outerjoin(count, count.c.site_id == Site.id)
        .where(Site.kind == SiteKind.DONOR, Site.organisation_id == organisation_id)
        .order_by(first.nulls_last(), Site.id)
    )
    return session.execute(query).all()


def sort_out(buildings: Sequence[AnyRow]) -> FirmBuildings:
    """Sort out what is missing of the buildings of `list_firm_buildings` that are not gone.

    Not surveyed: no lot of it rests on a survey. Not sure: no window, only possible, or start or end
    may still move.
    """
    standing = [row for row in buildings if row.firmness != Firmness.GONE]
    return FirmBuildings(
        unsurveyed=[row for row in standing if not row.surveyed],
        unsure=[
            row
            for row in standing
            if row.available_from is None
            or row.firmness == Firmness.POSSIBLE
            or (row.start_early, row.end_early) != (row.start_late, row.end_late)
        ],
    )


def list_unoffered(session: Session, *, organisation_id: UUID) -> Sequence[AnyRow]:
    """List a firm's lots that are surveyed and not offered yet, so that nobody is matched with them.

    Columns ``id, ref, name_da, name_en, reuse`` (empty where direct reuse or preparation is not decided).
    """
    query = (
        select(Lot.id, Lot.ref, MaterialClass.name_da, MaterialClass.name_en, Lot.reuse)
        .join(Site, Site.id == Lot.site_id)
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .where(
            Site.organisation_id == organisation_id,
            Lot.basis == Basis.SURVEYED,
            Lot.status == LotStatus.SURVEYED,
            Lot.quantity > 0,
        )
        .order_by(Lot.ref, Lot.id)
    )
    return session.execute(query).all()


def list_undocumented(session: Session, *, organisation_id: UUID) -> Sequence[AnyRow]:
    """List a firm's surveyed lots, still in the building, without documentation or screening.

    Columns ``id, ref, name_da, name_en, documentation, screening``.
    """
    query = (
        select(
            Lot.id,
            Lot.ref,
            MaterialClass.name_da,
            MaterialClass.name_en,
            Lot.documentation,
            Lot.screening,
        )
        .join(Site, Site.id == Lot.site_id)
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .where(
            Site.organisation_id == organisation_id,
            Lot.basis == Basis.SURVEYED,
            Lot.status.in_(states_in_the_building()),
            or_(Lot.documentation == Documentation.NONE, Lot.screening == Screening.UNKNOWN),
        )
        .order_by(Lot.ref, Lot.id)
    )
    return session.execute(query).all()
