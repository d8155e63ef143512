# SPDX-License-Identifier: EUPL-1.2
"""Which site each lot of a file is at: an imported building, or a site of the file's own."""

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from inventory.imports.cells import parse_text, parse_uuid
from inventory.imports.findings import Findings, parse_cells
from inventory.imports.places import Geography
from inventory.imports.shared_places import RowPlaces, SiteRow, gather_sites
from inventory.queries.import_keys import KnownSite, map_known_buildings, map_known_sites
from inventory.tables import SiteKind, stable_id

# A lot may lie at a donor building or in a hub; of one reference at both, the donor is meant.
_LOT_KINDS = (SiteKind.DONOR, SiteKind.HUB)


@dataclass(frozen=True, slots=True, kw_only=True)
class LotSites:
    """Site of each row, what the database knows of it, and the sites the file itself describes."""

    site_ids: list[uuid.UUID | None]
    known: list[KnownSite | None]
    sites: tuple[SiteRow, ...]


def find_lot_sites(
    findings: Findings, *, session: Session, places: RowPlaces, geography: Geography
) -> LotSites:
    """Find or make the site of each row.

    Parameters
    ----------
    findings
        Told of rows without a site, unknown buildings, sites without coordinate.
    session
        To look up buildings and sites.
    places
        What the rows say of their places.
    geography
        From `read_geography`.
    """
    table = findings.table
    bbr_ids = parse_cells(findings, column="bbr_id", parse=parse_uuid)
    refs = parse_cells(findings, column="site_ref", parse=parse_text)
    names = parse_cells(findings, column="site_name", parse=parse_text)
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
        elif ref is None and table.cell(index, column="site_ref") is None:
            findings.add(index, code="site_missing", column="site_ref")
    there = map_known_sites(session, kinds=_LOT_KINDS, refs=(ref for ref in site_refs if ref is not None))
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
    return LotSites(site_ids=site_ids, known=known, sites=tuple(sites.values()))


def _check_building(
    findings: Findings, index: int, *, bbr_id: uuid.UUID | None, building: KnownSite | None
) -> None:
    if bbr_id is None:
        return
    if building is None:
        findings.add(index, code="building_unknown", column="bbr_id")
    elif building.standing is False:
        findings.add(index, code="building_not_standing", column="bbr_id")
