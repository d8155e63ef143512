# SPDX-License-Identifier: EUPL-1.2
"""Lots with all that a file of lots says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, case, cast, false, func, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import is_coarse, public_name, public_point
from inventory.tables import (
    ATTRIBUTES,
    Attachment,
    Basis,
    Building,
    Lot,
    LotSurvey,
    MaterialClass,
    Organisation,
    Proves,
    Site,
)

_OWN = (
    "id", "ref", "unit", "quantity", "moved", "available_from", "available_to", "firmness", "decide_by",
    "price_ore", "preparation_ore", "documentation", "screening", "product_status", "minimum_take",
    "indivisible", "kind", "reuse", "waste_number", "waste_receiver", "sellable_from", "price_at",
    "dismantled_by", "loaded_by", "unloaded_by", "crane", "minimum_hire_hours", "note", *ATTRIBUTES,
)  # fmt: skip


def read_file_rows(session: Session, *, lot_ids: Sequence[UUID], exact: bool) -> list[AnyRow]:
    """Read surveyed lots as a file tells of them, in the order given; estimates are left out.

    Parameters
    ----------
    session
        Only read from.
    lot_ids
        The lots.
    exact
        Whether whoever gets the file may know where homes lie. Otherwise the building of a home is named by
        our own id of its site, which an import knows, and placed roughly.

    Returns
    -------
    list of rows
        The lot's own columns, ``class_code, step, access_note, storage_place, owner`` (its own),
        ``right_paper`` (its own, else its site's), ``bbr_id, site_ref, site_name, x, y, municipality_code,
        organisation, organisation_kind``.
    """
    owner = aliased(Organisation, name="owner")
    hidden = false() if exact else is_coarse()
    in_building = Building.site_id.is_not(None)
    point = Site.geom if exact else public_point()
    query = (
        select(
            *(getattr(Lot, name) for name in _OWN),
            MaterialClass.code.label("class_code"),
            MaterialClass.step,
            LotSurvey.access_note,
            LotSurvey.storage_place,
            owner.name.label("owner"),
            func.coalesce(_paper(Attachment.lot_id == Lot.id), _paper(Attachment.site_id == Site.id)).label(
                "right_paper"
            ),
            case((hidden, None), else_=Building.bbr_id).label("bbr_id"),
            case((hidden, cast(Site.id, Text)), (in_building, None), else_=Site.ref).label("site_ref"),
            case((in_building, None), else_=public_name()).label("site_name"),
            func.ST_X(point).label("x"),
            func.ST_Y(point).label("y"),
            in_building.label("in_building"),
            Site.municipality_code,
            Organisation.name.label("organisation"),
            Organisation.kind.label("organisation_kind"),
        )
        .join(Site, Site.id == Lot.site_id)
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .outerjoin(Organisation, Organisation.id == Site.organisation_id)
        .outerjoin(owner, owner.id == Lot.owner_id)
        .where(Lot.id == func.any(list(lot_ids)), Lot.basis == Basis.SURVEYED)
    )
    by_id = {row.id: row for row in session.execute(query)}
    return [by_id[one] for one in lot_ids if one in by_id]


def _paper(of: ColumnElement[bool]) -> ColumnElement[Any]:
    return (
        select(Attachment.name)
        .where(of, Attachment.proves == Proves.RIGHT_TO_SELL)
        .order_by(Attachment.added_at, Attachment.id)
        .limit(1)
        .scalar_subquery()
    )
