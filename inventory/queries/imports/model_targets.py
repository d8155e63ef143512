# SPDX-License-Identifier: EUPL-1.2
"""The site or project that a building model is imported to: found by id, reference or address."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, String, cast, func, or_, select
from sqlalchemy.orm import Session

from inventory.tables import (
    Basis,
    Building,
    Lot,
    LotStatus,
    MaterialClass,
    Project,
    Requirement,
    Site,
    SiteKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTarget:
    """A site, or a project with its site: x and y in EPSG:25832, None where it has no point.

    `window` is that of the site's demolition or of the project, None where it has none.
    """

    id: uuid.UUID
    site_id: uuid.UUID
    ref: str
    name: str
    address: str | None
    x: float | None
    y: float | None
    window: tuple[date, date] | None
    firmness: str | None


def find_target_sites(session: Session, *, told: str) -> list[ModelTarget]:
    """Find the donor sites and hubs whose id, reference, BBR id, address or name is what was told."""
    exact = or_(Site.ref == told, cast(Site.id, String) == told, cast(Building.bbr_id, String) == told)
    query = (
        select(
            Site.id,
            Site.id,
            Site.ref,
            Site.name,
            Site.address,
            func.ST_X(Site.geom),
            func.ST_Y(Site.geom),
            Site.available_from,
            Site.available_to,
            Site.firmness,
        )
        .outerjoin(Building, Building.site_id == Site.id)
        .where(Site.kind != SiteKind.PROJECT)
        .order_by(Site.ref)
        .limit(6)
    )
    return _find(session, query.where(exact)) or _find(session, query.where(_is_called(told)))


def find_target_projects(session: Session, *, told: str) -> list[ModelTarget]:
    """Find the projects whose id, reference or name is what was told."""
    query = (
        select(
            Project.id,
            Site.id,
            Project.ref,
            Project.name,
            Site.address,
            func.ST_X(Site.geom),
            func.ST_Y(Site.geom),
            Project.starts,
            Project.ends,
            Site.firmness,
        )
        .join(Site, Site.id == Project.site_id)
        .order_by(Project.ref)
        .limit(6)
    )
    exact = or_(Project.ref == told, cast(Project.id, String) == told)
    return _find(session, query.where(exact)) or _find(
        session, query.where(func.lower(Project.name) == told.lower())
    )


def _is_called(told: str) -> ColumnElement[bool]:
    whole = func.concat_ws(", ", Site.address, func.concat_ws(" ", Site.postcode, Site.town))
    return or_(*(func.lower(words) == told.lower() for words in (Site.address, Site.name, whole)))


def _find(session: Session, query: object) -> list[ModelTarget]:
    return [
        ModelTarget(
            id=row[0],
            site_id=row[1],
            ref=row[2],
            name=row[3],
            address=row[4],
            x=row[5],
            y=row[6],
            window=None if row[7] is None or row[8] is None else (row[7], row[8]),
            firmness=None if row[9] is None else str(row[9]),
        )
        for row in session.execute(query)  # type: ignore[call-overload]  # a Select of ten columns
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierPart:
    """A lot or requirement that an earlier import of the same model brought and that still counts."""

    id: uuid.UUID
    ref: str
    class_code: str
    quantity: int


def list_earlier_parts(
    session: Session, *, kind: str, owner_id: uuid.UUID, mark: str
) -> Sequence[EarlierPart]:
    """List the lots of a site, or requirements of a project, that came from a model.

    Parameters
    ----------
    session
        Its transaction.
    kind
        ``lots`` or ``requirements``.
    owner_id
        Id of the site or project.
    mark
        What their references carry of the model, from `inventory.imports.model.naming`.
    """
    table, owner = (Lot, Lot.site_id) if kind == "lots" else (Requirement, Requirement.project_id)
    query = (
        select(table.id, table.ref, MaterialClass.code, table.quantity)
        .join(MaterialClass, MaterialClass.id == table.class_id)
        .where(owner == owner_id, table.ref.contains(mark, autoescape=True), table.quantity > 0)
        .order_by(table.ref)
    )
    if kind == "lots":
        # what somebody holds or has taken is no longer the model's to change
        free = (LotStatus.SURVEYED, LotStatus.OFFERED, LotStatus.WITHDRAWN)
        query = query.where(Lot.basis == Basis.SURVEYED, Lot.status.in_(free))
    return [
        EarlierPart(id=part_id, ref=ref, class_code=code, quantity=quantity)
        for part_id, ref, code, quantity in session.execute(query)
    ]
