# SPDX-License-Identifier: EUPL-1.2
"""What could serve a project of the database, at once: its lots within reach, at the last run's prices."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

import numpy as np
import pyarrow as pa
from sqlalchemy import Engine, Select
from sqlalchemy.orm import Session

from inventory.database import session_factory
from inventory.errors import StateError
from inventory.matching.defaults import choose_params
from inventory.matching.params import RunParams
from inventory.matching.snapshot import Snapshot, read_snapshot
from inventory.matching.tried import Tried, apply_tried
from inventory.queries.instant import (
    NamedLot,
    NamedRequirement,
    Reach,
    find_last_run,
    find_point,
    find_project,
    name_lots,
    name_requirements,
    read_lot_prices,
    select_lots_within,
)
from inventory.queries.lead_times import LeadTime, read_lead_times
from inventory.queries.rivals import Rivals, Wish, read_rivals
from inventory.tables.run import Run
from matcher.instant.answer import ProjectAnswer
from matcher.instant.ask import ask_project
from matcher.instant.changes import FARTHER_METRES, LATER_DAYS, STORED_DAYS
from matcher.instant.offer import lay_offer
from matcher.instant.question import pose_question, take_requirements
from matcher.problem.problem import Problem

EPOCH = date(1970, 1, 1)


class NothingAskedError(StateError):
    """Project {project} has nothing to answer: {why}"""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class InstantAnswer:
    """What could serve a project, with the names people know things by.

    Parameters
    ----------
    project, name
        Ref and name of the project.
    run_id, run_at
        The run whose prices count, and when it was asked for; None where no run has given a plan: then every
        price is 0, as if nobody else wanted anything.
    answer
        Of the matcher; ids are those of the database.
    lots, requirements
        Names, by id, of everything in the answer.
    looked_at
        Lots read: of the classes wanted, and near and early enough were every bound loosened a little.
    asked
        Each requirement as it was asked, with what others want of it and what there is, by id.
    problem, params
        What was asked: the lots read, without hubs, whose room no answer at once knows; and how costs were
        counted.
    """

    project: str
    name: str
    run_id: UUID | None
    run_at: datetime | None
    answer: ProjectAnswer
    lots: dict[str, NamedLot]
    requirements: dict[str, NamedRequirement]
    looked_at: int
    asked: dict[str, Asked]
    problem: Problem = field(repr=False, compare=False)
    params: RunParams


def answer_project(
    engine: Engine, *, project: str, as_of: date, alternatives: int = 5, tried: Tried | None = None
) -> InstantAnswer:
    """Answer what could serve a project.

    Parameters
    ----------
    engine
        The database.
    project
        Ref of the project, or its id or the first letters of that.
    as_of
        Today: decides which factors are in force where no run has chosen.
    alternatives
        How many lots beside the mix to show for each requirement.
    tried
        What requirements are to be asked as, other than they are; nothing of it is saved.

    Raises
    ------
    ProjectNotFoundError
        No project, or more than one, answers to the name.
    NothingAskedError
        Its site has no coordinate, or it has no open requirement.
    MissingFactorError
        A class in use has no price or emission in force.

    Notes
    -----
    Costs are counted as the last run counted them. No solver is loaded. A lot that is farther away, or out of
    season, even with every bound loosened, is not read: it is in no count.
    """
    with session_factory(engine)() as session:
        found = find_project(session, project)
        point = find_point(session, site_id=found.site_id)
        if point is None:
            raise NothingAskedError(project=found.ref, why="its site has no coordinate.")
        run = find_last_run(session)
        params = _choose_params(session, run=run, as_of=as_of)
        snapshot = read_snapshot(
            engine,
            params=params,
            project_id=found.id,
            nearby=lambda wanted, serving: _select_nearby(wanted, serving, params=params, point=point),
            alter=partial(apply_tried, tried=tried) if tried else None,
        )
        problem = snapshot.problem
        if not len(problem.requirements.id):
            raise NothingAskedError(project=found.ref, why="it has no open requirement.")
        prices = read_lot_prices(session, run_id=run.id, lot_ids=problem.lots.id.tolist()) if run else {}
        offer = lay_offer(
            problem, prices=np.array([prices.get(lot, 0) for lot in problem.lots.id.tolist()], dtype=np.int64)
        )
        asked = take_requirements(problem, rows=np.arange(len(problem.requirements.id)))
        answer = ask_project(offer, pose_question(offer, asked=asked), alternatives=alternatives)
        return InstantAnswer(
            project=found.ref,
            name=found.name,
            run_id=run.id if run else None,
            run_at=run.created_at if run else None,
            answer=answer,
            lots=name_lots(session, ids=_list_lots(answer)),
            requirements=name_requirements(session, ids=problem.requirements.id.tolist()),
            looked_at=len(problem.lots.id),
            asked=_tell_asked(session, snapshot, project_id=found.id, point=point, as_of=as_of),
            problem=replace(problem, hubs=asked.hubs),
            params=params,
        )


def _tell_asked(
    session: Session, snapshot: Snapshot, *, project_id: UUID, point: tuple[float, float], as_of: date
) -> dict[str, Asked]:
    """Tell of each requirement what was asked, and how scarce that is."""
    problem, params = snapshot.problem, snapshot.params
    wanted = snapshot.requirements.select(
        ["id", "class", "max_metres", "wanted_from", "wanted_to"]
    ).to_pylist()
    wishes = [
        Wish(
            id=row["id"],
            class_id=row["class"],
            metres=min(
                params.default_max_metres if row["max_metres"] is None else row["max_metres"],
                params.cap_metres,
            ),
            wanted_from=EPOCH + timedelta(days=row["wanted_from"]),
            wanted_to=EPOCH + timedelta(days=row["wanted_to"]),
        )
        for row in wanted
    ]
    rivals = read_rivals(session, project_id=project_id, point=point, wishes=wishes)
    leads = read_lead_times(session, class_ids={one.class_id for one in wishes}, as_of=as_of)
    lots, sites = problem.lots, problem.sites
    away = np.hypot(sites.x_m - point[0], sites.y_m - point[1])[lots.site]
    own = dict(zip(problem.requirements.id.tolist(), problem.requirements.class_.tolist(), strict=True))
    asked = {}
    for one, row in zip(wishes, wanted, strict=True):
        near = (lots.class_ == own[one.id]) & (away <= one.metres)
        near &= (lots.available_from < row["wanted_to"]) & (lots.available_to > row["wanted_from"])
        asked[one.id] = Asked(
            wanted_from=one.wanted_from,
            wanted_to=one.wanted_to,
            metres=one.metres,
            within_reach=int(lots.quantity[near].sum()),
            rivals=rivals.get(one.id, Rivals(projects=0, steps=0)),
            lead=leads.get(one.class_id),
        )
    return asked


def _choose_params(session: Session, *, run: Run | None, as_of: date) -> RunParams:
    today = choose_params(session, as_of=as_of)
    if run is None:
        return today
    # a run of an older Genbro does not say what it did not know
    told = {name: value for name, value in run.params.items() if name in RunParams.model_fields}
    chosen = RunParams.model_validate({**today.model_dump(mode="json"), **told})
    return chosen.model_copy(update={"municipalities": (), "wanted_from": None, "wanted_to": None})


def _select_nearby(
    wanted: pa.Table,
    serving: dict[int, list[int]],
    *,
    params: RunParams,
    point: tuple[float, float],
) -> Select[UUID]:
    """Select the lots of the classes wanted that could serve, were every bound loosened."""
    reaches: dict[int, Reach] = {}
    for row in wanted.select(["class", "max_metres", "storage_days", "wanted_from", "wanted_to"]).to_pylist():
        metres = params.default_max_metres if row["max_metres"] is None else row["max_metres"]
        stored = params.default_storage_days if row["storage_days"] is None else row["storage_days"]
        for number in serving[row["class"]]:
            here = Reach(
                class_id=number,
                metres=min(metres + FARTHER_METRES, params.cap_metres),
                opens_before=EPOCH + timedelta(days=row["wanted_to"] + LATER_DAYS),
                closes_after=EPOCH + timedelta(days=row["wanted_from"] - LATER_DAYS - stored - STORED_DAYS),
            )
            reaches[number] = _join(reaches.get(number, here), here)
    return select_lots_within([reaches[number] for number in sorted(reaches)], point=point)


def _join(one: Reach, other: Reach) -> Reach:
    return Reach(
        class_id=one.class_id,
        metres=max(one.metres, other.metres),
        opens_before=max(one.opens_before, other.opens_before),
        closes_after=min(one.closes_after, other.closes_after),
    )


def _list_lots(answer: ProjectAnswer) -> Sequence[str]:
    named: set[str] = set()
    for requirement in answer.requirements:
        named.update(each.lot for each in requirement.alternatives)
        for taken in requirement.mix:
            named.add(taken.offer.lot)
            if taken.backup is not None:
                named.add(taken.backup.lot)
    return sorted(named)
