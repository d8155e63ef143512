# SPDX-License-Identifier: EUPL-1.2
"""Sites as the public may see them: homes only roughly, and what the register says of a building."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow
from inventory.tables import (
    Basis,
    Building,
    CodeList,
    Lot,
    LotStatus,
    Municipality,
    Organisation,
    Site,
)

COARSE_METRES = 100
"""Side of the squares a home's point is moved to: its street can no longer be told."""

# BBR BygAnvendelse: 110-190 dwellings; 510 summer house, 540 allotment house, 585 annexe to one of them;
# 9xx outbuildings, which give away the home they belong to. An unknown use counts as a home.
_HOLIDAY_HOMES = (510, 540, 585)


@cache
def is_coarse() -> ColumnElement[bool]:
    """Say of a site (with its building joined) whether the public sees it roughly only.

    A home is shown roughly until somebody offers a surveyed lot from it, and so has chosen to show it.
    """
    surveyed = aliased(Lot)
    home = or_(
        Building.use_code.is_(None),
        Building.use_code.between(110, 190),
        Building.use_code.in_(_HOLIDAY_HOMES),
        Building.use_code >= 900,
    )
    offered = exists().where(
        surveyed.site_id == Site.id, surveyed.basis == Basis.SURVEYED, surveyed.status == LotStatus.OFFERED
    )
    return and_(Building.site_id.is_not(None), home, ~offered)


@cache
def public_point() -> ColumnElement[Any]:
    """Give the point of a site (with its building joined) that maps, pages and tiles may show, EPSG:25832."""
    return case((is_coarse(), func.ST_SnapToGrid(Site.geom, COARSE_METRES)), else_=Site.geom)


@cache
def public_name() -> ColumnElement[Any]:
    """Give the name of a site (with its building joined) that pages may show, if it tells no address."""
    tells = and_(Site.address.is_not(None), func.strpos(Site.name, Site.address) > 0)
    return case((or_(is_coarse(), tells), None), else_=Site.name)


def read_site(session: Session, *, site_id: UUID) -> AnyRow | None:
    """Read one site, or None where there is no such site.

    Longitude and latitude, easting and northing (EPSG:25832) are those of the public point, and `coarse`
    says whether it was moved; `name` is empty where it would tell the address, `use_code` is its building's.
    """
    lonlat = func.ST_Transform(public_point(), 4326)
    query = (
        select(
            Site.id,
            Site.kind,
            Site.ref,
            public_name().label("name"),
            Site.postcode,
            Site.town,
            Site.municipality_code,
            Municipality.name.label("municipality_name"),
            Organisation.name.label("organisation_name"),
            Site.available_from,
            Site.available_to,
            Site.firmness,
            Site.firmness_source,
            Building.use_code,
            is_coarse().label("coarse"),
            func.ST_X(lonlat).label("lon"),
            func.ST_Y(lonlat).label("lat"),
            func.ST_X(public_point()).label("easting"),
            func.ST_Y(public_point()).label("northing"),
        )
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .outerjoin(Organisation, Organisation.id == Site.organisation_id)
        .where(Site.id == site_id)
    )
    return session.execute(query).one_or_none()


def read_building(session: Session, *, site_id: UUID) -> AnyRow | None:
    """Read the building of a site as the register knows it, or None where it has none."""
    return session.execute(select(Building.__table__).where(Building.site_id == site_id)).one_or_none()


def read_code_names(session: Session, *, lists: tuple[str, ...]) -> dict[tuple[str, str], AnyRow]:
    """Read the names of the codes of some lists, by (list, code)."""
    columns = (CodeList.list, CodeList.code, CodeList.name_da, CodeList.name_en, CodeList.source)
    rows = session.execute(select(*columns).where(CodeList.list.in_(lists)))
    return {(row.list, row.code): row for row in rows}
