# SPDX-License-Identifier: EUPL-1.2
"""How long each row may take, so that those of the matcher end in 75 minutes on two cores, and all in 110."""

MOST_S = 110 * 60
"""Of all rows."""
MOST_MATCHER_S = 75 * 60
"""Of all but those about the web."""
WEB_GROUPS = frozenset({"search", "web", "tiles"})
"""Groups about the web, which share a country in PostGIS."""
BUDGETS_S: dict[str, float] = {
    "flow": 15,
    "flow_ortools_1m": 60,
    "flow_highspy_1m": 120,
    "flow_pylmcf_1m": 60,
    "flow_scipy_1m": 270,
    "flow_networkx": 20,
    "flow_pulp_cbc": 20,
    "flow_pulp_cbc_400k": 160,
    "candidates": 30,
    "candidates_all_postgis": 90,
    "paper": 6,
    "paper_4096": 15,
    "paper_4096_assignment": 90,
    "cutting": 45,
    "cutting_published": 20,
    "end_to_end": 30,
    "national_plain": 330,
    "national_plain_check": 120,
    "national_greedy": 30,
    "national_nearest": 75,
    "national_mixed": 420,
    "national_mixed_check": 335,
    "national_curve": 40,
    "national_curve_3": 210,
    "estimate_buildings": 120,
    "intake_copy": 60,
    "intake_csv": 120,
    "intake_load": 240,
    "instant": 60,
    "instant_project": 240,
    "side": 5,
    "side_500": 15,
    "side_5k": 15,
    "side_5k_highs_thrice": 30,
    "side_25k_highs": 75,
    "side_25k": 40,
    "side_25k_whole_highs": 75,
    "resolve": 30,
    "web_search": 480,
    "web_instant": 140,
    "web_load": 480,
    "web_facets": 150,
    "web_first_view": 60,
    "tiles": 150,
    "tiles_months": 50,
    "tiles_near": 60,
}
"""Seconds by the beginning of a row's name, of which the longest counts; with drawing and warming up."""


def find_budget(name: str) -> float:
    """Return the seconds a row may take.

    Parameters
    ----------
    name
        Of the row.

    Raises
    ------
    KeyError
        It has none.
    """
    fitting = [start for start in BUDGETS_S if name.startswith(start)]
    if not fitting:
        raise KeyError(name)
    return BUDGETS_S[max(fitting, key=len)]
