# SPDX-License-Identifier: EUPL-1.2
"""Solving a problem family by family, on one core or several, and joining what comes back."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from matcher.board import Watch, Whisper, open_board
from matcher.engines import solve_family
from matcher.plan import Termination
from matcher.problem.columns import IntArray
from matcher.task import Answer, Signal, Task

Engine = Callable[[Task, Signal], Answer]
"""Solves a task; a function of a module, so that other processes find it."""
PAUSE_S = 0.02
"""Seconds between two looks at what other processes have done."""


class Promise(Protocol):
    """An answer to come; that of `concurrent.futures` is one, that of Dask another."""

    def done(self) -> bool:
        """Return whether it is there."""

    def result(self) -> Answer:
        """Return it, or raise what went wrong."""


class Executor(Protocol):
    """Whoever runs tasks elsewhere; the executors of `concurrent.futures` do, and Dask's client."""

    def submit(self, function: Any, /, *arguments: Any) -> Any:
        """Return a `Promise` of what the function of the arguments gives."""


class Notices(Protocol):
    """A board: `matcher.board.Board` is one, for other machines there are others."""

    def draw_line(self, place: int) -> Signal:
        """Return the line of a task."""

    def read(self) -> list[float]:
        """Return the share done of every task."""

    def stop(self) -> None:
        """Tell every task to come to an end."""


@runtime_checkable
class Distant(Executor, Protocol):
    """An executor whose tasks may run on other machines, where a board in a file is not seen."""

    def open_board(self, count: int) -> AbstractContextManager[Notices]:
        """Open a board for so many tasks that they do see."""


def solve_tasks(
    tasks: Sequence[Task],
    *,
    engine: Engine = solve_family,
    workers: int = 1,
    executor: Executor | None = None,
    watch: Watch | None = None,
) -> list[Answer]:
    """Solve every task.

    Parameters
    ----------
    tasks
        In the order in which they are begun; the answers do not depend on it.
    engine
        Solves one.
    workers
        Processes; 1 = this one.
    executor
        Runs the tasks instead of processes of our own; not closed.
    watch
        Called now and then with the share done of every task; tells whether to stop. Then every task ends
        with the plan it has; one that was not begun still looks at all its pairs once.

    Returns
    -------
    list
        An answer each, in the order of the tasks, its rows those of the task.
    """
    listener = watch or _never_stop
    if executor is not None:
        return _solve_elsewhere(tasks, engine=engine, executor=executor, watch=listener)
    if workers > 1 and len(tasks) > 1:
        with _open_pool(min(workers, len(tasks))) as pool:
            return _solve_elsewhere(tasks, engine=engine, executor=pool, watch=listener)
    shares = [0.0] * len(tasks)
    return [engine(task, Whisper(shares, place, listener)) for place, task in enumerate(tasks)]


def _never_stop(shares: Sequence[float]) -> bool:
    del shares
    return False


@contextmanager
def _open_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_leave_interrupts,
    ) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the process that waits: it tells the tasks to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _solve_elsewhere(
    tasks: Sequence[Task], *, engine: Engine, executor: Executor, watch: Watch
) -> list[Answer]:
    answers: dict[int, Answer] = {}
    hang_up: Callable[[int], AbstractContextManager[Notices]] = open_board
    if isinstance(executor, Distant):
        hang_up = executor.open_board
    with hang_up(len(tasks)) as board:
        waiting = {
            place: executor.submit(engine, task, board.draw_line(place)) for place, task in enumerate(tasks)
        }
        try:
            while waiting:
                for place in [place for place, promise in waiting.items() if promise.done()]:
                    answers[place] = waiting.pop(place).result()
                told = board.read()
                if watch([1.0 if place in answers else share for place, share in enumerate(told)]):
                    board.stop()
                if waiting:
                    time.sleep(PAUSE_S)
        except BaseException:
            board.stop()
            raise
    return [answers[place] for place in range(len(tasks))]


def join_answers(tasks: Sequence[Task], answers: Sequence[Answer]) -> Answer:
    """Return one answer with the rows of the whole problem, and all parts added up.

    Parameters
    ----------
    tasks, answers
        In the same order.
    """
    both = list(zip(tasks, answers, strict=True))
    ended = {answer.termination for answer in answers}
    order = (Termination.STOPPED, Termination.WORK_LIMIT, Termination.GAP)
    return Answer(
        lot=_stack([task.lots[answer.lot] for task, answer in both]),
        requirement=_stack([task.requirements[answer.requirement] for task, answer in both]),
        flow=_stack([answer.flow for answer in answers]),
        cost=_stack([answer.cost for answer in answers]),
        priced=_stack([task.lots[answer.priced] for task, answer in both]),
        prices=_stack([answer.prices for answer in answers]),
        rows=_stack([task.requirements[answer.rows] for task, answer in both]),
        allowed=_stack([answer.allowed for answer in answers]),
        worth=_stack([answer.worth for answer in answers]),
        short=_stack([task.requirements[answer.short] for task, answer in both]),
        stopped=_stack([answer.stopped for answer in answers]),
        total=sum(answer.total for answer in answers),
        bound=sum(answer.bound for answer in answers),
        baseline=sum(answer.baseline for answer in answers),
        termination=next((one for one in order if one in ended), Termination.OPTIMAL),
        bounded=_stack([answer.bounded for answer in answers]).astype(np.int8),
        projects=_stack([task.projects[answer.projects] for task, answer in both]),
        project_prices=_stack([answer.project_prices for answer in answers]),
        options=_stack([answer.options for answer in answers]),
        tier="",
    )


def _stack(parts: Sequence[NDArray[Any]]) -> IntArray:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
