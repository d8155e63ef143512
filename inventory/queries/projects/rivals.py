# SPDX-License-Identifier: EUPL-1.2
"""How much others want of what a project wants: amounts and how many projects, never who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a requirement wants, for others' to be held against: straight metres, window, end exclusive."""

    id: str
    class_id: int
    metres: int
    wanted_from: date
    wanted_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """What others want of it within reach and in an overlapping window: projects, and steps in all."""

    projects: int
    steps: int


# Projects near come first: there are far fewer of them than requirements of a class.
_RIVALS = text(
    """
    WITH mine AS MATERIALIZED (
        SELECT * FROM unnest(CAST(:ids AS text[]), CAST(:classes AS integer[]), CAST(:metres AS integer[]),
                             CAST(:starts AS date[]), CAST(:ends AS date[]))
                   AS mine (id, class_id, metres, wanted_from, wanted_to)
    ), near AS MATERIALIZED (
        SELECT project.id, ST_Distance(site.geom, here.point) AS metres
          FROM (SELECT ST_SetSRID(ST_MakePoint(:x, :y), 25832) AS point) AS here
          JOIN site ON site.kind = 'project' AND ST_DWithin(site.geom, here.point, :farthest)
          JOIN project ON project.site_id = site.id
         WHERE project.id <> :project
    )
    SELECT mine.id, count(DISTINCT near.id) AS projects, sum(other.quantity)::bigint AS steps
      FROM near
      JOIN requirement AS other ON other.project_id = near.id AND other.status = 'open'
      JOIN mine ON mine.class_id = other.class_id AND near.metres <= mine.metres
           AND other.wanted_from < mine.wanted_to AND other.wanted_to > mine.wanted_from
     -- of a project that has chosen its design, the others' wishes are none
     WHERE other.design_option_id IS NULL
        OR NOT EXISTS (SELECT FROM design_option AS chosen
                        WHERE chosen.project_id = near.id AND chosen.chosen
                          AND chosen.id <> other.design_option_id)
     GROUP BY mine.id
    """
)


def read_rivals(
    session: Session, *, project_id: UUID, point: tuple[float, float], wishes: Sequence[Wish]
) -> dict[str, Rivals]:
    """Read what other projects want of the same materials; wishes nobody else has are left out.

    Parameters
    ----------
    session
        Its transaction.
    project_id
        Whose wishes they are: its own others do not count.
    point
        Where it is built, EPSG:25832.
    wishes
        What it wants.
    """
    if not wishes:
        return {}
    rows = session.execute(
        _RIVALS,
        {
            "ids": [one.id for one in wishes],
            "classes": [one.class_id for one in wishes],
            "metres": [one.metres for one in wishes],
            "starts": [one.wanted_from for one in wishes],
            "ends": [one.wanted_to for one in wishes],
            "farthest": max(one.metres for one in wishes),
            "x": point[0],
            "y": point[1],
            "project": project_id,
        },
    )
    return {row.id: Rivals(projects=row.projects, steps=row.steps) for row in rows}
