# SPDX-License-Identifier: EUPL-1.2
"""The checker's own account of pairs: all that are allowed for a requirement, and what stops all others."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.check.judge import count_days, find_reason, fits_attributes
from matcher.check.market import Asked, Market
from matcher.check.ways import find_way
from matcher.compiling import compiled
from matcher.distance import measure_road
from matcher.problem.columns import IntArray, RowArray
from matcher.reasons import ATTRIBUTE, DISTANCE, DOCUMENTATION, NO_ROAD, REASONS, SCREENING, WINDOW

REASON_COUNT = len(REASONS)


class Sieve(NamedTuple):
    """The lots that nothing keeps from a sort of requirement but place and time.

    Parameters
    ----------
    kept
        Their places on the shelf, by offered class, then square.
    start
        Those of the n-th offered class in square s stand from ``start[n * squares + s]`` on.
    totals
        How many there are of each group of land mass and road node.
    """

    kept: IntArray
    start: IntArray
    totals: IntArray


@compiled
def make_sieve(market: Market, size: int) -> Sieve:
    """Return an empty sieve for so many lots."""
    shelf, asked = market.shelf, market.asked
    offers = 0
    for own in range(len(asked.offer_start) - 1):
        offers = max(offers, asked.offer_start[own + 1] - asked.offer_start[own])
    return Sieve(
        np.empty(size, dtype=np.int64),
        np.zeros(offers * shelf.rows * shelf.columns + 1, dtype=np.int64),
        np.zeros(len(shelf.group_land), dtype=np.int64),
    )


@compiled
def sift_lots(market: Market, row: int, sieve: Sieve, stopped: IntArray) -> None:
    """Keep the lots that nothing keeps from a requirement but place and time; count what stops all others.

    Parameters
    ----------
    market
        From `matcher.check.market.lay_market`.
    row
        Row of requirements.
    sieve, stopped
        Filled.
    """
    shelf, asked = market.shelf, market.asked
    squares, own = shelf.rows * shelf.columns, asked.own[row]
    documentation, most_screening = asked.documentation[row], np.int64(asked.unscreened[row])
    stopped[:] = 0
    sieve.totals[:] = 0
    count, spot = 0, 0
    for nth in range(_count_offers(asked, row)):
        offered = asked.offer[asked.offer_start[own] + nth]
        for square in range(squares):
            sieve.start[spot] = count
            spot += 1
            base = offered * squares + square
            for place in range(shelf.start[base], shelf.start[base + 1]):
                if shelf.documentation[place] < documentation:
                    stopped[DOCUMENTATION] += 1
                elif shelf.screening[place] > most_screening:
                    stopped[SCREENING] += 1
                elif asked.bounds[row] and not fits_attributes(shelf, asked, place, row):
                    stopped[ATTRIBUTE] += 1
                else:
                    sieve.kept[count] = place
                    sieve.totals[shelf.group[place]] += 1
                    count += 1
    sieve.start[spot] = count


@compiled
def _count_offers(asked: Asked, row: int) -> int:
    own = asked.own[row]
    return int(asked.offer_start[own + 1] - asked.offer_start[own]) if asked.swaps[row] else 1


@compiled
def _find_squares(market: Market, row: int, reach: int) -> tuple[int, int, int, int]:
    """Return the first and last column and row of the squares within reach; last below first: none."""
    shelf, site = market.shelf, market.asked.site[row]
    x, y = market.places.x_m[site] - shelf.west_m, market.places.y_m[site] - shelf.south_m
    return (
        int(max(0, (x - reach) // shelf.side_m)),
        int(min(shelf.columns - 1, (x + reach) // shelf.side_m)),
        int(max(0, (y - reach) // shelf.side_m)),
        int(min(shelf.rows - 1, (y + reach) // shelf.side_m)),
    )


@compiled
def find_pairs(
    market: Market,
    sieve: Sieve,
    row: int,
    lots: IntArray,
    classes: IntArray,
    metres: IntArray,
    days: IntArray,
) -> int:
    """Write every allowed pair of a requirement that is not given, and return how many there are.

    Parameters
    ----------
    market
        From `matcher.check.market.lay_market`.
    sieve
        The lots that nothing keeps from it but place and time.
    row
        Row of requirements.
    lots, classes, metres, days
        Buffers as long as there are lots: row and class of the lot, road and wait.

    Notes
    -----
    Left out unseen are only squares, and lots in them, that lie farther in a straight line than the longest
    road allowed: every road is at least the straight line.
    """
    shelf, asked = market.shelf, market.asked
    site, longest, own = asked.site[row], asked.metres[row], asked.own[row]
    x, y = market.places.x_m[site], market.places.y_m[site]
    left, right, low, high = _find_squares(market, row, longest)
    count = 0
    if left > right:
        return count
    for nth in range(_count_offers(asked, row)):
        offered = asked.offer[asked.offer_start[own] + nth]
        for band in range(low, high + 1):
            base = (nth * shelf.rows + band) * shelf.columns
            for spot in range(sieve.start[base + left], sieve.start[base + right + 1]):
                place = sieve.kept[spot]
                dx, dy = shelf.x_m[place] - x, shelf.y_m[place] - y
                stored = count_days(shelf, asked, place, row)
                if (dx * dx + dy * dy > longest * longest) | (stored < 0):
                    continue
                road = measure_road(market.places, shelf.site[place], site)
                if road < 0 or road > longest:
                    continue
                if market.stores.chosen and stored > 0:
                    road, stored = find_way(market, place, row, offered, road, stored)
                    if stored < 0:
                        continue
                lots[count] = shelf.lot[place]
                classes[count] = offered
                metres[count] = road
                days[count] = stored
                count += 1
    return count


@compiled
def count_stops(market: Market, sieve: Sieve, row: int, seen: IntArray, stopped: IntArray) -> None:
    """Count the sifted lots that place or time keeps from a requirement.

    Parameters
    ----------
    market, sieve, row
        As in `find_pairs`.
    seen
        Buffer as long as there are groups of lots.
    stopped
        A count for each reason, added to.

    Notes
    -----
    Beyond the longest road in a straight line a lot fails by its road or by its length, whichever it is. And
    beyond the detour's reach whether there is a road is told by its road node alone: those are not looked at
    one by one, but counted by node.
    """
    shelf, asked, places = market.shelf, market.asked, market.places
    site, longest = asked.site[row], asked.metres[row]
    x, y, land, node = places.x_m[site], places.y_m[site], places.land[site], places.node[site]
    near = max(places.near_m - 1, 0)
    left, right, low, high = _find_squares(market, row, max(longest, places.near_m))
    seen[:] = 0
    for nth in range(_count_offers(asked, row) if left <= right else 0):
        offered = asked.offer[asked.offer_start[asked.own[row]] + nth]
        for band in range(low, high + 1):
            base = (nth * shelf.rows + band) * shelf.columns
            for spot in range(sieve.start[base + left], sieve.start[base + right + 1]):
                place = sieve.kept[spot]
                group = shelf.group[place]
                seen[group] += 1
                dx, dy = shelf.x_m[place] - x, shelf.y_m[place] - y
                square = dx * dx + dy * dy
                if square > longest * longest:
                    there = shelf.group_node[group]
                    direct = (land >= 0) & (land == shelf.group_land[group])
                    direct = direct & (square <= near * near) & (places.near_m > 0)
                    joined = direct or (node >= 0 and there >= 0 and places.road_m[there, node] >= 0)
                    stopped[DISTANCE if joined else NO_ROAD] += 1
                    continue
                road = measure_road(places, shelf.site[place], site)
                if road < 0:
                    stopped[NO_ROAD] += 1
                elif road > longest:
                    stopped[DISTANCE] += 1
                else:
                    stored = count_days(shelf, asked, place, row)
                    if market.stores.chosen and stored > 0:
                        stored = find_way(market, place, row, offered, road, stored)[1]
                    stopped[WINDOW] += int(stored < 0)
    for group in range(len(seen)):
        there = shelf.group_node[group]
        joined = node >= 0 and there >= 0 and places.road_m[there, node] >= 0
        stopped[DISTANCE if joined else NO_ROAD] += sieve.totals[group] - seen[group]


@compiled
def judge_matches(
    market: Market, place_of: IntArray, class_of: IntArray, lots: RowArray, rows: RowArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Return of many pairs the first rule that stops each, road metres and days in storage.

    Parameters
    ----------
    market
        From `matcher.check.market.lay_market`; pairs not given.
    place_of, class_of
        Place on the shelf and class of each lot.
    lots, rows
        Rows of lots and requirements.
    """
    count = len(lots)
    reasons, metres, days = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    for pair in range(count):
        lot = lots[pair]
        reasons[pair], metres[pair], days[pair] = find_reason(
            market, place_of[lot], rows[pair], class_of[lot]
        )
    return reasons, metres, days
