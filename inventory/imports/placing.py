# SPDX-License-Identifier: EUPL-1.2
"""How the rows of a file without coordinates can be placed: told once, before each of them is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.imports.cells.cells import parse_text, parse_uuid
from inventory.imports.cells.problem import Cell
from inventory.imports.lots.addresses import read_address_book
from inventory.queries.imports.addresses import are_addresses_loaded
from inventory.queries.imports.keys import (
    map_known_buildings,
    map_known_projects,
    map_known_sites,
    map_sites_by_id,
)
from inventory.tables import ImportKind, SiteKind

PLACE_COLUMNS = ("bbr_id", "site_ref", "project_ref", "address", "postcode")
"""What a row can be placed by where it has no coordinates."""

_COORDINATES = ({"x", "y"}, {"lon", "lat"}, {"point"})
_KINDS: Mapping[str, tuple[SiteKind, ...]] = {
    ImportKind.LOTS: (SiteKind.DONOR, SiteKind.HUB),
    ImportKind.DEMOLITIONS: (SiteKind.DONOR,),
}
_EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What becomes of rows without coordinates.

    `rows` were looked at and `placed` of them have a place by what is known here. `by` are the columns they
    may be placed by, `lost` examples of what is not known, `addresses` says whether any building was loaded
    with an address.
    """

    rows: int
    placed: int
    by: tuple[str, ...]
    lost: tuple[str, ...]
    addresses: bool


def has_coordinates(columns: Collection[str]) -> bool:
    """Say whether a file with these of our columns tells where its rows are by coordinates."""
    return any(pair <= set(columns) for pair in _COORDINATES)


def look_at_placing(
    session: Session, *, kind: str, columns: Sequence[str], cells: Mapping[str, Sequence[Cell]], rows: int
) -> Placing | None:
    """Look at how the rows of a file can be placed.

    Parameters
    ----------
    session
        To look up buildings, sites and projects.
    kind
        What the rows are.
    columns
        Our columns that the file has.
    cells
        Of `PLACE_COLUMNS`, the cells of each that the file has, row by row.
    rows
        How many rows there are.

    Returns
    -------
    Placing or None
        None where the file has coordinates, or its rows need no place.
    """
    if rows == 0 or has_coordinates(columns):
        return None
    texts = {
        name: [parse_text(cell).value for cell in cells.get(name, [None] * rows)] for name in PLACE_COLUMNS
    }
    if kind in _KINDS:
        placed = _place_at_sites(session, texts, kinds=_KINDS[kind], rows=rows)
    elif kind == ImportKind.REQUIREMENTS:
        refs = [ref for ref in texts["project_ref"] if ref is not None]
        there = map_known_projects(session, refs=refs)
        placed = [ref is not None and ref in there and there[ref].site.placed for ref in texts["project_ref"]]
    else:
        return None
    lost = [
        next((texts[name][at] for name in ("address", *PLACE_COLUMNS) if texts[name][at]), None)
        for at in range(rows)
        if not placed[at]
    ]
    return Placing(
        rows=rows,
        placed=sum(placed),
        by=tuple(name for name in PLACE_COLUMNS if name in cells),
        lost=tuple(dict.fromkeys(one for one in lost if one is not None))[:_EXAMPLES],
        addresses=are_addresses_loaded(session),
    )


def _place_at_sites(
    session: Session, texts: Mapping[str, Sequence[str | None]], *, kinds: Sequence[SiteKind], rows: int
) -> list[bool]:
    ids = [parse_uuid(text).value for text in texts["bbr_id"]]
    buildings = map_known_buildings(session, bbr_ids=(one for one in ids if one is not None))
    refs = [ref for ref in texts["site_ref"] if ref is not None]
    sites = map_known_sites(session, kinds=kinds, refs=refs)
    own = map_sites_by_id(
        session, kinds=kinds, ids=(one for ref in refs if (one := parse_uuid(ref).value) is not None)
    )
    book = read_address_book(session, addresses=texts["address"])
    placed = []
    for at in range(rows):
        ref, address, bbr_id = texts["site_ref"][at], texts["address"][at], ids[at]
        site = None if ref is None else sites.get(ref) or own.get(parse_uuid(ref).value or UUID(int=0))
        found = [] if address is None else book.look_up(address, postcode=texts["postcode"][at])
        placed.append(
            bbr_id in buildings if texts["bbr_id"][at] is not None else site is not None or len(found) == 1
        )
    return placed
