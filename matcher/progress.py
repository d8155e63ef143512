# SPDX-License-Identifier: EUPL-1.2
"""How far a solve is: counted work done and to do, and from its pace the time left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matcher.plain.plain import CLOSED, HELD
from matcher.task import Task

ROW_WORK = 400
"""Work of spreading and explaining a row of the problem, in pairs looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a solve is.

    Parameters
    ----------
    step
        ``gather``, ``solve``, ``explain`` or ``done``, in this order.
    done, total
        Work done and all of it, counted in pairs of a lot and a requirement; never falling.
    gap
        Gap reached, once known.
    seconds_left
        At the pace measured so far; None where there is none yet.
    """

    step: str
    done: int
    total: int
    gap: float | None
    seconds_left: float | None = None


class Pace:
    """Counts the work of a solve and measures its pace.

    Parameters
    ----------
    tasks
        What is to be solved.
    rows
        Rows of the whole problem, explained at the end.
    clock
        Seconds from any moment on; only used to say what is left.
    """

    def __init__(self, tasks: Sequence[Task], *, rows: int, clock: Callable[[], float]) -> None:
        """Start the clock."""
        self._works = [task.work for task in tasks]
        self._tail = ROW_WORK * rows
        self._clock = clock
        self._start = clock()
        self._done = 0

    @property
    def total(self) -> int:
        """Return all work."""
        return sum(self._works) + self._tail

    def count(self, shares: Sequence[float]) -> int:
        """Return the work done, given the share done of every task; it never falls."""
        done = sum(work * min(share, 1.0) for work, share in zip(self._works, shares, strict=True))
        self._done = max(self._done, int(done))
        return self._done

    def report(self, shares: Sequence[float]) -> Progress:
        """Return how far the families are."""
        done = self.count(shares)
        return Progress(
            step="solve",
            done=done,
            total=self.total,
            gap=None,
            seconds_left=self._last_seconds(self.total - done),
        )

    def report_tail(self) -> Progress:
        """Return that the families are solved and the rest is being explained."""
        done = self.count([1.0] * len(self._works))
        return Progress(
            step="explain",
            done=done,
            total=self.total,
            gap=None,
            seconds_left=self._last_seconds(self._tail),
        )

    def close_by(self, shares: Sequence[float]) -> float:
        """Return the seconds from the start at which a plan would be there, were the solve stopped now."""
        self.count(shares)
        left = sum(
            work * (max(0.0, HELD - share) + (1.0 - CLOSED) * (share < 1.0))
            for work, share in zip(self._works, shares, strict=True)
        )
        seconds = self._last_seconds(left + self._tail)
        return self._clock() - self._start + (seconds or 0.0)

    def _last_seconds(self, work: float) -> float | None:
        return (self._clock() - self._start) * work / self._done if self._done else None
