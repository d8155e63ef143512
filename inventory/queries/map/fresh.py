# SPDX-License-Identifier: EUPL-1.2
"""Marks as they should be now: judged lots and open requirements at their public points."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Date,
    Numeric,
    Text,
    Uuid,
    any_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from inventory.queries.decide_by import decide_day
from inventory.queries.offers import AnySelect
from inventory.queries.places.sites import public_point
from inventory.queries.search.narrow import HIDDEN
from inventory.queries.supply import judged_lots
from inventory.tables import (
    Building,
    Lot,
    MarkKind,
    MaterialClass,
    Project,
    Requirement,
    RequirementStatus,
    Site,
)

DECIMETRES = 10
"""Of a metre: how finely marks are placed."""

_WEB_MERCATOR = 3857


def fresh_marks(sites: Sequence[UUID]) -> AnySelect:
    """Select the marks of some sites as they should be.

    Parameters
    ----------
    sites
        Ids of the sites looked at, at most some ten thousand.

    Returns
    -------
    Select
        Columns ``kind, id, site_id, municipality_code, class_id, basis, firmness, screening, not_counted,
        available_from, available_to, decide_by, steps, mass_g, x, y`` (decimetres of EPSG:3857, empty without
        a coordinate). Lots that no list ever shows, and requirements that are not open, are left out.
    """
    array = literal(list(sites), ARRAY(Uuid()))
    lot = judged_lots().where(Lot.site_id == any_(array)).subquery("lot_judged")
    lots = (
        select(
            literal(MarkKind.LOT.value, Text).label("kind"),
            lot.c.id,
            lot.c.site_id,
            lot.c.municipality_code,
            lot.c.class_id,
            cast(lot.c.basis, Text).label("basis"),
            cast(lot.c.firmness, Text).label("firmness"),
            cast(lot.c.screening, Text).label("screening"),
            lot.c.not_counted,
            lot.c.available_from,
            lot.c.available_to,
            decide_day(lot.c).label("decide_by"),
            lot.c.quantity.label("steps"),
            (lot.c.quantity * MaterialClass.mass_g_per_step).label("mass_g"),
            func.ST_Transform(public_point(), _WEB_MERCATOR).label("place"),
        )
        .join(Site, Site.id == lot.c.site_id)
        .join(MaterialClass, MaterialClass.id == lot.c.class_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .where(or_(lot.c.not_counted.is_(None), lot.c.not_counted.not_in(HIDDEN)))
    )
    requirements = (
        select(
            literal(MarkKind.REQUIREMENT.value, Text),
            Requirement.id,
            Project.site_id,
            Site.municipality_code,
            Requirement.class_id,
            null(),
            null(),
            null(),
            null(),
            Requirement.wanted_from,
            Requirement.wanted_to,
            cast(null(), Date),
            Requirement.quantity,
            cast(Requirement.quantity * MaterialClass.mass_g_per_step, BigInteger),
            func.ST_Transform(Site.geom, _WEB_MERCATOR),
        )
        .join(Project, Project.id == Requirement.project_id)
        .join(Site, Site.id == Project.site_id)
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .where(Requirement.status == RequirementStatus.OPEN, Project.site_id == any_(array))
    )
    placed = union_all(lots, requirements).subquery("placed")
    return select(
        *(column for column in placed.c if column.key != "place"),
        *(
            cast(func.round(cast(axis(placed.c.place), Numeric) * DECIMETRES), BigInteger).label(name)
            for name, axis in (("x", func.ST_X), ("y", func.ST_Y))
        ),
    )
