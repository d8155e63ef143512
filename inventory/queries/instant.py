# SPDX-License-Identifier: EUPL-1.2
"""What an instant answer reads: the project, the lots within its reach, and the prices of the last run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, TextClause, cast, false, func, select, text, union_all
from sqlalchemy.orm import Session

from inventory.errors import BadInputError
from inventory.tables.lot import Lot
from inventory.tables.project import Project
from inventory.tables.requirement import Requirement, RequirementStatus
from inventory.tables.run import Run, RunStatus
from inventory.tables.site import Site

SRID = 25832
# A point is rounded to whole metres before roads are measured.
ROUNDING_METRES = 2


class ProjectNotFoundError(BadInputError):
    """Cannot use the project "{given}": {why}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which lots of a class could serve a project, were every bound a little looser.

    `metres` is a straight line, which no road is shorter than. A lot must open before `opens_before` and
    close after `closes_after`.
    """

    class_id: int
    metres: int
    opens_before: date
    closes_after: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLot:
    """What people call a lot: its ref, where it is, its material, and units per step of its class."""

    ref: str
    site: str
    municipality: str | None
    name_da: str
    name_en: str
    unit: str
    step: float
    estimated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRequirement:
    """What people call a requirement: its ref, what it wants, and its window, the end exclusive."""

    ref: str
    name_da: str
    name_en: str
    unit: str
    step: float
    wanted_from: date
    wanted_to: date


_LOTS = text(
    """
    SELECT l.id::text AS id, l.ref, s.name AS site, m.name AS municipality, c.name_da, c.name_en, c.unit,
           c.step::float AS step, l.basis = 'estimated' AS estimated
      FROM lot l
      JOIN site s ON s.id = l.site_id
      LEFT JOIN municipality m ON m.code = s.municipality_code
      JOIN material_class c ON c.id = l.class_id
     WHERE l.id = ANY(CAST(:ids AS uuid[]))
    """
)

_PRICES = text(
    """
    SELECT lot_id::text AS id, price
      FROM lot_price
     WHERE run_id = :run AND lot_id = ANY(CAST(:ids AS uuid[]))
    """
)

_REQUIREMENTS = text(
    """
    SELECT r.id::text AS id, r.ref, c.name_da, c.name_en, c.unit, c.step::float AS step,
           r.wanted_from, r.wanted_to
      FROM requirement r
      JOIN material_class c ON c.id = r.class_id
     WHERE r.id = ANY(CAST(:ids AS uuid[]))
    """
)


def find_project(session: Session, given: str) -> Project:
    """Find a project by its ref, or by its id or the first letters of that.

    Raises
    ------
    ProjectNotFoundError
        No project, or more than one, answers to it.
    """
    named = session.scalars(select(Project).where(Project.ref == given)).first()
    if named is not None:
        return named
    begins = given.strip().lower()
    found = session.scalars(
        select(Project).where(cast(Project.id, Text).startswith(begins, autoescape=True)).limit(2)
    ).all()
    if not begins or len(found) != 1:
        raise ProjectNotFoundError(
            given=given,
            why="no project has this ref, and no project's id begins like that"
            if not begins or not found
            else "the ids of more than one project begin like that",
        )
    return found[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectName:
    """What people call a project."""

    id: UUID
    ref: str
    name: str


def read_project_name(session: Session, *, project_id: UUID) -> ProjectName | None:
    """Read what people call a project; None where there is none."""
    row = session.execute(select(Project.ref, Project.name).where(Project.id == project_id)).first()
    return None if row is None else ProjectName(id=project_id, ref=row.ref, name=row.name)


def find_point(session: Session, *, site_id: UUID) -> tuple[float, float] | None:
    """Give the point of a site (EPSG:25832, metres); None where it has none."""
    row = session.execute(
        select(func.ST_X(Site.geom), func.ST_Y(Site.geom)).where(Site.id == site_id, Site.geom.isnot(None))
    ).first()
    return None if row is None else (float(row[0]), float(row[1]))


def find_last_run(session: Session) -> Run | None:
    """Find the last run that gave a plan; None where none has."""
    return session.scalars(
        select(Run).where(Run.status == RunStatus.DONE).order_by(Run.created_at.desc()).limit(1)
    ).first()


def find_asking_project(session: Session) -> UUID | None:
    """Find any project that wants something; None where none does."""
    return session.scalars(
        select(Requirement.project_id).where(Requirement.status == RequirementStatus.OPEN).limit(1)
    ).first()


def select_lots_within(reaches: Sequence[Reach], *, point: tuple[float, float]) -> Select[UUID]:
    """Select the ids of the lots within reach of a point, class by class, by the index on class and point.

    Parameters
    ----------
    reaches
        One for each class; none selects nothing.
    point
        EPSG:25832, metres.
    """
    here = func.ST_SetSRID(func.ST_MakePoint(point[0], point[1]), SRID)
    opens = func.coalesce(Lot.available_from, Site.available_from)
    closes = func.coalesce(Lot.available_to, Site.available_to)
    # a select for each class: of conditions joined by OR the database would use no index on the point
    within = [
        select(Lot.id)
        .join(Site, Site.id == Lot.site_id)
        .where(
            Lot.class_id == reach.class_id,
            func.ST_DWithin(Lot.geom, here, reach.metres + ROUNDING_METRES),
            opens < reach.opens_before,
            closes > reach.closes_after,
        )
        for reach in reaches
    ]
    if not within:
        return select(Lot.id).where(false())
    return select(union_all(*within).subquery("within").c.id)


def read_lot_prices(session: Session, *, run_id: UUID, lot_ids: Sequence[str]) -> dict[str, int]:
    """Read the prices of lots in the certificate of a run (1/1000 oere per step); those at 0 are left out."""
    return {row["id"]: int(row["price"]) for row in _read(session, _PRICES, lot_ids, run=run_id)}


def name_lots(session: Session, *, ids: Sequence[str]) -> dict[str, NamedLot]:
    """Give the names of lots, by id."""
    return {row.pop("id"): NamedLot(**row) for row in _read(session, _LOTS, ids)}


def name_requirements(session: Session, *, ids: Sequence[str]) -> dict[str, NamedRequirement]:
    """Give the names of requirements, by id."""
    return {row.pop("id"): NamedRequirement(**row) for row in _read(session, _REQUIREMENTS, ids)}


def _read(session: Session, statement: TextClause, ids: Sequence[str], **more: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(statement, {"ids": list(ids), **more}).mappings()]
