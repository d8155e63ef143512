# SPDX-License-Identifier: EUPL-1.2
"""What an import must know before it writes: classes, municipalities, codes, and who is there."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow, AnySelect
from inventory.tables import (
    Basis,
    Building,
    ClassAttribute,
    CodeList,
    Lot,
    MaterialClass,
    Municipality,
    Organisation,
    Project,
    Site,
    SiteKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClass:
    """A material class as an import sees it: `step` in the unit, names of its attributes."""

    id: int
    code: str
    parent_code: str | None
    name_da: str
    name_en: str
    unit: str
    step: Decimal
    tradable: bool
    attributes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSite:
    """A site that is in the database already."""

    id: uuid.UUID
    placed: bool
    window: bool
    firmness: str | None
    standing: bool | None
    organisation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProject:
    """A project that is in the database already, and its site."""

    id: uuid.UUID
    site: KnownSite


def list_known_classes(session: Session) -> list[KnownClass]:
    """List all material classes, parents too, by id."""
    parent = aliased(MaterialClass)
    attributes: dict[int, set[str]] = {}
    for class_id, attribute in session.execute(select(ClassAttribute.class_id, ClassAttribute.attribute)):
        attributes.setdefault(class_id, set()).add(attribute)
    rows = session.execute(
        select(MaterialClass, parent.code)
        .outerjoin(parent, parent.id == MaterialClass.parent_id)
        .order_by(MaterialClass.id)
    )
    return [
        KnownClass(
            id=row.id,
            code=row.code,
            parent_code=parent_code,
            name_da=row.name_da,
            name_en=row.name_en,
            unit=str(row.unit),
            step=row.step,
            tradable=row.tradable,
            attributes=frozenset(attributes.get(row.id, ())),
        )
        for row, parent_code in rows
    ]


def map_municipalities(session: Session) -> Mapping[str, str]:
    """Map the code of each municipality to its name."""
    return dict(session.execute(select(Municipality.code, Municipality.name)).all())


def map_code_list(session: Session, *, name: str) -> Mapping[str, tuple[str, str]]:
    """Map the codes of a code list to their Danish and English names; empty if there is no such list."""
    rows = session.execute(
        select(CodeList.code, CodeList.name_da, func.coalesce(CodeList.name_en, CodeList.name_da)).where(
            CodeList.list == name
        )
    )
    return {code: (name_da, name_en) for code, name_da, name_en in rows}


def map_known_buildings(session: Session, *, bbr_ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, KnownSite]:
    """Map BBR ids to the sites of those buildings that are there."""
    wanted = list(set(bbr_ids))
    if not wanted:
        return {}
    rows = session.execute(select_sites().where(Building.bbr_id == func.any(wanted)))
    return {row.bbr_id: know_site(row) for row in rows}


def map_known_sites(
    session: Session, *, kinds: Iterable[SiteKind], refs: Iterable[str]
) -> Mapping[str, KnownSite]:
    """Map references to the sites of some kinds that are there; of two kinds the first given wins."""
    wanted = list(set(refs))
    if not wanted:
        return {}
    found: dict[str, KnownSite] = {}
    for kind in kinds:
        for row in session.execute(select_sites().where(Site.kind == kind, Site.ref == func.any(wanted))):
            found.setdefault(row.ref, know_site(row))
    return found


def map_sites_by_id(
    session: Session, *, kinds: Iterable[SiteKind], ids: Iterable[uuid.UUID]
) -> Mapping[uuid.UUID, KnownSite]:
    """Map our own ids to the sites of some kinds that are there, as an export names those of homes."""
    wanted = list(set(ids))
    if not wanted:
        return {}
    rows = session.execute(select_sites().where(Site.kind.in_(list(kinds)), Site.id == func.any(wanted)))
    return {row.id: know_site(row) for row in rows}


def select_sites() -> AnySelect:
    """Select what an import asks of a site that is there; `know_site` reads a row of it."""
    return (
        select(
            Site.id,
            Site.ref,
            Building.bbr_id,
            Site.geom.is_not(None).label("placed"),
            Site.available_from.is_not(None).label("window"),
            Site.firmness,
            Building.standing,
            Organisation.name.label("organisation"),
        )
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(Organisation, Organisation.id == Site.organisation_id)
    )


def know_site(row: AnyRow) -> KnownSite:
    """Read a row of `select_sites`."""
    return KnownSite(
        id=row.id,
        placed=row.placed,
        window=row.window,
        firmness=row.firmness,
        standing=row.standing,
        organisation=row.organisation,
    )


def map_known_lots(
    session: Session, *, site_ids: Iterable[uuid.UUID]
) -> Mapping[tuple[uuid.UUID, str], uuid.UUID]:
    """Map site and number to the surveyed lots of some sites."""
    wanted = list(set(site_ids))
    if not wanted:
        return {}
    rows = session.execute(
        select(Lot.site_id, Lot.ref, Lot.id).where(
            Lot.site_id == func.any(wanted), Lot.basis == Basis.SURVEYED
        )
    )
    return {(site_id, ref): lot_id for site_id, ref, lot_id in rows}


def map_moved_out(session: Session, *, lot_ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """Map those of some lots of which more went to other lots than came from them to the steps that left."""
    wanted = list(set(lot_ids))
    if not wanted:
        return {}
    rows = session.execute(
        select(Lot.id, (-Lot.moved).label("steps")).where(Lot.id == func.any(wanted), Lot.moved < 0)
    )
    return {row.id: row.steps for row in rows}


def map_known_projects(session: Session, *, refs: Iterable[str]) -> Mapping[str, KnownProject]:
    """Map project references to those projects that are there."""
    wanted = list(set(refs))
    if not wanted:
        return {}
    rows = session.execute(
        select(Project.ref, Project.id, Site.id, Site.geom.is_not(None))
        .join(Site, Site.id == Project.site_id)
        .where(Project.ref == func.any(wanted))
    )
    return {
        ref: KnownProject(
            id=project_id,
            site=KnownSite(id=site_id, placed=placed, window=False, firmness=None, standing=None),
        )
        for ref, project_id, site_id, placed in rows
    }
