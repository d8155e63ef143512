# SPDX-License-Identifier: EUPL-1.2
"""Buildings no register told of, begun by whoever surveys them; a name or place put right, with history."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from geoalchemy2.shape import to_shape
from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.changes import Changes, record_changes
from inventory.actions.organisations import find_or_add_organisation
from inventory.actions.place_site import place_site
from inventory.actions.surveys.told_building import ToldBuilding, tell_building
from inventory.errors import BadInputError
from inventory.tables import OrganisationKind, Site, SiteKind

_NOTHING_TOLD = ToldBuilding()
BEGUN, CORRECTED = "building_begun", "building_corrected"
# The same form sent twice at once is one building.
_FORM_LOCK = text("SELECT pg_advisory_xact_lock(hashtext(:form))")
_PREFIX = "HAND-"


class BuildingUnknownError(BadInputError):
    """There is no building {site_id} to survey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a building stands: metres in EPSG:25832, and what lies about the point."""

    x: float
    y: float
    land_mass: str | None
    road_node: str | None
    municipality_code: str | None
    town: str | None


def begin_building(
    session: Session,
    *,
    site_id: UUID,
    name: str,
    place: Place,
    postcode: str | None = None,
    firm: str | None = None,
    told: ToldBuilding = _NOTHING_TOLD,
    by: str | None = None,
) -> bool:
    """Begin a building that is not in the register's extract, so that it can be surveyed.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    site_id
        Chosen with the form: sent twice, it is one building.
    name
        As the public may read it.
    place, postcode
        Where it stands.
    firm
        Name of the organisation that looks after it; one not known yet is added as a demolition firm.
    told
        Use, year, storeys and so on, where they are known.
    by
        Who, for the history.

    Returns
    -------
    bool
        Whether it was begun now; False where this form has begun it already.

    Raises
    ------
    inventory.actions.surveys.told_building.UseNotToldError
        Something else is told of it than its use.
    """
    session.execute(_FORM_LOCK, {"form": str(site_id)})
    if session.get(Site, site_id) is not None:
        return False
    site = Site(id=site_id, kind=SiteKind.DONOR, ref=f"{_PREFIX}{site_id}", name=name, postcode=postcode)
    _put(site, place)
    if firm:
        site.organisation_id = find_or_add_organisation(session, firm, kind=OrganisationKind.DEMOLITION_FIRM)
    session.add(site)
    session.flush()
    changes: Changes = {"name": [None, name], "place": [None, _tell(place.x, place.y)]}
    changes |= tell_building(session, site_id=site_id, told=told)
    return record_changes(session, BEGUN, subject="site", subject_id=site_id, changes=changes, by=by)


def correct_building(
    session: Session,
    *,
    site_id: UUID,
    name: str | None = None,
    place: Place | None = None,
    told: ToldBuilding = _NOTHING_TOLD,
    by: str | None = None,
    why: str | None = None,
) -> bool:
    """Put right the name, the place or what else is told of a building.

    The next import of the register says its own again.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    site_id
        The building.
    name, place, told
        What it is to be; None leaves it as it is.
    by, why
        Who and for what reason, for the history.

    Returns
    -------
    bool
        Whether anything changed.

    Raises
    ------
    BuildingUnknownError
        There is none.
    inventory.actions.surveys.told_building.UseNotToldError
        Something is told of a building whose use is not known.
    """
    site = session.get(Site, site_id, with_for_update=True, populate_existing=True)
    if site is None or site.kind is not SiteKind.DONOR:
        raise BuildingUnknownError(site_id=site_id)
    changes: Changes = {}
    if name and name != site.name:
        changes["name"] = [site.name, name]
        site.name = name
    if place is not None:
        before, after = _tell_point(site), _tell(place.x, place.y)
        if before != after:
            changes["place"] = [before, after]
            _put(site, place)
    changes |= tell_building(session, site_id=site_id, told=told)
    session.flush()
    return record_changes(
        session, CORRECTED, subject="site", subject_id=site_id, changes=changes, by=by, why=why
    )


def _put(site: Site, place: Place) -> None:
    for name in ("land_mass", "road_node", "municipality_code", "town"):
        setattr(site, name, getattr(place, name))
    place_site(site, x=round(place.x, 2), y=round(place.y, 2))


def _tell(x: float, y: float) -> list[float]:
    return [round(x, 2), round(y, 2)]


def _tell_point(site: Site) -> Any:
    if site.geom is None:
        return None
    point = to_shape(site.geom)
    return _tell(point.x, point.y)
