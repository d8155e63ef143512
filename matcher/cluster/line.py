# SPDX-License-Identifier: EUPL-1.2
"""The line of a task on a cluster: how far it is goes out as events, whether to end comes in by an event."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache

from distributed import Event, Worker, get_worker

TOPIC = "genbro"
"""Of the scheduler's events that tell how far tasks are."""
PERIOD_S = 0.5
"""Seconds between two messages of a task: a thousand cores ask their scheduler 2,000 times a second."""


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """A task's line to the solve that waits for it, on whatever machine.

    Parameters
    ----------
    run
        Name of the solve, its own.
    place
        Number of the task.
    """

    run: str
    place: int

    def tell(self, share: float) -> bool:
        """Say which share of the task is done; return whether it should come to an end."""
        return _open_post(self.run, self.place).tell(share)


def name_stop(run: str) -> str:
    """Return the name of the distributed event that tells the tasks of a solve to end."""
    return f"genbro-stop-{run}"


class _Post:
    """Where a worker process hands in the messages of one task, not too many of them."""

    def __init__(self, run: str, place: int, *, worker: Worker) -> None:
        self._run, self._place, self._worker = run, place, worker
        self._stop = Event(name_stop(run))
        self._next = 0.0
        self._stopped = False

    def tell(self, share: float) -> bool:
        now = time.monotonic()
        if not self._stopped and now >= self._next:
            self._next = now + PERIOD_S
            self._worker.log_event(TOPIC, {"run": self._run, "place": self._place, "share": share})
            try:
                self._stopped = self._stop.is_set()
            except (OSError, TimeoutError):  # the scheduler is gone: nobody will ask for the answer
                self._stopped = True
        return self._stopped


@lru_cache(maxsize=64)
def _open_post(run: str, place: int) -> _Post:
    return _Post(run, place, worker=get_worker())
