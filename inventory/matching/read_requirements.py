# SPDX-License-Identifier: EUPL-1.2
"""The open requirements a run selects, as columns of a problem."""

from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from inventory.matching.copy_out import copy_columns
from inventory.matching.days import EPOCH
from inventory.matching.params import RunParams
from inventory.queries.cutting.bars import MM_PER_M
from inventory.tables.attribute import ATTRIBUTES
from inventory.tables.cutting import CuttingPart, SawnKind
from inventory.tables.design_option import DesignOption
from inventory.tables.material_class import MaterialClass
from inventory.tables.organisation import PUBLIC_KINDS, Organisation
from inventory.tables.project import Project
from inventory.tables.requirement import Requirement, RequirementStatus
from inventory.tables.site import Site

_TYPES: dict[str, pa.DataType] = {
    "id": pa.string(),
    "class": pa.int32(),
    "site": pa.string(),
    "project": pa.string(),
    "builder": pa.string(),
    "quantity": pa.int64(),
    "wanted_from": pa.int32(),
    "wanted_to": pa.int32(),
    "commit_from": pa.int32(),
    "max_metres": pa.int32(),
    "storage_days": pa.int32(),
    "substitutes_ok": pa.bool_(),
    "unknown_screening_ok": pa.bool_(),
    "documentation_min": pa.string(),
    "new_price_ore": pa.float64(),
    "minimum_fulfilment": pa.int32(),
    "most_donors": pa.int32(),
    "one_kind": pa.bool_(),
    "breakage": pa.int32(),
    "priority": pa.int32(),
    "design_option": pa.string(),
    "budget_ore": pa.int64(),
    "public": pa.bool_(),
    "point": pa.string(),
    **{f"minimum.{name}": pa.int32() for name in ATTRIBUTES},
    **{f"maximum.{name}": pa.int32() for name in ATTRIBUTES},
    **{f"unknown_ok.{name}": pa.bool_() for name in ATTRIBUTES},
}


def _day(column: Any) -> Any:
    return column - literal(EPOCH)


def _select(params: RunParams, *, project_id: UUID | None, booked_too: bool) -> Select[Any]:
    sawn_mm = cast(CuttingPart.count, BigInteger) * CuttingPart.length_mm
    sawn = (
        select(CuttingPart.requirement_id, func.sum(sawn_mm).label("mm"))
        .where(CuttingPart.kind == SawnKind.PIECE)
        .group_by(CuttingPart.requirement_id)
        .subquery("sawn")
    )
    # A step of which a piece is only a part is not wanted again: so, rounded up.
    there = cast(func.coalesce(func.ceil(sawn.c.mm / (MaterialClass.step * MM_PER_M)), 0), BigInteger)
    quantity = Requirement.quantity if booked_too else Requirement.quantity - there
    # Where the builder has chosen a design option, its requirements are wanted for certain and those of the
    # others take no part; where none is chosen yet, all take part and the plan chooses.
    sibling = aliased(DesignOption, name="sibling")
    decided = exists().where(sibling.project_id == Requirement.project_id, sibling.chosen)
    takes_part = or_(Requirement.design_option_id.is_(None), DesignOption.chosen, ~decided)
    public = select(Organisation.id).where(Organisation.kind.in_(PUBLIC_KINDS))
    statement = (
        select(
            cast(Requirement.id, Text).label("id"),
            Requirement.class_id.label("class"),
            cast(Site.id, Text).label("site"),
            cast(Project.id, Text).label("project"),
            func.coalesce(cast(Project.organisation_id, Text), literal("")).label("builder"),
            quantity.label("quantity"),
            _day(Requirement.wanted_from).label("wanted_from"),
            _day(Requirement.wanted_to).label("wanted_to"),
            _day(Requirement.commit_from).label("commit_from"),
            Requirement.max_metres.label("max_metres"),
            Requirement.storage_days.label("storage_days"),
            Requirement.substitutes_ok.label("substitutes_ok"),
            Requirement.unknown_screening_ok.label("unknown_screening_ok"),
            cast(Requirement.documentation_min, Text).label("documentation_min"),
            Requirement.new_price_ore.label("new_price_ore"),
            Requirement.minimum_fulfilment_permille.label("minimum_fulfilment"),
            Requirement.most_donors.label("most_donors"),
            Requirement.one_kind.label("one_kind"),
            Requirement.breakage_permille.label("breakage"),
            Requirement.priority_permille.label("priority"),
            case((DesignOption.chosen.is_(False), DesignOption.name)).label("design_option"),
            Project.budget_ore.label("budget_ore"),
            func.coalesce(Project.organisation_id.in_(public), false()).label("public"),
            func.ST_AsText(Site.geom).label("point"),
            *(getattr(Requirement, f"{name}_min").label(f"minimum.{name}") for name in ATTRIBUTES),
            *(getattr(Requirement, f"{name}_max").label(f"maximum.{name}") for name in ATTRIBUTES),
            *(
                case((literal(name) == func.any(Requirement.unknown_ok), true()), else_=False).label(
                    f"unknown_ok.{name}"
                )
                for name in ATTRIBUTES
            ),
        )
        .join(Project, Project.id == Requirement.project_id)
        .join(Site, Site.id == Project.site_id)
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .outerjoin(sawn, sawn.c.requirement_id == Requirement.id)
        .outerjoin(DesignOption, DesignOption.id == Requirement.design_option_id)
        .where(and_(Requirement.status == RequirementStatus.OPEN, quantity > 0, takes_part))
    )
    if project_id is not None:
        statement = statement.where(Project.id == project_id)
    if params.municipalities:
        statement = statement.where(Site.municipality_code.in_(params.municipalities))
    # A window meets the chosen dates where they overlap by a day at least.
    if params.wanted_from is not None:
        statement = statement.where(Requirement.wanted_to > params.wanted_from)
    if params.wanted_to is not None:
        statement = statement.where(Requirement.wanted_from < params.wanted_to)
    return statement.order_by(Requirement.id)


def read_requirements(
    connection: Connection,
    *,
    params: RunParams,
    project_id: UUID | None = None,
    booked_too: bool = False,
) -> pa.Table:
    """Read the requirements a run selects, or those of them of one project, in the connection's transaction.

    Pieces that are sawn and booked for a requirement are wanted no more, but where `booked_too` says so; one
    of which all is booked takes no part.

    Returns
    -------
    pyarrow.Table
        One row a requirement; days since 1970-01-01, class as the class's number, attributes as
        ``minimum.<name>``, ``maximum.<name>`` and ``unknown_ok.<name>``; shares in permille; `design_option`
        is the name of an option still to be chosen; `budget_ore` and `public` are the project's; `point` is
        null where the project's site has none.
    """
    return copy_columns(
        connection, _select(params, project_id=project_id, booked_too=booked_too), types=_TYPES
    )


def resolve_new_prices(table: pa.Table, *, by_class: dict[int, float]) -> Any:
    """Give the price of new per step of each requirement: its own, else its class's (oere)."""
    own = table["new_price_ore"].to_numpy(zero_copy_only=False).astype(float)
    usual = np.array([by_class[number] for number in table["class"].to_pylist()], dtype=float)
    return np.where(np.isnan(own), usual, own)
