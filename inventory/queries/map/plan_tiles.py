# SPDX-License-Identifier: EUPL-1.2
"""Vector tiles of a plan, and the towns the map labels."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Text, case, cast, func, literal, literal_column, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.map.grid import CELLS, PART_ZOOM
from inventory.queries.map.group_tiles import EXTENT
from inventory.queries.map.tile_box import cover_tile, make_envelope
from inventory.queries.offers import AnyRow, AnySelect
from inventory.queries.places.sites import public_point
from inventory.tables import (
    Basis,
    Building,
    Lot,
    Match,
    MaterialClass,
    Project,
    Requirement,
    Site,
    Town,
    Unmet,
)

_WEB_MERCATOR = 3857
_LINE_BUFFER = 64


def _gather(answer: AnySelect, *, envelope: ColumnElement[Any], z: int, surveyed: bool) -> Any:
    """Gather an answer's points inside a tile, its west and north edge included."""
    rows = answer.subquery("answer")
    placed = select(rows, func.ST_Transform(rows.c.point, _WEB_MERCATOR).label("place")).subquery("placed")
    west, south = func.ST_XMin(envelope), func.ST_YMin(envelope)
    east, north = func.ST_XMax(envelope), func.ST_YMax(envelope)
    easting, northing = func.ST_X(placed.c.place), func.ST_Y(placed.c.place)
    cell = (east - west) / CELLS
    groups = (
        [placed.c.site_id]
        if z >= PART_ZOOM
        else [func.floor((easting - west) / cell), func.floor((northing - south) / cell)]
    )
    middle = func.ST_SetSRID(func.ST_MakePoint(func.avg(easting), func.avg(northing)), _WEB_MERCATOR)
    one_site = func.count(placed.c.site_id.distinct()) == 1
    one_class = func.count(placed.c.class_id.distinct()) == 1
    columns = [
        func.count().label("n"),
        case((func.count() == 1, func.min(cast(placed.c.id, Text)))).label("id"),
        case((one_site, func.min(cast(placed.c.site_id, Text)))).label("site"),
        case((one_class, func.min(placed.c.name_da))).label("name_da"),
        case((one_class, func.min(placed.c.name_en))).label("name_en"),
        func.ST_AsMVTGeom(middle, envelope, EXTENT, 0, False).label("geometry"),
    ]
    if surveyed:
        columns += [
            func.count().filter(placed.c.basis == Basis.SURVEYED).label("surveyed"),
            case((func.count() == 1, cast(func.min(placed.c.decide_by), Text))).label("decide_by"),
        ]
    return (
        select(*columns)
        .where(easting >= west, easting < east, northing > south, northing <= north)
        .group_by(*groups)
        .order_by(*groups)
        .subquery("grouped")
    )


def _as_layer(session: Session, rows: Any, *, name: str) -> bytes:
    query = select(func.ST_AsMVT(literal_column("grouped.*"), name, EXTENT, "geometry")).select_from(rows)
    return bytes(session.execute(query).scalar_one() or b"")


def _plan_lots(run_id: UUID) -> AnySelect:
    """Select the lots a plan uses, withdrawn since or not, in the shape `_gather` reads."""
    used = select(Match.lot_id, Match.class_id).where(Match.run_id == run_id).distinct().subquery("used")
    return (
        select(
            Lot.id,
            Lot.site_id,
            used.c.class_id,
            MaterialClass.name_da,
            MaterialClass.name_en,
            Lot.basis,
            func.coalesce(
                Lot.decide_by, func.coalesce(Lot.available_to, Site.available_to) - literal(1, Integer)
            ).label("decide_by"),
            public_point().label("point"),
        )
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .join(used, used.c.lot_id == Lot.id)
        .join(MaterialClass, MaterialClass.id == used.c.class_id)
    )


def _plan_requirements(run_id: UUID) -> AnySelect:
    """Select the requirements a plan speaks of, met or not, in the shape `_gather` reads."""
    met = select(Match.requirement_id).where(Match.run_id == run_id)
    unmet = select(Unmet.requirement_id).where(Unmet.run_id == run_id)
    return (
        select(
            Requirement.id,
            Project.site_id,
            Requirement.class_id,
            MaterialClass.name_da,
            MaterialClass.name_en,
            Site.geom.label("point"),
        )
        .join(Project, Project.id == Requirement.project_id)
        .join(Site, Site.id == Project.site_id)
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .where(Requirement.id.in_(met.union(unmet)))
    )


def _plan_lines(run_id: UUID, *, envelope: ColumnElement[Any]) -> Any:
    """Select one line for each two sites a plan joins, with the matches it stands for."""
    goal = aliased(Site, name="goal")
    line = func.ST_Transform(func.ST_MakeLine(public_point(), goal.geom), _WEB_MERCATOR)
    pairs = (
        select(
            func.count().label("n"),
            func.min(Match.metres).label("metres"),
            line.label("line"),
        )
        .join(Lot, Lot.id == Match.lot_id)
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .join(Requirement, Requirement.id == Match.requirement_id)
        .join(Project, Project.id == Requirement.project_id)
        .join(goal, goal.id == Project.site_id)
        .where(Match.run_id == run_id, Site.geom.is_not(None), goal.geom.is_not(None))
        .group_by(line)
        .subquery("pairs")
    )
    return (
        select(
            pairs.c.n,
            pairs.c.metres,
            func.ST_AsMVTGeom(pairs.c.line, envelope, EXTENT, _LINE_BUFFER, True).label("geometry"),
        )
        .where(pairs.c.line.op("&&")(envelope))
        .subquery("grouped")
    )


def read_plan_tile(session: Session, *, run_id: UUID, z: int, x: int, y: int) -> bytes:
    """Read one tile of a plan: the layers `matches` (lines; n, metres), `lots` and `requirements`."""
    envelope, near = make_envelope(z, x, y), cover_tile(z, x, y)
    lots, requirements = _plan_lots(run_id), _plan_requirements(run_id)
    if near is not None:
        lots = lots.where(Lot.geom.op("&&")(near))
        requirements = requirements.where(Site.geom.op("&&")(near))
    layers = {
        "matches": _plan_lines(run_id, envelope=envelope),
        "lots": _gather(lots, envelope=envelope, z=z, surveyed=True),
        "requirements": _gather(requirements, envelope=envelope, z=z, surveyed=False),
    }
    return b"".join(_as_layer(session, rows, name=name) for name, rows in layers.items())


def read_towns(session: Session) -> list[AnyRow]:
    """Read the towns to label: name, population, lon, lat, largest first."""
    lonlat = func.ST_Transform(Town.geom, 4326)
    query = select(
        Town.name, Town.population, func.ST_X(lonlat).label("lon"), func.ST_Y(lonlat).label("lat")
    ).order_by(Town.population.desc().nulls_last(), Town.name, Town.id)
    return list(session.execute(query))
