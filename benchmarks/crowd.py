# SPDX-License-Identifier: EUPL-1.2
"""Eight who ask at once, in two processes of four threads, as the server takes them (`web/__main__.py`)."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing.synchronize import Barrier
from typing import TypeVar

from sqlalchemy.orm import Session, sessionmaker

from inventory.queries.reading import make_reader

Question = TypeVar("Question")

PROCESSES, THREADS = 2, 4
PATIENCE_S = 300.0

_started: Barrier


def time_crowd(
    url: str, questions: tuple[Question, ...], *, ask: Callable[[sessionmaker[Session], Question], float]
) -> list[float]:
    """Time questions that come eight at a time; each process has asked all of them once before.

    Parameters
    ----------
    url
        Of the database.
    questions
        Each is asked once by every process, in an order of its own.
    ask
        Asks one in a session of its own and gives its seconds; a function of a module, since processes are
        started anew.

    Returns
    -------
    list of float
        Seconds of each question.
    """
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(PROCESSES)
    with ProcessPoolExecutor(PROCESSES, context, _keep_barrier, (barrier,)) as pool:
        parts = [questions[at:] + questions[:at] for at in (0, len(questions) // 2)]
        return [one for part in pool.map(partial(_ask_all, url, ask), parts) for one in part]


def _keep_barrier(barrier: Barrier) -> None:
    global _started  # noqa: PLW0603  a barrier goes to a process only as it starts
    _started = barrier


def _ask_all(
    url: str,
    ask: Callable[[sessionmaker[Session], Question], float],
    questions: Sequence[Question],
) -> list[float]:
    reader = make_reader(url)
    try:
        with ThreadPoolExecutor(THREADS) as threads:
            asked = partial(ask, reader.sessions)
            list(threads.map(asked, questions))
            _started.wait(PATIENCE_S)
            return list(threads.map(asked, questions))
    finally:
        reader.dispose()
