# SPDX-License-Identifier: EUPL-1.2
"""The quantity of a lot over time, against histories worked out by hand."""

from datetime import UTC, date, datetime
from typing import Any

from inventory.queries.surveys.surveys import HistoryLine
from web.lot_chart import FLOOR, LEFT, RIGHT, TOP, WIDTH, draw_quantity, trace_quantity

BEGAN = datetime(2026, 9, 1, 8, tzinfo=UTC)


def line(day: int, kind: str, **changes: tuple[Any, Any]) -> HistoryLine:
    """Write a line of history of September 2026."""
    at = datetime(2026, 9, day, 12, tzinfo=UTC)
    return HistoryLine(at=at, kind=kind, by=None, why=None, name=None, changes=changes)


def trace(*lines: HistoryLine, quantity: int, status: str = "offered") -> list[tuple[int, int, str]]:
    """Trace a lot: day, quantity and state of each point."""
    points = trace_quantity(lines, began=BEGAN, changed=BEGAN, quantity=quantity, status=status)
    return [(point.at.day, point.quantity, point.status) for point in points]


def test_a_lot_without_history_stands_from_its_first_day():
    """What came from a file and was left alone is one step."""
    assert trace(quantity=100) == [(1, 100, "offered")]


def test_counted_held_agreed_and_delivered():
    """Each change of quantity or state is a step; what was before the first is told from its change."""
    assert trace(
        line(3, "lot_recounted", quantity=(120, 100)),
        line(4, "lot_tested", grade=(3, 4)),
        line(5, "lot_step", status=("offered", "held")),
        line(9, "lot_step", status=("held", "agreed")),
        line(12, "lot_split", quantity=(100, 60)),
        line(20, "lot_step", status=("agreed", "delivered")),
        quantity=60,
        status="delivered",
    ) == [
        (1, 120, "offered"),
        (3, 100, "offered"),
        (5, 100, "held"),
        (9, 100, "agreed"),
        (12, 60, "agreed"),
        (20, 60, "delivered"),
    ]


def test_what_was_written_down_on_site_begins_there():
    """A survey, and the part of a split, begin with themselves and not with nothing before."""
    assert trace(line(7, "lot_surveyed", quantity=(None, 40)), quantity=40, status="surveyed") == [
        (7, 40, "surveyed")
    ]
    assert trace(line(8, "lot_split", quantity=(0, 15)), quantity=15) == [(8, 15, "offered")]


def test_removed_and_put_back():
    """A lot taken out of the survey is withdrawn, and put back it is what it was."""
    assert trace(line(2, "lot_removed"), line(6, "lot_restored"), quantity=9) == [
        (1, 9, "offered"),
        (2, 9, "withdrawn"),
        (6, 9, "offered"),
    ]


def test_a_file_imported_again_shows_at_the_end():
    """A quantity that no line explains is a last step on the day the lot was last changed."""
    points = trace_quantity(
        [line(3, "lot_recounted", quantity=(120, 100))],
        began=BEGAN,
        changed=datetime(2026, 9, 25, tzinfo=UTC),
        quantity=80,
        status="offered",
    )
    assert [(one.at.day, one.quantity, one.kind) for one in points][1:] == [
        (3, 100, "lot_recounted"),
        (25, 80, None),
    ]


def test_steps_fill_the_drawing():
    """The steps lie side by side from the first day to today, the most at full height."""
    points = trace_quantity(
        [line(11, "lot_recounted", quantity=(200, 50))],
        began=BEGAN,
        changed=BEGAN,
        quantity=50,
        status="offered",
    )
    chart = draw_quantity(points, today=date(2026, 9, 20))
    assert chart is not None
    first, second = chart.steps
    assert (chart.most, chart.first, chart.last) == (200, date(2026, 9, 1), date(2026, 9, 20))
    assert abs(first.x + first.width - second.x) < 0.2
    assert abs(second.x + second.width - (WIDTH - RIGHT)) < 0.2
    assert LEFT <= first.x < LEFT + 20
    assert (first.y, first.y + first.height) == (TOP, FLOOR)
    assert abs(second.height * 4 - first.height) < 0.5


def test_nothing_is_not_drawn():
    """A lot of which there never was anything has no drawing."""
    points = trace_quantity([], began=BEGAN, changed=BEGAN, quantity=0, status="offered")
    assert draw_quantity(points, today=date(2026, 9, 20)) is None
