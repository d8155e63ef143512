# SPDX-License-Identifier: EUPL-1.2
"""What reuse saves a project: by the newest plan that looked at it, else by the instant answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from inventory.database import session_factory
from inventory.errors import BadInputError
from inventory.matching.instant import InstantAnswer, KeptLots, NothingAskedError, answer_project
from inventory.matching.measured import Pick, measure_picks
from inventory.queries.offers import AnyRow
from inventory.queries.saved import (
    dress,
    find_plan,
    read_bought,
    read_factors,
    read_figures,
    read_project,
    read_wanted,
)
from inventory.savings.served import FactorKey, Figures, Savings, weigh_requirement


class NoProjectError(BadInputError):
    """There is no project {project}. Give the id of one, as it stands in the address of its page."""


def find_savings(
    engine: Engine,
    *,
    project_id: UUID,
    as_of: date,
    requirement_id: UUID | None = None,
    kept: KeptLots | None = None,
) -> Savings:
    """Find what reuse saves a project, or one requirement of it.

    Parameters
    ----------
    engine
        The database.
    project_id
        The project.
    as_of
        Today, for the instant answer where no plan has looked at the project.
    requirement_id
        Only this requirement.
    kept
        Who keeps the lots in memory, for the instant answer.

    Raises
    ------
    NoProjectError
        There is no such project.
    """
    with session_factory(engine)() as session:
        project = read_project(session, project_id=project_id)
        if project is None:
            raise NoProjectError(project=project_id)
        run = find_plan(session, project_id=project_id)
        if run is not None:
            return read_savings(session, project=project, run=run, requirement_id=requirement_id)
        try:
            found = answer_project(engine, project=str(project_id), as_of=as_of, alternatives=0, kept=kept)
        except NothingAskedError:
            return Savings(
                project=project, requirements=(), factors={}, run_id=None, run_at=None, count_transfers=True
            )
        return _weigh_answer(session, project=project, found=found, requirement_id=requirement_id)


def read_savings(
    session: Session, *, project: AnyRow, run: AnyRow, requirement_id: UUID | None = None
) -> Savings:
    """Read what a plan saves a project.

    Parameters
    ----------
    session
        The database.
    project, run
        Rows of `read_project` and of `find_plan`.
    requirement_id
        Only this requirement.
    """
    figures = read_figures(session, run_id=run.id, project_id=project.id, requirement_id=requirement_id)
    bought = read_bought(session, run_id=run.id, project_id=project.id)
    if requirement_id is not None:
        bought = {one: steps for one, steps in bought.items() if one == requirement_id}
    count = bool(run.params.get("count_transfers", True))
    as_of = date.fromisoformat(run.params["as_of"]) if "as_of" in run.params else run.created_at.date()
    return _weigh(
        session,
        project=project,
        figures=figures,
        bought=bought,
        count=count,
        as_of=as_of,
        used=(run.summary or {}).get("factor_ids", ()),
        run=run,
    )


def _weigh_answer(
    session: Session, *, project: AnyRow, found: InstantAnswer, requirement_id: UUID | None
) -> Savings:
    answers = [
        one
        for one in found.answer.requirements
        if requirement_id is None or UUID(one.requirement) == requirement_id
    ]
    picks = [
        Pick(lot=taken.offer.lot, requirement=one.requirement, steps=taken.steps)
        for one in answers
        for taken in one.mix
    ]
    savings = _weigh(
        session,
        project=project,
        figures=measure_picks(found.problem, picks),
        bought={UUID(one.requirement): one.bought for one in answers},
        count=found.params.count_transfers,
        as_of=found.params.as_of,
        used=(),
        run=None,
    )
    return replace(savings, exact=all(one.exact for one in answers))


def _weigh(
    session: Session,
    *,
    project: AnyRow,
    figures: Sequence[Figures],
    bought: dict[UUID, int],
    count: bool,
    as_of: date,
    used: Sequence[int],
    run: AnyRow | None,
) -> Savings:
    wanted = read_wanted(session, ids={one.requirement_id for one in figures} | set(bought))
    served = dress(session, figures=figures, wanted=wanted)
    classes = {row.class_id for row in wanted.values()} | {one.lot.class_id for one in served}
    factors: dict[FactorKey, Any] = dict(
        read_factors(session, as_of=as_of, class_ids=classes, used=list(used))
    )
    return Savings(
        project=project,
        requirements=tuple(
            weigh_requirement(
                row,
                served=tuple(one for one in served if one.figures.requirement_id == row.id),
                bought=bought.get(row.id, 0),
                factors=factors,
                count=count,
            )
            for row in sorted(wanted.values(), key=lambda row: (row.ref, str(row.id)))
        ),
        factors=factors,
        run_id=None if run is None else run.id,
        run_at=None if run is None else run.created_at,
        count_transfers=count,
    )
