# SPDX-License-Identifier: EUPL-1.2
"""What is known of lots' documentation, the requirements that ask for it, and the tests that were taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from inventory.documentation.completeness import Asked, Completeness, LotKnown, judge_completeness
from inventory.queries.lots.origins import find_origins_of, speaks_of
from inventory.queries.offers import AnyRow
from inventory.tables import (
    ATTRIBUTES,
    Attachment,
    AttachmentKind,
    Attribute,
    Basis,
    Building,
    ClassAttribute,
    Lot,
    LotSurvey,
    LotTest,
    MaterialClass,
    ProductDecision,
    Requirement,
    RequirementStatus,
    Screening,
    Site,
    Substitute,
    TestOutcome,
)

_LINES = "lines_of_classes"
"""Where a session keeps what it read of the classes, with the transaction it read it in."""


def read_completeness(session: Session, *, lot_ids: Collection[UUID]) -> dict[UUID, Completeness]:
    """Read how complete the documentation of lots is, by lot; the same few statements for one and for many.

    Parameters
    ----------
    session
        Any.
    lot_ids
        The lots; one that is not there is left out.
    """
    rows = _read_lots(session, lot_ids=lot_ids)
    classes = _read_lines_of_classes(session)
    asked = _read_asked(session, class_ids={row.class_id for row in rows})
    outcomes = _read_outcomes(session, lot_ids=lot_ids)
    return {
        row.id: judge_completeness(
            _make_known(
                row,
                classes=classes[row.class_id],
                attributes=row.attributes or (),
                tests=outcomes[row.id],
            ),
            asked=asked[row.class_id],
        )
        for row in rows
    }


def read_tests(session: Session, *, lot_id: UUID) -> list[AnyRow]:
    """Read the tests that were taken of a lot, the newest first, with the name of the report, if any."""
    query = (
        select(*LotTest.__table__.columns, Attachment.name.label("report_name"))
        .outerjoin(Attachment, Attachment.id == LotTest.report_id)
        .where(speaks_of(LotTest.lot_id, lot_id))
        .order_by(LotTest.tested_on.desc(), LotTest.test, LotTest.id)
    )
    return list(session.execute(query))


def list_documented_lots(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """List the surveyed lots of a site.

    Columns: id, ref, name_da, name_en, unit, amount, documentation, product_status.
    """
    query = (
        select(
            Lot.id,
            Lot.ref,
            MaterialClass.name_da,
            MaterialClass.name_en,
            Lot.unit,
            (Lot.quantity * MaterialClass.step).label("amount"),
            Lot.documentation,
            Lot.product_status,
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .where(Lot.site_id == site_id, Lot.basis == Basis.SURVEYED)
        .order_by(MaterialClass.id, Lot.ref, Lot.id)
    )
    return list(session.execute(query))


def read_attribute_names(session: Session) -> dict[tuple[str, str], AnyRow]:
    """Read the names of the attributes, by ("attribute", name), as `read_code_names` does."""
    rows = session.execute(select(Attribute.name, Attribute.name_da, Attribute.name_en))
    return {("attribute", row.name): row for row in rows}


def read_line_of_class(session: Session, *, class_id: int) -> tuple[str, ...]:
    """Read the code of a class and of those above it."""
    return _read_lines_of_classes(session)[class_id]


def _read_lots(session: Session, *, lot_ids: Collection[UUID]) -> Sequence[AnyRow]:
    origin = find_origins_of(lot_ids)
    photos = (
        select(func.count())
        .select_from(Attachment)
        .join(origin, origin.c.id == Attachment.lot_id)
        .where(origin.c.lot_id == Lot.id, Attachment.kind == AttachmentKind.PHOTO)
        .scalar_subquery()
    )
    query = (
        select(
            Lot.id,
            Lot.class_id,
            Lot.basis,
            Lot.screening,
            Lot.documentation,
            Lot.price_ore,
            *(getattr(Lot, name) for name in ATTRIBUTES),
            or_(Site.geom.is_not(None), Site.address.is_not(None)).label("placed"),
            or_(Lot.year.is_not(None), Building.year_built.is_not(None)).label("year_known"),
            photos.label("photos"),
            and_(
                func.coalesce(Lot.available_from, Site.available_from).is_not(None),
                func.coalesce(Lot.available_to, Site.available_to).is_not(None),
            ).label("has_window"),
            and_(ProductDecision.lot_id.is_not(None), Lot.product_status.is_not(None)).label(
                "product_decided"
            ),
            select(func.array_agg(ClassAttribute.attribute))
            .where(ClassAttribute.class_id == Lot.class_id)
            .scalar_subquery()
            .label("attributes"),
            LotSurvey.condition_basis,
            LotSurvey.fixing,
            LotSurvey.detachability,
            LotSurvey.access_note,
            LotSurvey.ce_ref,
            LotSurvey.dop_ref,
            LotSurvey.epd_ref,
        )
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .outerjoin(ProductDecision, ProductDecision.lot_id == Lot.id)
        .where(Lot.id.in_(lot_ids))
    )
    return session.execute(query).all()


def _make_known(
    row: AnyRow, *, classes: tuple[str, ...], attributes: Sequence[str], tests: dict[str, TestOutcome]
) -> LotKnown:
    return LotKnown(
        classes=classes,
        attributes={name: getattr(row, name) for name in attributes},
        counted=row.basis == Basis.SURVEYED,
        placed=row.placed,
        year_known=row.year_known,
        photos=row.photos,
        screened=row.screening != Screening.UNKNOWN,
        has_window=row.has_window,
        condition_based=row.condition_basis is not None,
        fixing_known=row.fixing is not None and row.detachability is not None,
        access_known=bool(row.access_note),
        priced=row.price_ore is not None,
        product_decided=row.product_decided,
        declared=any((row.ce_ref, row.dop_ref, row.epd_ref)),
        documentation=row.documentation,
        tests=tests,
    )


def _read_lines_of_classes(session: Session) -> dict[int, tuple[str, ...]]:
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


def _read_outcomes(session: Session, *, lot_ids: Collection[UUID]) -> dict[UUID, dict[str, TestOutcome]]:
    """Read the latest outcome of each test of each lot."""
    found: dict[UUID, dict[str, TestOutcome]] = defaultdict(dict)
    origin = find_origins_of(lot_ids)
    query = select(origin.c.lot_id, LotTest.test, LotTest.outcome).join(origin, origin.c.id == LotTest.lot_id)
    for lot_id, test, outcome in session.execute(query.order_by(LotTest.tested_on, LotTest.created_at)):
        found[lot_id][test] = outcome
    return found


def _read_asked(session: Session, *, class_ids: set[int]) -> dict[int, list[Asked]]:
    """Read the open requirements of each class, those that take it as a substitute among them."""
    bounds = [
        or_(
            getattr(Requirement, f"{name}_min").is_not(None), getattr(Requirement, f"{name}_max").is_not(None)
        ).label(name)
        for name in ATTRIBUTES
    ]
    columns = (
        Requirement.id,
        Requirement.documentation_min,
        Requirement.unknown_screening_ok,
        Requirement.unknown_ok,
        *bounds,
    )
    is_open = Requirement.status == RequirementStatus.OPEN
    own = select(Requirement.class_id.label("served"), *columns).where(
        is_open, Requirement.class_id.in_(class_ids)
    )
    other = (
        select(Substitute.substitute_id.label("served"), *columns)
        .join(Substitute, Substitute.class_id == Requirement.class_id)
        .where(is_open, Requirement.substitutes_ok, Substitute.substitute_id.in_(class_ids))
    )
    found: dict[int, list[Asked]] = defaultdict(list)
    for row in session.execute(own.union_all(other)):
        found[row.served].append(_make_asked(row))
    return found


def _make_asked(row: Any) -> Asked:
    return Asked(
        requirement_id=row.id,
        documentation_min=row.documentation_min,
        screened_only=not row.unknown_screening_ok,
        attributes=frozenset(
            name for name in ATTRIBUTES if getattr(row, name) and name not in row.unknown_ok
        ),
    )
