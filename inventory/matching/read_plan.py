# SPDX-License-Identifier: EUPL-1.2
"""A written plan read back as the plan it was, against its problem made again from the database."""

from collections import defaultdict
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import Engine, Text, cast, select
from sqlalchemy.orm import Session

from inventory.database import session_factory
from inventory.errors import StateError
from inventory.matching.days import number_day
from inventory.matching.params import RunParams
from inventory.matching.snapshot import Snapshot, read_snapshot
from inventory.queries.runs import find_run_with_plan
from inventory.tables import Certificate as CertificateRow
from inventory.tables import DesignOption, LotPrice, Match, ProjectOutcome, Run
from inventory.tables import Unmet as UnmetRow
from matcher.figures.figures import MEANINGS, find_gap
from matcher.plan import (
    Bounded,
    Certificate,
    Designs,
    HubPrices,
    Matches,
    Plan,
    Termination,
    Unmet,
    choose_designs,
    number_month,
)
from matcher.problem.column import NONE, Column
from matcher.problem.columns import list_columns
from matcher.problem.problem import Problem
from matcher.rates import set_rates
from matcher.reasons import REASONS

_DTYPES: dict[str, Any] = {"day": np.int32, "int32": np.int32, "int64": np.int64, "code": np.int8}


class ProblemChangedError(StateError):
    """The problem of run {run_id} cannot be made again: lots, requirements, factors or roads have changed
    since, or Genbro has. Its digest was {was}, today's is {now}. Run `genbro run --wait` and use the new run.
    """


class PlanNotWholeError(StateError):
    """The plan of run {run_id} is not whole: {count} matches were dropped when it was written, because lots
    or requirements had changed. Run `genbro run --wait` and use the new run.
    """


def read_run_again(engine: Engine, given: str) -> tuple[UUID, Snapshot, Plan]:
    """Make the problem of a run again and read its plan back.

    Parameters
    ----------
    engine
        The database.
    given
        The run, as `inventory.queries.runs.find_run` takes it.

    Returns
    -------
    tuple
        Id of the run, the snapshot as of now with the run's params, and the plan.

    Raises
    ------
    ProblemChangedError
        The problem of today has another digest than the run's: nothing about it would be true any more.
    PlanNotWholeError
        Matches were dropped when the plan was written.
    RunNotFoundError, RunWithoutPlanError
        As `inventory.queries.runs.find_run_with_plan`.
    """
    with session_factory(engine)() as session:
        run = find_run_with_plan(session, given)
        run_id, was, params = run.id, str(run.digest), RunParams.model_validate(run.params)
        dropped = (run.summary or {}).get("stale_matches", 0)
    if dropped:
        raise PlanNotWholeError(run_id=run_id, count=dropped)
    snapshot = read_snapshot(engine, params=params)
    now = snapshot.problem.digest
    if now != was:
        raise ProblemChangedError(run_id=run_id, was=was, now=now)
    with session_factory(engine)() as session:
        return run_id, snapshot, read_plan(session, run_id=run_id, problem=snapshot.problem)


def read_plan(session: Session, *, run_id: UUID, problem: Problem) -> Plan:
    """Read the plan of a run as the matcher made it.

    Parameters
    ----------
    session
        On the database the plan was written to.
    run_id
        A run that is done.
    problem
        The problem it answers, of the same digest.
    """
    run = session.get_one(Run, run_id)
    summary: dict[str, Any] = run.summary or {}
    lots = {name: row for row, name in enumerate(problem.lots.id.tolist())}
    wanted = {name: row for row, name in enumerate(problem.requirements.id.tolist())}
    certificate = session.get_one(CertificateRow, run_id)
    return Plan(
        digest=certificate.digest,
        params=problem.params,
        versions=dict(certificate.versions),
        termination=Termination(str(run.termination)),
        matches=_read_matches(
            session, run_id=run_id, lots=lots, wanted=wanted, hubs=problem.hubs.id.tolist()
        ),
        unmet=_read_unmet(session, run_id=run_id, wanted=wanted),
        certificate=_read_certificate(session, row=certificate, problem=problem, lots=lots),
        tiers=dict(summary.get("tiers", {})),
        pairs=int(summary.get("pairs", 0)),
        figures={name: summary[name] for name in MEANINGS if name in summary},
        designs=_read_designs(session, run_id=run_id, problem=problem),
    )


def _read_matches(
    session: Session, *, run_id: UUID, lots: dict[str, int], wanted: dict[str, int], hubs: list[str]
) -> Matches:
    columns: dict[str, Column] = {
        name: column
        for name, column in list_columns(Matches).items()
        if name not in ("lot", "requirement", "hub")
    }
    statement = select(
        cast(Match.lot_id, Text),
        cast(Match.requirement_id, Text),
        cast(Match.hub_id, Text),
        *(getattr(Match, name) for name in columns),
    ).where(Match.run_id == run_id)
    rows = sorted(
        ((wanted[row[1]], lots[row[0]], row[2], row[3:]) for row in session.execute(statement)),
        key=lambda row: row[:2],
    )
    values: dict[str, Any] = {
        "lot": np.array([lot for _, lot, *_ in rows], dtype=np.int32),
        "requirement": np.array([requirement for requirement, *_ in rows], dtype=np.int32),
        "hub": np.array([NONE if hub is None else hubs.index(hub) for *_, hub, _ in rows], dtype=np.int32),
    }
    for place, (name, column) in enumerate(columns.items()):
        given = [numbers[place] for *_, numbers in rows]
        if column.kind == "day":
            given = [number_day(day) for day in given]
        if column.kind == "code":
            given = [column.codes.index(code) for code in given]
        values[name] = np.array(given, dtype=_DTYPES[column.kind])
    return Matches(**values)


def _read_unmet(session: Session, *, run_id: UUID, wanted: dict[str, int]) -> Unmet:
    statement = select(
        cast(UnmetRow.requirement_id, Text), UnmetRow.quantity, UnmetRow.reason, UnmetRow.stopped
    ).where(UnmetRow.run_id == run_id)
    names = [str(reason) for reason in REASONS]
    rows = sorted(
        (wanted[row[0]], row[1], names.index(str(row[2])), row[3]) for row in session.execute(statement)
    )
    stopped = np.zeros((len(rows), len(names)), dtype=np.int64)
    for place, (_, _, _, counts) in enumerate(rows):
        for name, count in counts.items():
            stopped[place, names.index(name)] = count
    return Unmet(
        requirement=np.array([row[0] for row in rows], dtype=np.int32),
        quantity=np.array([row[1] for row in rows], dtype=np.int64),
        reason=np.array([row[2] for row in rows], dtype=np.int8),
        stopped=stopped,
    )


def _read_certificate(
    session: Session, *, row: CertificateRow, problem: Problem, lots: dict[str, int]
) -> Certificate:
    lot_prices = np.zeros(len(problem.lots.id), dtype=np.int64)
    prices = select(cast(LotPrice.lot_id, Text), LotPrice.price).where(LotPrice.run_id == row.run_id)
    for lot, price in session.execute(prices):
        lot_prices[lots[lot]] = price
    outcomes = select(cast(ProjectOutcome.project_id, Text), ProjectOutcome.price)
    by_project: dict[str, int] = defaultdict(
        int, session.execute(outcomes.where(ProjectOutcome.run_id == row.run_id)).all()
    )
    relaxed = {str(name) for name in row.relaxed}
    classes = problem.classes.id.tolist()
    # A plan from before the quanta were kept has those that its problem asks for.
    quanta = (
        np.array([row.quanta[code] for code in classes], dtype=np.int64)
        if row.quanta
        else set_rates(problem).quantum
    )
    return Certificate(
        lot_prices=lot_prices,
        project_prices=np.array(
            [by_project[project] for project in problem.projects.id.tolist()], dtype=np.int64
        ),
        bounded=np.array(
            [
                Bounded.RELAXED if name in relaxed else Bounded.EXACT
                for name in problem.requirements.id.tolist()
            ],
            dtype=np.int8,
        ),
        quanta=quanta,
        hub_prices=_read_hub_prices(row.hub_prices, hubs=problem.hubs.id.tolist()),
        cost=row.cost,
        bound=row.bound,
        baseline=row.baseline,
        gap=find_gap(cost=row.cost, bound=row.bound, baseline=row.baseline),
    )


def _read_hub_prices(rows: list[Any], *, hubs: list[str]) -> HubPrices:
    return HubPrices(
        hub=np.array([hubs.index(hub) for hub, _, _ in rows], dtype=np.int32),
        month=np.array([number_month(month) for _, month, _ in rows], dtype=np.int64),
        price=np.array([price for _, _, price in rows], dtype=np.int64),
    )


def _read_designs(session: Session, *, run_id: UUID, problem: Problem) -> Designs:
    rows = {name: row for row, name in enumerate(problem.projects.id.tolist())}
    statement = (
        select(cast(ProjectOutcome.project_id, Text), DesignOption.name)
        .join(DesignOption, DesignOption.id == ProjectOutcome.design_option_id)
        .where(ProjectOutcome.run_id == run_id)
    )
    return choose_designs({rows[project]: name for project, name in session.execute(statement)})
