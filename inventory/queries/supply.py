# SPDX-License-Identifier: EUPL-1.2
"""The lots that count, and why the others do not: the one answer of run, map and table."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from inventory.queries.same_parts import read_same_parts
from inventory.tables import (
    Basis,
    Building,
    Firmness,
    Lot,
    LotOrigin,
    LotStatus,
    MaterialClass,
    Screening,
    Site,
)

QuantileName = Literal["p10", "p50", "p90"]


class Quantile(StrEnum):
    """Which of the three quantities of an estimate counts."""

    P10 = "p10"
    P50 = "p50"
    P90 = "p90"


class NotCounted(StrEnum):
    """Why a lot counts nothing, in the order asked.

    The first are the states of a lot's life in which it is not free to match: all but ``offered``.
    ``not_standing`` and ``not_due`` concern estimates alone: the register says that the building is
    not there, or it is an outbuilding whose demolition nobody has applied for. ``replaced``: a survey
    of the same site and class, of the class's parent, or of the same part, says what there is; in
    whatever state that survey is. ``moved``: all of it is in other lots now.
    """

    SURVEYED = "surveyed"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    AGREED = "agreed"
    DISMANTLED = "dismantled"
    STORED = "stored"
    DELIVERED = "delivered"
    INSTALLED = "installed"
    DISCARDED = "discarded"
    MOVED = "moved"
    GONE = "gone"
    NO_WINDOW = "no_window"
    NO_FIRMNESS = "no_firmness"
    REPLACED = "replaced"
    NOT_STANDING = "not_standing"
    NOT_DUE = "not_due"
    NOTHING = "nothing"


def counted_lots(quantile: QuantileName | Quantile = Quantile.P10) -> Select[*tuple[Any, ...]]:
    """Select the lots that count, one row each, in no order.

    Source: contracts.md, "Quantity that counts".

    Parameters
    ----------
    quantile : {"p10", "p50", "p90"}
        What counts of an estimate; a survey counts as surveyed.

    Returns
    -------
    Select
        The columns of :func:`judged_lots` less ``not_counted``; ``quantity`` is above 0, the window
        is whole and not empty, ``firmness`` is never ``gone``. ``geom``, ``land_mass`` and
        ``road_node`` are empty for a site without coordinate: such a lot counts but no map or lorry
        finds it.
    """
    judged = judged_lots(quantile).subquery("judged")
    return select(*(column for column in judged.c if column.key != "not_counted")).where(
        judged.c.not_counted.is_(None)
    )


def judged_lots(quantile: QuantileName | Quantile = Quantile.P10) -> Select[*tuple[Any, ...]]:
    """Select every lot, with the quantity it has and the code of why it does not count.

    Parameters
    ----------
    quantile : {"p10", "p50", "p90"}
        What counts of an estimate.

    Returns
    -------
    Select
        Columns ``id, ref, site_id, class_id, class_code, unit, step`` (units per step), ``geom``
        (EPSG:25832), ``municipality_code, land_mass, road_node, organisation_id, quantity`` (steps
        that count), ``quantity_low, quantity_likely, quantity_high`` (steps), ``basis``, the window in
        force ``available_from, available_to`` (exclusive), ``firmness`` in force, ``decide_by,
        documentation, screening, asbestos_suspect, suspicion, product_status, price_ore,
        preparation_ore, disposal_ore`` (per step; empty = the factor), ``minimum_take`` (steps),
        ``indivisible, kind``, the nine attributes, ``rule, updated_at`` and ``not_counted``
        (a :class:`NotCounted`, empty where the lot counts).
    """
    quantity = _quantity(Quantile(quantile))
    start = func.coalesce(Lot.available_from, Site.available_from)
    end = func.coalesce(Lot.available_to, Site.available_to)
    firmness = func.coalesce(Lot.firmness, Site.firmness)
    estimated = Lot.basis == Basis.ESTIMATED
    not_counted = case(
        (and_(Lot.quantity <= 0, _moved_away()), literal(NotCounted.MOVED.value)),
        # The codes are the states themselves; a test holds the two lists together.
        (Lot.status != LotStatus.OFFERED, type_coerce(Lot.status, Text)),
        (
            or_(Lot.firmness == Firmness.GONE, Site.firmness == Firmness.GONE),
            literal(NotCounted.GONE.value),
        ),
        (
            or_(start.is_(None), end.is_(None), start >= end),
            literal(NotCounted.NO_WINDOW.value),
        ),
        (firmness.is_(None), literal(NotCounted.NO_FIRMNESS.value)),
        (and_(estimated, _surveyed_too()), literal(NotCounted.REPLACED.value)),
        (
            and_(estimated, Building.standing.is_(False)),
            literal(NotCounted.NOT_STANDING.value),
        ),
        (
            and_(estimated, Building.outbuilding, firmness == Firmness.POSSIBLE),
            literal(NotCounted.NOT_DUE.value),
        ),
        (quantity <= 0, literal(NotCounted.NOTHING.value)),
    )
    return (
        select(
            Lot.id,
            Lot.ref,
            Lot.site_id,
            Lot.class_id,
            MaterialClass.code.label("class_code"),
            Lot.unit,
            MaterialClass.step,
            Lot.geom,
            Site.municipality_code,
            Site.land_mass,
            Site.road_node,
            Site.organisation_id,
            quantity.label("quantity"),
            Lot.quantity_low,
            Lot.quantity.label("quantity_likely"),
            Lot.quantity_high,
            Lot.basis,
            start.label("available_from"),
            end.label("available_to"),
            firmness.label("firmness"),
            Lot.decide_by,
            Lot.documentation,
            Lot.screening,
            or_(Lot.asbestos_suspect, and_(~estimated, _suspected_before())).label("asbestos_suspect"),
            Lot.suspicion,
            Lot.product_status,
            Lot.price_ore,
            Lot.preparation_ore,
            Lot.disposal_ore,
            Lot.minimum_take,
            Lot.indivisible,
            Lot.kind,
            Lot.length_mm,
            Lot.width_mm,
            Lot.height_mm,
            Lot.thickness_mm,
            Lot.grade,
            Lot.year,
            Lot.strength,
            Lot.fire,
            Lot.colour,
            Lot.rule,
            Lot.updated_at,
            not_counted.label("not_counted"),
        )
        .join(Site, Site.id == Lot.site_id)
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .outerjoin(Building, Building.site_id == Lot.site_id)
    )


def _quantity(quantile: Quantile) -> ColumnElement[int]:
    """Give the steps that count: as surveyed, or the estimate's quantile."""
    estimate = {
        Quantile.P10: Lot.quantity_low,
        Quantile.P50: Lot.quantity,
        Quantile.P90: Lot.quantity_high,
    }[quantile]
    return case((Lot.basis == Basis.ESTIMATED, estimate), else_=Lot.quantity)


def _moved_away() -> ColumnElement[bool]:
    """Tell whether something of the lot went to another one."""
    return exists().where(LotOrigin.parent_id == Lot.id)


def _surveyed_too() -> ColumnElement[bool]:
    """Tell whether a survey of the lot's site names its class, the class's parent, or the same part.

    The same part is what `same_parts.csv` declares: bricks thought to lie in unknown mortar and found in
    lime mortar are the same bricks. A survey counts here in every state of its
    life, and when it found nothing: it says what is there.
    """
    survey, surveyed = aliased(Lot, name="survey"), aliased(MaterialClass, name="surveyed_class")
    same_part = [
        and_(
            MaterialClass.code.in_(codes),
            survey.class_id.in_(select(surveyed.id).where(surveyed.code.in_(codes))),
        )
        for codes in read_same_parts().values()
    ]
    return exists().where(
        survey.site_id == Lot.site_id,
        survey.basis == Basis.SURVEYED,
        or_(
            survey.class_id == Lot.class_id,
            survey.class_id == MaterialClass.parent_id,
            *same_part,
        ),
    )


def _suspected_before() -> ColumnElement[bool]:
    """Tell whether a survey leaves open what the estimate of its site and class suspects: asbestos.

    A suspicion stands until a screening clears it, whoever counts the goods in between.
    """
    estimate = aliased(Lot, name="suspected")
    return and_(
        Lot.screening != Screening.CLEAN,
        exists().where(
            estimate.site_id == Lot.site_id,
            estimate.class_id == Lot.class_id,
            estimate.basis == Basis.ESTIMATED,
            estimate.asbestos_suspect,
        ),
    )
