# SPDX-License-Identifier: EUPL-1.2
"""A written plan replayed in scenarios of what surveys may find, told requirement by requirement."""

from dataclasses import dataclass
from uuid import UUID

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from inventory.database import session_factory
from inventory.errors import GenbroError
from inventory.matching.read_plan import read_run_again
from inventory.queries.names import name_lots, name_requirements
from matcher.errors import MatcherError
from matcher.plan import Matches
from matcher.problem.columns import FloatArray
from matcher.problem.problem import Problem
from matcher.scenarios.draw import draw_scenarios
from matcher.scenarios.replay import Replay, replay_plan


class ReplayError(GenbroError):
    """Cannot replay run {run}: {why}"""


QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementOdds:
    """How sure a requirement is of what a plan gives it; amounts in the unit of its class.

    `assigned` is what the plan gives it, after conversion and breakage; `expected` the mean of the scenarios.

    `served` is the share of the scenarios in which it gets all of `assigned`, `served_with_back_up` the same
    where what falls short is taken from the back-up lots. `back_up` is the best back-up of its largest match,
    `back_up_free` what the plan leaves of that lot, in the unit of the lot's class; None where there is none.
    """

    requirement: UUID
    ref: str
    project: str
    name_da: str
    name_en: str
    unit: str
    assigned: float
    expected: float
    served: float
    served_with_back_up: float
    back_up: UUID | None
    back_up_ref: str | None
    back_up_site: str | None
    back_up_unit: str | None
    back_up_free: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReplay:
    """What became of a plan in all scenarios.

    `saving_ore` and `saving_with_back_up_ore` hold B - C (money and weighted CO2e) at P10, P50 and P90 of the
    scenarios, in oere; `planned_saving_ore` what the plan itself promises; `estimated_lots` how many lots of
    the problem were drawn.
    """

    run_id: UUID
    digest: str
    scenarios: int
    seed: int
    estimated_lots: int
    planned_saving_ore: float
    saving_ore: dict[str, float]
    saving_with_back_up_ore: dict[str, float]
    requirements: tuple[RequirementOdds, ...]


def replay_run(engine: Engine, given: str, *, scenarios: int, seed: int) -> RunReplay:
    """Replay the plan of a run.

    Parameters
    ----------
    engine
        The database.
    given
        The run, as `inventory.queries.runs.find_run` takes it.
    scenarios, seed
        How many scenarios are drawn, and from which seed: the same give the same answer.

    Raises
    ------
    ProblemChangedError, PlanNotWholeError
        As `inventory.matching.read_plan.read_run_again`.
    ReplayError
        The matcher could not read the problem.
    """
    try:
        run_id, snapshot, plan = read_run_again(engine, given)
        problem = snapshot.problem
        replay = replay_plan(problem, plan, draw_scenarios(problem, scenarios=scenarios, seed=seed))
    except MatcherError as error:
        raise ReplayError(run=given, why=str(error)) from error
    with session_factory(engine)() as session:
        odds = _tell_requirements(session, problem=problem, matches=plan.matches, replay=replay)
    return RunReplay(
        run_id=run_id,
        digest=problem.digest,
        scenarios=replay.scenarios,
        seed=seed,
        estimated_lots=int((problem.lots.high >= 0).sum()),
        planned_saving_ore=float(plan.figures["saving_ore"]),
        saving_ore=_find_quantiles(replay.saving_ore),
        saving_with_back_up_ore=_find_quantiles(replay.saving_with_back_up_ore),
        requirements=odds,
    )


def _find_quantiles(values: FloatArray) -> dict[str, float]:
    return {name: float(np.quantile(values, share)) for name, share in QUANTILES.items()}


def _tell_requirements(
    session: Session, *, problem: Problem, matches: Matches, replay: Replay
) -> tuple[RequirementOdds, ...]:
    back_up, free = _pick_back_ups(matches, replay=replay)
    rows = np.flatnonzero(replay.assigned).tolist()
    wanted = {row: UUID(str(problem.requirements.id[row])) for row in rows}
    others = {row: UUID(str(problem.lots.id[lot])) for row, lot in back_up.items()}
    # The replay counts what is taken; people ask what that makes of what they want.
    met = np.zeros(len(problem.requirements.id), dtype=np.int64)
    np.add.at(met, matches.requirement, matches.delivered - matches.surplus)
    names = name_requirements(session, ids=list(wanted.values()))
    lot_names = name_lots(session, ids=sorted(set(others.values())))
    odds = []
    for row in rows:
        name, lot = names[wanted[row]], lot_names.get(others[row]) if row in others else None
        odds.append(
            RequirementOdds(
                requirement=name.id,
                ref=name.ref,
                project=name.project_name,
                name_da=name.name_da,
                name_en=name.name_en,
                unit=str(name.unit),
                assigned=float(int(met[row]) * name.step),
                expected=float(replay.expected[row] / replay.assigned[row] * met[row]) * float(name.step),
                served=float(replay.served[row]),
                served_with_back_up=float(replay.served_with_back_up[row]),
                back_up=None if lot is None else lot.id,
                back_up_ref=None if lot is None else lot.ref,
                back_up_site=None if lot is None else lot.site_name,
                back_up_unit=None if lot is None else str(lot.unit),
                back_up_free=None if lot is None else float(free[row] * lot.step),
            )
        )
    return tuple(sorted(odds, key=lambda one: (one.served, one.project, one.ref)))


def _pick_back_ups(matches: Matches, *, replay: Replay) -> tuple[dict[int, int], dict[int, int]]:
    """Pick for each requirement the back-up of its largest match that has one, ties by match."""
    back_up: dict[int, int] = {}
    free: dict[int, int] = {}
    for match in np.argsort(-matches.quantity, kind="stable").tolist():
        lot = int(replay.back_ups.lot[match])
        row = int(matches.requirement[match])
        if lot >= 0 and row not in back_up:
            back_up[row], free[row] = lot, int(replay.back_ups.free[match])
    return back_up, free
