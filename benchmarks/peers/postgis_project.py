# SPDX-License-Identifier: EUPL-1.2
"""PostGIS asked one requirement at a time: a gist index of class and point, the rules in the statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import psycopg

from inventory.postgres.cluster import ensure_database
from inventory.postgres.throwaway import open_throwaway_cluster
from matcher.instant.offer import Offer
from matcher.instant.question import Question
from matcher.problem.columns import UNKNOWN

_TABLES = """
    CREATE TABLE lot (
        id int4, class_id int4, x int4, y int4, land int4, node int4, access_m int4, quantity int8,
        opens int4, closes int4, decide_by int4, documentation int2, screening int2, grade int4,
        own_ore float8, price int8
    );
    CREATE TABLE road (a int4, b int4, metres int4, PRIMARY KEY (a, b) INCLUDE (metres));
    CREATE TABLE class (id int4 PRIMARY KEY, metre_ore float8, day_ore float8);
    CREATE TABLE swap (wanted int4, offered int4, penalty_ore float8);
"""
_INDEX = """
    ALTER TABLE lot ADD geom geometry(Point, 25832);
    UPDATE lot SET geom = ST_SetSRID(ST_MakePoint(x, y), 25832);
    CREATE INDEX ON lot USING gist (class_id, geom);
"""
_SETTINGS = "SET max_parallel_workers_per_gather = 0; SET jit = off; SET work_mem = '256MB'"
_MIX = """
    WITH offered AS (
        SELECT %(class)s::int4 AS id, 0.0::float8 AS penalty_ore
         UNION ALL
        SELECT offered, penalty_ore FROM swap WHERE wanted = %(class)s AND %(swap_ok)s
    ), allowed AS (
        SELECT l.id, l.quantity, l.price,
               floor((l.own_ore + r.metres * c.metre_ore + d.days * c.day_ore + o.penalty_ore) * 1000
                     / %(quantum)s + 0.5)::int8 * %(quantum)s AS cost
          FROM offered o
          JOIN class c ON c.id = o.id
          JOIN lot l ON l.class_id = o.id
                    AND ST_DWithin(l.geom, ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 25832), %(reach)s)
         CROSS JOIN LATERAL (
               SELECT ceil(sqrt((l.x - %(x)s)::float8 ^ 2 + (l.y - %(y)s)::float8 ^ 2))::int8 AS line) s
          LEFT JOIN road w ON w.a = l.node AND w.b = %(node)s
         CROSS JOIN LATERAL (
               SELECT CASE WHEN l.land = %(land)s AND s.line < %(near)s
                           THEN (s.line * %(detour)s + 999) / 1000
                           ELSE greatest(s.line, l.access_m + w.metres + %(access)s)
                            END AS metres, w.metres AS trunk) r
         CROSS JOIN LATERAL (
               SELECT CASE WHEN greatest(l.opens, %(from)s) < least(l.closes, %(to)s) THEN 0
                           WHEN l.closes <= %(from)s THEN %(from)s - l.closes + 1
                            END AS days) d
         WHERE l.quantity > 0
           AND l.documentation >= %(documentation)s
           AND l.screening <= %(unscreened)s
           AND (%(grade)s::int4 IS NULL OR l.grade >= %(grade)s::int4 OR l.grade IS NULL AND %(unknown_ok)s)
           AND (l.land = %(land)s AND s.line < %(near)s OR r.trunk IS NOT NULL)
           AND r.metres <= %(reach)s
           AND d.days <= %(storage)s
           AND %(commit)s <= l.decide_by
    ), mix AS (
        SELECT cost + price AS key, quantity,
               sum(quantity) OVER (ORDER BY cost + price, id ROWS UNBOUNDED PRECEDING) - quantity AS before
          FROM allowed
         WHERE cost < %(new_cost)s AND cost + price <= %(new_cost)s
    )
    SELECT (SELECT count(*) FROM allowed),
           coalesce(sum(least(quantity, %(demand)s - before)), 0),
           coalesce(sum(least(quantity, %(demand)s - before) * key), 0)
      FROM mix
     WHERE before < %(demand)s
"""
Wish = dict[str, Any]


@contextmanager
def open_country(offer: Offer) -> Iterator[psycopg.Connection]:
    """Load lots, roads and rates into a throw-away PostGIS, index and analyse them; remove it at the end."""
    problem, facts, rates = offer.problem, offer.world.facts, offer.world.rates
    lots, places = problem.lots, facts.places
    grade = lots.attribute[:, problem.attributes.index("grade")]
    columns = [
        offer.row,
        lots.class_,
        places.x_m[lots.site],
        places.y_m[lots.site],
        places.land[lots.site],
        places.node[lots.site],
        places.access_m[lots.site],
        offer.quantity,
        lots.available_from,
        lots.available_to,
        lots.decide_by,
        lots.documentation,
        lots.screening,
        np.where(grade == UNKNOWN, None, grade),  # type: ignore[call-overload]  # an object array, with nulls
        rates.own_ore,
        offer.prices,
    ]
    trunk = places.road_m
    a, b = np.nonzero(trunk >= 0)
    swaps = problem.substitutes
    with open_throwaway_cluster() as cluster:
        url = ensure_database(cluster, name="benchmark")
        with psycopg.connect(
            url.replace("postgresql+psycopg:", "postgresql:"), autocommit=True
        ) as connection:
            connection.execute(_TABLES)
            _copy(connection, "lot", columns)
            _copy(connection, "road", [a, b, trunk[a, b]])
            _copy(
                connection,
                "class",
                [np.arange(len(rates.metre_ore)), rates.metre_ore, problem.classes.storage_ore_per_day],
            )
            _copy(connection, "swap", [swaps.class_, swaps.substitute, swaps.penalty_ore])
            connection.execute(_INDEX)
            for table in ("lot", "road", "class", "swap"):
                connection.execute(f"VACUUM (FULL, ANALYZE) {table}")
            connection.execute(_SETTINGS)
            yield connection


def list_wishes(question: Question) -> list[Wish]:
    """List what the statement is given for each requirement of a question."""
    facts, rates, wanted = question.facts, question.rates, question.asked.requirements
    places, column = facts.places, question.asked.attributes.index("grade")
    wishes = []
    for row in range(len(wanted.id)):
        site, own = int(facts.wanted_site[row]), int(wanted.class_[row])
        bound = int(wanted.minimum[row, column])
        wish = {
            "class": own,
            "x": places.x_m[site],
            "y": places.y_m[site],
            "land": places.land[site],
            "node": places.node[site],
            "access": places.access_m[site],
            "near": places.near_m,
            "detour": places.detour_permille,
            "reach": facts.wanted_metres[row],
            "from": wanted.wanted_from[row],
            "to": wanted.wanted_to[row],
            "storage": facts.wanted_storage[row],
            "commit": wanted.commit_from[row],
            "documentation": wanted.documentation_min[row],
            "unscreened": wanted.unknown_screening_ok[row],
            "new_cost": rates.new_cost[row],
            "demand": wanted.quantity[row],
            "quantum": rates.quantum[own],
        }
        wishes.append(
            {name: int(value) for name, value in wish.items()}
            | {
                "swap_ok": bool(wanted.substitutes_ok[row]),
                "unknown_ok": bool(wanted.unknown_ok[row, column]),
                "grade": None if bound == UNKNOWN else bound,
            }
        )
    return wishes


def find_mixes(connection: psycopg.Connection, wishes: list[Wish]) -> list[tuple[int, int]]:
    """Find for each wish how many lots are allowed, and what the cheapest mix costs with its prices."""
    found = []
    with connection.cursor() as cursor:
        for wish in wishes:
            row = cursor.execute(_MIX, wish).fetchone()
            assert row is not None
            allowed, steps, cost = (int(number) for number in row)
            found.append((allowed, cost + wish["new_cost"] * (wish["demand"] - steps)))
    return found


def _copy(connection: psycopg.Connection, table: str, columns: list[Any]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in zip(*(column.tolist() for column in columns), strict=True):
            copy.write_row(row)
