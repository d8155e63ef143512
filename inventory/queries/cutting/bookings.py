# SPDX-License-Identifier: EUPL-1.2
"""What stands in the way of booking a cutting plan, and what a booked one made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.cutting.bars import MM_PER_M, SEEN, Counted, count_bars
from inventory.queries.cutting.cuttings import read_pieces
from inventory.queries.cutting.sawn import SawnLot
from inventory.queries.lots.life import list_next_steps
from inventory.queries.offers import AnyRow
from inventory.tables import (
    Basis,
    Cutting,
    CuttingBar,
    CuttingPart,
    Lot,
    LotStatus,
    LotSurvey,
    MaterialClass,
    Project,
    Requirement,
    RequirementStatus,
    SawnKind,
    Screening,
    StepNeed,
)

SAWABLE = (
    LotStatus.OFFERED,
    LotStatus.HELD,
    LotStatus.AGREED,
    LotStatus.DISMANTLED,
    LotStatus.STORED,
    LotStatus.DELIVERED,
)
"""States in which a lot may be sawn."""
NOT_PROMISED = (LotStatus.OFFERED, LotStatus.HELD)
"""States whose pieces become agreed: somebody has them sawn for a project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a cutting plan cannot be booked: of which lot or requirement, and what changed since.

    `why` is ``gone``, ``estimated``, ``state`` (it is `status`), ``changed`` (in `fields`), ``few`` (bars:
    `there` of `needed`), ``missing`` (`fields` of `StepNeed`), or of a requirement ``unwanted`` (pieces of
    `length_mm`: `there` still wanted of `needed`).
    """

    ref: str
    why: str
    status: LotStatus | None = None
    fields: tuple[str, ...] = ()
    length_mm: int = 0
    there: int = 0
    needed: int = 0

    def __str__(self) -> str:
        """Say it in a line of English, for commands and logs."""
        return {
            "gone": f"lot {self.ref} is gone",
            "estimated": f"lot {self.ref} is an estimate: survey it first",
            "state": f"lot {self.ref} is {self.status}",
            "changed": f"lot {self.ref} changed in {', '.join(self.fields)}",
            "few": f"lot {self.ref} holds {self.there} bars, and {self.needed} are sawn",
            "missing": f"lot {self.ref} still needs {', '.join(self.fields)}",
            "unwanted": f"requirement {self.ref} wants {self.there} more pieces of {self.length_mm} mm, and"
            f" {self.needed} are sawn",
        }[self.why]


def list_refusals(
    session: Session, *, sawn: Sequence[SawnLot], seen: dict[str, dict[str, Any]] | None
) -> list[Refusal]:
    """List why a plan cannot be booked as the lots and requirements are now; empty where nothing does.

    Parameters
    ----------
    session
        Its transaction.
    sawn
        From `inventory.queries.cutting.sawn.reckon_sawn`.
    seen
        What the plan took its lots to be; of a plan without, length and number of bars alone are compared.
    """
    query = (
        select(
            *(getattr(Lot, name) for name in (*SEEN, "id", "ref", "basis", "status", "quantity")),
            Lot.asbestos_suspect,
            LotSurvey.trade_unit,
            LotSurvey.count.label("pieces"),
            LotSurvey.content,
            LotSurvey.yield_percent,
            MaterialClass.step,
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .where(Lot.id.in_([one.lot_id for one in sawn]))
    )
    there = {row.id: row for row in session.execute(query)}
    found = []
    for one in sawn:
        if one.lot_id not in there:
            found.append(Refusal(ref=str(one.lot_id), why="gone"))
            continue
        known = (seen or {}).get(str(one.lot_id), {"length_mm": one.length_mm})
        refusal = _refuse_lot(session, there[one.lot_id], one=one, known=known)
        found += [] if refusal is None else [refusal]
    return found + _refuse_pieces(session, sawn)


def _refuse_lot(session: Session, lot: AnyRow, *, one: SawnLot, known: dict[str, Any]) -> Refusal | None:
    if lot.basis is not Basis.SURVEYED:
        return Refusal(ref=lot.ref, why="estimated")
    if lot.status not in SAWABLE:
        return Refusal(ref=lot.ref, why="state", status=lot.status)
    changed = tuple(name for name in SEEN if name in known and getattr(lot, name) != known[name])
    if changed:
        return Refusal(ref=lot.ref, why="changed", fields=changed)
    bars, _ = count_bars(
        quantity=lot.quantity,
        length_mm=lot.length_mm,
        counted=None
        if lot.trade_unit is None
        else Counted(
            trade_unit=lot.trade_unit,
            count=lot.pieces,
            content=lot.content,
            yield_percent=lot.yield_percent,
        ),
        mm_per_step=int(lot.step * MM_PER_M),
    )
    if bars < one.bars:
        return Refusal(ref=lot.ref, why="few", there=bars, needed=one.bars)
    missing = _list_missing(session, lot)
    return Refusal(ref=lot.ref, why="missing", fields=missing) if missing else None


def _list_missing(session: Session, lot: AnyRow) -> tuple[str, ...]:
    """List what a lot lacks before its pieces may be promised; of one that is, what speaks against sawing."""
    if lot.status in NOT_PROMISED:
        steps = list_next_steps(session, lot_id=lot.id)
        return next((step.missing for step in steps if step.to is LotStatus.AGREED), (StepNeed.AMOUNT,))
    found = (
        (StepNeed.NOT_HAZARDOUS, lot.screening is Screening.HAZARDOUS),
        (StepNeed.NO_ASBESTOS, lot.asbestos_suspect),
    )
    return tuple(need for need, lacking in found if lacking)


def _refuse_pieces(session: Session, sawn: Sequence[SawnLot]) -> list[Refusal]:
    needed: dict[tuple[UUID, int], int] = {}
    for one in sawn:
        for part in one.parts:
            if part.requirement_id is not None:
                key = (part.requirement_id, part.length_mm)
                needed[key] = needed.get(key, 0) + part.count
    ids = sorted({requirement_id for requirement_id, _ in needed})
    pieces, booked = read_pieces(session, requirement_ids=ids), count_booked(session, requirement_ids=ids)
    rows = session.execute(
        select(
            Requirement.id,
            Requirement.ref,
            Requirement.status,
            Requirement.quantity,
            Requirement.length_mm_min,
            MaterialClass.step,
        )
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .where(Requirement.id.in_(ids))
    )
    wanted = {row.id: row for row in rows}
    found = []
    for (requirement_id, length), count in sorted(needed.items()):
        there, ref = 0, str(requirement_id)
        if requirement_id in wanted:
            requirement = wanted[requirement_id]
            ref = requirement.ref
            if requirement.status is RequirementStatus.OPEN and requirement_id in pieces:
                there = pieces[requirement_id].get(length, 0)
            elif requirement.status is RequirementStatus.OPEN and requirement.length_mm_min == length:
                there = -(-requirement.quantity * int(requirement.step * MM_PER_M) // length)
            there = max(0, there - booked.get((requirement_id, length), 0))
        if there < count:
            found.append(Refusal(ref=ref, why="unwanted", length_mm=length, there=there, needed=count))
    return found


def count_booked(session: Session, *, requirement_ids: Collection[UUID]) -> dict[tuple[UUID, int], int]:
    """Count the pieces sawn for requirements and booked: requirement and length in mm -> how many."""
    query = (
        select(CuttingPart.requirement_id, CuttingPart.length_mm, func.sum(CuttingPart.count))
        .where(CuttingPart.kind == SawnKind.PIECE, CuttingPart.requirement_id.in_(requirement_ids))
        .group_by(CuttingPart.requirement_id, CuttingPart.length_mm)
    )
    return {
        (requirement_id, length): int(count)
        for requirement_id, length, count in session.execute(query)
        if requirement_id is not None
    }


def list_booked(session: Session, *, project_id: UUID) -> Sequence[AnyRow]:
    """List the booked cuttings of a project, the newest first: id, booked_at, booked_by, bars."""
    query = (
        select(Cutting.id, Cutting.booked_at, Cutting.booked_by, func.sum(CuttingBar.bars).label("bars"))
        .join(CuttingBar, CuttingBar.cutting_id == Cutting.id)
        .where(Cutting.project_id == project_id, Cutting.booked_at.is_not(None))
        .group_by(Cutting.id)
        .order_by(Cutting.booked_at.desc(), Cutting.id)
    )
    return session.execute(query).all()


def list_sawn(session: Session, *, cutting_id: UUID) -> Sequence[AnyRow]:
    """List the lots that a booked cutting sawed: columns of `cutting_bar`, `ref`, `status`, `scrap_ref`."""
    scrap = aliased(Lot, name="scrap")
    query = (
        select(CuttingBar.__table__, Lot.ref, Lot.status, scrap.ref.label("scrap_ref"))
        .join(Lot, Lot.id == CuttingBar.lot_id)
        .outerjoin(scrap, scrap.id == CuttingBar.scrap_lot_id)
        .where(CuttingBar.cutting_id == cutting_id)
        .order_by(CuttingBar.lot_id)
    )
    return session.execute(query).all()


def list_made(session: Session, *, cutting_id: UUID) -> Sequence[AnyRow]:
    """List the lots that a booked cutting made: columns of `cutting_part`, `ref`, `status`; pieces first."""
    query = (
        select(CuttingPart.__table__, Lot.ref, Lot.status)
        .join(Lot, Lot.id == CuttingPart.lot_id)
        .where(CuttingPart.cutting_id == cutting_id)
        .order_by(
            CuttingPart.parent_id,
            CuttingPart.kind.desc(),
            CuttingPart.requirement_id,
            CuttingPart.length_mm.desc(),
        )
    )
    return session.execute(query).all()


def read_sawn_for(session: Session, *, lot_id: UUID) -> AnyRow | None:
    """Read what sawing made of or with a lot: cutting_id, project_id and its name; None where nothing did."""
    made, sawn = aliased(CuttingPart), aliased(CuttingBar)
    query = (
        select(Cutting.id.label("cutting_id"), Project.id.label("project_id"), Project.name)
        .join(Project, Project.id == Cutting.project_id)
        .outerjoin(made, (made.cutting_id == Cutting.id) & (made.lot_id == lot_id))
        .outerjoin(sawn, (sawn.cutting_id == Cutting.id) & (sawn.lot_id == lot_id))
        .where((made.lot_id.is_not(None)) | (sawn.lot_id.is_not(None)))
        .order_by(Cutting.booked_at.desc())
        .limit(1)
    )
    return session.execute(query).first()
