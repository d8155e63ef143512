# SPDX-License-Identifier: EUPL-1.2
"""Makes the demo's storage hubs: depots of which some take in others' goods for rent."""

from random import Random

from demo_maker.goods import read_table
from demo_maker.places import Town, draw_point

COLUMNS = [
    "ref", "name", "x", "y", "municipality", "organisation", "area_m2", "price_dkk_per_m2_day",
    "open_from", "open_to", "opening_hours",
]  # fmt: skip


def make_hubs(towns: tuple[Town, ...]) -> list[dict[str, str]]:
    """The hubs, each where its depot lies, so that the depot's own lots lie in it."""
    depots = {row["ref"]: row for row in read_table("depots.csv")}
    rows = []
    for dial in read_table("hubs.csv"):
        depot = depots[dial["depot"]]
        town = next(town for town in towns if town.name == depot["town"])
        x, y = draw_point(town, rng=Random(f"depot {depot['ref']}"))
        rows.append(
            dict.fromkeys(COLUMNS, "")
            | {
                "ref": depot["ref"],
                "name": depot["name"],
                "x": f"{x:.2f}",
                "y": f"{y:.2f}",
                "municipality": town.municipality,
                "organisation": f"{depot['name']} (demo)",
            }
            | {name: dial[name] for name in dial if name != "depot"}
        )
    return rows
