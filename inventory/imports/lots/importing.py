# SPDX-License-Identifier: EUPL-1.2
"""Importing surveyed lots."""

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from inventory.actions.bulk.counts import Progress, ignore_progress
from inventory.actions.imports.events import record_import
from inventory.actions.imports.lots import LOT_TYPES, write_lots
from inventory.actions.imports.sites import write_keepers, write_organisation_kinds, write_sites
from inventory.imports.cells.cells import parse_note, parse_text
from inventory.imports.cells.number import NumberStyle
from inventory.imports.cells.words import parse_word
from inventory.imports.checked_table import make_date_parser
from inventory.imports.findings import Findings, parse_cells
from inventory.imports.layouts.lots import LOT_LAYOUT
from inventory.imports.layouts.shared import ATTRIBUTES
from inventory.imports.lots.kept_judgements import report_kept_judgements
from inventory.imports.lots.moves import count_before_moves
from inventory.imports.lots.rules import read_lot_rules
from inventory.imports.lots.sites import LotSites, find_lot_sites, refuse_other_keepers
from inventory.imports.lots.terms import read_lot_terms
from inventory.imports.mapping import FileMapping
from inventory.imports.opening import open_file
from inventory.imports.organisations import read_organisation_kinds
from inventory.imports.repeated import refuse_repeated
from inventory.imports.report import ImportReport
from inventory.imports.shared_rows import make_attribute_parser, read_prices, read_quantities
from inventory.imports.shared_windows import check_window
from inventory.queries.imports.keys import KnownClass, map_code_list, map_known_lots
from inventory.tables import Basis, Documentation, Firmness, Screening, SiteKind, stable_id

FIBRE_CEMENT = "fibre_cement_sheet"
# at.dk: what was built before 1987 may hold asbestos
LAST_ASBESTOS_YEAR = 1986


def import_lots(
    session: Session,
    path: Path,
    *,
    dry_run: bool = False,
    sheet: str | None = None,
    mapping: FileMapping | None = None,
    progress: Progress = ignore_progress,
) -> ImportReport:
    """Import a file of surveyed lots.

    Parameters
    ----------
    session
        Its transaction takes everything; the caller commits, or rolls back a dry run.
    path
        CSV, XLSX, GeoPackage, GeoJSON or Shapefile with the columns of `LOT_LAYOUT`.
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
    opened = open_file(session, path, layout=LOT_LAYOUT, sheet=sheet, mapping=mapping, progress=progress)
    findings, style, table = opened.findings, opened.style, opened.table
    classes, steps = read_quantities(findings, classes=opened.classes, style=style)
    columns: dict[str, Sequence[object]] = {
        "ref": parse_cells(findings, column="ref", parse=parse_text),
        "class_id": [None if known is None else known.id for known in classes],
        "unit": [None if known is None else known.unit for known in classes],
        "quantity": steps,
        "price_ore": read_prices(findings, column="price_dkk", classes=classes, style=style),
        "preparation_ore": read_prices(findings, column="preparation_dkk", classes=classes, style=style),
        "decide_by": parse_cells(findings, column="decide_by", parse=make_date_parser(table)),
        "note": parse_cells(findings, column="note", parse=parse_note),
    }
    columns |= _read_attributes(findings, classes=classes, style=style, session=session)
    columns |= read_lot_rules(findings, classes=classes, quantities=steps, style=style)
    columns |= _read_states(findings)
    columns |= _suspect_asbestos(findings, columns=columns, classes=classes)
    places = opened.read_places()
    progress("check", len(table) // 2, len(table))
    sites = find_lot_sites(findings, session=session, places=places, geography=opened.geography)
    refuse_other_keepers(findings, sites=sites)
    columns["site_id"] = sites.site_ids
    columns |= _read_windows(findings, sites=sites)
    there = _find_known(session, sites=sites)
    columns["id"] = _make_ids(findings, sites=sites, refs=columns["ref"], there=there)
    columns["quantity"] = count_before_moves(
        findings,
        session=session,
        classes=classes,
        quantities=steps,
        ids=columns["id"],
        there=set(there.values()),
        style=style,
    )
    terms = read_lot_terms(findings, session=session, columns=columns, style=style)
    report_kept_judgements(session, findings=findings, columns=columns)
    kinds = read_organisation_kinds(findings, places=places)
    progress("check", len(table), len(table))
    _write_lot_sites(session, findings=findings, sites=sites)
    write_organisation_kinds(session, kinds=kinds)
    rows = [
        row
        for index, row in enumerate(zip(*(columns[name] for name in LOT_TYPES), strict=True))
        if index not in findings.refused
    ]
    told = [row for index, row in sorted(terms.items()) if index not in findings.refused]
    written = write_lots(session, rows=rows, terms=told, progress=progress)
    record_import(session, kind="lots", file=table.file, written=written)
    figures = {"sites": len({row[1] for row in rows}), "steps": sum(int(str(row[5])) for row in rows)}
    return findings.make_report(kind="lots", written=written, figures=figures, dry_run=dry_run)


def _read_attributes(
    findings: Findings, *, classes: Sequence[KnownClass | None], style: NumberStyle, session: Session
) -> dict[str, Sequence[object]]:
    colours = map_code_list(session, name="colour")
    columns: dict[str, Sequence[object]] = {}
    for attribute in ATTRIBUTES:
        parse = make_attribute_parser(attribute, style=style, colours=colours)
        values = parse_cells(findings, column=attribute, parse=parse)
        columns[attribute] = values
        for index, (value, of_class) in enumerate(zip(values, classes, strict=True)):
            if value is not None and of_class is not None and attribute not in of_class.attributes:
                findings.add(
                    index,
                    code="attribute_not_of_class",
                    column=attribute,
                    name=of_class.code,
                    attribute=attribute,
                )
    return columns


def _read_states(findings: Findings) -> dict[str, Sequence[object]]:
    columns: dict[str, Sequence[object]] = {}
    for name, default in (
        ("documentation", Documentation.NONE.value),
        ("screening", Screening.UNKNOWN.value),
        ("product_status", None),
    ):
        codes = parse_cells(findings, column=name, parse=partial(parse_word, words=name))
        columns[name] = [default if code is None else code for code in codes]
        cells = findings.table.column(name)
        empty = sum(
            index not in findings.mistrusted and (cells is None or cells[index] is None)
            for index in range(len(codes))
        )
        if empty and name != "product_status":
            findings.add(None, code=f"{name}_not_stated", count=empty)
    return columns


def _suspect_asbestos(
    findings: Findings, *, columns: Mapping[str, Sequence[object]], classes: Sequence[KnownClass | None]
) -> dict[str, Sequence[object]]:
    """Suspect asbestos in fibre cement that is, or may be, from before 1987 and was not screened clean."""
    suspect: list[object] = []
    for index, (known, screening, year) in enumerate(
        zip(classes, columns["screening"], columns["year"], strict=True)
    ):
        old = not isinstance(year, int) or year <= LAST_ASBESTOS_YEAR
        suspect.append(
            known is not None and known.code == FIBRE_CEMENT and old and screening != Screening.CLEAN
        )
        if suspect[-1]:
            findings.add(index, code="asbestos_suspect", column="screening")
    return {
        "asbestos_suspect": suspect,
        "suspicion": [["asbestos_fibre_cement"] if found else [] for found in suspect],
    }


def _read_windows(findings: Findings, *, sites: LotSites) -> dict[str, Sequence[object]]:
    day = make_date_parser(findings.table)
    first = parse_cells(findings, column="available_from", parse=day)
    last = parse_cells(findings, column="available_to", parse=day)
    firmness = parse_cells(findings, column="firmness", parse=partial(parse_word, words="firmness"))
    for index in range(len(findings.table)):
        check_window(
            findings, index, start=first[index], end=last[index], columns=("available_from", "available_to")
        )
        known = sites.known[index]
        if index in findings.refused:
            continue
        if first[index] is None and not (known is not None and known.window):
            findings.add(index, code="window_missing", column="available_from")
        elif (
            first[index] is not None
            and firmness[index] is None
            and not (known is not None and known.firmness)
        ):
            findings.add(index, code="firmness_assumed", column="firmness")
            firmness[index] = Firmness.POSSIBLE.value
    return {"available_from": first, "available_to": last, "firmness": firmness}


def _find_known(session: Session, *, sites: LotSites) -> Mapping[tuple[uuid.UUID, str], uuid.UUID]:
    """Find the lots that are at the rows' sites already, by site and number, whoever wrote them down."""
    return map_known_lots(session, site_ids={known.id for known in sites.known if known is not None})


def _make_ids(
    findings: Findings,
    *,
    sites: LotSites,
    refs: Sequence[object],
    there: Mapping[tuple[uuid.UUID, str], uuid.UUID],
) -> list[uuid.UUID | None]:
    ids = [
        None
        if site_id is None or ref is None
        else there.get((site_id, str(ref))) or stable_id("lot", site_id, Basis.SURVEYED, ref)
        for site_id, ref in zip(sites.site_ids, refs, strict=True)
    ]
    refuse_repeated(findings, keys=ids, column="ref")
    return ids


def _write_lot_sites(session: Session, *, findings: Findings, sites: LotSites) -> None:
    rows = [
        site.make_row() for site in sites.sites if any(index not in findings.refused for index in site.rows)
    ]
    if rows:
        write_sites(session, kind=SiteKind.DONOR, rows=rows)
    keepers = {
        site_id: keeper.name
        for site_id, keeper in sites.keepers.items()
        if any(index not in findings.refused for index in keeper.rows)
    }
    write_keepers(session, keepers=keepers, only_empty=True)
