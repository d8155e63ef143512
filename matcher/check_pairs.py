# SPDX-License-Identifier: EUPL-1.2
"""The checker's own account of pairs: all that are allowed for a requirement, and what stops all others."""

from __future__ import annotations

import numpy as np

from matcher.check_market import ALLOWED, Market, count_days, find_reason, fits_attributes
from matcher.columns import IntArray, RowArray
from matcher.compiling import compiled
from matcher.distance import measure_road
from matcher.reasons import ATTRIBUTE, DISTANCE, DOCUMENTATION, NO_ROAD, REASONS, SCREENING

REASON_COUNT = len(REASONS)


@compiled
def find_pairs(
    market: Market, row: int, lots: IntArray, classes: IntArray, metres: IntArray, days: IntArray
) -> int:
    """Write every allowed pair of a requirement that is not given, and return how many there are.

    Parameters
    ----------
    market
        From `matcher.check_market.lay_market`.
    row
        Row of requirements.
    lots, classes, metres, days
        Buffers as long as there are lots: row and class of the lot, road and days in storage.

    Notes
    -----
    Left out unseen are only squares, and lots in them, that lie farther in a straight line than the longest
    road allowed: every road is at least the straight line.
    """
    shelf, asked = market.shelf, market.asked
    site, longest = asked.site[row], asked.metres[row]
    x, y = market.places.x_m[site], market.places.y_m[site]
    left = max(0, (x - longest - shelf.west_m) // shelf.side_m)
    right = min(shelf.columns - 1, (x + longest - shelf.west_m) // shelf.side_m)
    low = max(0, (y - longest - shelf.south_m) // shelf.side_m)
    high = min(shelf.rows - 1, (y + longest - shelf.south_m) // shelf.side_m)
    documentation, most_screening = asked.documentation[row], np.int64(asked.unscreened[row])
    bounds, own = asked.bounds[row], asked.own[row]
    count = 0
    if left > right or low > high:
        return count
    for spot in range(asked.offer_start[own], asked.offer_start[own + 1]):
        offered = asked.offer[spot]
        if offered != own and not asked.swaps[row]:
            break
        for band in range(low, high + 1):
            base = (offered * shelf.rows + band) * shelf.columns
            for place in range(shelf.start[base + left], shelf.start[base + right + 1]):
                dx, dy = shelf.x_m[place] - x, shelf.y_m[place] - y
                beyond = dx * dx + dy * dy > longest * longest
                stored = count_days(shelf, asked, place, row)
                if (
                    beyond
                    | (stored < 0)
                    | (shelf.documentation[place] < documentation)
                    | (shelf.screening[place] > most_screening)
                ):
                    continue
                if bounds and not fits_attributes(shelf, asked, place, row):
                    continue
                road = measure_road(market.places, shelf.site[place], site)
                if road < 0 or road > longest:
                    continue
                lots[count] = shelf.lot[place]
                classes[count] = offered
                metres[count] = road
                days[count] = stored
                count += 1
    return count


@compiled
def count_stops(market: Market, row: int, stopped: IntArray) -> None:
    """Count the lots of accepted classes that are stopped at each reason, the allowed ones left out.

    Parameters
    ----------
    market, row
        As in `find_pairs`.
    stopped
        A count for each reason, added to.

    Notes
    -----
    Beyond the longest road in a straight line a lot fails by its road or by its length, whichever it is:
    whether there is a road at all is then seen from land and nodes, without measuring.
    """
    shelf, asked, places = market.shelf, market.asked, market.places
    site, longest, own = asked.site[row], asked.metres[row], asked.own[row]
    x, y, land, node = places.x_m[site], places.y_m[site], places.land[site], places.node[site]
    near = places.near_m
    documentation, most_screening = asked.documentation[row], np.int64(asked.unscreened[row])
    bounds = asked.bounds[row]
    squares = shelf.rows * shelf.columns
    for spot in range(asked.offer_start[own], asked.offer_start[own + 1]):
        offered = asked.offer[spot]
        if offered != own and not asked.swaps[row]:
            break
        for place in range(shelf.start[offered * squares], shelf.start[(offered + 1) * squares]):
            if shelf.documentation[place] < documentation:
                stopped[DOCUMENTATION] += 1
                continue
            if shelf.screening[place] > most_screening:
                stopped[SCREENING] += 1
                continue
            if bounds and not fits_attributes(shelf, asked, place, row):
                stopped[ATTRIBUTE] += 1
                continue
            dx, dy = shelf.x_m[place] - x, shelf.y_m[place] - y
            square = dx * dx + dy * dy
            if square > longest * longest:
                there = shelf.node[place]
                direct = (
                    land >= 0 and land == shelf.land[place] and square <= (near - 1) * (near - 1) and near > 0
                )
                joined = direct or (node >= 0 and there >= 0 and places.road_m[there, node] >= 0)
                stopped[DISTANCE if joined else NO_ROAD] += 1
                continue
            reason, _, _ = find_reason(market, place, row, offered)
            if reason != ALLOWED:
                stopped[reason] += 1


@compiled
def judge_matches(
    market: Market, place_of: IntArray, class_of: IntArray, lots: RowArray, rows: RowArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Return of many pairs the first rule that stops each, road metres and days in storage.

    Parameters
    ----------
    market
        From `matcher.check_market.lay_market`; pairs not given.
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
