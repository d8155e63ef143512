# SPDX-License-Identifier: EUPL-1.2
"""A plan as a map picture: land, donor sites, projects and the matches between them."""

from pathlib import Path

import geopandas as gpd
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from inventory.queries.plans.tables import PlanTables

# Okabe and Ito's colour-blind safe palette (2008): vermilion for what comes down, blue for what goes up.
DONOR = "#d55e00"
PROJECT = "#0072b2"
LAND = "#f3f1ea"
COAST = "#b9b4a5"
SEA = "#dfeaf0"
LINE = "#3b3b3b"


def draw_plan(plan: PlanTables, *, land: gpd.GeoSeries, title: str, note: str) -> Figure:
    """Draw a plan on the land it lies on.

    Parameters
    ----------
    plan
        The plan's tables (EPSG:25832).
    land
        Polygons to draw below, in the same coordinates.
    title, note
        One line above and one below the map.

    Returns
    -------
    Figure
        A Matplotlib figure with its own canvas (no display needed); line width grows with the mass-free
        share of a match's quantity in its requirement's class.
    """
    figure = Figure(figsize=(9, 8), dpi=150, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_facecolor(SEA)
    land.plot(ax=axes, facecolor=LAND, edgecolor=COAST, linewidth=0.5)
    if len(plan.matches):
        ends = plan.matches[["donor_x", "donor_y", "project_x", "project_y"]].to_numpy(dtype=float)
        new = plan.matches["new_ore"].to_numpy(dtype=float)
        widths = 0.5 + 2.5 * np.sqrt(new / max(new.max(), 1.0))
        axes.add_collection(
            LineCollection(
                list(ends.reshape(-1, 2, 2)), colors=LINE, linewidths=list(widths), alpha=0.45, zorder=2
            )
        )
    axes.scatter(
        plan.lots["x"],
        plan.lots["y"],
        s=10,
        c=DONOR,
        zorder=3,
        label=f"Lots used ({len(plan.lots)})",
        linewidths=0,
    )
    wanted = plan.requirements.drop_duplicates(subset=["x", "y"])
    axes.scatter(
        wanted["x"],
        wanted["y"],
        s=42,
        c=PROJECT,
        marker="^",
        zorder=4,
        label=f"Projects ({len(wanted)})",
        edgecolors="white",
        linewidths=0.6,
    )
    low_x, low_y, high_x, high_y = land.total_bounds
    axes.set_xlim(low_x - 8_000, high_x + 8_000)
    axes.set_ylim(low_y - 8_000, high_y + 8_000)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.legend(loc="upper right", frameon=True, facecolor="white", framealpha=0.9, edgecolor=COAST)
    axes.set_ylabel("")
    axes.set_title(title, loc="left", fontsize=13, fontweight="bold")
    axes.set_xlabel(note, loc="left", fontsize=8, color="#444444")
    return figure


def write_plan_picture(plan: PlanTables, path: Path, *, land: gpd.GeoSeries, title: str, note: str) -> None:
    """Write the picture of a plan as PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draw_plan(plan, land=land, title=title, note=note).savefig(path, metadata={"Software": "Genbro"})
