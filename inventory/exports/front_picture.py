# SPDX-License-Identifier: EUPL-1.2
"""A front as a picture: money against CO2e saved, and lorry kilometres below."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from matcher.tradeoffs.front import Point

# Okabe and Ito's colour-blind safe palette (2008); the two panels differ by marker as well.
MONEY = "#0072b2"
ROAD = "#d55e00"
QUIET = "#444444"
GRID = "#d9d9d9"

ORE_PER_DKK = 100
ORE_PER_MILLION_DKK = 100_000_000
KG_PER_TONNE = 1000

ALIKE = 60
"""Two points nearer than this part of the whole front share a label."""


def draw_front(points: Sequence[Point]) -> Figure:
    """Draw a front.

    Parameters
    ----------
    points
        By rising carbon price, at least one.

    Returns
    -------
    Figure
        A Matplotlib figure with its own canvas (no display needed). Each point is labelled with the carbon
        prices that give it; one that another point beats is hollow.
    """
    figure = Figure(figsize=(9, 8), dpi=150, layout="constrained")
    FigureCanvasAgg(figure)
    money, road = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    millions = max(abs(point.money_ore) for point in points) >= ORE_PER_MILLION_DKK
    scale, unit = (ORE_PER_MILLION_DKK, "DKK million") if millions else (ORE_PER_DKK, "DKK")
    saved = [point.co2e_kg_real / KG_PER_TONNE for point in points]
    earned = [point.money_ore / scale for point in points]
    driven = [point.km for point in points]
    # The labels stand where the line does not go: money falls to the right, kilometres rise.
    _draw_panel(money, points, saved, earned, colour=MONEY, marker="o", beside=(7, 6))
    _draw_panel(road, points, saved, driven, colour=ROAD, marker="s", beside=(7, -12))
    money.set_ylabel(f"Money saved against new, {unit}")
    road.set_ylabel("Lorry kilometres, one way")
    road.set_xlabel("CO2e saved in reality, tonnes")
    money.set_title("What CO2e costs: one best plan for each price of a tonne", loc="left", fontweight="bold")
    figure.supxlabel(
        "The number at a point is the price of a tonne of CO2e in DKK. Hollow: another plan is at least as "
        "good in both.",
        fontsize=8,
        color=QUIET,
        x=0.01,
        ha="left",
    )
    return figure


def _draw_panel(
    axes: Axes,
    points: Sequence[Point],
    saved: Sequence[float],
    values: Sequence[float],
    *,
    colour: str,
    marker: str,
    beside: tuple[int, int],
) -> None:
    axes.plot(saved, values, color=colour, linewidth=1.2, zorder=2)
    for point, x, y in zip(points, saved, values, strict=True):
        face = "white" if point.dominated else colour
        axes.plot([x], [y], marker=marker, color=face, markeredgecolor=colour, markersize=7, zorder=3)
    for (x, y), label in _label_points(points, saved, values).items():
        axes.annotate(label, (x, y), textcoords="offset points", xytext=beside, fontsize=8, color=QUIET)
    axes.grid(color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(_write_number))
    axes.margins(x=0.1, y=0.12)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _write_number(value: float, _place: int) -> str:
    return f"{value:,.10g}"


def _label_points(
    points: Sequence[Point], saved: Sequence[float], values: Sequence[float]
) -> dict[tuple[float, float], str]:
    """Give each place one label: the carbon prices that lead there, or so near that labels would overlap."""
    wide, high = (max(max(row) - min(row), 1e-9) / ALIKE for row in (saved, values))
    prices: dict[tuple[float, float], list[float]] = {}
    for point, x, y in zip(points, saved, values, strict=True):
        near = [place for place in prices if abs(place[0] - x) <= wide and abs(place[1] - y) <= high]
        place = near[0] if near else (x, y)
        prices.setdefault(place, []).append(point.carbon_price_ore_per_tonne / ORE_PER_DKK)
    return {
        place: f"{given[0]:,.10g}" if len(given) == 1 else f"{given[0]:,.10g} to {given[-1]:,.10g}"
        for place, given in prices.items()
    }


def write_front_picture(points: Sequence[Point], path: Path) -> None:
    """Write the picture of a front as PNG."""
    draw_front(points).savefig(path, metadata={"Software": "Genbro"})
