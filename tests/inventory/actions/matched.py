# SPDX-License-Identifier: EUPL-1.2
"""Matches for tests of what rests on a lot: each in a finished plan of its own."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.tables import Lot, Match, Project, Requirement, Run, Site


def add_match(session: Session, *, ref: str, pick_up: date) -> int:
    """Match 100 of a lot in a finished plan of its own, fetched on a day."""
    lot = session.execute(select(Lot).where(Lot.ref == ref)).scalar_one()
    site = Site(id=uuid4(), kind="project", ref=f"p{uuid4()}", name="Project")
    project = Project(id=uuid4(), ref=site.ref, name="Project", site_id=site.id)
    wanted = Requirement(
        id=uuid4(),
        project_id=project.id,
        ref="r",
        class_id=lot.class_id,
        unit="piece",
        quantity=100,
        wanted_from=pick_up,
        wanted_to=pick_up + timedelta(days=30),
    )
    run = Run(
        id=uuid4(),
        status="done",
        params={},
        digest="ab" * 32,
        termination="optimal",
        started_at=func.now(),
        finished_at=func.now(),
        cost=1,
        bound=1,
        baseline=2,
        gap=0,
        summary={},
    )
    for row in (site, project, wanted, run):
        session.add(row)
        session.flush()
    money: dict[str, Any] = dict.fromkeys(
        [
            "price_ore",
            "preparation_ore",
            "transport_ore",
            "storage_ore",
            "disposal_ore",
            "penalty_ore",
            "new_ore",
            "co2e_new_g",
            "co2e_preparation_g",
            "co2e_transport_g",
            "co2e_regulatory_g",
            "cost",
        ],
        0,
    )
    match = Match(
        run_id=run.id,
        lot_id=lot.id,
        requirement_id=wanted.id,
        class_id=lot.class_id,
        quantity=100,
        delivered=100,
        pick_up=pick_up,
        deliver=pick_up,
        storage_days=0,
        storage="direct",
        metres=1,
        loads=1,
        basis="surveyed",
        firmness="possible",
        **money,
    )
    session.add(match)
    session.flush()
    return match.id
