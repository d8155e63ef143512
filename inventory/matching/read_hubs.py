# SPDX-License-Identifier: EUPL-1.2
"""Hubs of a problem: those with a place, with their room, opening and prices."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Text, cast, select

from inventory.matching.days import number_day
from inventory.matching.facts import Facts
from inventory.matching.read_classes import ML_PER_M3, ORE_PER_DKK
from inventory.tables.hub import Hub
from inventory.tables.site import Site
from matcher.problem.columns import NONE, OPEN, UNKNOWN

Table = dict[str, Any]
CM2_PER_M2 = 10_000
CM_PER_M = 100


def read_hubs(connection: Connection, *, facts: Facts) -> Table:
    """Read the hubs that have a point, as the hubs table of a problem.

    Parameters
    ----------
    connection
        Inside the snapshot's transaction.
    facts
        The factors in force: what a square metre costs where a hub does not say.

    Raises
    ------
    MissingFactorError
        A hub names no price and there is none in force.
    """
    rows = connection.execute(
        select(
            cast(Hub.site_id, Text).label("id"),
            Hub.open_from,
            Hub.open_to,
            Hub.area_m2,
            Hub.price_ore_per_m2_day,
            Hub.price_ore_per_step_day,
        )
        .join(Site, Site.id == Hub.site_id)
        .where(Site.geom.isnot(None))
        .order_by(Hub.site_id)
    ).all()
    return {
        "id": [row.id for row in rows],
        "site": [row.id for row in rows],
        "open_from": [_count_days(row.open_from, empty=UNKNOWN) for row in rows],
        "open_to": [_count_days(row.open_to, empty=OPEN) for row in rows],
        "ore_per_m2_day": [
            float(facts.value("hub_price", subject="a hub") * ORE_PER_DKK)
            if row.price_ore_per_m2_day is None
            else float(row.price_ore_per_m2_day)
            for row in rows
        ],
        "ore_per_step_day": [float(row.price_ore_per_step_day or 0) for row in rows],
        "area_cm2": [NONE if row.area_m2 is None else row.area_m2 * CM2_PER_M2 for row in rows],
    }


def measure_floors(volumes_ml: list[int], *, facts: Facts) -> list[int]:
    """Return the floor one step of each class takes in a hub, cm2, rounded up: stacked as high as is usual.

    Parameters
    ----------
    volumes_ml
        Volume of a step.
    facts
        The factors in force.

    Raises
    ------
    MissingFactorError
        No height to stack to is in force.
    """
    height_cm = int(facts.value("storage_height", subject="a hub") * CM_PER_M)
    cm3_per_ml = CM_PER_M**3 // ML_PER_M3
    return [-(-volume * cm3_per_ml // height_cm) for volume in volumes_ml]


def _count_days(day: date | None, *, empty: int) -> int:
    return empty if day is None else number_day(day)
