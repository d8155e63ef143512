# SPDX-License-Identifier: EUPL-1.2
"""A contest: Genbro and one peer on the same data, how it is measured and what it must reach."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal

from benchmarks.bars import Bar

Unit = Literal["s", "s, p95", "DKK saved", "kg CO2e saved"]
SECONDS: Unit = "s"
P95: Unit = "s, p95"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a side found; both sides of a contest must find the same, unless the answer itself is compared.

    Parameters
    ----------
    value
        The optimum or a count, exact.
    detail
        More that must be the same, as sums over the pairs found.
    figures
        What else the row tells, by name; it may differ.
    seconds
        What the side measured itself, where its call holds more than what is timed.
    """

    value: float
    detail: tuple[int, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)
    seconds: float | None = None


Side = Callable[[], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Figures of a publication, measured on the machine of its authors.

    Parameters
    ----------
    seconds
        As printed.
    """

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The two sides of a contest, ready to run.

    Parameters
    ----------
    ours
        Genbro on the data.
    theirs
        The peer on the same data, or what was published.
    size
        Of the data, for people.
    expected
        An answer proven elsewhere, which both must find.
    tolerance
        How far two equal answers may lie apart, in the unit of the answer.
    warm
        Compiles and starts what is needed, in place of a run of each side that is not counted.
    """

    ours: Side
    theirs: Side | Published
    size: str
    expected: float | None = None
    tolerance: float = 0.0
    warm: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One row of the table before it is measured.

    Parameters
    ----------
    group
        What is measured: ``flow``, ``candidates``, ``paper`` or ``end_to_end``.
    name
        Group, size where there are several, and peer: the key of the row.
    bar
        What it must reach.
    peer
        Against whom, with what makes it fast.
    unit
        ``s``: medians of wall-clock seconds are compared, and the answers must be equal. ``s, p95``: each
        side times many questions itself; its answer is the 95th percentile, and the details must be equal.
        Otherwise the answers are compared.
    runs
        Timed runs of each side, taken in turns after one that is not counted; where the answers are compared,
        every run counts.
    packages
        Distributions whose versions decide the peer's figure.
    open_sides
        Prepares the data and gives the sides; closes what it opened.
    """

    group: str
    name: str
    bar: Bar
    peer: str
    unit: Unit
    runs: int
    packages: tuple[str, ...]
    open_sides: Callable[[], AbstractContextManager[Sides]]
