# SPDX-License-Identifier: EUPL-1.2
"""Lots that answer a filter, in pages, and one lot with all that is known of it."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Subquery, and_, bindparam, cast, func, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.choices import read_class
from inventory.queries.decide_by import decide_day
from inventory.queries.offers import AnyRow, AnySelect, factor_in_force
from inventory.queries.places.sites import is_coarse, public_point
from inventory.queries.search.narrow import narrow_lots
from inventory.queries.search.search import Search
from inventory.queries.supply import judged_lots
from inventory.tables import (
    ATTRIBUTES,
    Building,
    Factor,
    Lot,
    MaterialClass,
    Municipality,
    Site,
)

DANISH = "da-x-icu"  # å after ø after æ after z


@cache
def _every_lot() -> Subquery:
    """Give every lot with what a filter asks of it; composed once, as that takes longer than a run."""
    lot = judged_lots().subquery("lot_judged")
    new, preparation = aliased(Factor, name="new_co2e"), aliased(Factor, name="preparation_co2e")
    today = bindparam("today", type_=Date)
    amount = lot.c.quantity * lot.c.step
    return (
        select(
            lot.c.id,
            lot.c.ref,
            lot.c.site_id,
            lot.c.class_id,
            MaterialClass.name_da,
            MaterialClass.name_en,
            lot.c.unit,
            amount.label("amount"),
            (lot.c.quantity_likely * lot.c.step).label("likely"),
            lot.c.basis,
            lot.c.not_counted,
            lot.c.available_from,
            lot.c.available_to,
            lot.c.firmness,
            decide_day(lot.c).label("decide_by"),
            lot.c.decide_by.is_not(None).label("decide_stated"),
            lot.c.asbestos_suspect,
            lot.c.screening,
            lot.c.documentation,
            *(lot.c[name] for name in ATTRIBUTES),
            (lot.c.price_ore / lot.c.step).label("unit_price_ore"),
            cast(func.date_trunc("month", lot.c.available_from), Date).label("month_free"),
            lot.c.geom,
            Site.postcode,
            Site.town,
            Site.municipality_code,
            Municipality.name.label("municipality_name"),
            public_point().label("point"),
            (amount * (new.value - func.coalesce(preparation.value, 0)) * 1000).label("co2e_g"),
        )
        .join(Site, Site.id == lot.c.site_id)
        .join(MaterialClass, MaterialClass.id == lot.c.class_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .outerjoin(
            new, and_(new.kind == "new_co2e", *factor_in_force(new, class_id=lot.c.class_id, today=today))
        )
        .outerjoin(
            preparation,
            and_(
                preparation.kind == "preparation_co2e",
                *factor_in_force(preparation, class_id=lot.c.class_id, today=today),
            ),
        )
        .subquery("every_lot")
    )


def answer_lots(search: Search, *, site_id: UUID | None = None, within: Any = None) -> AnySelect:
    """Select the lots that answer a search, one row each: the one source of map and list.

    What counts, and how much of it, is said by `judged_lots`, which the runs read too; withdrawn lots, and
    those of which all is in other lots now, are never shown. The statement has one parameter to be given when
    it is run: `today`, the day the factors are to be in force. Columns: id, ref, site_id, class_id, name_da,
    name_en, unit, amount (the quantity that counts, in the class's unit; of a lot that does not count, what
    it would be), likely, basis, not_counted, available_from, available_to, firmness, decide_by (its own,
    else the last day of its window), decide_stated (whether it is its own), asbestos_suspect,
    screening, documentation, the attributes, unit_price_ore (its own price, per unit), month_free, geom
    (exact, for finding rows by place alone), postcode, town, municipality_code,
    municipality_name, point (public, EPSG:25832), co2e_g (new less preparation; empty without a factor).

    Parameters
    ----------
    search : Search
        Resolved, see `narrow_lots`.
    site_id : UUID, optional
        Lots of this site alone.
    within : optional
        An SQL expression of a box, EPSG:25832, that the exact points must touch.
    """
    every = _every_lot()  # asked for once: two who ask first at once get one each
    lot = every.c
    query = select(every).where(*narrow_lots(lot, search))
    if site_id is not None:
        query = query.where(lot.site_id == site_id)
    if within is not None:
        query = query.where(lot.geom.op("&&")(within))
    return query


def count_lots(session: Session, *, search: Search, today: date) -> AnyRow:
    """Count the lots that answer: lots, sites, unplaced (no coordinate), and their extent in degrees."""
    answer = answer_lots(search).subquery()
    box = func.ST_Extent(func.ST_Transform(answer.c.point, 4326))
    return session.execute(
        select(
            func.count().label("lots"),
            func.count(answer.c.site_id.distinct()).label("sites"),
            func.count().filter(answer.c.point.is_(None)).label("unplaced"),
            func.ST_XMin(box).label("west"),
            func.ST_YMin(box).label("south"),
            func.ST_XMax(box).label("east"),
            func.ST_YMax(box).label("north"),
        ),
        {"today": today},
    ).one()


@cache
def _one_lot() -> AnySelect:
    """Select what is to be known of the lot of the parameter `lot` beside its own columns."""
    judged = judged_lots().where(Lot.id == bindparam("lot")).subquery("lot_judged")
    lonlat = func.ST_Transform(public_point(), 4326)
    return (
        select(
            Site.postcode,
            Site.town,
            Site.firmness_source,
            Municipality.name.label("municipality_name"),
            (judged.c.quantity * judged.c.step).label("amount"),
            judged.c.not_counted,
            judged.c.available_from,
            judged.c.available_to,
            judged.c.firmness,
            decide_day(judged.c).label("decide_by"),
            judged.c.decide_by.is_not(None).label("decide_stated"),
            func.ST_X(lonlat).label("lon"),
            func.ST_Y(lonlat).label("lat"),
            is_coarse().label("coarse"),
            func.ST_X(public_point()).label("easting"),
            func.ST_Y(public_point()).label("northing"),
        )
        .select_from(judged)
        .join(Site, Site.id == judged.c.site_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LotFacts:
    """A lot with all that is known of it: its own columns, its class's, and its place and standing.

    `place` has postcode, town, firmness_source, municipality_name, amount (what counts or would, in the
    class's unit), not_counted, the window, firmness and decide_by (decide_stated: its own) in
    force, and the public point as lon and lat, and as easting and northing in EPSG:25832, coarse
    where it was moved.
    """

    lot: AnyRow
    material: AnyRow
    place: AnyRow


def read_lot(session: Session, *, lot_id: UUID) -> LotFacts | None:
    """Read one lot, offered or withdrawn, or None where there is no such lot."""
    lot = session.execute(select(Lot.__table__).where(Lot.id == lot_id)).one_or_none()
    if lot is None:
        return None
    return LotFacts(
        lot=lot,
        material=read_class(session, class_id=lot.class_id),
        place=session.execute(_one_lot(), {"lot": lot_id}).one(),
    )


def read_site_lots(session: Session, *, site_id: UUID, today: date) -> list[AnyRow]:
    """Read every lot of a site as `answer_lots` gives them, those that count first.

    Those withdrawn, or moved into others, are left out.
    """
    answer = answer_lots(Search(counted_only=False), site_id=site_id).subquery()
    query = select(answer).order_by(
        answer.c.not_counted.is_not(None), answer.c.class_id, answer.c.basis, answer.c.id
    )
    return list(session.execute(query, {"today": today}))
