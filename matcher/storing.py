# SPDX-License-Identifier: EUPL-1.2
"""Where a stored pair can wait, and what each choice costs: at the donor's, at the builder's, at a hub."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.carrying import carry_rates
from matcher.compiling import compiled
from matcher.distance import NO_WAY, Places, measure_road
from matcher.loads import count_load_steps
from matcher.plan import Matches
from matcher.problem.columns import OPEN, DayArray, FloatArray, IntArray
from matcher.problem.problem import Problem

MG_PER_TONNE = 1e9
ON_SITE, AT_BUILDER, FIRST_HUB = 0, 1, 2
"""Numbers of the stores of a pair: the donor's site, the builder's, and the hubs by row from there on."""
WAIT_BITS = 24
"""A wait is one integer: days + store * 2**24. Without days, or on site, it is the days alone."""
WAIT_UNIT = 1 << WAIT_BITS


class Stores(NamedTuple):
    """What the choice of a store looks at.

    Parameters
    ----------
    chosen
        Whether there is anything to choose: a hub, room at a builder's, or a site with an end to its days.
        Without, every pair waits on site, and the loops leave the choice aside.
    site_days, site_ore
        Of each lot: most days on its own site, and what a step costs there a day, øre.
    builder_days, builder_ore
        Of each requirement: most days at the builder's, and what a step costs there a day, øre.
    hub_from, hub_to
        First day a hub receives, and first day it no longer hands out.
    in_m, out_m
        By hub and site: metres from the site to the hub and back; `NO_WAY` where no road joins them or it is
        longer than the longest of any requirement.
    hub_ore
        By hub and class: a step for one day, øre.
    metre_ore, stop_ore
        Of each class: a further metre, and a further stop, for one step of a full load, øre.
    """

    chosen: bool
    site_days: DayArray
    site_ore: FloatArray
    builder_days: DayArray
    builder_ore: FloatArray
    hub_from: DayArray
    hub_to: DayArray
    in_m: DayArray
    out_m: DayArray
    hub_ore: FloatArray
    metre_ore: FloatArray
    stop_ore: FloatArray


def lay_stores(problem: Problem, places: Places) -> Stores:
    """Prepare what the choice of a store looks at.

    Parameters
    ----------
    problem
        Any problem.
    places
        Its sites and roads.
    """
    lots, wanted, hubs = problem.lots, problem.requirements, problem.hubs
    carry_ore, carry_mg = carry_rates(problem)
    vehicles, vehicle = problem.vehicles, problem.classes.vehicle
    held = np.maximum(count_load_steps(problem), 1)
    per_metre = np.append((vehicles.trip_ore_per_km + vehicles.load_ore_per_km) / 1000, 0.0)[vehicle]
    per_stop = np.append(vehicles.trip_ore + vehicles.load_ore, 0.0)[vehicle]
    in_m, out_m = measure_legs(places, hubs.site, len(places.x_m), problem.params.cap_metres)
    stores = Stores(
        bool(len(hubs.id) or (lots.site_storage_days >= 0).any() or (wanted.builder_storage_days > 0).any()),
        np.where(lots.site_storage_days < 0, OPEN, lots.site_storage_days).astype(np.int32),
        rate_sites(problem),
        wanted.builder_storage_days,
        rate_builders(problem),
        hubs.open_from,
        hubs.open_to,
        in_m,
        out_m,
        rate_hubs(problem),
        carry_ore + problem.params.carbon_price_ore_per_tonne / MG_PER_TONNE * carry_mg + per_metre / held,
        per_stop / held,
    )
    for array in stores[1:]:
        array.setflags(write=False)
    return stores


def rate_sites(problem: Problem) -> FloatArray:
    """Return what a step of each lot costs a day on its own site, øre; the class's where it says nothing."""
    lots = problem.lots
    usual = problem.classes.storage_ore_per_day[lots.class_]
    rate: FloatArray = np.where(lots.site_storage_ore < 0, usual, lots.site_storage_ore)
    return rate


def rate_builders(problem: Problem) -> FloatArray:
    """Return what a step costs a day at the builder's of each requirement, øre; the class's likewise."""
    wanted = problem.requirements
    usual = problem.classes.storage_ore_per_day[wanted.class_]
    rate: FloatArray = np.where(wanted.builder_storage_ore < 0, usual, wanted.builder_storage_ore)
    return rate


def rate_hubs(problem: Problem) -> FloatArray:
    """Return what a step costs a day by hub and class, øre: its area at the hub's price, and a fee."""
    hubs = problem.hubs
    area_m2 = problem.classes.area_cm2 / 10_000
    return hubs.ore_per_m2_day[:, None] * area_m2[None, :] + hubs.ore_per_step_day[:, None]


@compiled
def measure_legs(places: Places, hubs: DayArray, sites: int, longest: int) -> tuple[DayArray, DayArray]:
    """Return by hub and site the metres to the hub and from it, `NO_WAY` beyond the longest road.

    Parameters
    ----------
    places
        Sites and roads.
    hubs
        Site of each hub.
    sites
        How many sites there are.
    longest
        Longest road of any requirement, metres.
    """
    there, back = np.empty((len(hubs), sites), np.int32), np.empty((len(hubs), sites), np.int32)
    for hub in range(len(hubs)):
        for site in range(sites):
            come, go = measure_road(places, site, hubs[hub]), measure_road(places, hubs[hub], site)
            there[hub, site] = NO_WAY if come > longest else come
            back[hub, site] = NO_WAY if go > longest else go
    return there, back


@compiled
def price_hub(
    stores: Stores, hub: int, offered: int, days: int, further_m: int
) -> float:  # Numba takes no keyword-only arguments
    """Return what waiting at a hub costs a step of a full load, beside the direct road, øre.

    Parameters
    ----------
    stores
        From `lay_stores`.
    hub, offered
        Rows of hubs and classes.
    days
        Days in storage.
    further_m
        Metres of both legs, less those of the direct road.
    """
    return float(
        days * stores.hub_ore[hub, offered] + further_m * stores.metre_ore[offered] + stores.stop_ore[offered]
    )


def split_waits(waits: IntArray) -> tuple[IntArray, IntArray]:
    """Return the days and the store of waits.

    Parameters
    ----------
    waits
        Of allowed pairs.
    """
    return waits & (WAIT_UNIT - 1), waits >> WAIT_BITS


def list_waits(matches: Matches) -> IntArray:
    """Return the waits of matches, as a plan states them.

    Parameters
    ----------
    matches
        Matches of a plan.
    """
    store = np.maximum(matches.storage.astype(np.int64) - 1, 0) + np.maximum(matches.hub.astype(np.int64), 0)
    waits: IntArray = matches.storage_days + store * WAIT_UNIT
    return waits
