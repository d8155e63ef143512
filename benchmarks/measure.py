# SPDX-License-Identifier: EUPL-1.2
"""Measuring a contest: both sides in turns, medians, and the same answer from both."""

import gc
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from statistics import median
from time import perf_counter

from benchmarks.bars import Bar
from benchmarks.contest import P95, SECONDS, Answer, Contest, Published, Side, Sides
from benchmarks.machine import describe_machine, list_versions
from benchmarks.row import Row

MOST_RATIO = 1000.0
"""Of savings: against a peer that saves nothing at all."""


class DifferentAnswersError(Exception):
    """The two sides of a contest did not find the same: the row would compare two different questions."""


@dataclass(slots=True)
class _Clock:
    """A side with the seconds of its runs and the answer of its last."""

    side: Side
    seconds: list[float]
    answer: Answer

    def run(self, *, counted: bool) -> None:
        start = perf_counter()
        self.answer = self.side()
        seconds = perf_counter() - start
        if counted:
            self.seconds.append(seconds if self.answer.seconds is None else self.answer.seconds)


def measure_contest(contest: Contest, *, today: date, judged: bool = True, budget_s: float = math.inf) -> Row:
    """Run a contest and make its row.

    Parameters
    ----------
    contest
        What to measure.
    today
        Written into the row.
    judged
        Whether the bar counts; on small data it tells nothing and the row has none. There one turn, and
        nothing before it, shows that the row works.
    budget_s
        Once so many seconds are used no further turn begins; one always counts.

    Raises
    ------
    DifferentAnswersError
        The sides found different answers, or not the proven one.

    Notes
    -----
    One run of each side is not counted: it compiles, fills caches and starts servers. The others take turns,
    so that what else the machine does falls on both alike. As in `timeit`, no garbage is collected meanwhile.
    """
    start = perf_counter()
    with contest.open_sides() as sides:
        clocks = [_Clock(sides.ours, [], Answer(value=math.nan))]
        if not isinstance(sides.theirs, Published):
            clocks.append(_Clock(sides.theirs, [], Answer(value=math.nan)))
        with _without_collection():
            if judged:
                _warm_up(contest, sides, clocks)
            for turn in range(contest.runs if judged else 1):
                if turn > 0 and perf_counter() - start > budget_s:
                    break
                for clock in clocks:
                    clock.run(counted=True)
        _compare_answers(contest, sides, [clock.answer for clock in clocks])
        answer = clocks[0].answer.value
        if contest.unit == P95:
            ours, theirs = answer, clocks[1].answer.value
            ratio = theirs / ours
            answer = float(clocks[0].answer.detail[0])
        elif contest.unit != SECONDS:
            ours, theirs = answer, clocks[1].answer.value
            ratio = min(ours / theirs, MOST_RATIO) if theirs > 0 else MOST_RATIO
        else:
            ours = median(clocks[0].seconds)
            theirs = (
                sides.theirs.seconds if isinstance(sides.theirs, Published) else median(clocks[1].seconds)
            )
            ratio = theirs / ours
    bar = contest.bar if judged else Bar(reason="too small to tell")
    figures = {**(clocks[1].answer.figures if len(clocks) > 1 else {}), **clocks[0].answer.figures}
    return Row(
        name=contest.name,
        size=sides.size,
        peer=contest.peer,
        ours=ours,
        theirs=theirs,
        unit=contest.unit,
        ratio=ratio,
        bar=bar.describe(),
        met=bar.is_met(ours=ours, ratio=ratio, figures=figures),
        runs=len(clocks[0].seconds),
        machine=describe_machine(),
        versions=list_versions(contest.group, contest.packages),
        figures=figures,
        answer=answer,
        measured=today.isoformat(),
    )


def _warm_up(contest: Contest, sides: Sides, clocks: Sequence[_Clock]) -> None:
    if sides.warm is not None:
        sides.warm()
    elif contest.unit in {SECONDS, P95}:
        for clock in clocks:
            clock.run(counted=False)


@contextmanager
def _without_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _compare_answers(contest: Contest, sides: Sides, answers: list[Answer]) -> None:
    if sides.expected is not None and abs(answers[0].value - sides.expected) > sides.tolerance:
        raise DifferentAnswersError(f"{contest.name}: {answers[0].value} found, {sides.expected} is proven")
    if contest.unit not in {SECONDS, P95} or len(answers) == 1:
        return
    ours, theirs = answers
    apart = abs(ours.value - theirs.value) > sides.tolerance and contest.unit == SECONDS
    if apart or ours.detail != theirs.detail:
        raise DifferentAnswersError(f"{contest.name}, {contest.peer}: ours {ours}, theirs {theirs}")
