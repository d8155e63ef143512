# SPDX-License-Identifier: EUPL-1.2
"""Regions and municipalities by code or by name."""

from difflib import get_close_matches

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.errors import BadInputError
from inventory.tables.municipality import Municipality
from inventory.tables.region import Region


class UnknownAreaError(BadInputError):
    """There is no region or municipality called "{given}".{hint}"""


def _plain(name: str) -> str:
    return name.strip().casefold().removeprefix("region ").removesuffix(" kommune")


def find_municipalities(session: Session, *, areas: list[str]) -> tuple[str, ...]:
    """Find the municipality codes of some areas.

    Parameters
    ----------
    areas
        Each a region or a municipality, by four-digit code or by name ("Region Sjælland", "Sjælland", "1085",
        "Aarhus", "Aarhus Kommune", "0751"); a name of both means the municipality.

    Returns
    -------
    tuple of str
        Municipality codes, ascending, without doubles; empty where `areas` is.

    Raises
    ------
    UnknownAreaError
        A code or name is not known; near names are suggested.
    """
    municipalities = session.execute(
        select(Municipality.code, Municipality.name, Municipality.region_code)
    ).all()
    regions = session.execute(select(Region.code, Region.name, Region.successor)).all()
    # A region that took over others is made of theirs: municipalities name the region they began in.
    parts = {code: {code, *(r.code for r in regions if r.successor == code)} for code, *_ in regions}
    by_name: dict[str, tuple[str, ...]] = {}
    for code, name, _ in regions:
        by_name[_plain(code)] = by_name[_plain(name)] = tuple(
            m.code for m in municipalities if m.region_code in parts[code]
        )
    for m in municipalities:
        by_name[m.code] = by_name[_plain(m.name)] = (m.code,)
    codes: set[str] = set()
    for area in areas:
        found = by_name.get(_plain(area))
        if found is None:
            near = get_close_matches(_plain(area), by_name, n=3, cutoff=0.7)
            hint = f" Did you mean {' or '.join(name.title() for name in near)}?" if near else ""
            raise UnknownAreaError(given=area, hint=hint)
        codes.update(found)
    return tuple(sorted(codes))
