# SPDX-License-Identifier: EUPL-1.2
"""A plan as its page shows it: the run, its matches in pages, what stayed unmet."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.keyset import Page, Place, Step, Turn, read_keyset_page
from inventory.queries.offers import AnyRow, AnySelect
from inventory.queries.places.sites import public_point
from inventory.tables import (
    Building,
    Certificate,
    DesignOption,
    Lot,
    LotPrice,
    Match,
    MaterialClass,
    Municipality,
    Project,
    ProjectOutcome,
    Requirement,
    Run,
    RunStatus,
    Site,
    Unmet,
)


def read_run(session: Session, *, run_id: UUID) -> AnyRow | None:
    """Read one run, or None where there is no such run."""
    return session.execute(select(Run.__table__).where(Run.id == run_id)).one_or_none()


def read_certificate(session: Session, *, run_id: UUID) -> AnyRow | None:
    """Read the certificate of a run, or None before there is one."""
    return session.execute(select(Certificate.__table__).where(Certificate.run_id == run_id)).one_or_none()


def read_runs(session: Session, *, limit: int) -> list[AnyRow]:
    """Read the latest runs, newest first, each with its state and three figures of its summary."""
    # The whole summary lists hundreds of factors; the list of runs shows three figures.
    figures = ("matched_share", "co2e_kg_real", "money_ore")
    columns = (
        Run.id,
        Run.status,
        Run.step,
        Run.created_at,
        Run.gap,
        *(Run.summary[name].as_float().label(name) for name in figures),
    )
    return list(session.execute(select(*columns).order_by(Run.created_at.desc(), Run.id).limit(limit)))


@cache
def _saved_ore() -> ColumnElement[Any]:
    """Give the oere a match saves: new less all that is paid for the reused, disposal avoided added.

    The penalty of a substitute is a weight, not money: nobody pays it.
    """
    return (
        Match.new_ore
        - Match.price_ore
        - Match.preparation_ore
        - Match.transport_ore
        - Match.trip_ore
        - Match.load_ore
        - Match.storage_ore
        + Match.disposal_ore
    )


@cache
def _saved_g() -> ColumnElement[Any]:
    """Give the real emissions a match saves, in grams: new less preparation and transport."""
    return Match.co2e_new_g - Match.co2e_preparation_g - Match.co2e_transport_g


@cache
def _matches() -> AnySelect:
    wanted = aliased(MaterialClass, name="wanted")
    donor_place, goal_place = (
        aliased(Municipality, name="donor_place"),
        aliased(Municipality, name="goal_place"),
    )
    goal, hub = aliased(Site, name="goal"), aliased(Site, name="hub")
    return (
        select(
            Match.id,
            Match.run_id,
            Match.lot_id,
            Lot.site_id.label("donor_id"),
            Match.requirement_id,
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            wanted.name_da.label("wanted_da"),
            wanted.name_en.label("wanted_en"),
            (Match.quantity * MaterialClass.step).label("amount"),
            (Match.delivered * wanted.step).label("delivered"),
            (Match.surplus * wanted.step).label("surplus"),
            wanted.unit.label("wanted_unit"),
            Match.pick_up,
            Match.deliver,
            Match.storage_days,
            Match.storage,
            Match.hub_id,
            hub.name.label("hub_name"),
            Match.metres,
            Match.loads,
            Match.basis,
            Match.firmness,
            Match.status,
            _saved_ore().label("saved_ore"),
            _saved_g().label("saved_g"),
            Match.co2e_regulatory_g,
            donor_place.name.label("donor_municipality"),
            goal_place.name.label("project_municipality"),
            Project.name.label("project_name"),
            Run.created_at.label("run_at"),
            (LotPrice.price * Certificate.quantum / 1000 / MaterialClass.step).label("lot_price_ore"),
        )
        .join(Run, Run.id == Match.run_id)
        .join(Lot, Lot.id == Match.lot_id)
        .join(MaterialClass, MaterialClass.id == Match.class_id)
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(donor_place, donor_place.code == Site.municipality_code)
        .join(Requirement, Requirement.id == Match.requirement_id)
        .join(wanted, wanted.id == Requirement.class_id)
        .join(Project, Project.id == Requirement.project_id)
        .join(goal, goal.id == Project.site_id)
        .outerjoin(hub, hub.id == Match.hub_id)
        .outerjoin(goal_place, goal_place.code == goal.municipality_code)
        .outerjoin(Certificate, Certificate.run_id == Match.run_id)
        .outerjoin(LotPrice, (LotPrice.run_id == Match.run_id) & (LotPrice.lot_id == Match.lot_id))
    )


def read_project_outcomes(session: Session, *, run_id: UUID) -> list[AnyRow]:
    """Read what a plan decided for projects: name, design option chosen, budget in oere, and its price.

    The price is what a further krone of budget would save, in permille of it.
    """
    query = (
        select(
            Project.name.label("project_name"),
            DesignOption.name.label("option_name"),
            Project.budget_ore,
            ProjectOutcome.price,
        )
        .select_from(ProjectOutcome)
        .join(Project, Project.id == ProjectOutcome.project_id)
        .outerjoin(DesignOption, DesignOption.id == ProjectOutcome.design_option_id)
        .where(ProjectOutcome.run_id == run_id)
        .order_by(Project.name, Project.id)
    )
    return list(session.execute(query))


def read_plan_matches(
    session: Session, *, run_id: UUID, total: int, turn: Turn[Place] | None = None
) -> Page[Place]:
    """Read one page of a plan's matches, those that save most CO2e first."""
    query = _matches().where(Match.run_id == run_id)
    steps = [Step(by=_saved_g(), falls=True), Step(by=Match.id)]
    return read_keyset_page(session, query, steps=steps, wanted=turn, total=total)


def count_plan(session: Session, *, run_id: UUID) -> AnyRow:
    """Count a plan: matches, lots, requirements, stored, estimated, and its extent in degrees."""
    goal = aliased(Site, name="goal")
    line = func.ST_Transform(func.ST_MakeLine(public_point(), goal.geom), 4326)
    box = func.ST_Extent(line)
    return session.execute(
        select(
            func.count().label("matches"),
            func.count(Match.lot_id.distinct()).label("lots"),
            func.count(Match.requirement_id.distinct()).label("requirements"),
            func.count().filter(Match.storage_days > 0).label("stored"),
            func.count().filter(Match.basis == "estimated").label("estimated"),
            func.ST_XMin(box).label("west"),
            func.ST_YMin(box).label("south"),
            func.ST_XMax(box).label("east"),
            func.ST_YMax(box).label("north"),
        )
        .join(Lot, Lot.id == Match.lot_id)
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .join(Requirement, Requirement.id == Match.requirement_id)
        .join(Project, Project.id == Requirement.project_id)
        .join(goal, goal.id == Project.site_id)
        .where(Match.run_id == run_id)
    ).one()


def count_unmet_reasons(session: Session, *, run_id: UUID) -> dict[str, AnyRow]:
    """Count what stayed unmet by reason: `parts`, and `mass_g` in grams."""
    query = (
        select(
            Unmet.reason,
            func.count().label("parts"),
            func.sum(Unmet.quantity * MaterialClass.mass_g_per_step).label("mass_g"),
        )
        .join(Requirement, Requirement.id == Unmet.requirement_id)
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .where(Unmet.run_id == run_id)
        .group_by(Unmet.reason)
    )
    return {str(row.reason): row for row in session.execute(query)}


def read_plan_unmet(
    session: Session, *, run_id: UUID, total: int, turn: Turn[Place] | None = None
) -> Page[Place]:
    """Read one page of what stayed unmet: requirement, wanted and unmet amount, reason, lots stopped."""
    query = (
        select(
            Requirement.id,
            Project.name.label("project_name"),
            Municipality.name.label("municipality_name"),
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            (Requirement.quantity * MaterialClass.step).label("wanted"),
            (Unmet.quantity * MaterialClass.step).label("amount"),
            Unmet.reason,
            Unmet.stopped,
        )
        .join(Requirement, Requirement.id == Unmet.requirement_id)
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .join(Project, Project.id == Requirement.project_id)
        .join(Site, Site.id == Project.site_id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .where(Unmet.run_id == run_id)
    )
    order = (MaterialClass.id, Project.name, Requirement.ref, cast(Unmet.reason, Text), Requirement.id)
    return read_keyset_page(session, query, steps=[Step(by=one) for one in order], wanted=turn, total=total)


def read_lot_matches(session: Session, *, lot_id: UUID, limit: int = 20) -> list[AnyRow]:
    """Read the matches of a lot in finished plans, latest plan first."""
    query = (
        _matches()
        .where(Match.lot_id == lot_id, Run.status == RunStatus.DONE)
        .order_by(Run.created_at.desc(), Match.id)
        .limit(limit)
    )
    return list(session.execute(query))


def read_requirement_matches(session: Session, *, requirement_id: UUID, limit: int = 20) -> list[AnyRow]:
    """Read the matches of a requirement in finished plans, latest plan first."""
    query = (
        _matches()
        .where(Match.requirement_id == requirement_id, Run.status == RunStatus.DONE)
        .order_by(Run.created_at.desc(), Match.id)
        .limit(limit)
    )
    return list(session.execute(query))


def read_requirement_unmet(session: Session, *, requirement_id: UUID, limit: int = 10) -> list[AnyRow]:
    """Read what stayed unmet of a requirement in finished plans, latest plan first."""
    query = (
        select(
            Run.id.label("run_id"),
            Run.created_at.label("run_at"),
            (Unmet.quantity * MaterialClass.step).label("amount"),
            MaterialClass.unit,
            Unmet.reason,
            Unmet.stopped,
        )
        .join(Run, Run.id == Unmet.run_id)
        .join(Requirement, Requirement.id == Unmet.requirement_id)
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .where(Unmet.requirement_id == requirement_id, Run.status == RunStatus.DONE)
        .order_by(Run.created_at.desc(), Unmet.reason)
        .limit(limit)
    )
    return list(session.execute(query))
