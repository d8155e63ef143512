# SPDX-License-Identifier: EUPL-1.2
"""What each row must reach, and why: changed only together with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a row.

    Parameters
    ----------
    least_ratio
        The ratio must be at least this; above 1 Genbro is the better.
    most_ours
        Genbro's own figure must be at most this, in the row's unit.
    most
        What figures beside it must be at most, by their names.
    reason
        Why this much.
    """

    least_ratio: float | None = None
    most_ours: float | None = None
    most: Mapping[str, float] = field(default_factory=dict)
    reason: str

    def describe(self) -> str:
        """Return the bar in signs; empty where the row is for information alone."""
        parts = []
        if self.least_ratio is not None:
            parts.append(f"ratio >= {self.least_ratio:g}")
        if self.most_ours is not None:
            parts.append(f"ours <= {self.most_ours:g}")
        parts += [f"{name} <= {most:g}" for name, most in self.most.items()]
        return " and ".join(parts)

    def is_met(self, *, ours: float, ratio: float, figures: Mapping[str, float]) -> bool | None:
        """Tell whether a row reaches the bar; None where there is none."""
        if self.most_ours is None and self.least_ratio is None and not self.most:
            return None
        fast = self.most_ours is None or ours <= self.most_ours
        better = self.least_ratio is None or ratio >= self.least_ratio
        return fast and better and all(figures[name] <= most for name, most in self.most.items())


_LP = "as a linear programme the same optimum takes several times as long: why there is a flow engine"
_SLOW = "pure Python, or a solver behind files: several times, or our own arrays are badly used"
_LEMON = "LEMON's network simplex, the fastest known of its kind: to know how far ours is from it"
_NEVER = "a solver given the same time, and its best model, must not find a better plan"
_WAIT = "up to here a person feels that the machine answers at once"
_PAPER = "a planner who moves a wall wants the new plan before the hand leaves the mouse"

BARS: dict[str, Bar] = {
    "flow_ortools": Bar(
        least_ratio=2.0, reason="the peer is a general one; ours knows that only lots and requirements limit"
    ),
    "flow_ortools_1m": Bar(least_ratio=2.0, reason="as with fewer pairs"),
    "flow_highspy": Bar(least_ratio=4.0, reason=_LP),
    "flow_highspy_10k": Bar(least_ratio=4.0, reason=_LP),
    "flow_highspy_1m": Bar(least_ratio=4.0, reason=_LP),
    "flow_scipy": Bar(least_ratio=3.0, reason=_LP),
    "flow_scipy_10k": Bar(least_ratio=3.0, reason=_LP),
    "flow_scipy_1m": Bar(least_ratio=3.0, reason=_LP),
    "flow_pylmcf": Bar(reason=_LEMON),
    "flow_pylmcf_10k": Bar(reason=_LEMON),
    "flow_pylmcf_1m": Bar(reason=_LEMON),
    "flow_networkx": Bar(least_ratio=5.0, reason=_SLOW),
    "flow_pulp_cbc": Bar(least_ratio=5.0, reason=_SLOW),
    "flow_pulp_cbc_400k": Bar(least_ratio=5.0, reason=_SLOW),
    "candidates_all_ckdtree": Bar(
        least_ratio=3.0,
        reason="a tree in C must filter by class and window afterwards; the grid does it at once",
    ),
    "candidates_all_strtree": Bar(
        least_ratio=3.0, reason="boxes of GEOS, as GeoPandas joins by distance: as against the other tree"
    ),
    "candidates_all_postgis": Bar(
        least_ratio=15.0, reason="the batch join stays out of the database only as long as this pays"
    ),
    "candidates_nearest_ckdtree": Bar(
        reason="what k-d trees are for; the matcher never asks it: the nearest 20 lose 3.8 % of the saving"
    ),
    "candidates_nearest_postgis": Bar(reason="as against the k-d tree"),
    "paper_greedy_published": Bar(least_ratio=1.0, most_ours=1.0, reason=_PAPER),
    "paper_bipartite_published": Bar(least_ratio=1.0, most_ours=1.0, reason=_PAPER),
    "paper_cp_sat_published": Bar(least_ratio=1.0, most_ours=1.0, reason=_PAPER),
    "paper_assignment": Bar(least_ratio=1.0, most_ours=1.0, reason=_PAPER),
    "paper_highspy": Bar(
        least_ratio=1.0,
        most_ours=1.0,
        reason="the peer is given the types and pays for neither typing nor checking; ours pays for all",
    ),
    "end_to_end_greedy_first_day": Bar(
        least_ratio=1.0, reason="an optimum below what first come, first served saves would be a fault"
    ),
    "end_to_end_greedy_best_first": Bar(
        least_ratio=1.0, reason="an optimum below what the best pair first saves would be a fault"
    ),
    "instant_project_postgis": Bar(
        most_ours=0.2,
        least_ratio=1.0,
        reason=_WAIT + "; the peer finds the mixes alone, ours says why not and what would help too",
    ),
    "resolve_lot_ortools": Bar(most_ours=0.1, least_ratio=1.0, reason=_WAIT),
    "resolve_lot_pylmcf": Bar(
        most_ours=0.1, reason=_WAIT + "; the peer has no least prices and no proof to give"
    ),
    "national_plain": Bar(
        most_ours=60.0,
        most={"peak_gib": 4.0},
        reason="a country on 2 cores while one fetches coffee, proven over every allowed pair",
    ),
    "national_plain_check": Bar(
        most_ours=30.0, reason="whoever doubts the plan should not wait longer than it"
    ),
    "national_mixed": Bar(
        least_ratio=1.0,
        most={"gap_saving_percent": 1.5, "gap_cost_percent": 1.0, "seconds": 300.0, "peak_gib": 4.0},
        reason="a country with side rules, close enough that what is left is less than what surveys err by",
    ),
    "national_mixed_check": Bar(
        most_ours=120.0, reason="as of the plain country, with its dynamic programmes"
    ),
    "estimate_buildings": Bar(
        most_ours=60.0,
        reason="whoever plans a region changes a rule and looks again the same minute",
    ),
    "intake_copy": Bar(least_ratio=12.0, reason="below it COPY would not be worth a path of its own"),
    "intake_csv": Bar(most_ours=20.0, reason="a person waits for the answer to a file while it is looked at"),
    "intake_load": Bar(most_ours=60.0, reason="a country's lots, indexed and ready for the map, in a minute"),
    "web_search": Bar(
        most_ours=0.1,
        least_ratio=10.0,
        most={"p95_8_clients_s": 0.3},
        reason=_WAIT + ", in a crowd too; below ten times the kept rows would not be worth keeping",
    ),
    "web_facets": Bar(
        most_ours=0.05,
        least_ratio=10.0,
        reason="they come with every search, so they may take half of it; as of the search",
    ),
    "web_instant": Bar(
        most_ours=0.5,
        least_ratio=10.0,
        reason=_WAIT + "; below ten times the lots would not be worth their memory",
    ),
    "web_load": Bar(
        most_ours=1.0,
        most={"errors": 0.0},
        reason="500 requests a second are a whole profession at its desks; the readers share the two cores",
    ),
    "web_first_view": Bar(
        most_ours=1.5,
        most={"page_kb": 300.0},
        reason="who comes for the first time sees a map before turning away; it must not wait for its engine",
    ),
    "side": Bar(least_ratio=1.0, reason=_NEVER),
    "side_thrice": Bar(
        most={"gap_above_theirs_percent": 0.0}, reason="the gap HiGHS reaches, in a third of its time"
    ),
    "side_large": Bar(
        least_ratio=1.0,
        most={"gap_saving_percent": 2.5, "gap_cost_percent": 1.0, "seconds": 30.0},
        reason=_NEVER,
    ),
    "side_large_whole": Bar(
        least_ratio=1.0, most={"gap_cost_percent": 2.0, "seconds": 30.0}, reason=_NEVER + "; all or nothing"
    ),
    "national_greedy": Bar(least_ratio=1.0, reason="an optimum below it would be a fault"),
    "national_nearest_20": Bar(least_ratio=1.0, reason="an optimum below it would be a fault"),
    "national_nearest_50": Bar(least_ratio=1.0, reason="an optimum below it would be a fault"),
    "national_curve": Bar(
        least_ratio=2.0, reason="the peer is given every pair; ours finds them, explains and proves"
    ),
    "tiles_far": Bar(
        least_ratio=30.0,
        most_ours=0.03,
        reason="a screen is a dozen tiles: they must all be there while the finger is still on the map",
    ),
    "tiles_far_filtered": Bar(most_ours=0.03, reason="a filter must not make the map slower to move"),
    "tiles_near": Bar(most_ours=0.015, reason="half of what a group may take: nothing has to be summed here"),
    "tiles_months": Bar(most_ours=0.05, reason="as any other count beside the list"),
    "tiles_current": Bar(most_ours=2.0, reason="whoever writes looks at once whether it is there"),
    "end_to_end_highspy": Bar(
        least_ratio=2.0,
        reason="the peer is given every pair; ours finds them, explains what is unmet and proves the plan",
    ),
}
"""Bars by the name of the row without its size."""
