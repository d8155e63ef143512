# SPDX-License-Identifier: EUPL-1.2
"""All lots of a country laid out in memory, and of these what one question may look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inventory.matching.days import number_day
from inventory.matching.kept.ground import Ground
from inventory.matching.kept.packed import (
    COUNTS_ZERO,
    ESTIMATED,
    INDIVISIBLE,
    PACKED,
    PUBLIC,
    Packed,
    hash_name,
)
from inventory.queries.instant import ROUNDING_METRES, Reach
from inventory.queries.site_looks import Seen
from matcher.instant.offer import Offer, lay_offer, take_rows
from matcher.problem.columns import NONE, BoolArray, IntArray, Lots, Sites, TextArray
from matcher.problem.problem import Problem

"""Of 1970-01-01."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidLots:
    """Lots as they were read, and laid out upon a ground.

    Parameters
    ----------
    ground
        Its requirements are those of some question or other.
    packed
        The lots, by the number of their class.
    seen
        What had been taken in when they were read.
    offer
        Laid out. Ids of lots are their rows by `lot_ids`, those of sites likewise; a site has a row before
        `first_site` where it is a hub.
    lot_ids, site_ids
        Ids as 16 bytes; those of lots in ascending order.
    x, y
        Of each of `site_ids`, metres in EPSG:25832.
    """

    ground: Ground
    packed: Mapping[int, Packed]
    seen: Seen
    offer: Offer
    lot_ids: NDArray[np.bytes_]
    site_ids: NDArray[np.bytes_]
    first_site: int
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def lay_lots(packed: Mapping[int, Packed], *, ground: Ground, seen: Seen) -> LaidLots:
    """Lay lots out, ready for questions.

    Parameters
    ----------
    packed
        Lots by the number of their class; those of classes the ground does not know are left out.
    ground
        What they stand on.
    seen
        What had been taken in when they were read.
    """
    known = [
        (ground.class_rows[number], rows) for number, rows in packed.items() if number in ground.class_rows
    ]
    raw = np.concatenate([rows for _, rows in known]) if known else np.zeros(0, dtype=PACKED)
    class_ = np.repeat(
        np.array([row for row, _ in known], dtype=np.int32),
        np.array([len(rows) for _, rows in known], dtype=np.int64),
    )
    ids = np.ascontiguousarray(raw["id"])
    high, low = ids.view(">u8").reshape(-1, 2).astype(np.uint64).T
    order = np.lexsort((low, high))
    raw, class_, ids = raw[order], class_[order], ids[order]
    site, first = _number_sites(np.ascontiguousarray(raw["site"]))
    hubs = ground.problem.hubs
    nodes = {hash_name(str(name)): row for row, name in enumerate(ground.problem.roads.id.tolist())}
    sites = _join_sites(
        take_rows(label_lands(ground.problem.sites), row=hubs.site.astype(np.int64)),
        Sites(
            id=np.zeros(0, dtype=object),
            x_m=np.rint(raw["x"][first]).astype(np.int64),
            y_m=np.rint(raw["y"][first]).astype(np.int64),
            land=_label(raw["land"][first]),
            node=np.array([nodes.get(one, NONE) for one in raw["node"][first].tolist()], dtype=np.int32),
        ),
    )
    nobody = np.zeros(0, dtype=np.int64)
    problem = replace(
        ground.problem,
        lots=_make_lots(raw, class_=class_, site=site + np.int32(len(hubs.id)), ground=ground),
        sites=sites,
        hubs=replace(hubs, site=np.arange(len(hubs.id), dtype=np.int32)),
        requirements=take_rows(ground.problem.requirements, row=nobody),
        digest="",
    )
    # As fine as can be: nothing as large as a country is solved here, so nothing can overflow.
    offer = lay_offer(problem, quanta=np.ones(len(problem.classes.id), dtype=np.int64))
    return LaidLots(
        ground=ground,
        packed=packed,
        seen=seen,
        offer=replace(offer, problem=replace(offer.problem, lots=_slim(offer.problem.lots, row=offer.row))),
        lot_ids=ids,
        site_ids=np.ascontiguousarray(raw["site"][first]),
        first_site=len(hubs.id),
        x=raw["x"][first].astype(np.float64),
        y=raw["y"][first].astype(np.float64),
    )


def renew_lots(
    laid: LaidLots, *, ground: Ground, changed: set[UUID], fresh: Mapping[int, Packed], seen: Seen
) -> LaidLots:
    """Lay lots out again: those of the sites that changed as they were read since, and all upon a ground."""
    if not changed:
        return lay_lots(laid.packed, ground=ground, seen=seen)
    gone = np.array([one.bytes for one in changed], dtype="S16")
    packed = {
        number: np.concatenate([part for part in (rows, fresh.get(number)) if part is not None])
        for number, rows in (
            (number, None if old is None else old[~np.isin(old["site"], gone)])
            for number, old in ((each, laid.packed.get(each)) for each in {*laid.packed, *fresh})
        )
    }
    return lay_lots(packed, ground=ground, seen=seen)


def find_near(
    laid: LaidLots, *, reaches: Sequence[Reach], point: tuple[float, float], changed: set[UUID]
) -> BoolArray:
    """Find the lots that could serve, were every bound loosened; by place in the offer.

    Parameters
    ----------
    laid
        The lots.
    reaches
        One for each class.
    point
        Where the project is, EPSG:25832.
    changed
        Sites whose lots are no longer what they were: none of them.
    """
    lots, known = laid.offer.problem.lots, laid.ground.class_rows
    away = np.hypot(laid.x - point[0], laid.y - point[1])
    if changed:
        away[np.isin(laid.site_ids, np.array([one.bytes for one in changed], dtype="S16"))] = np.inf
    near = np.zeros(len(lots.class_), dtype=np.bool_)
    for reach in reaches:
        places = find_class(laid.offer, row=known[reach.class_id])
        near[places] = (
            (away[lots.site[places] - laid.first_site] <= reach.metres + ROUNDING_METRES)
            & (lots.available_from[places] < number_day(reach.opens_before))
            & (lots.available_to[places] > number_day(reach.closes_after))
        )
    return near


def is_any_near(
    packed: Mapping[int, Packed], *, reaches: Sequence[Reach], point: tuple[float, float]
) -> bool:
    """Tell whether any of some lots could serve, were every bound loosened."""
    for reach in reaches:
        rows = packed.get(reach.class_id)
        if rows is None:
            continue
        near = np.hypot(rows["x"] - point[0], rows["y"] - point[1]) <= reach.metres + ROUNDING_METRES
        near &= rows["available_from"] < number_day(reach.opens_before)
        near &= rows["available_to"] > number_day(reach.closes_after)
        if near.any():
            return True
    return False


def find_class(offer: Offer, *, row: int) -> slice:
    """Find where the lots of a class lie in an offer."""
    grid = offer.world.grid
    cells = grid.columns * grid.rows
    return slice(int(grid.start[row * cells]), int(grid.start[(row + 1) * cells]))


def narrow_offer(laid: LaidLots, *, near: BoolArray, prices: IntArray, asked: Problem) -> Offer:
    """Return the offer with some of its lots alone, at given prices.

    Parameters
    ----------
    laid
        The lots.
    near
        Of each place, whether the lot is there at all.
    prices
        Of each place, u in 1/1000 øre.
    asked
        The requirements: where they have room of their own to store, that has to be looked at.
    """
    offer, world = laid.offer, laid.offer.world
    if (asked.requirements.builder_storage_days > 0).any():
        stores = world.facts.stores._replace(chosen=True)
        world = world._replace(facts=world.facts._replace(stores=stores))
    return replace(offer, quantity=np.where(near, offer.quantity, 0), prices=prices, world=world)


def label_lands(sites: Sites) -> Sites:
    """Return sites whose land masses are called by what packed lots know of them: they are only compared."""
    return replace(
        sites, land=_label(np.array([hash_name(str(one)) for one in sites.land.tolist()], dtype=np.int64))
    )


def _label(hashes: NDArray[Any]) -> TextArray:
    different, place = np.unique(hashes, return_inverse=True)
    labels = np.array([str(one) if one else "" for one in different.tolist()], dtype=object)
    return labels[place] if len(labels) else np.zeros(0, dtype=object)


def _number_sites(ids: NDArray[np.bytes_]) -> tuple[NDArray[np.int32], IntArray]:
    """Number sites as they come: the number at each row, and the first row of each number."""
    kind = pa.binary(ids.dtype.itemsize)
    column = pa.FixedSizeBinaryArray.from_buffers(kind, len(ids), [None, pa.py_buffer(ids)])
    number = column.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int32)
    first = np.zeros(int(number.max(initial=-1)) + 1, dtype=np.int64)
    first[number[::-1]] = np.arange(len(ids))[::-1]
    return number, first


def _join_sites(one: Sites, other: Sites) -> Sites:
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(one, name), getattr(other, name)])
        for name in ("x_m", "y_m", "land", "node")
    }
    return Sites(id=np.arange(len(joined["x_m"])).astype(object), **joined)


def _slim(lots: Lots, *, row: IntArray) -> Lots:
    """Return lots without a value in memory for each where all are the same, known by their rows."""
    alike = ("kind", "low", "likely", "high", "site_storage_ore")
    columns: dict[str, Any] = {"id": row}
    if len(row):
        columns |= {name: np.broadcast_to(getattr(lots, name)[:1].copy(), len(row)) for name in alike}
    return replace(lots, **columns)


def _make_lots(raw: Packed, *, class_: NDArray[np.int32], site: NDArray[np.int32], ground: Ground) -> Lots:
    count = len(raw)

    def resolve(rate: str) -> NDArray[np.float64]:
        own = raw[rate].astype(np.float64)
        return np.where(np.isnan(own), ground.defaults[rate][class_], own)

    flags = raw["flags"].astype(np.int16)
    columns: dict[str, Any] = {
        # known by their rows once they are laid out
        "id": np.zeros(count, dtype=object),
        "class_": class_,
        "site": site,
        "quantity": raw[ground.quantile].astype(np.int64),
        "preparation_co2e_mg": ground.defaults["preparation_co2e_mg"][class_],
        "counts_zero": (flags & COUNTS_ZERO) > 0,
        "estimated": (flags & ESTIMATED) > 0,
        "indivisible": (flags & INDIVISIBLE) > 0,
        "public": (flags & PUBLIC) > 0,
        "attribute": raw["attribute"].astype(np.int32),
        "minimum_take": raw["minimum_take"].astype(np.int64),
        # Which product it is and how sure an estimate is matter to a run alone.
        "kind": np.full(count, "", dtype=object),
        "site_storage_days": raw["storage_days"].astype(np.int32),
        "site_storage_ore": np.full(count, NONE, dtype=np.float64),
    }
    for name in ("available_from", "available_to", "decide_by"):
        columns[name] = raw[name].astype(np.int32)
    for name in ("price_ore", "preparation_ore", "disposal_avoided_ore"):
        columns[name] = resolve(name)
    for name in ("documentation", "screening", "firmness"):
        columns[name] = raw[name].astype(np.int8)
    for name in ("low", "likely", "high"):
        columns[name] = np.full(count, NONE, dtype=np.int64)
    return Lots(**columns)
