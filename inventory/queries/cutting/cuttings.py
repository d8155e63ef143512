# SPDX-License-Identifier: EUPL-1.2
"""What is to be cut for a project, the newest plan of it, and what the saw is taken to do."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.errors import GenbroError
from inventory.queries.offers import AnyRow
from inventory.tables import (
    Cutting,
    Factor,
    MaterialClass,
    Requirement,
    RequirementPiece,
    RequirementStatus,
    Unit,
)

_ORE_PER_DKK = 100


class SawParams(BaseModel):
    """What the saw does: width of a cut and shortest off-cut kept in mm, cost of a cut in øre."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kerf_mm: Decimal = Field(ge=0, le=100)
    minimum_offcut_mm: Decimal = Field(ge=0, le=100_000)
    cut_ore: int = Field(ge=0, le=100_000_000)


class MissingSawFactorError(GenbroError):
    """There is no {kind} in force; add a row to the factor table."""


def read_saw(
    session: Session,
    *,
    today: date,
    kerf_mm: Decimal | None = None,
    minimum_offcut_mm: Decimal | None = None,
) -> SawParams:
    """Give what the saw does: as said, and for the rest as the factor table assumes.

    Raises
    ------
    MissingSawFactorError
        The factor table lacks one.
    """

    def usual(kind: str) -> Decimal:
        query = select(Factor.value).where(Factor.kind == kind, Factor.valid_from <= today)
        value = session.scalars(query.order_by(Factor.valid_from.desc()).limit(1)).first()
        if value is None:
            raise MissingSawFactorError(kind=kind)
        return value

    return SawParams(
        kerf_mm=usual("saw_kerf") if kerf_mm is None else kerf_mm,
        minimum_offcut_mm=usual("offcut_minimum") if minimum_offcut_mm is None else minimum_offcut_mm,
        cut_ore=round(usual("cut_price") * _ORE_PER_DKK),
    )


def read_pieces(session: Session, *, requirement_ids: Sequence[UUID]) -> dict[UUID, dict[int, int]]:
    """Read the pieces of requirements: length in mm -> how many, the longest first; none are left out."""
    query = (
        select(RequirementPiece.requirement_id, RequirementPiece.length_mm, RequirementPiece.count)
        .where(RequirementPiece.requirement_id.in_(requirement_ids))
        .order_by(RequirementPiece.requirement_id, RequirementPiece.length_mm.desc())
    )
    pieces: dict[UUID, dict[int, int]] = {}
    for row in session.execute(query):
        pieces.setdefault(row[0], {})[row[1]] = row[2]
    return pieces


def list_linear(session: Session, *, project_id: UUID) -> Sequence[AnyRow]:
    """List the open requirements of a project that are counted in metres.

    Returns
    -------
    Sequence of rows
        ``id, ref, name_da, name_en, amount`` (metres) and ``length_mm_min``.
    """
    query = (
        select(
            Requirement.id,
            Requirement.ref,
            MaterialClass.name_da,
            MaterialClass.name_en,
            (Requirement.quantity * MaterialClass.step).label("amount"),
            Requirement.length_mm_min,
        )
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .where(
            Requirement.project_id == project_id,
            Requirement.status == RequirementStatus.OPEN,
            Requirement.unit == Unit.M,
        )
        .order_by(MaterialClass.id, Requirement.ref)
    )
    return session.execute(query).all()


def read_newest_cutting(session: Session, *, project_id: UUID) -> AnyRow | None:
    """Read the newest cutting of a project, whatever its state; None where there is none."""
    query = select(Cutting.__table__).where(Cutting.project_id == project_id)
    return session.execute(query.order_by(Cutting.created_at.desc(), Cutting.id).limit(1)).one_or_none()


def read_cutting(session: Session, *, cutting_id: UUID) -> AnyRow:
    """Read a cutting there is."""
    return session.execute(select(Cutting.__table__).where(Cutting.id == cutting_id)).one()


def find_cutting(session: Session, *, cutting_id: UUID) -> AnyRow | None:
    """Find a cutting; None where there is none."""
    return session.execute(select(Cutting.__table__).where(Cutting.id == cutting_id)).one_or_none()
