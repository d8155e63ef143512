# SPDX-License-Identifier: EUPL-1.2
"""What is known of lots as far as their documentation asks; those known alike stand together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, case, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session

from inventory.documentation.completeness import LotKnown
from inventory.queries.lots.origins import find_origins_of
from inventory.queries.offers import AnyRow
from inventory.tables import (
    ATTRIBUTES,
    Attachment,
    AttachmentKind,
    Basis,
    Building,
    ClassAttribute,
    Lot,
    LotSurvey,
    LotTest,
    MaterialClass,
    ProductDecision,
    Screening,
    Site,
    TestOutcome,
)

_LINES = "lines_of_classes"
"""Where a session keeps what it read of the classes, with the transaction it read it in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLots:
    """Lots of one class of which the same is known."""

    lot_ids: tuple[UUID, ...]
    class_id: int
    known: LotKnown


def read_known(session: Session, *, chosen: ColumnElement[bool]) -> list[KnownLots]:
    """Read what is known of lots; the same few statements for one and for many.

    Parameters
    ----------
    session
        Any.
    chosen
        A condition on `lot`.
    """
    lines = read_lines_of_classes(session)
    outcomes = _read_outcomes(session, chosen=chosen)
    declared = _read_declared(session)
    found = []
    for row in session.execute(_select_known(chosen)):
        known = _make_known(row, classes=lines[row.class_id], attributes=declared[row.class_id])
        plain = tuple(lot_id for lot_id in row.lot_ids if lot_id not in outcomes)
        if plain:
            found.append(KnownLots(lot_ids=plain, class_id=row.class_id, known=known))
        found += [
            KnownLots(lot_ids=(one,), class_id=row.class_id, known=replace(known, tests=outcomes[one]))
            for one in row.lot_ids
            if one in outcomes
        ]
    return found


def read_lines_of_classes(session: Session) -> dict[int, tuple[str, ...]]:
    """Read of every class its code and those of the classes above it, by id; once in a transaction."""
    transaction, kept = session.get_transaction(), session.info.get(_LINES)
    if kept is not None and transaction is not None and kept[0] is transaction:
        known: dict[int, tuple[str, ...]] = kept[1]
        return known
    rows = {
        row.id: row
        for row in session.execute(select(MaterialClass.id, MaterialClass.code, MaterialClass.parent_id))
    }
    lines: dict[int, tuple[str, ...]] = {}
    for class_id in rows:
        line: list[str] = []
        at: int | None = class_id
        while at is not None:
            line.append(rows[at].code)
            at = rows[at].parent_id
        lines[class_id] = tuple(line)
    session.info[_LINES] = (session.get_transaction(), lines)
    return lines


def _select_known(chosen: ColumnElement[bool]) -> Any:
    """Select what is known, with the ids of the lots it is known of."""
    origin = find_origins_of(chosen)
    pictured = (
        select(origin.c.lot_id, true().label("is"))
        .join(Attachment, Attachment.lot_id == origin.c.id)
        .where(Attachment.kind == AttachmentKind.PHOTO)
        .distinct()
        .subquery("pictured")
    )
    # An attribute that is known goes by its name.
    filled = array(
        [
            case((getattr(Lot, name).is_not(None), literal(name, String, literal_execute=True)))
            for name in ATTRIBUTES
        ]
    )
    facts = {
        "class_id": Lot.class_id,
        "documentation": Lot.documentation,
        "filled": func.array_remove(filled, None),
        "counted": Lot.basis == Basis.SURVEYED,
        "placed": or_(Site.geom.is_not(None), Site.address.is_not(None)),
        "year_known": or_(Lot.year.is_not(None), Building.year_built.is_not(None)),
        "pictured": pictured.c["is"].is_not(None),
        "screened": Lot.screening != Screening.UNKNOWN,
        "has_window": and_(
            func.coalesce(Lot.available_from, Site.available_from).is_not(None),
            func.coalesce(Lot.available_to, Site.available_to).is_not(None),
        ),
        "condition_based": LotSurvey.condition_basis.is_not(None),
        "fixing_known": and_(LotSurvey.fixing.is_not(None), LotSurvey.detachability.is_not(None)),
        "access_known": func.coalesce(LotSurvey.access_note, "") != "",
        "priced": Lot.price_ore.is_not(None),
        "declared": func.concat(LotSurvey.ce_ref, LotSurvey.dop_ref, LotSurvey.epd_ref) != "",
        "product_decided": and_(ProductDecision.lot_id.is_not(None), Lot.product_status.is_not(None)),
    }
    rows = (
        select(Lot.id, *(value.label(name) for name, value in facts.items()))
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .outerjoin(ProductDecision, ProductDecision.lot_id == Lot.id)
        .outerjoin(pictured, pictured.c.lot_id == Lot.id)
        .where(chosen)
        .subquery("known")
    )
    alike = [rows.c[name] for name in facts]
    return select(func.array_agg(rows.c.id).label("lot_ids"), *alike).group_by(*alike)


def _make_known(row: AnyRow, *, classes: tuple[str, ...], attributes: list[str]) -> LotKnown:
    return LotKnown(
        classes=classes,
        attributes={name: name in row.filled for name in attributes},
        counted=row.counted,
        placed=row.placed,
        year_known=row.year_known,
        pictured=row.pictured,
        screened=row.screened,
        has_window=row.has_window,
        condition_based=row.condition_based,
        fixing_known=row.fixing_known,
        access_known=row.access_known,
        priced=row.priced,
        product_decided=row.product_decided,
        declared=row.declared,
        documentation=row.documentation,
        tests={},
    )


def _read_declared(session: Session) -> dict[int, list[str]]:
    """Read the attributes that each class declares."""
    found: dict[int, list[str]] = defaultdict(list)
    for class_id, name in session.execute(select(ClassAttribute.class_id, ClassAttribute.attribute)):
        found[class_id].append(name)
    return found


def _read_outcomes(session: Session, *, chosen: ColumnElement[bool]) -> dict[UUID, dict[str, TestOutcome]]:
    """Read the latest outcome of each test of the lots that have some."""
    found: dict[UUID, dict[str, TestOutcome]] = defaultdict(dict)
    origin = find_origins_of(chosen)
    query = select(origin.c.lot_id, LotTest.test, LotTest.outcome).join(origin, origin.c.id == LotTest.lot_id)
    for lot_id, test, outcome in session.execute(query.order_by(LotTest.tested_on, LotTest.created_at)):
        found[lot_id][test] = outcome
    return found
