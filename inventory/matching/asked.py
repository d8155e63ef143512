# SPDX-License-Identifier: EUPL-1.2
"""What was asked: each requirement with how scarce its material is, and how long new takes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
import pyarrow as pa
from sqlalchemy.orm import Session

from inventory.matching.days import name_day
from inventory.matching.kept.laid import find_class
from inventory.matching.params import RunParams
from inventory.queries.lead_times import LeadTime, read_lead_times
from inventory.queries.projects.rivals import Rivals, Wish, read_rivals
from matcher.instant.offer import Offer
from matcher.problem.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A requirement as it was asked: its window and reach, how scarce its material is, how long new takes.

    Parameters
    ----------
    wanted_from, wanted_to
        Its window, the end exclusive.
    metres
        How far by road a lot may be.
    within_reach
        Steps of its own material on offer so near, in a straight line, in an overlapping window, whatever
        their properties.
    rivals
        What other projects so near want of the material, in an overlapping window.
    lead
        How long new takes; None where no factor says.
    """

    wanted_from: date
    wanted_to: date
    metres: int
    within_reach: int
    rivals: Rivals
    lead: LeadTime | None


def tell_asked(
    session: Session,
    offer: Offer,
    *,
    problem: Problem,
    requirements: pa.Table,
    params: RunParams,
    project_id: UUID,
    point: tuple[float, float],
    as_of: date,
) -> dict[str, Asked]:
    """Tell of each requirement, by id, what was asked and how scarce that is.

    Parameters
    ----------
    session
        Of the database.
    offer
        The lots.
    problem
        Holds the requirements.
    requirements
        The same as they were read.
    params
        Bounds of requirements that state none.
    project_id, point
        Whose they are, and where it is.
    as_of
        Today, for lead times.
    """
    wanted = requirements.select(["id", "class", "max_metres", "wanted_from", "wanted_to"]).to_pylist()
    wishes = [
        Wish(
            id=row["id"],
            class_id=row["class"],
            metres=min(
                params.default_max_metres if row["max_metres"] is None else row["max_metres"],
                params.cap_metres,
            ),
            wanted_from=name_day(row["wanted_from"]),
            wanted_to=name_day(row["wanted_to"]),
        )
        for row in wanted
    ]
    rivals = read_rivals(session, project_id=project_id, point=point, wishes=wishes)
    leads = read_lead_times(session, class_ids={one.class_id for one in wishes}, as_of=as_of)
    lots, sites = offer.problem.lots, offer.problem.sites
    away = np.hypot(sites.x_m - point[0], sites.y_m - point[1])
    own = dict(zip(problem.requirements.id.tolist(), problem.requirements.class_.tolist(), strict=True))
    asked = {}
    for one, row in zip(wishes, wanted, strict=True):
        places = find_class(offer, row=own[one.id])
        near = (
            (away[lots.site[places]] <= one.metres)
            & (lots.available_from[places] < row["wanted_to"])
            & (lots.available_to[places] > row["wanted_from"])
        )
        asked[one.id] = Asked(
            wanted_from=one.wanted_from,
            wanted_to=one.wanted_to,
            metres=one.metres,
            within_reach=int(offer.quantity[places][near].sum()),
            rivals=rivals.get(one.id, Rivals(projects=0, steps=0)),
            lead=leads.get(one.class_id),
        )
    return asked
