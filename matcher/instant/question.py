# SPDX-License-Identifier: EUPL-1.2
"""A question to the offer: requirements, as they are or changed, joined to the lots for the rules to see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.compatibility import Facts, gather_facts
from matcher.compiling import compiled
from matcher.distance import Places, measure_road
from matcher.errors import InputError
from matcher.instant.offer import Offer, take_rows
from matcher.problem.columns import NONE, DayArray, IntArray
from matcher.problem.problem import Problem
from matcher.storing import Stores, measure_legs
from matcher.value import Rates, set_rates

WANTED_RATES = ("new_cost", "first", "first_cost", "new_money", "public", "breakage", "builder_ore")
"""Rates that belong to requirements; all others belong to lots or classes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Requirements joined to the lots of an offer.

    Parameters
    ----------
    asked
        The requirements, with their sites and without lots.
    facts, rates
        What rules and costs look at: lots of the offer, requirements of the question. Sites of the question
        come after those of the offer.
    roads
        Metres, or `NO_WAY`, between each site of the question and every site of the offer: rows and columns.
    """

    asked: Problem
    facts: Facts
    rates: Rates
    roads: DayArray


def take_requirements(problem: Problem, *, rows: IntArray) -> Problem:
    """Return a problem of some requirements of another, with their sites, no lots and no hubs, to ask about.

    Hubs stand on sites that are not taken along; where lots can wait is the offer's to say.

    Parameters
    ----------
    problem
        Any problem.
    rows
        Rows of its requirements.
    """
    wanted, none = take_rows(problem.requirements, row=rows), np.zeros(0, dtype=np.int64)
    sites, place = np.unique(wanted.site, return_inverse=True)
    return replace(
        problem,
        lots=take_rows(problem.lots, row=none),
        hubs=take_rows(problem.hubs, row=none),
        requirements=replace(wanted, site=_freeze(place.astype(np.int32))),
        sites=take_rows(problem.sites, row=sites.astype(np.int64)),
        digest="",
    )


def find_project(problem: Problem, *, project: str) -> IntArray:
    """Return the rows of a project's requirements.

    Parameters
    ----------
    problem
        Any problem.
    project
        Id of the project.

    Raises
    ------
    InputError
        Where no project has the id.
    """
    row = np.flatnonzero(problem.projects.id == project)
    if not len(row):
        raise InputError("the id of a project", table="projects", column="id", value=project)
    return np.flatnonzero(problem.requirements.project == row[0])


def pose_question(offer: Offer, *, asked: Problem, like: Question | None = None) -> Question:
    """Join requirements to the lots of an offer.

    Parameters
    ----------
    offer
        From `lay_offer`.
    asked
        Requirements with their sites; classes, substitutes, vehicles, roads and attributes are those of the
        offer. From `take_requirements`, or a new project's own.
    like
        An earlier question of the same sites, whose roads are known.

    Raises
    ------
    InputError
        Where the classes, the attributes or the road nodes are not those of the offer.
    """
    known = offer.problem
    for name, same in (
        ("classes", np.array_equal(asked.classes.id, known.classes.id)),
        ("roads", np.array_equal(asked.roads.id, known.roads.id)),
        ("requirements", asked.attributes == known.attributes),
    ):
        if not same:
            raise InputError("the same classes, roads and attributes as the lots have", table=name)
    if len(asked.lots.id):
        asked = replace(asked, lots=take_rows(asked.lots, row=np.zeros(0, dtype=np.int64)))
    facts, rates = gather_facts(asked), set_rates(asked, quantum=offer.world.rates.quantum)
    own = offer.world.facts
    wanted = {name: getattr(facts, name) for name in Facts._fields if name.startswith(("wanted_", "bound_"))}
    wanted["wanted_site"] = _freeze(
        (asked.requirements.site + np.int32(len(known.sites.id))).astype(np.int32)
    )
    if like is None:
        joined = _join_places(own.places, facts.places, asked=asked, lands=offer.lands)
        roads = _freeze(measure_all(joined, len(known.sites.id)))
    else:
        joined, roads = like.facts.places, like.roads
    stores = _join_stores(own.stores, facts.stores, places=joined, offer=offer)
    return Question(
        asked=asked,
        facts=own._replace(places=joined, stores=stores, **wanted),
        rates=offer.world.rates._replace(**{name: getattr(rates, name) for name in WANTED_RATES}),
        roads=roads,
    )


@compiled
def measure_all(places: Places, known: int) -> DayArray:
    """Return the roads between the sites of a question and those of an offer: each is needed many times.

    Parameters
    ----------
    places
        Sites of the offer, then of the question.
    known
        How many are of the offer.
    """
    roads = np.empty((len(places.x_m) - known, known), np.int32)
    for row in range(len(roads)):
        for site in range(known):
            roads[row, site] = measure_road(places, site, known + row)
    return roads


def _join_stores(known: Stores, asked: Stores, *, places: Places, offer: Offer) -> Stores:
    """Return where lots of the offer can wait for requirements of the question: at the offer's hubs."""
    hubs, longest = offer.problem.hubs.site, offer.problem.params.cap_metres
    in_m, out_m = measure_legs(places, hubs, len(places.x_m), longest)
    return known._replace(
        builder_days=asked.builder_days,
        builder_ore=asked.builder_ore,
        in_m=_freeze(in_m),
        out_m=_freeze(out_m),
    )


def _join_places(known: Places, more: Places, *, asked: Problem, lands: dict[str, int]) -> Places:
    """Return the places of the offer followed by those of the question, land masses numbered alike."""
    fresh = dict(lands)
    for name in sorted(set(asked.sites.land.tolist())):
        fresh.setdefault(str(name), len(fresh) if name else NONE)
    land = np.array([fresh[str(name)] for name in asked.sites.land.tolist()], dtype=np.int32)

    def join(one: NDArray[Any], other: NDArray[Any]) -> Any:
        return _freeze(np.concatenate([one, other]))

    return known._replace(
        x_m=join(known.x_m, more.x_m),
        y_m=join(known.y_m, more.y_m),
        land=join(known.land, land),
        node=join(known.node, more.node),
        access_m=join(known.access_m, more.access_m),
    )


def _freeze(array: NDArray[Any]) -> Any:
    array.setflags(write=False)
    return array
