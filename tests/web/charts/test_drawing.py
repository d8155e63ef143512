# SPDX-License-Identifier: EUPL-1.2
"""Bars stand where their values say, at a desk and on a telephone."""

import pytest

from web.charts.drawing import NARROW, WIDE, ChartRow, Mark, Segment, draw_rows


def draw(*, narrow: bool, mark: Mark | None = None):
    """Draw a total of 100, a cost from 0 to 30 and a gain from 30 down to 20."""
    rows = [
        ChartRow(label="new", value="100", segments=[Segment(start=0, end=100, kind="new")]),
        ChartRow(label="cost", value="30", segments=[Segment(start=0, end=30, kind="cost")], ends_at=30),
        ChartRow(label="gain", value="-10", segments=[Segment(start=30, end=20, kind="gain")], ends_at=20),
        ChartRow(label="none", value="0", segments=[Segment(start=20, end=20, kind="cost")]),
    ]
    return draw_rows(rows, mark=mark, narrow=narrow)


@pytest.mark.parametrize("narrow", [False, True])
def test_bars_float_on_one_scale(*, narrow: bool):
    """Widths are in proportion, the gain begins where the cost ends, and nothing is drawn of nothing."""
    drawing = draw(narrow=narrow)
    new, cost, gain = drawing.bars
    assert cost.width == pytest.approx(new.width * 0.3, abs=0.02)
    assert gain.width == pytest.approx(new.width * 0.1, abs=0.02)
    assert gain.x + gain.width == pytest.approx(cost.x + cost.width, abs=0.02)
    assert drawing.width == (NARROW if narrow else WIDE)
    assert max(bar.x + bar.width for bar in drawing.bars) <= drawing.width
    assert max(bar.y + bar.height for bar in drawing.bars) <= drawing.height
    joins = [line for line in drawing.strokes if line.kind == "join"]
    assert [line.x1 for line in joins] == [
        pytest.approx(cost.x + cost.width, abs=0.02),
        pytest.approx(gain.x, abs=0.02),
    ]
    assert [word.text for word in drawing.words][:2] == ["new", "100"]


def test_a_mark_beyond_all_bars_widens_the_scale():
    """A limit of 200 stands at the right, and the bar of 100 takes half of the way."""
    drawing = draw(narrow=True, mark=Mark(value=200, label="limit"))
    (line,) = [line for line in drawing.strokes if line.kind == "mark"]
    assert line.x1 == NARROW
    assert drawing.bars[0].width == NARROW / 2
    (label,) = [word for word in drawing.words if word.text == "limit"]
    assert label.anchor == "end"


def test_a_loss_is_drawn_to_the_left_of_nothing():
    """A value below 0 keeps within the drawing, and the axis moves in."""
    rows = [ChartRow(label="loss", value="-5", segments=[Segment(start=0, end=-5, kind="cost")])]
    drawing = draw_rows(rows)
    (bar,) = drawing.bars
    (axis,) = [line for line in drawing.strokes if line.kind == "axis"]
    assert bar.x >= 0
    assert bar.x + bar.width == pytest.approx(axis.x1)
