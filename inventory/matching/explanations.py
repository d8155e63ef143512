# SPDX-License-Identifier: EUPL-1.2
"""Why a plan gives its requirements what it does: asked when a run ends, or later of a plan read back."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
from psycopg.types.json import Jsonb
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_into
from inventory.database import session_factory
from inventory.errors import GenbroError, StateError
from inventory.matching.read_plan import read_run_again
from inventory.matching.told import read_told, write_told
from inventory.queries.plans.explanations import find_explanation
from inventory.queries.runs import find_run_with_plan
from inventory.tables import Requirement, Unmet
from matcher.errors import MatcherError
from matcher.explain.explain import explain, explain_requirements
from matcher.explain.told import PairExplanation, RequirementExplanation
from matcher.plan import Plan
from matcher.problem.problem import Problem
from matcher.rates import set_rates
from matcher.reasons import Reason

MOST_EXPLAINED = 2_000
"""Most requirements that a run explains when it ends: a country has too many to be asked about one by one."""


class ExplainError(GenbroError):
    """Cannot explain run {run}: {why}"""


class NotInRunError(StateError):
    """Requirement {requirement} took no part in run {run}: it was not open, has no place, or the run selected
    others.
    """


def explain_plan(
    problem: Problem, plan: Plan, *, most: int = MOST_EXPLAINED
) -> tuple[RequirementExplanation, ...]:
    """Explain the requirements of a plan: those with a part bought new first, the dearest first.

    Parameters
    ----------
    problem, plan
        A problem and its checked plan.
    most
        How many requirements at most.
    """
    wanted = problem.requirements
    short = np.zeros(len(wanted.id), dtype=bool)
    short[plan.unmet.requirement] = True
    worth = set_rates(problem).new_cost.astype(np.float64) * wanted.quantity
    rows = np.lexsort((np.arange(len(worth)), -worth, ~short))[:most]
    return tuple(explain_requirements(problem, plan, rows=rows))


def write_explanations(session: Session, *, run_id: UUID, told: Sequence[RequirementExplanation]) -> None:
    """Keep explanations with a run whose plan is written, in the caller's transaction.

    A requirement that lost a match as stale is not told of: what was found of it is not so any more.
    """
    ids = [UUID(one.requirement) for one in told]
    stale = select(Unmet.requirement_id).where(Unmet.run_id == run_id, Unmet.reason == Reason.STALE)
    kept = select(Requirement.id).where(Requirement.id.in_(ids), Requirement.id.not_in(stale))
    known = {str(one) for one in session.scalars(kept.with_for_update(read=True, key_share=True))}
    copy_into(
        session,
        table="explanation",
        columns=("run_id", "requirement_id", "told"),
        rows=(
            (str(run_id), one.requirement, Jsonb(write_told(one))) for one in told if one.requirement in known
        ),
    )


def explain_again(engine: Engine, *, run: str, requirement_id: UUID) -> RequirementExplanation:
    """Give the explanation kept with a run or, where none was kept, ask the engine again.

    Parameters
    ----------
    engine
        The database.
    run
        The run, as `inventory.queries.runs.find_run` takes it.
    requirement_id
        A requirement.

    Raises
    ------
    NotInRunError
        The requirement took no part.
    ProblemChangedError, PlanNotWholeError
        Nothing was kept, and the plan cannot be asked any more: `inventory.matching.read_plan`.
    ExplainError
        The matcher could not read the problem.
    """
    with session_factory(engine)() as session:
        run_id = find_run_with_plan(session, run).id
        kept = find_explanation(session, requirement_id=requirement_id, run_id=run_id)
        if kept is not None:
            return read_told(kept.told)
    problem, plan, row = _ask_again(engine, run_id=run_id, requirement_id=requirement_id)
    try:
        return next(explain_requirements(problem, plan, rows=np.array([row], dtype=np.int64)))
    except MatcherError as error:
        raise ExplainError(run=run_id, why=str(error)) from error


def explain_pair(engine: Engine, *, run: str, requirement_id: UUID, lot_id: UUID) -> PairExplanation:
    """Ask the engine what became of one lot and one requirement in a run.

    Raises
    ------
    NotInRunError, ProblemChangedError, PlanNotWholeError, ExplainError
        As `explain_again`; `ExplainError` also where the lot took no part.
    """
    with session_factory(engine)() as session:
        run_id = find_run_with_plan(session, run).id
    problem, plan, row = _ask_again(engine, run_id=run_id, requirement_id=requirement_id)
    if str(lot_id) not in set(problem.lots.id.tolist()):
        raise ExplainError(run=run_id, why=f"lot {lot_id} took no part in it.")
    told = explain(problem, plan, str(problem.requirements.id[row]), lot=str(lot_id))
    assert isinstance(told, PairExplanation)
    return told


def _ask_again(engine: Engine, *, run_id: UUID, requirement_id: UUID) -> tuple[Problem, Plan, int]:
    try:
        _, snapshot, plan = read_run_again(engine, str(run_id))
    except MatcherError as error:
        raise ExplainError(run=run_id, why=str(error)) from error
    rows = np.flatnonzero(snapshot.problem.requirements.id == str(requirement_id))
    if not len(rows):
        raise NotInRunError(requirement=requirement_id, run=run_id)
    return snapshot.problem, plan, int(rows[0])
