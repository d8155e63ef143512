# SPDX-License-Identifier: EUPL-1.2
"""What the pages of surveys show: buildings to survey, a building's lots, and what each still lacks."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, array
from sqlalchemy.orm import Session

from inventory.queries.keyset import Page, Place, Step, Turn, read_keyset_page
from inventory.queries.lots.listing import DANISH
from inventory.queries.lots.origins import find_origins_of, find_pictured
from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import is_coarse, public_name
from inventory.tables import (
    Attachment,
    AttachmentKind,
    Basis,
    Building,
    Firmness,
    Lot,
    LotStatus,
    LotSurvey,
    MaterialClass,
    Municipality,
    Room,
    Site,
    SiteKind,
)

LACKS = ("photo", "condition", "fixing", "dimensions", "access")
"""What a lot may lack, in the order in which a builder asks for it."""


def _lacking() -> dict[str, ColumnElement[bool]]:
    photo = Lot.id.in_(select(find_pictured().c.id))
    measures = (Lot.length_mm, Lot.width_mm, Lot.height_mm, Lot.thickness_mm)
    return {
        "photo": ~photo,
        "condition": and_(Lot.grade.is_(None), LotSurvey.appearance.is_(None)),
        "fixing": or_(LotSurvey.fixing.is_(None), LotSurvey.detachability.is_(None)),
        "dimensions": and_(*(measure.is_(None) for measure in measures)),
        "access": LotSurvey.access_note.is_(None),
    }


def _photos(lots: ColumnElement[bool]) -> CTE:
    """Give the photos that speak of lots: lot_id, id, added_at."""
    origin = find_origins_of(lots)
    return (
        select(origin.c.lot_id, Attachment.id, Attachment.added_at)
        .join(origin, origin.c.id == Attachment.lot_id)
        .where(Attachment.kind == AttachmentKind.PHOTO)
        .cte("photo")
    )


@cache
def _surveyed_lots() -> Subquery:
    """Give every surveyed lot that was not removed, with a flag for each thing it lacks."""
    return (
        select(
            Lot.site_id,
            Lot.updated_at,
            *(lacks.label(name) for name, lacks in _lacking().items()),
        )
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .where(Lot.basis == Basis.SURVEYED, Lot.status != LotStatus.WITHDRAWN)
        .subquery("surveyed_lot")
    )


def _site_columns() -> tuple[Any, ...]:
    return (
        Site.id,
        public_name().label("name"),
        Site.kind,
        Site.postcode,
        Site.town,
        Municipality.name.label("municipality_name"),
        Building.use_code,
        Building.year_built,
        Building.total_area_m2,
        Site.available_from,
        Site.available_to,
        Site.firmness,
    )


def _narrow(query: Select[Any], words: str) -> Select[Any]:
    """Keep the buildings whose public name, postcode, town or municipality holds every word."""
    for word in words.split():
        query = query.where(
            or_(
                public_name().icontains(word, autoescape=True),
                Site.postcode.startswith(word, autoescape=True),
                Site.town.icontains(word, autoescape=True),
                Municipality.name.icontains(word, autoescape=True),
            )
        )
    return query


def read_begun(session: Session, *, words: str = "", turn: Turn[Place] | None = None) -> Page[Place]:
    """Read a page of the buildings whose survey is begun, those last worked on first.

    Parameters
    ----------
    session
    words
        As of `read_surveyable`.
    turn
        Which page; the first without it.

    Returns
    -------
    Page
        Rows: id, name (public; may be empty), kind, postcode, town, municipality_name, use_code, year_built,
        total_area_m2, available_from, available_to, firmness, lots, changed_at, and for each of `LACKS` how
        many lots lack it.
    """
    lot = _surveyed_lots().c
    counted = (
        select(
            lot.site_id,
            func.count().label("lots"),
            func.max(lot.updated_at).label("changed_at"),
            *(func.count().filter(lot[name]).label(name) for name in LACKS),
        )
        .group_by(lot.site_id)
        .subquery("counted")
    )
    query = (
        select(*_site_columns(), *(column for column in counted.c if column.key != "site_id"))
        .join(counted, counted.c.site_id == Site.id)
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
    )
    steps = [Step(by=counted.c.changed_at, falls=True), Step(by=Site.id)]
    return _cut(session, _narrow(query, words), steps=steps, turn=turn)


def read_surveyable(session: Session, *, words: str = "", turn: Turn[Place] | None = None) -> Page[Place]:
    """Read a page of the buildings one may survey and nobody has begun, those that come down first first.

    Parameters
    ----------
    session
    words
        What their public name, postcode, town or municipality is to hold; nothing asks for all.
    turn
        Which page; the first without it.

    Returns
    -------
    Page
        Rows as of `read_begun`, without what is counted of lots.
    """
    lot = _surveyed_lots().c
    query = (
        select(*_site_columns())
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .where(
            Site.kind == SiteKind.DONOR,
            Site.firmness.is_distinct_from(Firmness.GONE),
            ~exists().where(lot.site_id == Site.id),
        )
    )
    steps = [Step(by=Site.available_from), Step(by=Site.id)]
    return _cut(session, _narrow(query, words), steps=steps, turn=turn)


def _cut(session: Session, query: Select[Any], *, steps: list[Step], turn: Turn[Place] | None) -> Page[Place]:
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    return read_keyset_page(session, query, steps=steps, wanted=turn, total=total)


def read_survey_site(session: Session, *, site_id: UUID) -> AnyRow | None:
    """Read the building of a survey, or None: the columns of `read_surveyable`, and `coarse`."""
    query = (
        select(*_site_columns(), is_coarse().label("coarse"))
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .where(Site.id == site_id)
    )
    return session.execute(query).one_or_none()


def read_survey_lots(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """Read the surveyed lots of a building, room by room, the newest first in each; removed ones too.

    Returns
    -------
    list of Row
        id, ref, class_id, name_da, name_en, unit, step, quantity (steps, net usable), status, room_id,
        room_name, floor, count, trade_unit, content, the four dimensions, yield_percent, yield_source (these
        empty for a lot from a file), note, updated_at, photo_id (the first photo), lacks (codes of `LACKS`).
    """
    photos = _photos(and_(Lot.site_id == site_id, Lot.basis == Basis.SURVEYED))
    photo = (
        select(photos.c.id)
        .where(photos.c.lot_id == Lot.id)
        .order_by(photos.c.added_at, photos.c.id)
        .limit(1)
        .scalar_subquery()
    )
    lacks = array([case((lacks, literal(name))) for name, lacks in _lacking().items()])
    query = (
        select(
            Lot.id,
            Lot.ref,
            Lot.class_id,
            MaterialClass.name_da,
            MaterialClass.name_en,
            Lot.unit,
            MaterialClass.step,
            Lot.quantity,
            Lot.status,
            Lot.length_mm,
            Lot.width_mm,
            Lot.height_mm,
            Lot.thickness_mm,
            Lot.note,
            Lot.updated_at,
            LotSurvey.room_id,
            Room.name.label("room_name"),
            Room.floor,
            LotSurvey.count.label("gross"),
            LotSurvey.trade_unit,
            LotSurvey.content,
            LotSurvey.yield_percent,
            LotSurvey.yield_source,
            photo.label("photo_id"),
            func.array_remove(lacks, None, type_=ARRAY(TEXT)).label("lacks"),
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .outerjoin(Room, Room.id == LotSurvey.room_id)
        .where(Lot.site_id == site_id, Lot.basis == Basis.SURVEYED)
        .order_by(
            Room.floor.collate(DANISH).nulls_last(),
            Room.name.collate(DANISH).nulls_last(),
            Lot.created_at.desc(),
            Lot.ref,
        )
    )
    return list(session.execute(query))


def read_survey_lot(session: Session, *, lot_id: UUID) -> AnyRow | None:
    """Read what the page of a surveyed lot asks beside its fields; None where there is no such lot.

    Columns: id, ref, site_id, basis, status, class_id, quantity (steps), reuse, updated_at, name_da, name_en,
    code (of the class), unit, step.
    """
    query = (
        select(
            Lot.id,
            Lot.ref,
            Lot.site_id,
            Lot.basis,
            Lot.status,
            Lot.class_id,
            Lot.quantity,
            Lot.reuse,
            Lot.updated_at,
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.code,
            MaterialClass.unit,
            MaterialClass.step,
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .where(Lot.id == lot_id)
    )
    return session.execute(query).one_or_none()
