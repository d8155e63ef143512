# SPDX-License-Identifier: EUPL-1.2
"""Progress that can be believed: work never goes back, and time left runs down as the work is done."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.progress import Pace

WORKS = st.lists(st.integers(1, 10**9), min_size=1, max_size=12)


def make_pace(works: list[int], clock: Callable[[], float]) -> Pace:
    """Make a pace of tasks that are known by their work alone."""
    tasks: Any = [SimpleNamespace(work=work) for work in works]
    return Pace(tasks, rows=0, clock=clock)


@given(works=WORKS, steps=st.lists(st.lists(st.floats(0.0, 1.0), min_size=12, max_size=12), max_size=12))
def test_work_never_goes_back(works: list[int], steps: list[list[float]]) -> None:
    """Whatever the tasks tell, in whatever order, done only grows, and never beyond the whole."""
    now = [0.0]
    pace = make_pace(works, lambda: now[0])
    last = 0
    for shares in steps:
        now[0] += 1.0
        progress = pace.report(shares[: len(works)])
        assert last <= progress.done <= progress.total
        assert progress.seconds_left is None or progress.seconds_left >= 0.0
        last = progress.done
    assert pace.report([1.0] * len(works)).seconds_left == 0.0


@given(works=WORKS, pace_of=st.floats(0.01, 1e9))
def test_time_left_is_right_at_an_even_pace(works: list[int], pace_of: float) -> None:
    """Tasks done one after the other at an even pace: every forecast is what it then takes."""
    total = sum(works)
    now = [0.0]
    pace = make_pace(works, lambda: now[0])
    for part in range(1, 21):
        done = total * part / 20
        now[0] = done / pace_of
        left, shares = done, []
        for work in works:
            shares.append(min(1.0, max(0.0, left / work)))
            left -= work
        told = pace.report(shares)
        if told.done > 1000:  # whole units of work
            assert told.seconds_left == pytest.approx(
                (total - done) / pace_of, rel=0.01, abs=total / pace_of / 100
            )


def test_nothing_is_forecast_without_a_pace() -> None:
    """Before anything is done there is no telling."""
    assert make_pace([10], lambda: 0.0).report([0.0]).seconds_left is None
    assert make_pace([10], lambda: 0.0).close_by([0.0]) == 0.0
