# SPDX-License-Identifier: EUPL-1.2
"""Which site each lot of a file is at: a building by id or address, or a site of the file's own."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy.orm import Session

from inventory.imports.cells.cells import parse_text, parse_uuid
from inventory.imports.cells.places import Geography
from inventory.imports.findings import Findings, parse_cells
from inventory.imports.lots.addresses import AddressBook, read_address_book
from inventory.imports.shared_places import RowPlaces, SiteRow, gather_sites, take_first
from inventory.queries.imports.keys import (
    KnownSite,
    map_known_buildings,
    map_known_sites,
    map_sites_by_id,
)
from inventory.tables import SiteKind, stable_id

# A lot may lie at a donor building or in a hub; of one reference at both, the donor is meant.
_LOT_KINDS = (SiteKind.DONOR, SiteKind.HUB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """The organisation that the rows of a site which is here already name, and those rows."""

    name: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotSites:
    """Site of each row, what the database knows of it, and the sites the file itself describes.

    `keepers` are the organisations the file names for sites that it does not describe: imported buildings,
    and sites named by our own id.
    """

    site_ids: list[uuid.UUID | None]
    known: list[KnownSite | None]
    sites: tuple[SiteRow, ...]
    keepers: Mapping[uuid.UUID, Keeper] = field(default_factory=dict)


def find_lot_sites(
    findings: Findings,
    *,
    session: Session,
    places: RowPlaces,
    geography: Geography,
    kinds: Sequence[SiteKind] = _LOT_KINDS,
) -> LotSites:
    """Find or make the site of each row.

    Parameters
    ----------
    findings
        Told of rows without a site, unknown buildings and addresses, sites without coordinate.
    session
        To look up buildings and sites.
    places
        What the rows say of their places.
    geography
        From `read_geography`.
    kinds
        What sites may be meant; of one reference at two kinds, the first.
    """
    table = findings.table
    bbr_ids = parse_cells(findings, column="bbr_id", parse=parse_uuid)
    refs = parse_cells(findings, column="site_ref", parse=parse_text)
    names = parse_cells(findings, column="site_name", parse=parse_text)
    addresses = parse_cells(findings, column="address", parse=parse_text)
    postcodes = parse_cells(findings, column="postcode", parse=parse_text)
    buildings = map_known_buildings(session, bbr_ids=(bbr_id for bbr_id in bbr_ids if bbr_id is not None))
    site_refs: list[str | None] = []
    known: list[KnownSite | None] = [None] * len(table)
    for index, (bbr_id, ref) in enumerate(zip(bbr_ids, refs, strict=True)):
        by_building = table.cell(index, column="bbr_id") is not None
        site_refs.append(None if by_building else ref)
        if by_building:
            _check_building(
                findings, index, bbr_id=bbr_id, building=buildings.get(bbr_id) if bbr_id else None
            )
            known[index] = buildings.get(bbr_id) if bbr_id else None
            if ref is not None and ref != str(bbr_id):
                findings.add(index, code="site_cells_not_used", column="site_ref")
        elif ref is None and addresses[index] is None and table.cell(index, column="site_ref") is None:
            findings.add(index, code="site_missing", column="site_ref")
    there = map_known_sites(session, kinds=kinds, refs=(ref for ref in site_refs if ref is not None))
    named = {ref: parse_uuid(ref).value for ref in site_refs if ref is not None and ref not in there}
    by_id = map_sites_by_id(session, kinds=kinds, ids=(one for one in named.values() if one is not None))
    for index, ref in enumerate(site_refs):
        own = None if ref is None else named.get(ref)
        if own is not None and own in by_id:
            site_refs[index], known[index] = None, by_id[own]
    placed = {ref for ref, row in zip(site_refs, places.xy, strict=True) if ref and np.isfinite(row[0])}
    located = {*there, *placed}
    nameless = [
        index
        for index, ref in enumerate(site_refs)
        if addresses[index] is not None and known[index] is None and (ref is None or ref not in located)
    ]
    book = read_address_book(session, addresses=[addresses[index] for index in nameless])
    for index in nameless:
        if table.cell(index, column="bbr_id") is None:
            known[index] = _find_addressed(
                findings, index, book=book, address=str(addresses[index]), postcode=postcodes[index]
            )
            site_refs[index] = None
    ids = {
        ref: there[ref].id if ref in there else stable_id("site", SiteKind.DONOR, ref)
        for ref in site_refs
        if ref is not None
    }
    for index, ref in enumerate(site_refs):
        if ref is not None:
            known[index] = there.get(ref)
    sites = gather_sites(
        findings,
        refs=site_refs,
        ids=ids,
        known=there,
        names=names,
        name_column="site_name",
        places=places,
        geography=geography,
    )
    site_ids: list[uuid.UUID | None] = []
    for index, ref in enumerate(site_refs):
        here = known[index]
        site_ids.append(ids[ref] if ref is not None else None if here is None else here.id)
    keepers = _find_keepers(findings, refs=site_refs, known=known, names=places.organisation)
    return LotSites(site_ids=site_ids, known=known, sites=tuple(sites.values()), keepers=keepers)


def _find_keepers(
    findings: Findings,
    *,
    refs: Sequence[str | None],
    known: Sequence[KnownSite | None],
    names: Sequence[str | None],
) -> dict[uuid.UUID, Keeper]:
    rows_of: dict[uuid.UUID, list[int]] = {}
    for index, (ref, site) in enumerate(zip(refs, known, strict=True)):
        if ref is None and site is not None and names[index] is not None:
            rows_of.setdefault(site.id, []).append(index)
    keepers: dict[uuid.UUID, Keeper] = {}
    for site_id, rows in rows_of.items():
        name = take_first(findings, rows, values=names, column="organisation")
        if name is not None:
            keepers[site_id] = Keeper(name=name, rows=tuple(rows))
    return keepers


def refuse_other_keepers(findings: Findings, *, sites: LotSites) -> None:
    """Tell of each row that names another organisation than the one its site is with already."""
    for keeper in sites.keepers.values():
        for index in keeper.rows:
            site = sites.known[index]
            if site is not None and site.organisation not in (None, keeper.name):
                findings.add(index, code="organisation_kept", column="organisation", kept=site.organisation)


def _find_addressed(
    findings: Findings, index: int, *, book: AddressBook, address: str, postcode: str | None
) -> KnownSite | None:
    found = book.look_up(address, postcode=postcode)
    if len(found) == 1:
        if found[0].standing is False:
            findings.add(index, code="building_not_standing", column="address")
        return found[0]
    code = "address_of_many" if found else "address_unknown"
    findings.add(index, code=code, column="address", **({"count": len(found)} if found else {}))
    return None


def _check_building(
    findings: Findings, index: int, *, bbr_id: uuid.UUID | None, building: KnownSite | None
) -> None:
    if bbr_id is None:
        return
    if building is None:
        findings.add(index, code="building_unknown", column="bbr_id")
    elif building.standing is False:
        findings.add(index, code="building_not_standing", column="bbr_id")
