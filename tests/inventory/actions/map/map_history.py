# SPDX-License-Identifier: EUPL-1.2
"""What people, registers and imports do to sites, lots and requirements, at random."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from inventory.tables import (
    Basis,
    Building,
    Firmness,
    Lot,
    LotStatus,
    Requirement,
    RequirementStatus,
    Screening,
    Site,
)
from tests.inventory.conftest import KORSOER, NYBORG, ROENNE, SLAGELSE, Country

CODES = ("brick_lime_mortar", "brick_cement_mortar", "door_inner", "roof_tile_clay")
ESTIMATE = {
    "basis": Basis.ESTIMATED,
    "quantity_low": 40,
    "quantity_high": 90,
    "quantity": 60,
    "rule": "r",
    "rule_source": "s",
}


class History:
    """Does at random what people, registers and imports do."""

    def __init__(self, session: Session, country: Country, *, seed: int) -> None:
        self.session, self.country, self.draw = session, country, Random(seed)
        self.sites = [
            country.site("a", SLAGELSE, firmness=Firmness.POSSIBLE),
            country.site("b", KORSOER, firmness=Firmness.STARTED),
            country.site("nowhere", None, firmness=Firmness.STARTED),
        ]
        self.project = country.project("p", NYBORG)
        self.made = 0

    def act(self) -> str:
        """Do one thing; return what."""
        acts: list[Callable[[], None]] = [
            self.add_lot,
            self.add_lot,
            self.add_estimate,
            self.change_lot,
            self.withdraw,
            self.remove_lot,
            self.move_lot,
            self.move_site,
            self.change_site,
            self.register,
            self.want,
            self.close,
        ]
        act = self.draw.choice(acts)
        act()
        self.session.flush()
        return act.__name__

    def add_lot(self) -> None:
        """A lot is surveyed."""
        self.made += 1
        start = date(2027, self.draw.randint(1, 12), self.draw.randint(1, 28))
        self.country.lot(
            f"{self.made}",
            self.draw.choice(self.sites),
            code=self.draw.choice(CODES),
            screening=self.draw.choice(list(Screening)),
            available_from=start,
            available_to=date(2028, self.draw.randint(1, 12), 1),
        )

    def add_estimate(self) -> None:
        """A lot is estimated."""
        self.made += 1
        self.country.lot(
            f"{self.made}", self.draw.choice(self.sites), code=self.draw.choice(CODES), **ESTIMATE
        )

    def some(self, table: Any) -> Any:
        """Choose a row of a table."""
        ids = sorted(self.session.scalars(select(table.id)))
        return self.draw.choice(ids) if ids else None

    def change_lot(self) -> None:
        """A lot gets a firmness of its own."""
        values = {"firmness": self.draw.choice(list(Firmness)), "decide_by": date(2027, 1, 2)}
        self.session.execute(update(Lot).where(Lot.id == self.some(Lot)).values(values))

    def withdraw(self) -> None:
        """A lot on offer is withdrawn."""
        lot = Lot.id == self.some(Lot)
        self.session.execute(
            update(Lot).where(lot, Lot.status == LotStatus.OFFERED).values(status=LotStatus.WITHDRAWN)
        )

    def remove_lot(self) -> None:
        """A lot is deleted."""
        self.session.execute(delete(Lot).where(Lot.id == self.some(Lot)))

    def move_lot(self) -> None:
        """A lot goes to another site."""
        site = self.draw.choice(self.sites)
        self.session.execute(update(Lot).where(Lot.id == self.some(Lot)).values(site_id=site.id))

    def move_site(self) -> None:
        """A site gets another place, or none."""
        x, y = self.draw.choice([SLAGELSE, KORSOER, NYBORG, ROENNE])
        point = None if self.draw.random() < 0.2 else f"SRID=25832;POINT({x} {y})"
        self.session.execute(
            update(Site).where(Site.id == self.draw.choice(self.sites).id).values(geom=point)
        )

    def change_site(self) -> None:
        """A site's demolition becomes more or less sure."""
        firmness = self.draw.choice(list(Firmness))
        self.session.execute(
            update(Site).where(Site.id == self.draw.choice(self.sites).id).values(firmness=firmness)
        )

    def register(self) -> None:
        """A building is registered anew, or no longer."""
        site = self.draw.choice(self.sites)
        self.session.execute(delete(Building).where(Building.site_id == site.id))
        if self.draw.random() < 0.7:
            values = {
                "site_id": site.id,
                "bbr_id": site.id,
                "status_code": 6,
                "standing": self.draw.random() < 0.7,
                "outbuilding": self.draw.random() < 0.3,
                "use_code": self.draw.choice([120, 321, None]),
                "source": "s",
            }
            self.session.execute(Building.__table__.insert().values(values))

    def want(self) -> None:
        """A project wants something."""
        self.made += 1
        self.country.requirement(f"R{self.made}", self.project, code=self.draw.choice(CODES))

    def close(self) -> None:
        """A requirement is withdrawn."""
        self.session.execute(
            update(Requirement)
            .where(Requirement.id == self.some(Requirement))
            .values(status=RequirementStatus.WITHDRAWN)
        )
