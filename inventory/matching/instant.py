# SPDX-License-Identifier: EUPL-1.2
"""What could serve a project of the database, at once: its lots within reach, at the last run's prices."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from inventory.database import session_factory
from inventory.errors import StateError
from inventory.matching.asked import Asked, tell_asked
from inventory.matching.defaults import choose_params
from inventory.matching.kept.look import Call, begin_keeping, look_anew, look_at_kept
from inventory.matching.kept.lots import KeptLots
from inventory.matching.params import RunParams
from inventory.matching.tried import Tried
from inventory.queries.instant import (
    NamedLot,
    NamedRequirement,
    find_asking_project,
    find_last_run,
    find_point,
    find_project,
    name_lots,
    name_requirements,
)
from inventory.tables.run import Run
from matcher.instant.answer import ProjectAnswer
from matcher.instant.ask import ask_project
from matcher.instant.question import pose_question
from matcher.problem.problem import Problem

__all__ = ["Asked", "InstantAnswer", "KeptLots", "NothingAskedError", "answer_project", "warm_up"]


class NothingAskedError(StateError):
    """Project {project} has nothing to answer: {why}"""


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
        What was asked: the requirements and the lots of `lots`, without hubs, whose room no answer at once
        knows; and how costs were counted.
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
    engine: Engine,
    *,
    project: str,
    as_of: date,
    alternatives: int = 5,
    tried: Tried | None = None,
    kept: KeptLots | None = None,
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
    kept
        Who keeps the lots in memory; without, or until it has read them, they are read for this question. The
        answer is the same.

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
        call = Call(
            project_id=found.id, point=point, run_id=run.id if run else None, params=params, tried=tried
        )
        seen = (look_at_kept(engine, kept, call=call) if kept else None) or look_anew(engine, call=call)
        if not len(seen.asked.requirements.id):
            raise NothingAskedError(project=found.ref, why="it has no open requirement.")
        answer = seen.name(
            ask_project(seen.offer, pose_question(seen.offer, asked=seen.asked), alternatives=alternatives)
        )
        named = _list_lots(answer)
        return InstantAnswer(
            project=found.ref,
            name=found.name,
            run_id=run.id if run else None,
            run_at=run.created_at if run else None,
            answer=answer,
            lots=name_lots(session, ids=named),
            requirements=name_requirements(session, ids=seen.asked.requirements.id.tolist()),
            looked_at=seen.looked_at,
            asked=tell_asked(
                session,
                seen.offer,
                problem=seen.asked,
                requirements=seen.requirements,
                params=params,
                project_id=found.id,
                point=point,
                as_of=as_of,
            ),
            problem=seen.cut(named),
            params=params,
        )


def warm_up(engine: Engine, kept: KeptLots, *, as_of: date) -> None:
    """Read all lots into memory, and answer a project so that all that a question needs is compiled.

    Parameters
    ----------
    engine, kept
        The database and who keeps its lots.
    as_of
        Today.
    """
    with session_factory(engine)() as session:
        run = find_last_run(session)
        params = _choose_params(session, run=run, as_of=as_of)
        project_id = find_asking_project(session)
    reading = begin_keeping(engine, kept, params=params)
    if reading is not None:
        reading.join()
    if project_id is not None:
        answer_project(engine, project=str(project_id), as_of=as_of, kept=kept)


def _choose_params(session: Session, *, run: Run | None, as_of: date) -> RunParams:
    today = choose_params(session, as_of=as_of)
    if run is None:
        return today
    # a run of an older Genbro does not say what it did not know
    told = {name: value for name, value in run.params.items() if name in RunParams.model_fields}
    chosen = RunParams.model_validate({**today.model_dump(mode="json"), **told})
    return chosen.model_copy(update={"municipalities": (), "wanted_from": None, "wanted_to": None})


def _list_lots(answer: ProjectAnswer) -> Sequence[str]:
    named: set[str] = set()
    for requirement in answer.requirements:
        named.update(each.lot for each in requirement.alternatives)
        for taken in requirement.mix:
            named.add(taken.offer.lot)
            if taken.backup is not None:
                named.add(taken.backup.lot)
    return sorted(named)
