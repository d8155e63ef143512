# SPDX-License-Identifier: EUPL-1.2
"""The samples of a lot, the limits they are held against, and what they say."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Text, and_, cast, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from inventory.queries.lots.origins import find_sampled, speaks_of
from inventory.queries.offers import AnyRow
from inventory.screening.reading import Reading
from inventory.screening.suspicion import list_to_look_for
from inventory.screening.verdict import Limit, Verdict, judge_samples
from inventory.tables import (
    Attachment,
    Basis,
    CodeList,
    Lot,
    MaterialClass,
    Sample,
    ScreeningLimit,
    Site,
)


def read_samples(session: Session, *, lot_id: UUID) -> list[AnyRow]:
    """Read the samples of a lot and of those it was made of, by substance, day and place."""
    query = select(Sample.__table__).where(speaks_of(Sample.lot_id, lot_id))
    return list(session.execute(query.order_by(Sample.substance, Sample.sampled_on, Sample.place)))


def read_limits(session: Session, *, municipality_code: str | None, today: date) -> dict[str, Limit]:
    """Read the limit of each substance in force on a day: the municipality's own, or else the guidance."""
    limit = ScreeningLimit
    query = (
        select(
            limit.municipality_code,
            limit.substance,
            limit.unit,
            limit.clean_below,
            limit.hazardous_from,
            limit.note,
            limit.source,
        )
        .where(
            or_(limit.municipality_code.is_(None), limit.municipality_code == municipality_code),
            or_(limit.valid_from.is_(None), limit.valid_from <= today),
            or_(limit.valid_to.is_(None), limit.valid_to > today),
        )
        # What is read later stands: the newest of the guidance, then the newest of the municipality's own.
        .order_by(limit.municipality_code.is_not(None), limit.valid_from.asc().nulls_first(), limit.id)
    )
    return {row["substance"]: Limit(**row) for row in session.execute(query).mappings()}


def list_substances(session: Session) -> set[str]:
    """List the substances that can be sampled, without those that are sums of others."""
    query = select(CodeList.code).where(CodeList.list == "substance", CodeList.note.is_distinct_from("sum"))
    return set(session.scalars(query))


def judge_lot(session: Session, *, lot_id: UUID, today: date, samples: list[AnyRow] | None = None) -> Verdict:
    """Judge a lot by its samples and the limits in force on a day.

    Parameters
    ----------
    session, lot_id, today
        Where, which lot and which day.
    samples
        From `read_samples`, where they have been read.

    Raises
    ------
    sqlalchemy.exc.NoResultFound
        There is no such lot.
    """
    lot = session.execute(
        select(
            Lot.suspicion,
            Lot.asbestos_suspect,
            Site.municipality_code,
            select(func.array_agg(CodeList.code))
            .where(CodeList.list == "substance", CodeList.note == "metal")
            .scalar_subquery()
            .label("metals"),
        )
        .join(Site, Site.id == Lot.site_id)
        .where(Lot.id == lot_id)
    ).one()
    return judge_samples(
        [
            (row.substance, Reading(value=row.value, below=row.below, unit=row.unit))
            for row in (read_samples(session, lot_id=lot_id) if samples is None else samples)
        ],
        limits=read_limits(session, municipality_code=lot.municipality_code, today=today),
        metals=set(lot.metals or ()),
        suspicions=list_to_look_for(lot.suspicion, asbestos_suspect=lot.asbestos_suspect),
    )


def find_surveyed_lots(session: Session) -> dict[tuple[str, str], list[UUID]]:
    """Find the surveyed lots by the name of their site and their own."""
    found: dict[tuple[str, str], list[UUID]] = {}
    query = select(Site.ref, Lot.ref, Lot.id).join(Site, Site.id == Lot.site_id)
    for site, lot, lot_id in session.execute(query.where(Lot.basis == Basis.SURVEYED)):
        found.setdefault((site, lot), []).append(lot_id)
    return found


def list_sampled_lots(session: Session) -> list[UUID]:
    """List the lots with samples, and those made of them."""
    sampled = find_sampled()
    return list(session.scalars(select(sampled.c.id).order_by(sampled.c.id)))


def list_same_results(session: Session, *, ids: set[UUID]) -> list[AnyRow]:
    """List samples of which another lot has one of the same substance, day, value and laboratory.

    Two lots may well be alike, but a report used twice looks the same: whoever reads it decides. Results
    below detection are left out, as they are all alike. Columns: substance, value, unit, sampled_on,
    laboratory, place, lot_id, other_place, other_lot_id.
    """
    one, other = Sample, aliased(Sample)
    same = and_(
        tuple_(one.substance, one.sampled_on, one.value, one.laboratory)
        == tuple_(other.substance, other.sampled_on, other.value, other.laboratory),
        one.lot_id != other.lot_id,
    )
    query = (
        select(
            one.substance,
            one.value,
            one.unit,
            one.sampled_on,
            one.laboratory,
            one.place,
            one.lot_id,
            other.place.label("other_place"),
            other.lot_id.label("other_lot_id"),
        )
        .join(other, same)
        .where(one.id.in_(ids), ~one.below, ~other.below)
        .order_by(one.substance, one.place, other.place)
    )
    return list(session.execute(query))


def read_site_samples(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """Read the samples of a site's lots, the newest first.

    Columns: those of `sample`, `ref`, `name_da` and `name_en` of the lot, and `report_id`: the lot's file of
    the report's name, if it has one.
    """
    files = (
        select(func.min(cast(Attachment.id, Text)))
        .where(Attachment.lot_id == Sample.lot_id, Attachment.name == Sample.report)
        .scalar_subquery()
    )
    query = (
        select(
            *Sample.__table__.columns,
            Lot.ref,
            MaterialClass.name_da,
            MaterialClass.name_en,
            files.label("report_id"),
        )
        .join(Lot, Lot.id == Sample.lot_id)
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .where(Lot.site_id == site_id)
        .order_by(Sample.sampled_on.desc(), Lot.ref, Sample.substance, Sample.place)
    )
    return list(session.execute(query))


def list_lots_to_sample(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """List the surveyed lots of a site as id, ref, name_da, name_en, screening, asbestos_suspect."""
    query = (
        select(
            Lot.id,
            Lot.ref,
            MaterialClass.name_da,
            MaterialClass.name_en,
            Lot.screening,
            Lot.asbestos_suspect,
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .where(Lot.site_id == site_id, Lot.basis == Basis.SURVEYED)
        .order_by(Lot.class_id, Lot.ref)
    )
    return list(session.execute(query))
