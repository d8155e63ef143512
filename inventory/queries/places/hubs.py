# SPDX-License-Identifier: EUPL-1.2
"""Storage hubs: what each offers, and what the newest plan lets wait there, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow, AnySelect
from inventory.queries.runs import newest_plan
from inventory.tables import (
    Factor,
    Hub,
    Lot,
    LotStatus,
    Match,
    MatchStatus,
    MaterialClass,
    Municipality,
    Organisation,
    Project,
    Requirement,
    Run,
    Site,
)

CM2_PER_M2 = 10_000
_CM_PER_M = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class HubMonth:
    """A calendar month of a hub: `first` its first day, and the floor planned to be taken in it, m2."""

    first: date
    planned_m2: float


def list_hubs(session: Session) -> Sequence[AnyRow]:
    """List the hubs by name.

    Returns
    -------
    Sequence of rows
        The columns of `read_hub`, with `lots` (offered lots that lie there) and `waiting` (matches of the
        newest plan that wait there, stale ones left out).
    """
    lots = (
        select(func.count())
        .where(Lot.site_id == Hub.site_id, Lot.status == LotStatus.OFFERED)
        .correlate(Hub)
        .scalar_subquery()
    )
    waiting = (
        select(func.count())
        .where(
            Match.hub_id == Hub.site_id,
            Match.run_id == newest_plan(),
            Match.status == MatchStatus.PROPOSED,
        )
        .correlate(Hub)
        .scalar_subquery()
    )
    query = _hubs().add_columns(lots.label("lots"), waiting.label("waiting")).order_by(Site.name, Site.id)
    return session.execute(query).all()


def read_hub(session: Session, *, hub_id: UUID) -> AnyRow | None:
    """Read one hub, or None where there is no such hub.

    Columns ``id, ref, name, town, postcode, municipality_name, organisation_name, lon, lat,
    easting, northing (EPSG:25832), area_m2, price_ore_per_m2_day, price_ore_per_step_day, open_from, open_to,
    opening_hours``.
    """
    return session.execute(_hubs().where(Hub.site_id == hub_id)).one_or_none()


def read_hub_factor(session: Session, *, today: date) -> AnyRow | None:
    """Read the price of a hub that names none: ``value`` in DKK per m2 and day, ``source, status``."""
    query = select(Factor.value, Factor.source, Factor.status).where(
        Factor.kind == "hub_price", Factor.valid_from <= today
    )
    return session.execute(query.order_by(Factor.valid_from.desc()).limit(1)).one_or_none()


def read_hub_matches(session: Session, *, hub_id: UUID, today: date) -> Sequence[AnyRow]:
    """Read what the newest plan lets wait at a hub, in the order it comes in.

    Returns
    -------
    Sequence of rows
        Columns ``run_id, run_at, lot_id, requirement_id, name_da, name_en, unit, amount`` (in the class's
        unit), ``pick_up, deliver, project_name, municipality_name`` (where it comes from) and ``area_cm2``,
        the floor it takes: each step stacked as high as the factor `storage_height` says, rounded up, as the
        runs count it; empty without that factor. Matches that have gone stale are left out.
    """
    height = session.execute(
        select(Factor.value)
        .where(Factor.kind == "storage_height", Factor.valid_from <= today)
        .order_by(Factor.valid_from.desc())
        .limit(1)
    ).scalar_one_or_none()
    # a cm3 is a ml
    step = func.ceil(MaterialClass.volume_ml_per_step / (height * _CM_PER_M)) if height is not None else None
    query = (
        select(
            Match.run_id,
            Run.created_at.label("run_at"),
            Match.lot_id,
            Match.requirement_id,
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            (Match.quantity * MaterialClass.step).label("amount"),
            Match.pick_up,
            Match.deliver,
            Project.name.label("project_name"),
            Municipality.name.label("municipality_name"),
            (Match.quantity * step).label("area_cm2"),
        )
        .join(Run, Run.id == Match.run_id)
        .join(Lot, Lot.id == Match.lot_id)
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .join(MaterialClass, MaterialClass.id == Match.class_id)
        .join(Requirement, Requirement.id == Match.requirement_id)
        .join(Project, Project.id == Requirement.project_id)
        .where(
            Match.hub_id == hub_id,
            Match.run_id == newest_plan(),
            Match.status == MatchStatus.PROPOSED,
        )
        .order_by(Match.pick_up, Match.id)
    )
    return session.execute(query).all()


def read_stores(session: Session, *, run_id: UUID) -> Sequence[AnyRow]:
    """Read where the matches of a plan wait, a row for each store, those that hold most matches first.

    Returns
    -------
    Sequence of rows
        Columns ``storage`` (a `MatchStorage`), ``hub_id, hub_name`` (empty but for a hub), ``matches,
        mass_g, days`` (the longest any of them waits) and ``storage_ore``.
    """
    hub = aliased(Site, name="hub")
    query = (
        select(
            Match.storage,
            Match.hub_id,
            hub.name.label("hub_name"),
            func.count().label("matches"),
            func.sum(Match.quantity * MaterialClass.mass_g_per_step).label("mass_g"),
            func.max(Match.storage_days).label("days"),
            func.sum(Match.storage_ore).label("storage_ore"),
        )
        .join(MaterialClass, MaterialClass.id == Match.class_id)
        .outerjoin(hub, hub.id == Match.hub_id)
        .where(Match.run_id == run_id)
        .group_by(Match.storage, Match.hub_id, hub.name)
        .order_by(func.count().desc(), Match.storage, hub.name)
    )
    return session.execute(query).all()


def fill_months(rows: Sequence[AnyRow]) -> list[HubMonth]:
    """Add up the floor of what waits, by calendar month, from the first month to the last.

    What waits takes its floor in every month in which it waits a night, as in the runs
    (docs/reference/problem-and-plan.md).

    Parameters
    ----------
    rows
        From `read_hub_matches`; rows without floor count nothing.
    """
    taken: dict[int, int] = {}
    for row in rows:
        first, last = _number(row.pick_up), _number(date.fromordinal(row.deliver.toordinal() - 1))
        for month in range(first, last + 1):
            taken[month] = taken.get(month, 0) + int(row.area_cm2 or 0)
    months = range(min(taken), max(taken) + 1) if taken else range(0)
    return [
        HubMonth(first=date(month // 12, month % 12 + 1, 1), planned_m2=taken.get(month, 0) / CM2_PER_M2)
        for month in months
    ]


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _hubs() -> AnySelect:
    lonlat = func.ST_Transform(Site.geom, 4326)
    return (
        select(
            Site.id,
            Site.ref,
            Site.name,
            Site.town,
            Site.postcode,
            Municipality.name.label("municipality_name"),
            Organisation.name.label("organisation_name"),
            func.ST_X(lonlat).label("lon"),
            func.ST_Y(lonlat).label("lat"),
            func.ST_X(Site.geom).label("easting"),
            func.ST_Y(Site.geom).label("northing"),
            Hub.area_m2,
            Hub.price_ore_per_m2_day,
            Hub.price_ore_per_step_day,
            Hub.open_from,
            Hub.open_to,
            Hub.opening_hours,
        )
        .join(Site, Site.id == Hub.site_id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .outerjoin(Organisation, Organisation.id == Site.organisation_id)
    )
