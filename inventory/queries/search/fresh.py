# SPDX-License-Identifier: EUPL-1.2
"""The rows of `lot_search` as they should be now."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    SmallInteger,
    Text,
    Uuid,
    any_,
    case,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from inventory.queries.decide_by import decide_day
from inventory.queries.offers import AnySelect
from inventory.queries.places.sites import is_coarse, public_name, public_point
from inventory.queries.search.narrow import HIDDEN
from inventory.queries.supply import judged_lots
from inventory.tables import ATTRIBUTES, Basis, Building, Lot, Site

CONFIGURATIONS = ("danish", "english", "simple")
"""Text search configurations of PostgreSQL: a word is found by its stem in either, or its start."""


def fresh_rows(sites: Sequence[UUID]) -> AnySelect:
    """Select the rows of `lot_search` of some sites as they should be, its columns in its order.

    How complete their papers are is left open: `inventory.queries.documentation.read_scores` tells.

    Parameters
    ----------
    sites
        Ids of the sites looked at, at most some ten thousand.
    """
    lot = judged_lots().where(Lot.site_id == any_(literal(list(sites), ARRAY(Uuid())))).subquery("lot_judged")
    code = {name: cast(lot.c[name], Text).label(name) for name in ("basis", "firmness", "screening")}
    return (
        select(
            lot.c.id.label("lot_id"),
            lot.c.site_id,
            lot.c.class_id,
            cast(lot.c.municipality_code, Text).label("municipality_code"),
            lot.c.not_counted,
            *code.values(),
            cast(lot.c.documentation, Text).label("documentation"),
            # Judged of all of them at once, once they are here.
            cast(null(), SmallInteger).label("completeness"),
            false().label("enough_to_offer"),
            lot.c.asbestos_suspect,
            lot.c.available_from,
            lot.c.available_to,
            cast(func.date_trunc("month", lot.c.available_from), Date).label("month_free"),
            decide_day(lot.c).label("decide_by"),
            lot.c.decide_by.is_not(None).label("decide_stated"),
            (lot.c.quantity * lot.c.step).label("amount"),
            (lot.c.quantity_likely * lot.c.step).label("likely"),
            (lot.c.price_ore / lot.c.step).label("unit_price_ore"),
            *(lot.c[name] for name in ATTRIBUTES),
            public_point().label("point"),
            _words().label("words"),
        )
        .join(Site, Site.id == lot.c.site_id)
        .join(Lot, Lot.id == lot.c.id)
        .outerjoin(Building, Building.site_id == Site.id)
        .where(or_(lot.c.not_counted.is_(None), lot.c.not_counted.not_in(HIDDEN)))
    )


def _words() -> ColumnElement[object]:
    """Give the words of a lot's own text, as far as its pages show it: a home tells no name."""
    text = func.concat_ws(
        " ",
        case((~is_coarse(), Lot.ref)),
        case((Lot.basis == Basis.SURVEYED, Lot.note)),
        public_name(),
        Site.town,
    )
    first, *others = (func.to_tsvector(name, text) for name in CONFIGURATIONS)
    words: ColumnElement[object] = first
    for other in others:
        words = words.op("||")(other)
    return words
