# SPDX-License-Identifier: EUPL-1.2
"""Whether a database holds the demo data, and whether anything else."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from inventory.tables.building import Building
from inventory.tables.hub import Hub
from inventory.tables.lot import Basis, Lot
from inventory.tables.organisation import Organisation
from inventory.tables.project import Project
from inventory.tables.requirement import Requirement
from inventory.tables.site import Site

DEMO_MARK = "(demo)"
"""The demo's organisations end so, lest anybody take their offers for real ones."""


def holds_demo_rows(session: Session) -> bool:
    """Tell whether a database holds demo data, whatever else there is."""
    return bool(session.scalar(select(exists().where(Organisation.name.endswith(DEMO_MARK)))))


def count_foreign_rows(
    session: Session,
    *,
    buildings: Collection[str],
    hubs: Collection[str],
    lots: Collection[str],
    projects: Collection[str],
    requirements: Collection[str],
) -> dict[str, int]:
    """Count the rows that are not of the demo data.

    Parameters
    ----------
    session
        The database.
    buildings, hubs, lots, projects, requirements
        What the demo data holds: register ids of buildings, refs of the others.

    Returns
    -------
    dict
        Rows of other origin by table; empty where there are none.
    """

    def count(column: InstrumentedAttribute[str], known: Collection[str], *also: ColumnElement[bool]) -> int:
        return session.execute(select(func.count()).where(column.notin_(list(known)), *also)).scalar_one()

    counts = {
        "building": session.execute(
            select(func.count()).select_from(Building).where(Building.bbr_id.notin_(list(buildings)))
        ).scalar_one(),
        "hub": session.execute(
            select(func.count())
            .select_from(Hub)
            .join(Site, Site.id == Hub.site_id)
            .where(Site.ref.notin_(list(hubs)))
        ).scalar_one(),
        "lot": count(Lot.ref, lots, Lot.basis == Basis.SURVEYED),
        "project": count(Project.ref, projects),
        "requirement": count(Requirement.ref, requirements),
    }
    return {table: rows for table, rows in counts.items() if rows}
