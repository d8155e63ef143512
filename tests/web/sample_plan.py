# SPDX-License-Identifier: EUPL-1.2
"""The runs of the sample: one with a plan, one that failed, one that waits."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from inventory.tables import Certificate, Explanation, Lot, LotPrice, Match, Run, Unmet
from matcher.explain.told import (
    Advice,
    Outcome,
    PairExplanation,
    RequirementExplanation,
    Room,
    RoomMonth,
    Taker,
    UnmetExplanation,
)
from matcher.reasons import Reason
from tests.web.sample_ids import FAILED_RUN_ID, HUB_ID, RUN_ID, WAITING_RUN_ID, lot_id, requirement_id


def insert_runs(session: Session) -> None:
    """Insert the runs, the plan's matches, what stayed unmet, and its certificate."""
    made = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    session.add_all(
        [
            Run(
                id=RUN_ID,
                status="done",
                digest="ab" * 32,
                termination="optimal",
                created_at=made,
                started_at=made,
                finished_at=made,
                params={"carbon_price_ore_per_tonne": 75_000},
                cost=4_120_000_000,
                bound=4_120_000_000,
                baseline=5_530_000_000,
                gap=Decimal(0),
                summary={
                    "matched_share": 0.62,
                    "matched_value_share": 0.58,
                    "money_ore": 118_400_00,
                    "co2e_kg_real": 17_204.6,
                    "co2e_kg_regulatory": 17_630.0,
                    "km": 1240,
                    "pairs": 61,
                    "runtime_s": 0.8,
                    "left_out": {"lots_without_place": 1},
                    "editions": [
                        {"edition": "BR18 annex 2 table 7", "factors": 12, "assumptions": 2, "superseded": 0},
                        {
                            "edition": "Own price level 2026",
                            "factors": 30,
                            "assumptions": 30,
                            "superseded": 0,
                        },
                    ],
                },
            ),
            Run(
                id=FAILED_RUN_ID,
                status="failed",
                created_at=datetime(2026, 11, 19, 9, 0, tzinfo=UTC),
                started_at=made,
                finished_at=made,
                error="The plan breaks a rule: lot_capacity",
            ),
            Run(id=WAITING_RUN_ID, status="requested", created_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC)),
        ]
    )
    session.flush()
    session.add(
        Certificate(
            run_id=RUN_ID,
            digest="ab" * 32,
            cost=4_120_000_000,
            bound=4_120_000_000,
            baseline=5_530_000_000,
            gap=Decimal(0),
            quantum=1,
        )
    )
    numbers = count(1)
    for donor, goal, code, basis, steps, metres, days, *hub in [
        ("school_aarhus", "school", "brick_lime_mortar", "surveyed", 12500, 41_000, 0),
        ("home_aarhus", "school", "joist_timber", "estimated", 2200, 47_000, 0),
        ("school_odense", "daycare", "joist_timber", "estimated", 2200, 76_000, 0),
        ("office_copenhagen", "library", "brick_lime_mortar", "estimated", 9000, 38_000, 62, HUB_ID),
        ("home_copenhagen", "library", "joist_timber", "estimated", 2200, 33_000, 0),
        ("school_odense", "library", "door_inner", "estimated", 6, 132_000, 0),
    ]:
        _add_match(
            session,
            number=next(numbers),
            lot=lot_id(donor, code, basis),
            requirement=requirement_id(goal, code),
            steps=steps,
            metres=metres,
            days=days,
            basis=basis,
            hub=hub[0] if hub else None,
        )
    _add_explanation(session)
    for goal, code, steps, reason, stopped in [
        ("school", "brick_lime_mortar", 7500, "taken", {"distance": 4, "screening": 1, "taken": 2}),
        ("school", "joist_timber", 2800, "distance", {"distance": 6}),
        ("daycare", "brick_lime_mortar", 20000, "screening", {"screening": 3, "window": 1}),
        ("daycare", "door_inner", 30, "too_dear", {"too_dear": 2, "distance": 5}),
        ("library", "brick_lime_mortar", 11000, "window", {"window": 2, "no_road": 1}),
    ]:
        session.add(
            Unmet(
                run_id=RUN_ID,
                requirement_id=requirement_id(goal, code),
                reason=reason,
                quantity=steps,
                stopped=stopped,
            )
        )


def _add_explanation(session: Session) -> None:
    """Tell why the school got bricks, which it lost and to whom, which hub is full, what would help."""
    school, library = (requirement_id(goal, "brick_lime_mortar") for goal in ("school", "library"))
    money = {"new_cost": 800_000, "best": 700_000}
    room = Room(
        hub=str(HUB_ID), months=(RoomMonth(month="2027-04", full=True, free=0, price=120),), fee=4_000
    )

    def pair(site: str, basis: str, outcome: Outcome, **more: Any) -> PairExplanation:
        values: dict[str, Any] = {"reason": None, "quantity": 0, "metres": 41_000, "storage_days": 0}
        values |= {"storage": None, "hub": None, "cost": 520_000, "price": 0, "worth": 180_000, "takers": ()}
        lot = str(lot_id(site, "brick_lime_mortar", basis))
        return PairExplanation(lot=lot, requirement=str(school), outcome=outcome, **money, **(values | more))

    taker = Taker(requirement=str(library), quantity=9000, worth=260_000)
    told = RequirementExplanation(
        requirement=str(school),
        quantity=20_000,
        **money,
        matched=(pair("school_aarhus", "surveyed", Outcome.MATCHED, quantity=12_500),),
        unmet=UnmetExplanation(
            quantity=7500, reason=Reason.TAKEN, stopped={Reason.DISTANCE: 4, Reason.TAKEN: 2}
        ),
        nearest=(
            pair("office_copenhagen", "estimated", Outcome.TAKEN, price=200_000, takers=(taker,)),
            pair(
                "school_aarhus",
                "surveyed",
                Outcome.HUB_FULL,
                storage="hub",
                storage_days=30,
                hub=str(HUB_ID),
                room=room,
            ),
        ),
        advice=(
            Advice(kind="farther", attribute="", value=95_000, by=20_000, lots=3, met=5000, gain=2_000_000),
        ),
    )
    document = TypeAdapter(RequirementExplanation).dump_python(told, mode="json")
    session.add(Explanation(run_id=RUN_ID, requirement_id=school, told=document))


def _add_match(
    session: Session,
    *,
    number: int,
    lot: UUID,
    requirement: UUID,
    steps: int,
    metres: int,
    days: int,
    basis: str,
    hub: UUID | None,
) -> None:
    delivered = date(2027, 5, 3)
    session.add(
        Match(
            run_id=RUN_ID,
            lot_id=lot,
            requirement_id=requirement,
            class_id=session.get_one(Lot, lot).class_id,
            quantity=steps,
            delivered=steps,
            pick_up=date.fromordinal(delivered.toordinal() - days),
            deliver=delivered,
            storage_days=days,
            storage="hub" if hub else "site" if days else "direct",
            hub_id=hub,
            metres=metres,
            loads=1 + steps // 8000,
            price_ore=steps * 300,
            preparation_ore=steps * 120,
            transport_ore=metres * 2,
            storage_ore=days * 500,
            disposal_ore=steps * 10,
            penalty_ore=0,
            new_ore=steps * 800,
            co2e_new_g=steps * 700,
            co2e_preparation_g=steps * 20,
            co2e_transport_g=metres * 3,
            co2e_regulatory_g=steps * 700,
            cost=number * 1_000_000,
            basis=basis,
            firmness="permit_given",
        )
    )
    session.add(LotPrice(run_id=RUN_ID, lot_id=lot, price=120_000))
