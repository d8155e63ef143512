# SPDX-License-Identifier: EUPL-1.2
"""What is thought of a demolition: its stage, its days from early to late, and the window that follows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from inventory.errors import BadInputError
from inventory.tables import DemolitionSource, Firmness

Window = tuple[date, date]
"""First day, and the day after the last."""

DAYS = ("start_early", "start_likely", "start_late", "end_early", "end_likely", "end_late")
"""The six days of a demolition."""


class DemolitionDaysError(BadInputError):
    """The days of the demolition are in no order: {first} ({first_day}) must not be after {second}
    ({second_day}). Start and end each go from early over likely to late, and each start comes before its end.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class DemolitionPlan:
    """What is thought of a demolition, and who says so.

    Starts are first days, ends the day after the last. `notice_days` is how long before the first day it is
    told for sure; None where that is not agreed.
    """

    firmness: Firmness
    source_kind: DemolitionSource
    source: str
    source_date: date
    start_early: date
    start_likely: date
    start_late: date
    end_early: date
    end_likely: date
    end_late: date
    notice_days: int | None = None

    @property
    def window(self) -> Window | None:
        """The cautious window: the days that are free however it goes; None where no day is.

        Matching promises materials to builders, so it counts with the latest start and the earliest end.
        """
        return (self.start_late, self.end_early) if self.start_late < self.end_early else None

    def check(self) -> None:
        """Check that the days are in order.

        Raises
        ------
        DemolitionDaysError
            If they are not; names the first two that are wrong.
        """
        ordered = (
            ("start_early", "start_likely", 0),
            ("start_likely", "start_late", 0),
            ("end_early", "end_likely", 0),
            ("end_likely", "end_late", 0),
            ("start_early", "end_early", 1),
            ("start_likely", "end_likely", 1),
            ("start_late", "end_late", 1),
        )
        for first, second, apart in ordered:
            one, other = getattr(self, first), getattr(self, second)
            if (other - one).days < apart:
                raise DemolitionDaysError(
                    first=first, first_day=one.isoformat(), second=second, second_day=other.isoformat()
                )

    def make_document(self) -> dict[str, Any]:
        """Make what the event log keeps of it: text, days as ISO."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def read_document(cls, document: dict[str, Any]) -> Self:
        """Read what `make_document` made."""
        told = dict(document)
        for name in (*DAYS, "source_date"):
            told[name] = date.fromisoformat(told[name])
        return cls(
            **told
            | {
                "firmness": Firmness(told["firmness"]),
                "source_kind": DemolitionSource(told["source_kind"]),
            }
        )


def shift_window(own: Window | None, *, before: Window | None, after: Window | None) -> Window | None:
    """Move a lot's own window along with its site's.

    Its first day moves as the site's first day does and its end as the site's end; what then lies outside
    the site's new window is cut off. A lot with no own day left takes the site's window (None).

    Parameters
    ----------
    own
        The lot's own window; None where it has the site's.
    before, after
        The site's window as it was and as it will be; None where no day is sure.
    """
    if own is None or after is None:
        return None
    first, last = own
    if before is not None:
        first, last = first + (after[0] - before[0]), last + (after[1] - before[1])
    first, last = max(first, after[0]), min(last, after[1])
    return (first, last) if first < last else None


def shift_day(day: date | None, *, before: Window | None, after: Window | None) -> date | None:
    """Move a decide-by day as the first day of its site's window moves; where either is unknown, it stays."""
    if day is None or before is None or after is None:
        return day
    return day + (after[0] - before[0])
