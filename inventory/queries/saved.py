# SPDX-License-Identifier: EUPL-1.2
"""What the plans save: matches with all their figures, what is bought new, and the factors behind them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import case, exists, func, or_, select, text
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow
from inventory.savings.account import SUMMED, Account
from inventory.savings.served import FactorKey, Figures, Served
from inventory.tables import (
    Lot,
    LotSurvey,
    Match,
    MaterialClass,
    Municipality,
    Organisation,
    Party,
    ProductDecision,
    Project,
    Requirement,
    Run,
    RunStatus,
    Site,
    Unmet,
)
from inventory.tables.organisation import PUBLIC_KINDS

_FIGURES = tuple(name for name in Figures.__dataclass_fields__ if name != "match_id")

# As `inventory.matching.facts` chooses, but those a plan says it used go before all others.
_FACTORS = text(
    """
    SELECT DISTINCT ON (kind, class_id, key)
           id, kind, class_id, key, value, low, high, unit, source, edition, status::text AS status,
           valid_from, valid_to, coalesce(valid_to <= :as_of, false) AS superseded
      FROM factor
     WHERE valid_from <= :as_of AND (class_id IS NULL OR class_id = ANY(:classes))
     ORDER BY kind, class_id, key, (id = ANY(:used)) DESC,
              (valid_to IS NULL OR valid_to > :as_of) DESC, valid_from DESC, id
    """
)

_ASKED = text(
    """
    SELECT count(*) AS lots, min(price) AS least, max(price) AS most,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY price) AS median
      FROM (SELECT l.price_ore / c.step / 100 AS price
              FROM lot l JOIN material_class c ON c.id = l.class_id
             WHERE l.class_id = :class AND l.id <> :lot AND l.price_ore IS NOT NULL
               AND l.status = 'offered') asked
    """
)


def read_project(session: Session, *, project_id: UUID) -> AnyRow | None:
    """Read a project for its savings: id, ref, name, building_type, area_m2, starts, builder, public."""
    query = (
        select(
            Project.id,
            Project.ref,
            Project.name,
            Project.building_type,
            Project.area_m2,
            Project.starts,
            Organisation.name.label("builder"),
            func.coalesce(Organisation.kind.in_(PUBLIC_KINDS), False).label("public"),
        )
        .outerjoin(Organisation, Organisation.id == Project.organisation_id)
        .where(Project.id == project_id)
    )
    return session.execute(query).one_or_none()


def find_plan(session: Session, *, project_id: UUID) -> AnyRow | None:
    """Find the newest plan that looked at a project: id, created_at, params and summary of its run."""
    mine = select(Requirement.id).where(Requirement.project_id == project_id)
    looked = or_(
        exists().where(Match.run_id == Run.id, Match.requirement_id.in_(mine)),
        exists().where(Unmet.run_id == Run.id, Unmet.requirement_id.in_(mine)),
    )
    query = (
        select(Run.id, Run.created_at, Run.params, Run.summary)
        .where(Run.status == RunStatus.DONE, looked)
        .order_by(Run.created_at.desc(), Run.id)
        .limit(1)
    )
    return session.execute(query).one_or_none()


def read_plan_run(session: Session, *, run_id: UUID) -> AnyRow | None:
    """Read a run that has given a plan, as `find_plan` does; None where it has none."""
    query = select(Run.id, Run.created_at, Run.params, Run.summary).where(
        Run.id == run_id, Run.status == RunStatus.DONE
    )
    return session.execute(query).one_or_none()


def read_wanted(session: Session, *, ids: Collection[UUID]) -> dict[UUID, AnyRow]:
    """Read what is known of requirements, by id: class, step and mass, price of new, project, builder."""
    query = (
        select(
            Requirement.id,
            Requirement.ref,
            Requirement.project_id,
            Project.name.label("project_name"),
            Requirement.class_id,
            Requirement.quantity,
            Requirement.new_price_ore,
            Requirement.wanted_from,
            Requirement.supplied_by,
            MaterialClass.code,
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            MaterialClass.step,
            MaterialClass.mass_g_per_step,
            func.coalesce(Organisation.kind.in_(PUBLIC_KINDS), False).label("public"),
        )
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .join(Project, Project.id == Requirement.project_id)
        .outerjoin(Organisation, Organisation.id == Project.organisation_id)
        .where(Requirement.id.in_(list(ids)))
    )
    return {row.id: row for row in session.execute(query)}


def read_lots(session: Session, *, ids: Collection[UUID]) -> dict[UUID, AnyRow]:
    """Read what is known of lots, by id: class, own prices, terms, product decision; the place is coarse."""
    query = (
        select(
            Lot.id,
            Lot.ref,
            Lot.class_id,
            Lot.basis,
            Lot.grade,
            Lot.documentation,
            Lot.screening,
            Lot.product_status,
            Lot.price_ore,
            Lot.preparation_ore,
            Lot.disposal_ore,
            Lot.price_at,
            Lot.dismantled_by,
            LotSurvey.dismantling_ore,
            MaterialClass.code,
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            MaterialClass.step,
            MaterialClass.mass_g_per_step,
            MaterialClass.vehicle,
            Municipality.name.label("municipality_name"),
            ProductDecision.reason.label("decision_reason"),
            ProductDecision.source.label("decision_source"),
            ProductDecision.decided_on,
            func.coalesce(Organisation.kind.in_(PUBLIC_KINDS), False).label("public"),
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .outerjoin(Organisation, Organisation.id == Site.organisation_id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .outerjoin(ProductDecision, ProductDecision.lot_id == Lot.id)
        .where(Lot.id.in_(list(ids)))
    )
    return {row.id: row for row in session.execute(query)}


def dress(
    session: Session, *, figures: Sequence[Figures], wanted: Mapping[UUID, AnyRow] | None = None
) -> tuple[Served, ...]:
    """Put what is known of lot and requirement beside the figures of each quantity.

    Parameters
    ----------
    session, figures
        The figures, in the order to keep.
    wanted
        Requirements, where they are read already.
    """
    lots = read_lots(session, ids={one.lot_id for one in figures})
    known = wanted or read_wanted(session, ids={one.requirement_id for one in figures})
    return tuple(
        Served(figures=one, lot=lots[one.lot_id], wanted=known[one.requirement_id]) for one in figures
    )


def read_figures(
    session: Session, *, run_id: UUID, project_id: UUID, requirement_id: UUID | None = None
) -> list[Figures]:
    """Read the figures of the matches of a project in a plan, those of one requirement where it is named."""
    query = (
        select(Match.id.label("match_id"), *(getattr(Match, name) for name in _FIGURES))
        .join(Requirement, Requirement.id == Match.requirement_id)
        .where(Match.run_id == run_id, Requirement.project_id == project_id)
        .order_by(Requirement.ref, Match.id)
    )
    if requirement_id is not None:
        query = query.where(Match.requirement_id == requirement_id)
    return [Figures(**row) for row in session.execute(query).mappings()]


def read_match(session: Session, *, match_id: int) -> tuple[UUID, UUID, Figures] | None:
    """Read one match: its run, its project and its figures; None where there is no such match."""
    query = (
        select(
            Match.run_id,
            Requirement.project_id,
            Match.id.label("match_id"),
            *(getattr(Match, name) for name in _FIGURES),
        )
        .join(Requirement, Requirement.id == Match.requirement_id)
        .where(Match.id == match_id)
    )
    row = session.execute(query).mappings().one_or_none()
    if row is None:
        return None
    values: dict[str, Any] = dict(row)
    return values.pop("run_id"), values.pop("project_id"), Figures(**values)


def read_bought(session: Session, *, run_id: UUID, project_id: UUID) -> dict[UUID, int]:
    """Read the steps of each requirement of a project that a plan leaves to be bought new."""
    query = (
        select(Unmet.requirement_id, func.sum(Unmet.quantity))
        .join(Requirement, Requirement.id == Unmet.requirement_id)
        .where(Unmet.run_id == run_id, Requirement.project_id == project_id)
        .group_by(Unmet.requirement_id)
    )
    return {requirement: int(steps) for requirement, steps in session.execute(query)}


def read_factors(
    session: Session, *, as_of: date, class_ids: Collection[int], used: Collection[int] = ()
) -> dict[FactorKey, AnyRow]:
    """Read the factors of classes, and those of none, by kind, class and name.

    Parameters
    ----------
    session, class_ids
        Of which classes.
    as_of
        In force on this day, or the newest before where nothing newer is known.
    used
        Ids a plan says it used: they go before.
    """
    rows = session.execute(_FACTORS, {"as_of": as_of, "classes": list(class_ids), "used": list(used)})
    return {(row.kind, row.class_id, row.key): row for row in rows}


def read_asked_prices(session: Session, *, class_id: int, lot_id: UUID) -> AnyRow:
    """Read what is asked for other lots on offer of a class, DKK per unit: lots, least, median, most."""
    return session.execute(_ASKED, {"class": class_id, "lot": lot_id}).one()


def read_plan_accounts(
    session: Session, *, run_id: UUID, count_transfers: bool
) -> list[tuple[AnyRow, Account]]:
    """Read the account of each project of a plan (id, name), those that save most money first.

    Summed by the database: a national plan has a hundred thousand matches. What is bought new is not in it.
    """
    donor, goal = aliased(Organisation, name="donor"), aliased(Organisation, name="goal")
    between = donor.kind.in_(PUBLIC_KINDS) & goal.kind.in_(PUBLIC_KINDS)
    in_price = Lot.dismantled_by.is_not_distinct_from(Party.SELLER)
    beside = case((in_price, Decimal(0)), else_=LotSurvey.dismantling_ore * Match.quantity)
    query = (
        select(
            Project.id,
            Project.name,
            *(func.sum(getattr(Match, name)).label(name) for name in SUMMED),
            func.coalesce(func.sum(Match.price_ore).filter(between), 0).label("transfer_ore"),
            func.coalesce(func.sum(func.floor(beside + Decimal("0.5"))), 0).label("dismantling_ore"),
            func.count().filter(beside.is_(None)).label("dismantling_unknown"),
            func.sum(Match.loads * Match.metres).label("driven_m"),
            func.count().label("matches"),
        )
        .select_from(Match)
        .join(Lot, Lot.id == Match.lot_id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(donor, donor.id == Site.organisation_id)
        .join(Requirement, Requirement.id == Match.requirement_id)
        .join(Project, Project.id == Requirement.project_id)
        .outerjoin(goal, goal.id == Project.organisation_id)
        .where(Match.run_id == run_id)
        .group_by(Project.id, Project.name)
    )
    names = (*SUMMED, "transfer_ore", "dismantling_ore", "dismantling_unknown", "driven_m", "matches")
    accounts = [
        (row, Account(**{name: int(getattr(row, name)) for name in names}, count_transfers=count_transfers))
        for row in session.execute(query)
    ]
    return sorted(accounts, key=lambda one: (-one[1].saved_ore, one[0].name, str(one[0].id)))
