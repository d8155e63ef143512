# SPDX-License-Identifier: EUPL-1.2
"""A firm's lots as one table: filtered, sorted, in pages, and summed by unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Text, case, cast, collate, func, literal, or_, select, true
from sqlalchemy.orm import Session

from inventory.queries.keyset import Page, Place, Step, Turn, read_keyset_page
from inventory.queries.keyset import turn as put_in_order
from inventory.queries.lots.listing import DANISH
from inventory.queries.offers import AnyRow, AnySelect, find_classes
from inventory.queries.places.sites import public_name
from inventory.tables import (
    Basis,
    Building,
    Documentation,
    Lot,
    LotStatus,
    LotSurvey,
    MaterialClass,
    Municipality,
    Screening,
    Site,
)

PAGE_ROWS = 50
MOST_LOTS = 50_000
"""So many lots are changed at once at most: it takes some seconds, for which a page waits."""

UNDECIDED = "undecided"

_FREE_FROM = func.coalesce(Lot.available_from, Site.available_from)
_FREE_TO = func.coalesce(Lot.available_to, Site.available_to)
_DECIDE = func.coalesce(Lot.decide_by, _FREE_TO - literal(1, Integer))
_OWNER = func.coalesce(Lot.owner_id, Site.owner_id)

MISSING: Mapping[str, ColumnElement[bool]] = {
    "price": Lot.price_ore.is_(None),
    "reuse": Lot.reuse.is_(None),
    "screening": Lot.screening == Screening.UNKNOWN,
    "documentation": Lot.documentation == Documentation.NONE,
    "owner": _OWNER.is_(None),
    "decide_by": Lot.decide_by.is_(None),
    "window": _FREE_FROM.is_(None),
    "terms": or_(Lot.price_at.is_(None), Lot.dismantled_by.is_(None), Lot.loaded_by.is_(None)),
    "storage_place": LotSurvey.storage_place.is_(None),
}
"""What a lot may lack: code -> when it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmLotFilter:
    """Which of a firm's lots are meant; empty fields let everything through.

    `missing` are codes of `MISSING`, each of which a lot must lack; `decide_before` is the day after the last
    decide-by day; `reuse` may be `UNDECIDED`; `text` stands in the number, the product or the note.
    """

    organisation_id: UUID
    statuses: tuple[str, ...] = ()
    class_code: str | None = None
    site_id: UUID | None = None
    screening: str | None = None
    documentation: str | None = None
    reuse: str | None = None
    decide_before: date | None = None
    missing: tuple[str, ...] = ()
    basis: str | None = Basis.SURVEYED.value
    text: str | None = None


SORTS = (
    "ref", "class", "site", "quantity", "status", "from", "decide", "price", "reuse", "screening",
    "documentation", "storage",
)  # fmt: skip


def list_firm_sites(session: Session, *, organisation_id: UUID) -> list[AnyRow]:
    """List a firm's sites with lots, by place: what each is called by, and where it is."""
    query = (
        select(
            Site.id,
            Site.kind,
            public_name().label("name"),
            Building.use_code,
            Building.year_built,
            Building.total_area_m2,
            Site.postcode,
            Site.town,
            Municipality.name.label("municipality_name"),
        )
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .where(select(Lot.id).where(Lot.site_id == Site.id, _is_of(organisation_id)).correlate(Site).exists())
        .order_by(Site.postcode.nulls_last(), Site.name, Site.id)
    )
    return list(session.execute(query))


def sum_firm_lots(session: Session, *, filters: FirmLotFilter) -> list[AnyRow]:
    """Sum the lots that answer, by unit.

    Returns
    -------
    list of rows
        ``unit, lots, amount`` (in the unit), ``priced`` (lots with a price), ``worth_ore`` (at those prices).
    """
    query = (
        _choose(
            filters,
            Lot.unit,
            func.count().label("lots"),
            func.sum(Lot.quantity * MaterialClass.step).label("amount"),
            func.count(Lot.price_ore).label("priced"),
            func.coalesce(func.sum(Lot.price_ore * Lot.quantity), 0).label("worth_ore"),
        )
        .group_by(Lot.unit)
        .order_by(func.count().desc(), Lot.unit)
    )
    return list(session.execute(query))


def read_firm_lots(
    session: Session,
    *,
    filters: FirmLotFilter,
    total: int,
    sort: str = "ref",
    descending: bool = False,
    turn: Turn[Place] | None = None,
    language: str = "da",
) -> Page[Place]:
    """Read one page of the lots that answer, empty values last; `total` is the count of the whole answer.

    Columns as `list_lots_named`.
    """
    steps = _order(sort=sort, descending=descending, language=language)
    query = _choose(filters, *_columns())
    return read_keyset_page(session, query, steps=steps, wanted=turn, total=total, size=PAGE_ROWS)


def list_lot_ids(
    session: Session,
    *,
    filters: FirmLotFilter,
    sort: str = "ref",
    descending: bool = False,
    language: str = "da",
    most: int | None = None,
) -> list[UUID]:
    """List the ids of the lots that answer, in the order of the table; at most so many."""
    steps = _order(sort=sort, descending=descending, language=language)
    query = _choose(filters, Lot.id).order_by(*put_in_order(steps, backwards=False))
    return list(session.scalars(query if most is None else query.limit(most)))


def list_lots_named(
    session: Session, *, organisation_id: UUID, ids: Sequence[UUID], whoever: bool = False
) -> list[AnyRow]:
    """List lots of a firm by id, in the order given; those not the firm's are left out, unless `whoever`.

    Returns
    -------
    list of rows
        ``id, ref, site_id, site_name`` (public), ``postcode, town, municipality_name, name_da, name_en, unit,
        step, amount`` (in the unit), ``basis, status, available_from, available_to, decide_by`` (in force),
        ``decide_stated`` (its own), ``price_ore`` (per step), ``reuse, screening, documentation,
        storage_place, kind``.
    """
    query = select(*_columns()).select_from(Lot)
    mine = true() if whoever else _is_of(organisation_id)
    rows = session.execute(_join(query).where(Lot.id.in_(ids), mine))
    by_id = {row.id: row for row in rows}
    return [by_id[one] for one in ids if one in by_id]


def _columns() -> list[Any]:
    return [
        Lot.id,
        Lot.ref,
        Lot.site_id,
        public_name().label("site_name"),
        Site.postcode,
        Site.town,
        Municipality.name.label("municipality_name"),
        MaterialClass.name_da,
        MaterialClass.name_en,
        Lot.unit,
        MaterialClass.step,
        (Lot.quantity * MaterialClass.step).label("amount"),
        Lot.basis,
        Lot.status,
        _FREE_FROM.label("available_from"),
        _FREE_TO.label("available_to"),
        _DECIDE.label("decide_by"),
        Lot.decide_by.is_not(None).label("decide_stated"),
        Lot.price_ore,
        Lot.reuse,
        Lot.screening,
        Lot.documentation,
        LotSurvey.storage_place,
        Lot.kind,
    ]


def _is_of(organisation_id: UUID) -> ColumnElement[bool]:
    """Say whether a lot (with its site) is a firm's: it has the site, or owns the materials."""
    return or_(Site.organisation_id == organisation_id, _OWNER.in_([organisation_id]))


def _join(query: AnySelect) -> AnySelect:
    return (
        query.join(Site, Site.id == Lot.site_id)
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
    )


def _choose(filters: FirmLotFilter, *columns: Any) -> AnySelect:
    # a lot of which all is in other lots now is nowhere to be seen
    query = _join(select(*columns).select_from(Lot)).where(
        _is_of(filters.organisation_id), or_(Lot.quantity > 0, Lot.moved >= 0)
    )
    if filters.statuses:
        query = query.where(Lot.status.in_(filters.statuses))
    if filters.class_code is not None:
        query = query.where(Lot.class_id.in_(select(find_classes(filters.class_code).c.id)))
    for column, value in (
        (Lot.site_id, filters.site_id),
        (Lot.screening, filters.screening),
        (Lot.documentation, filters.documentation),
        (Lot.basis, filters.basis),
    ):
        if value is not None:
            query = query.where(column == value)
    if filters.reuse is not None:
        query = query.where(Lot.reuse.is_(None) if filters.reuse == UNDECIDED else Lot.reuse == filters.reuse)
    if filters.decide_before is not None:
        query = query.where(filters.decide_before > _DECIDE)
    if filters.text:
        words = (Lot.ref, Lot.kind, Lot.note)
        query = query.where(or_(*(column.icontains(filters.text, autoescape=True) for column in words)))
    return query.where(*(MISSING[code] for code in filters.missing))


def _order(*, sort: str, descending: bool, language: str) -> list[Step]:
    named = MaterialClass.name_en if language == "en" else MaterialClass.name_da
    life = case({code.value: place for place, code in enumerate(LotStatus)}, value=Lot.status)
    place: Any = LotSurvey.storage_place
    orders: dict[str, list[Any]] = {
        # L-2 before L-10
        "ref": [
            func.regexp_replace(Lot.ref, r"\d+", "", "g", type_=Text),
            func.char_length(Lot.ref),
            Lot.ref,
        ],
        "class": [collate(named, DANISH)],
        "site": [Site.postcode, collate(func.coalesce(public_name(), ""), DANISH)],
        "quantity": [cast(Lot.unit, Text), Lot.quantity * MaterialClass.step],
        "status": [life],
        "from": [_FREE_FROM],
        "decide": [_DECIDE],
        "price": [Lot.price_ore / MaterialClass.step],
        "reuse": [cast(Lot.reuse, Text)],
        "screening": [cast(Lot.screening, Text)],
        "documentation": [cast(Lot.documentation, Text)],
        "storage": [collate(place, DANISH)],
    }
    return [*(Step(by=one, falls=descending) for one in orders[sort]), Step(by=Lot.ref), Step(by=Lot.id)]
