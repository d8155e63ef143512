# SPDX-License-Identifier: EUPL-1.2
"""A small country to match in, all of hand-chosen numbers."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from geoalchemy2 import WKTElement
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.runs import request_run
from inventory.matching.defaults import choose_params
from inventory.tables import (
    Basis,
    Documentation,
    Firmness,
    Lot,
    MaterialClass,
    Organisation,
    OrganisationKind,
    Project,
    Requirement,
    RoadNode,
    Screening,
    Site,
    SiteKind,
    stable_id,
)

TODAY = date(2026, 12, 1)
# Points in EPSG:25832 near the named towns.
SLAGELSE = (639_000, 6_142_500)
KORSOER = (634_500, 6_133_500)
NYBORG = (611_500, 6_130_500)
ROENNE = (865_500, 6_120_000)


class Country:
    """Adds sites, lots, projects and requirements to a database by short calls."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.builder = Organisation(
            id=stable_id("organisation", "Builder"), name="Builder", kind=OrganisationKind.PUBLIC_BUILDER
        )
        session.add(self.builder)
        session.flush()

    def class_row(self, code: str) -> MaterialClass:
        """Find a class."""
        return self.session.scalars(select(MaterialClass).where(MaterialClass.code == code)).one()

    def site(
        self, name: str, at: tuple[int, int] | None, kind: SiteKind = SiteKind.DONOR, **more: Any
    ) -> Site:
        """Add a site."""
        land, node = self.stand(at)
        site = Site(
            id=stable_id("site", kind, name),
            kind=kind,
            ref=name,
            name=name,
            geom=None if at is None else WKTElement(f"POINT({at[0]} {at[1]})", srid=25832),
            land_mass=land,
            road_node=node,
            **more,
        )
        self.session.add(site)
        self.session.flush()
        return site

    def stand(self, at: tuple[int, int] | None) -> tuple[str | None, str | None]:
        """Say on which land and at which road node a point stands."""
        if at is None:
            return None, None
        point = WKTElement(f"POINT({at[0]} {at[1]})", srid=25832)
        nearest = self.session.scalars(
            select(RoadNode).order_by(RoadNode.geom.op("<->")(point)).limit(1)
        ).one()
        if at == ROENNE:
            return "bornholm", None
        return nearest.land_mass, nearest.id

    def lot(
        self, ref: str, site: Site, *, code: str = "brick_lime_mortar", quantity: int = 1000, **more: Any
    ) -> Lot:
        """Add a surveyed lot."""
        row = self.class_row(code)
        values: dict[str, Any] = {
            "basis": Basis.SURVEYED,
            "available_from": date(2027, 3, 1),
            "available_to": date(2027, 6, 1),
            "firmness": Firmness.PERMIT_GIVEN,
            "documentation": Documentation.BASIC,
            "screening": Screening.CLEAN,
            "price_ore": 100,
            "preparation_ore": 100,
        }
        values |= more
        lot = Lot(
            id=stable_id("lot", ref),
            ref=ref,
            site_id=site.id,
            class_id=row.id,
            unit=row.unit,
            quantity=quantity,
            **values,
        )
        self.session.add(lot)
        self.session.flush()
        return lot

    def project(self, ref: str, at: tuple[int, int], **more: Any) -> Project:
        """Add a project with its site."""
        site = self.site(ref, at, SiteKind.PROJECT, **more)
        project = Project(
            id=stable_id("project", ref), ref=ref, name=ref, organisation_id=self.builder.id, site_id=site.id
        )
        self.session.add(project)
        self.session.flush()
        return project

    def requirement(
        self, ref: str, project: Project, *, code: str = "brick_lime_mortar", quantity: int = 500, **more: Any
    ) -> Requirement:
        """Add a requirement."""
        row = self.class_row(code)
        values: dict[str, Any] = {
            "wanted_from": date(2027, 4, 1),
            "wanted_to": date(2027, 5, 1),
            "new_price_ore": 800,
        }
        values |= more
        wanted = Requirement(
            id=stable_id("requirement", ref),
            project_id=project.id,
            ref=ref,
            class_id=row.id,
            unit=row.unit,
            quantity=quantity,
            **values,
        )
        self.session.add(wanted)
        self.session.flush()
        return wanted


@pytest.fixture(scope="session")
def make_country() -> Callable[[Session], Country]:
    """Begin a country in a session."""
    return Country


@pytest.fixture
def request_here() -> Callable[[Session], UUID]:
    """Ask for a run that nobody else will perform."""

    def request(session: Session, *, queued: bool = False) -> UUID:
        params = choose_params(session, as_of=TODAY)
        return request_run(
            session, params=params.model_dump(mode="json"), at=datetime.now(UTC), queued=queued
        )

    return request
