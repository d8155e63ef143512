# SPDX-License-Identifier: EUPL-1.2
"""A cutting plan of the sample's library: joists sawn to two lengths, one piece bought new."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from inventory.tables import Cutting, RequirementPiece, stable_id
from tests.web.sample_ids import lot_id, requirement_id


def insert_cutting(session: Session) -> None:
    """Insert the pieces of the library's joists and a plan that is done."""
    wanted = requirement_id("library", "joist_timber")
    long, short = f"{wanted}/2400", f"{wanted}/900"
    lots = [str(lot_id(site, "joist_timber")) for site in ("home_copenhagen", "school_odense")]
    session.add_all(
        RequirementPiece(requirement_id=wanted, length_mm=length, count=count)
        for length, count in ((2400, 5), (900, 4))
    )
    session.add(
        Cutting(
            id=stable_id("cutting", "library"),
            project_id=stable_id("project", "library"),
            status="done",
            params={"kerf_mm": "4", "minimum_offcut_mm": "500", "cut_ore": 2000},
            problem={
                "params": {"kerf_mm": 4, "minimum_offcut_mm": 500, "cut_cost": 2_000_000},
                "bars": {"id": lots, "length_mm": [5000, 3000]},
                "pieces": {"id": [long, short], "length_mm": [2400, 900], "quantity": [5, 4]},
            },
            plan={
                "patterns": {
                    "bar": [lots[0], lots[1]],
                    "count": [2, 2],
                    "cuts": [2, 2],
                    "offcut_mm": [0, 1192],
                    "waste_mm": [200, 8],
                },
                "contents": {"pattern": [0, 1], "piece": [long, short], "count": [2, 2]},
                "new": {"piece": [long], "count": [1]},
                "certificate": {
                    "cost": 61_200_000,
                    "bound": 60_000_000,
                    "baseline": 120_000_000,
                    "gap": 0.02,
                },
                "figures": {
                    "bars_used": 4,
                    "pieces_cut": 8,
                    "pieces_new": 1,
                    "saw_cuts": 8,
                    "waste_length": 4160,
                    "offcut_length": 23_840,
                },
            },
            left_out={"lots_without_length": 3},
            created_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
            finished_at=datetime(2026, 11, 21, 9, 1, tzinfo=UTC),
        )
    )
