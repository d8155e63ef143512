# SPDX-License-Identifier: EUPL-1.2
"""What whoever surveys a building tells of it where no register does: use, year, storeys, area, materials."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.actions.changes import Changes, set_columns
from inventory.errors import BadInputError
from inventory.tables import Building

TOLD_BY_HAND = "told_by_hand"
"""The source of a building that is in no register."""

_STANDING = 6  # BBR Livscyklus: erected
_OUTBUILDINGS = range(900, 1000)


class UseNotToldError(BadInputError):
    """The use of the building must be told with the rest: what it holds depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBuilding:
    """What is told of a building, with the register's codes; None says nothing.

    `floors` counts storeys, `total_area_m2` is the floor area of all of them.
    """

    use_code: int | None = None
    year_built: int | None = None
    floors: int | None = None
    total_area_m2: Decimal | None = None
    wall_code: int | None = None
    roof_code: int | None = None


def tell_building(session: Session, *, site_id: UUID, told: ToldBuilding) -> Changes:
    """Write down what is told of a building; what is not told stays, and nothing told changes nothing.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here, and no event is written.
    site_id
        The donor site, which is locked.
    told
        What is told.

    Returns
    -------
    dict
        Column to before and after, of what changed.

    Raises
    ------
    UseNotToldError
        Something is told of a building whose use is not known.
    """
    values = {name: value for name, value in asdict(told).items() if value is not None}
    if not values:
        return {}
    building = session.get(Building, site_id, with_for_update=True, populate_existing=True)
    if (told.use_code or (building is not None and building.use_code)) is None:
        raise UseNotToldError
    if building is None:
        # an empty row first, so that what is told of it is a change like any other
        building = Building(
            site_id=site_id, status_code=_STANDING, standing=True, outbuilding=False, source=TOLD_BY_HAND
        )
        session.add(building)
    if told.use_code is not None:
        building.outbuilding = told.use_code in _OUTBUILDINGS
    return set_columns(session, building, values)
