# SPDX-License-Identifier: EUPL-1.2
"""A cutting from request to plan: bars offered, pieces wanted, solved, checked and kept."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import Engine

from inventory.actions.cuttings import hold_cutting, move_cutting
from inventory.database import session_factory
from inventory.errors import GenbroError, StateError
from inventory.matching.defaults import choose_params
from inventory.matching.snapshot import read_snapshot
from inventory.queries.cutting.bars import list_bars_counted, photograph_bars
from inventory.queries.cutting.bookings import count_booked
from inventory.queries.cutting.cuttings import SawParams, list_linear, read_cutting, read_pieces
from inventory.tables import CuttingStatus, Project
from matcher.cutting.check import check_cutting
from matcher.cutting.document import write_cutting_plan, write_cutting_problem
from matcher.cutting.gather import gather_bars
from matcher.cutting.plan import CuttingPlan
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.solve import solve_cutting
from matcher.errors import MatcherError
from matcher.instant.offer import take_rows
from matcher.problem.columns import OPEN, UNKNOWN
from matcher.problem.problem import Problem

_LENGTH = "length_mm"
_STEPS_PER_METRE = 10
_PER_ORE = 1000


class NothingToCutError(StateError):
    """Project {project} has nothing to cut: no open requirement counted in metres says lengths that are not
    sawn and booked already. Say them on the requirement's page.
    """


class CuttingCheckError(GenbroError):
    """The cutting plan breaks its own rules and was not kept: {violations}"""


class CuttingUnsolvedError(GenbroError):
    """There is no cutting plan: {why}"""


def perform_cutting(engine: Engine, *, cutting_id: UUID) -> None:
    """Make a cutting plan that was asked for; one that is done or has failed is left as it is.

    Raises
    ------
    NothingToCutError, CuttingCheckError, CuttingUnsolvedError, MissingFactorError
        The cutting is marked as failed, and says why.
    """
    sessions = session_factory(engine)
    with engine.begin() as holder:
        hold_cutting(holder, cutting_id=cutting_id)
        with sessions.begin() as session:
            asked = read_cutting(session, cutting_id=cutting_id)
            if asked.status != CuttingStatus.REQUESTED:
                return
            move_cutting(session, cutting_id=cutting_id, to=CuttingStatus.RUNNING)
        try:
            problem, left_out = read_problem(
                engine,
                project_id=asked.project_id,
                saw=SawParams.model_validate(asked.params),
                as_of=datetime.now(UTC).date(),
            )
            plan = _solve(problem)
        except Exception as error:
            with sessions.begin() as session:
                move_cutting(
                    session,
                    cutting_id=cutting_id,
                    to=CuttingStatus.FAILED,
                    at=datetime.now(UTC),
                    error=str(error) if isinstance(error, GenbroError | MatcherError) else repr(error),
                )
            if isinstance(error, MatcherError):
                raise CuttingUnsolvedError(why=str(error)) from error
            raise
        stated, answer = write_documents(problem, plan)
        with sessions.begin() as session:
            move_cutting(
                session,
                cutting_id=cutting_id,
                to=CuttingStatus.DONE,
                at=datetime.now(UTC),
                problem=stated,
                plan=answer,
                left_out=left_out,
                seen=photograph_bars(session, lot_ids={UUID(lot) for lot in answer["patterns"]["bar"]}),
            )


def _solve(problem: CuttingProblem) -> CuttingPlan:
    plan = solve_cutting(problem)
    violations = check_cutting(problem, plan, digest=problem.digest)
    if violations:
        raise CuttingCheckError(violations="; ".join(str(one) for one in violations[:5]))
    return plan


def read_problem(
    engine: Engine, *, project_id: UUID, saw: SawParams, as_of: date
) -> tuple[CuttingProblem, dict[str, int]]:
    """Read what is to be cut for a project and the bars that may serve it, as one cutting problem.

    Parameters
    ----------
    engine
        The database.
    project_id
        A project.
    saw
        What the saw does.
    as_of
        Today: decides which factors are in force.

    Returns
    -------
    tuple
        The problem, its pieces named ``requirement/length``, and how many lots and requirements were left
        out because nobody says their length.

    Raises
    ------
    NothingToCutError
        No requirement of the project says a length.

    Notes
    -----
    Which lots may serve a requirement is what a run allows: class, sizes, grade, papers, screening, road and
    days; only its bounds on length are those of each piece: a bar is at least as long. Others who want the
    same bars are not looked at. Pieces that are sawn and booked are wanted no more, and a lot is as many
    bars as were counted.
    """
    with session_factory(engine)() as session:
        linear = {str(row.id): row for row in list_linear(session, project_id=project_id)}
        wished = read_pieces(session, requirement_ids=[row.id for row in linear.values()])
        params = choose_params(session, as_of=as_of)
        booked = count_booked(session, requirement_ids=[row.id for row in linear.values()])
        counted = list_bars_counted(session)
        ref = session.get_one(Project, project_id).ref
    pieces: dict[str, Mapping[int, int]] = {str(one): lengths for one, lengths in wished.items()}
    problem = _raise_to_bars(
        # what is booked is taken off below, length by length
        read_snapshot(engine, params=params, project_id=project_id, booked_too=True).problem,
        counted=counted,
    )
    column = problem.attributes.index(_LENGTH)
    rows, lengths, quantities, names = [], [], [], []
    without = 0
    for row, name in enumerate(problem.requirements.id.tolist()):
        if name not in linear:
            continue
        least = int(problem.requirements.minimum[row, column])
        if name not in pieces and least == UNKNOWN:
            without += 1
            continue
        wanted = (
            dict(pieces[name])
            if name in pieces
            else {least: -(-int(problem.requirements.quantity[row]) * 1000 // (least * _STEPS_PER_METRE))}
        )
        for mm, count in wanted.items():
            open_count = count - booked.get((UUID(name), mm), 0)
            if open_count > 0:
                rows.append(row)
                lengths.append(mm)
                # in whole steps, of which the matcher makes the same number: a piece is a step at least
                quantities.append(open_count * mm * _STEPS_PER_METRE // 1000)
                names.append(f"{name}/{mm}")
    if not rows:
        raise NothingToCutError(project=ref)
    asked = _ask_for_pieces(problem, rows=rows, lengths=lengths, quantities=quantities, names=names)
    codes = {str(problem.classes.id[problem.requirements.class_[row]]) for row in rows}
    cutting = gather_bars(
        asked,
        classes=codes,
        kerf_mm=float(saw.kerf_mm),
        minimum_offcut_mm=float(saw.minimum_offcut_mm),
        cut_cost=saw.cut_ore * _PER_ORE,
    )
    served = np.isin(problem.lots.class_, [problem.classes.id.tolist().index(code) for code in codes])
    unknown = int((served & (problem.lots.attribute[:, column] == UNKNOWN)).sum())
    return cutting, {"lots_without_length": unknown, "requirements_without_length": without}


def _raise_to_bars(problem: Problem, *, counted: Mapping[UUID, int]) -> Problem:
    """Return the problem with as many steps of a lot as make all its bars, not one less by rounding."""
    steps_of = {str(lot): steps for lot, steps in counted.items()}
    rows = [(row, steps_of[lot]) for row, lot in enumerate(problem.lots.id.tolist()) if lot in steps_of]
    if not rows:
        return problem
    quantity = problem.lots.quantity.copy()
    for row, steps in rows:
        quantity[row] = max(int(quantity[row]), steps)
    quantity.setflags(write=False)
    return replace(problem, lots=replace(problem.lots, quantity=quantity), digest="")


def _ask_for_pieces(
    problem: Problem, *, rows: list[int], lengths: list[int], quantities: list[int], names: list[str]
) -> Problem:
    """Return the problem with a requirement for each length wanted, which any bar long enough may serve."""
    order = sorted(range(len(rows)), key=lambda place: names[place])
    wanted = take_rows(problem.requirements, row=np.array([rows[place] for place in order], dtype=np.int64))
    column = problem.attributes.index(_LENGTH)
    minimum, maximum = wanted.minimum.copy(), wanted.maximum.copy()
    unknown_ok = wanted.unknown_ok.copy()
    minimum[:, column] = [lengths[place] for place in order]
    maximum[:, column], unknown_ok[:, column] = OPEN, False
    ids = np.array([names[place] for place in order], dtype=np.object_)
    quantity = np.array([quantities[place] for place in order], dtype=np.int64)
    for array in (minimum, maximum, unknown_ok, ids, quantity):
        array.setflags(write=False)
    asked = replace(
        wanted, id=ids, quantity=quantity, minimum=minimum, maximum=maximum, unknown_ok=unknown_ok
    )
    return replace(problem, requirements=asked, digest="")


def write_documents(problem: CuttingProblem, plan: CuttingPlan) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give a cutting problem and its plan as they stand in files of `python -m matcher cut`."""
    with TemporaryDirectory() as folder:
        stated, answer = Path(folder) / "problem.json", Path(folder) / "plan.json"
        write_cutting_problem(problem, stated)
        write_cutting_plan(problem, plan, answer)
        return json.loads(stated.read_text()), json.loads(answer.read_text())
