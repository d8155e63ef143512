# SPDX-License-Identifier: EUPL-1.2
"""A checked plan into the database, whole, in the caller's transaction."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from psycopg.types.json import Jsonb
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_into
from inventory.actions.runs import finish_run
from inventory.matching.days import name_day
from inventory.matching.snapshot import Snapshot
from inventory.matching.stale import find_stale
from inventory.tables.certificate import Certificate
from inventory.tables.design_option import DesignOption
from inventory.tables.material_class import MaterialClass
from inventory.tables.project import Project
from inventory.tables.project_outcome import ProjectOutcome
from matcher.figures.figures import key_figures
from matcher.plan import STORAGE_CODES, Bounded, Matches, Plan, name_month
from matcher.problem.columns import FIRMNESS_CODES, NONE
from matcher.reasons import REASONS

STALE = "stale"
# Columns of a match that go from plan to table as they are.
_NUMBERS = (
    "delivered",
    "surplus",
    "storage_days",
    "metres",
    "loads",
    "price_ore",
    "preparation_ore",
    "transport_ore",
    "trip_ore",
    "load_ore",
    "storage_ore",
    "disposal_ore",
    "penalty_ore",
    "new_ore",
    "co2e_new_g",
    "co2e_preparation_g",
    "co2e_transport_g",
    "co2e_regulatory_g",
    "cost",
)


def write_plan(session: Session, *, run_id: UUID, snapshot: Snapshot, plan: Plan, at: datetime) -> None:
    """Write a plan and mark its run as done; the caller's commit makes all of it visible at once.

    Lots and requirements that moved since the snapshot lose their match; the quantity becomes unmet
    with the reason ``stale``. The certificate stays that of the plan as solved.
    """
    problem, matches = snapshot.problem, plan.matches
    lot_ids, requirement_ids = problem.lots.id[matches.lot], problem.requirements.id[matches.requirement]
    stale_lots, stale_requirements = find_stale(
        session,
        snapshot=snapshot,
        lot_ids=set(lot_ids.tolist()),
        requirement_ids=set(requirement_ids.tolist()),
    )
    stale = np.array(
        [
            lot in stale_lots or wanted in stale_requirements
            for lot, wanted in zip(lot_ids, requirement_ids, strict=True)
        ],
        dtype=bool,
    )
    _copy_matches(session, run_id=run_id, snapshot=snapshot, matches=_keep(matches, ~stale))
    dropped = _keep(matches, stale)
    existing = _existing_requirements(session, snapshot=snapshot)
    _copy_unmet(session, run_id=run_id, snapshot=snapshot, plan=plan, dropped=dropped, existing=existing)
    _copy_prices(session, run_id=run_id, snapshot=snapshot, plan=plan)
    _insert_outcomes(session, run_id=run_id, snapshot=snapshot, plan=plan)
    certificate = plan.certificate
    session.execute(
        insert(Certificate).values(
            run_id=run_id,
            digest=plan.digest,
            cost=certificate.cost,
            bound=certificate.bound,
            baseline=certificate.baseline,
            gap=certificate.gap,
            quantum=certificate.quantum,
            quanta=dict(zip(problem.classes.id.tolist(), certificate.quanta.tolist(), strict=True)),
            relaxed=[
                UUID(name)
                for name in problem.requirements.id[certificate.bounded == Bounded.RELAXED].tolist()
            ],
            hub_prices=_list_hub_prices(plan, hubs=problem.hubs.id.tolist()),
            versions=dict(plan.versions),
        )
    )
    figures = (
        key_figures(problem, replace(plan, matches=_keep(matches, ~stale))) if stale.any() else plan.figures
    )
    finish_run(
        session,
        run_id=run_id,
        at=at,
        digest=plan.digest,
        termination=str(plan.termination),
        figures={
            **figures,
            "tiers": dict(plan.tiers),
            "editions": snapshot.editions,
            "factor_ids": snapshot.factor_ids,
            "left_out": snapshot.left_out,
            "stale_matches": int(stale.sum()),
            "snapshot_at": snapshot.taken_at.isoformat(),
        },
        certificate={
            "cost": certificate.cost,
            "bound": certificate.bound,
            "baseline": certificate.baseline,
            "gap": certificate.gap,
        },
    )


def _list_hub_prices(plan: Plan, *, hubs: list[str]) -> list[list[str | int]]:
    prices = plan.certificate.hub_prices
    rows = zip(prices.hub.tolist(), prices.month.tolist(), prices.price.tolist(), strict=True)
    return [[hubs[hub], name_month(month), price] for hub, month, price in rows]


def _keep(matches: Matches, rows: np.ndarray[Any, np.dtype[np.bool_]]) -> Matches:
    return Matches(**{item.name: getattr(matches, item.name)[rows] for item in fields(Matches)})


def _copy_matches(session: Session, *, run_id: UUID, snapshot: Snapshot, matches: Matches) -> None:
    lots, requirements = snapshot.problem.lots, snapshot.problem.requirements
    hubs = snapshot.problem.hubs.id.tolist()
    numbers = [getattr(matches, name).tolist() for name in _NUMBERS]
    by_code = {row.code: row.id for row in session.execute(select(MaterialClass.code, MaterialClass.id))}
    rows = zip(
        lots.id[matches.lot].tolist(),
        requirements.id[matches.requirement].tolist(),
        (by_code[code] for code in snapshot.problem.classes.id[lots.class_[matches.lot]].tolist()),
        matches.quantity.tolist(),
        (name_day(day) for day in matches.pick_up.tolist()),
        (name_day(day) for day in matches.deliver.tolist()),
        ("estimated" if flag else "surveyed" for flag in lots.estimated[matches.lot].tolist()),
        (FIRMNESS_CODES[code] for code in lots.firmness[matches.lot].tolist()),
        (STORAGE_CODES[code] for code in matches.storage.tolist()),
        (None if hub == NONE else hubs[hub] for hub in matches.hub.tolist()),
        *numbers,
        strict=True,
    )
    columns = (
        "run_id",
        "lot_id",
        "requirement_id",
        "class_id",
        "quantity",
        "pick_up",
        "deliver",
        "basis",
        "firmness",
        "storage",
        "hub_id",
        *_NUMBERS,
    )
    copy_into(session, table="match", columns=columns, rows=((str(run_id), *row) for row in rows))


def _existing_requirements(session: Session, *, snapshot: Snapshot) -> set[str]:
    driver = session.connection().connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor:
        found = cursor.execute(
            "SELECT id::text FROM requirement WHERE id = ANY(%s::uuid[]) FOR KEY SHARE",
            (snapshot.problem.requirements.id.tolist(),),
        )
        return {row[0] for row in found}


def _copy_unmet(
    session: Session, *, run_id: UUID, snapshot: Snapshot, plan: Plan, dropped: Matches, existing: set[str]
) -> None:
    ids = snapshot.problem.requirements.id
    names = [str(reason) for reason in REASONS]
    unmet = plan.unmet

    def rows() -> Iterable[tuple[Any, ...]]:
        for row, quantity, reason, stopped in zip(
            unmet.requirement.tolist(),
            unmet.quantity.tolist(),
            unmet.reason.tolist(),
            unmet.stopped.tolist(),
            strict=True,
        ):
            if ids[row] in existing:
                counts = {name: count for name, count in zip(names, stopped, strict=True) if count}
                yield str(run_id), ids[row], quantity, names[reason], Jsonb(counts)
        lost: Counter[str] = Counter()
        lots: Counter[str] = Counter()
        met = dropped.delivered - dropped.surplus
        for row, quantity in zip(dropped.requirement.tolist(), met.tolist(), strict=True):
            lost[ids[row]] += quantity
            lots[ids[row]] += 1
        for requirement in sorted(lost):
            if requirement in existing and lost[requirement]:
                yield str(run_id), requirement, lost[requirement], STALE, Jsonb({STALE: lots[requirement]})

    copy_into(
        session,
        table="unmet",
        columns=("run_id", "requirement_id", "quantity", "reason", "stopped"),
        rows=rows(),
    )


def _copy_prices(session: Session, *, run_id: UUID, snapshot: Snapshot, plan: Plan) -> None:
    # A lot without a row has the price 0: most lots of a country are not scarce.
    priced = np.flatnonzero(plan.certificate.lot_prices)
    ids, prices = snapshot.problem.lots.id[priced].tolist(), plan.certificate.lot_prices[priced].tolist()
    driver = session.connection().connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor:
        # A lot deleted since the snapshot takes its price with it.
        found = cursor.execute("SELECT id::text FROM lot WHERE id = ANY(%s::uuid[]) FOR KEY SHARE", (ids,))
        existing = {row[0] for row in found}
    copy_into(
        session,
        table="lot_price",
        columns=("run_id", "lot_id", "price"),
        rows=((str(run_id), lot, price) for lot, price in zip(ids, prices, strict=True) if lot in existing),
    )


def _insert_outcomes(session: Session, *, run_id: UUID, snapshot: Snapshot, plan: Plan) -> None:
    """Write the design option chosen and the price of the budget of each project that has either."""
    projects = snapshot.problem.projects
    chosen = dict(zip(plan.designs.project.tolist(), plan.designs.design_option.tolist(), strict=True))
    rows = sorted(chosen.keys() | set(np.flatnonzero(projects.budget_ore != NONE).tolist()))
    ids = [UUID(str(projects.id[row])) for row in rows]
    known = select(Project.id).where(Project.id.in_(ids)).order_by(Project.id).with_for_update(read=True)
    # A project deleted since the snapshot takes its outcome with it, an option deleted its own mention.
    existing = set(session.scalars(known))
    named = select(DesignOption.project_id, DesignOption.name, DesignOption.id).where(
        DesignOption.project_id.in_(ids)
    )
    options = {(project, name): option for project, name, option in session.execute(named)}
    outcomes = [
        {
            "run_id": run_id,
            "project_id": project,
            "design_option_id": options.get((project, chosen.get(row, ""))),
            "price": int(plan.certificate.project_prices[row]),
        }
        for row, project in zip(rows, ids, strict=True)
        if project in existing
    ]
    if outcomes:
        session.execute(insert(ProjectOutcome), outcomes)
