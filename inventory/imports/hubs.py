# SPDX-License-Identifier: EUPL-1.2
"""Importing storage hubs: a row is a site of kind hub, with its room, price and opening."""

from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from inventory.actions.bulk.counts import Progress, ignore_progress
from inventory.actions.imports.events import record_import
from inventory.actions.imports.hubs import write_hubs
from inventory.actions.imports.sites import write_organisation_kinds
from inventory.imports.cells.cells import parse_amount, parse_text, parse_whole
from inventory.imports.cells.number import NumberStyle
from inventory.imports.checked_table import make_date_parser
from inventory.imports.findings import Findings, parse_cells
from inventory.imports.layouts.hubs import HUB_LAYOUT
from inventory.imports.mapping import FileMapping
from inventory.imports.opening import open_file
from inventory.imports.organisations import read_organisation_kinds
from inventory.imports.repeated import refuse_repeated
from inventory.imports.report import ImportReport
from inventory.imports.shared_places import SiteRow, gather_sites
from inventory.queries.imports.keys import map_known_sites
from inventory.tables import SiteKind, stable_id

_LARGEST_M2 = 10_000_000
_DEAREST_DKK = Decimal(100_000)
_ORE_PER_KRONE = 100


def import_hubs(
    session: Session,
    path: Path,
    *,
    dry_run: bool = False,
    sheet: str | None = None,
    mapping: FileMapping | None = None,
    progress: Progress = ignore_progress,
) -> ImportReport:
    """Import a file of storage hubs.

    Parameters
    ----------
    session
        Its transaction takes everything; the caller commits, or rolls back a dry run.
    path
        CSV, XLSX, GeoPackage, GeoJSON or Shapefile with the columns of `HUB_LAYOUT`.
    dry_run
        Only noted in the report: the same work is done, the caller rolls back.
    sheet
        Sheet of a workbook, None for the first that fits.
    mapping
        Which header is which column, and what would else be guessed.
    progress
        Told about steps and rows.

    Returns
    -------
    ImportReport

    Raises
    ------
    FileRefusedError
        If the file as a whole cannot be used, or the database has no reference data.
    """
    opened = open_file(session, path, layout=HUB_LAYOUT, sheet=sheet, mapping=mapping, progress=progress)
    findings, style, table = opened.findings, opened.style, opened.table
    refs = parse_cells(findings, column="ref", parse=parse_text)
    refuse_repeated(findings, keys=refs, column="ref")
    rooms = _read_rooms(findings, style=style)
    places = opened.read_places()
    known = map_known_sites(session, kinds=(SiteKind.HUB,), refs=(ref for ref in refs if ref is not None))
    sites = gather_sites(
        findings,
        refs=refs,
        ids={
            ref: known[ref].id if ref in known else stable_id("site", SiteKind.HUB, ref)
            for ref in refs
            if ref is not None
        },
        known=known,
        names=parse_cells(findings, column="name", parse=parse_text),
        name_column="name",
        places=places,
        geography=opened.geography,
    )
    kinds = read_organisation_kinds(findings, places=places)
    progress("check", len(table), len(table))
    rows: list[tuple[SiteRow, tuple[object, ...]]] = [
        (sites[ref], rooms[index])
        for index, ref in enumerate(refs)
        if ref is not None and index not in findings.refused
    ]
    written = write_hubs(
        session,
        sites=[site.make_row() for site, _ in rows],
        hubs=[(site.id, *room) for site, room in rows],
        progress=progress,
    )
    write_organisation_kinds(session, kinds=kinds)
    record_import(session, kind="hubs", file=table.file, written=written)
    return findings.make_report(kind="hubs", written=written, figures={"hubs": len(rows)}, dry_run=dry_run)


def _read_rooms(findings: Findings, *, style: NumberStyle) -> list[tuple[object, ...]]:
    """Read what each hub offers, in the order of `inventory.actions.imports.hubs.HUB_TYPES` after the id."""
    day = make_date_parser(findings.table)
    opens = parse_cells(findings, column="open_from", parse=day)
    closes = parse_cells(findings, column="open_to", parse=day)
    for index, (first, last) in enumerate(zip(opens, closes, strict=True)):
        _check_opening(findings, index, first=first, last=last)
    areas = parse_cells(
        findings, column="area_m2", parse=partial(parse_whole, style=style, low=0, high=_LARGEST_M2)
    )
    prices = parse_cells(
        findings,
        column="price_dkk_per_m2_day",
        parse=partial(parse_amount, style=style, high=_DEAREST_DKK),
    )
    ore = [None if price is None else (price * _ORE_PER_KRONE).normalize() for price in prices]
    hours = parse_cells(findings, column="opening_hours", parse=parse_text)
    return list(zip(opens, closes, areas, ore, hours, strict=True))


def _check_opening(findings: Findings, index: int, *, first: date | None, last: date | None) -> None:
    """Refuse a hub that closes before it opens; a hub may have one of the two days, or none."""
    if first is not None and last is not None and first >= last:
        findings.add(
            index, code="window_empty", column="open_to", first=first.isoformat(), last=last.isoformat()
        )
