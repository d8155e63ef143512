# SPDX-License-Identifier: EUPL-1.2
"""How the name, the place and the rest of a building were put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import hypot
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.tables import Event

KINDS = ("building_begun", "building_corrected")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingStep:
    """One step: when, who and why, the new name, how far the point moved in metres, and what else is new.

    `name` is empty where the name stayed; the one before is not told, for it may be an address. `placed`
    says that the point changed, `metres` how far it moved from where it was, empty where there was none.
    `told` holds the other columns of the building that changed, before and after.
    """

    at: datetime
    kind: str
    by: str | None
    why: str | None
    name: str | None
    placed: bool
    metres: int | None
    told: Mapping[str, tuple[Any, Any]]


def read_building_steps(session: Session, *, site_id: UUID) -> list[BuildingStep]:
    """Read how a building was put right, newest first; never where a point was."""
    rows = session.execute(
        select(Event.at, Event.kind, Event.data)
        .where(Event.subject_kind == "site", Event.subject_id == site_id, Event.kind.in_(KINDS))
        .order_by(Event.id.desc())
    )
    steps = []
    for row in rows:
        name, place = (row.data["changes"].get(one) for one in ("name", "place"))
        moved = place is not None and place[0] is not None
        steps.append(
            BuildingStep(
                at=row.at,
                kind=row.kind,
                by=row.data["by"],
                why=row.data["why"],
                name=None if name is None else name[1],
                placed=place is not None,
                metres=round(hypot(place[1][0] - place[0][0], place[1][1] - place[0][1])) if moved else None,
                told={
                    column: (before, after)
                    for column, (before, after) in row.data["changes"].items()
                    if column not in ("name", "place")
                },
            )
        )
    return steps
