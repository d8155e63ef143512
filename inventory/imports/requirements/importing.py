# SPDX-License-Identifier: EUPL-1.2
"""Importing requirements, with their projects, sites and organisations."""

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from inventory.actions.bulk.counts import Progress, ignore_progress
from inventory.actions.imports.events import record_import
from inventory.actions.imports.requirements import REQUIREMENT_TYPES, write_requirements
from inventory.actions.imports.sites import write_organisation_kinds
from inventory.imports.cells.cells import parse_amount, parse_text, parse_whole
from inventory.imports.cells.number import NumberStyle
from inventory.imports.cells.quantity import round_to_steps
from inventory.imports.cells.words import parse_attributes, parse_word, parse_yes_no
from inventory.imports.checked_table import make_date_parser
from inventory.imports.findings import Findings, parse_cells
from inventory.imports.layouts.requirements import REQUIREMENT_LAYOUT
from inventory.imports.layouts.shared import ATTRIBUTES
from inventory.imports.mapping import FileMapping
from inventory.imports.opening import open_file
from inventory.imports.organisations import read_organisation_kinds
from inventory.imports.pieces import read_requirement_pieces
from inventory.imports.repeated import refuse_repeated
from inventory.imports.report import ImportReport
from inventory.imports.requirements.projects import find_projects, write_file_projects
from inventory.imports.requirements.rules import read_requirement_rules
from inventory.imports.shared_rows import make_attribute_parser, read_prices, read_quantities
from inventory.imports.shared_windows import check_window
from inventory.queries.imports.keys import map_code_list
from inventory.tables import Documentation, stable_id

_FARTHEST_KM = Decimal(2000)
_METRES_PER_KM = 1000
_LONGEST_STORAGE_DAYS = 3650

Columns = dict[str, Sequence[object]]


def import_requirements(
    session: Session,
    path: Path,
    *,
    dry_run: bool = False,
    sheet: str | None = None,
    mapping: FileMapping | None = None,
    progress: Progress = ignore_progress,
) -> ImportReport:
    """Import a file of requirements.

    Parameters
    ----------
    session
        Its transaction takes everything; the caller commits, or rolls back a dry run.
    path
        CSV, XLSX, GeoPackage, GeoJSON or Shapefile with the columns of `REQUIREMENT_LAYOUT`.
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
    opened = open_file(
        session, path, layout=REQUIREMENT_LAYOUT, sheet=sheet, mapping=mapping, progress=progress
    )
    findings, style, table = opened.findings, opened.style, opened.table
    classes, steps = read_quantities(findings, classes=opened.classes, style=style)
    columns: Columns = {
        "ref": parse_cells(findings, column="ref", parse=parse_text),
        "class_id": [None if known is None else known.id for known in classes],
        "unit": [None if known is None else known.unit for known in classes],
        "quantity": steps,
        "new_price_ore": read_prices(findings, column="new_price_dkk", classes=classes, style=style),
    }
    pieces = read_requirement_pieces(findings, classes=classes)
    columns |= _read_conditions(findings, style=style)
    columns |= read_requirement_rules(findings, style=style)
    columns |= _read_ranges(findings, style=style, colours=map_code_list(session, name="colour"))
    columns |= _read_windows(findings)
    places = opened.read_places()
    progress("check", len(table) // 2, len(table))
    projects = find_projects(
        findings, session=session, places=places, geography=opened.geography, style=style
    )
    columns["project_id"] = [None if ref is None else projects.ids[ref] for ref in projects.refs]
    columns["id"] = ids = _make_ids(findings, refs=columns["ref"], projects=projects.refs)
    kinds = read_organisation_kinds(findings, places=places)
    progress("check", len(table), len(table))
    write_file_projects(session, findings=findings, projects=projects)
    write_organisation_kinds(session, kinds=kinds)
    rows = [
        row
        for index, row in enumerate(zip(*(columns[name] for name in REQUIREMENT_TYPES), strict=True))
        if index not in findings.refused
    ]
    said = {
        one: lengths
        for index, (one, lengths) in enumerate(zip(ids, pieces, strict=True))
        if one is not None and lengths is not None and index not in findings.refused
    }
    written = write_requirements(session, rows=rows, pieces=said, progress=progress)
    record_import(session, kind="requirements", file=table.file, written=written)
    figures = {"projects": len({row[1] for row in rows}), "steps": sum(int(str(row[5])) for row in rows)}
    return findings.make_report(kind="requirements", written=written, figures=figures, dry_run=dry_run)


def _read_conditions(findings: Findings, *, style: NumberStyle) -> Columns:
    km = parse_cells(findings, column="max_km", parse=partial(parse_amount, style=style, high=_FARTHEST_KM))
    days = partial(parse_whole, style=style, low=0, high=_LONGEST_STORAGE_DAYS)
    documentation = parse_cells(
        findings, column="documentation_min", parse=partial(parse_word, words="documentation")
    )
    columns: Columns = {
        "max_metres": [_round_metres(findings, index, km=value) for index, value in enumerate(km)],
        "storage_days": parse_cells(findings, column="storage_days", parse=days),
        "documentation_min": [Documentation.BASIC.value if word is None else word for word in documentation],
        "unknown_ok": [
            list(names or ()) for names in parse_cells(findings, column="unknown_ok", parse=parse_attributes)
        ],
    }
    for name in ("substitutes_ok", "unknown_screening_ok"):
        columns[name] = [bool(answer) for answer in parse_cells(findings, column=name, parse=parse_yes_no)]
    return columns


def _round_metres(findings: Findings, index: int, *, km: Decimal | None) -> int | None:
    if km is None:
        return None
    steps = round_to_steps(km * _METRES_PER_KM, step=Decimal(1))
    if steps.changed:
        read = f"{Decimal(steps.count) / _METRES_PER_KM:f} km"
        findings.add(index, code="number_rounded", column="max_km", read=read, step="0.001")
    return steps.count


def _read_ranges(
    findings: Findings, *, style: NumberStyle, colours: Mapping[str, tuple[str, str]]
) -> Columns:
    columns: Columns = {}
    for attribute in ATTRIBUTES:
        parse = make_attribute_parser(attribute, style=style, colours=colours)
        low = parse_cells(findings, column=f"{attribute}_min", parse=parse)
        high = parse_cells(findings, column=f"{attribute}_max", parse=parse)
        for index, (least, most) in enumerate(zip(low, high, strict=True)):
            if least is not None and most is not None and least > most:
                findings.add(index, code="range_empty", column=f"{attribute}_min", low=least, high=most)
        columns[f"{attribute}_min"], columns[f"{attribute}_max"] = low, high
    return columns


def _read_windows(findings: Findings) -> Columns:
    parse = make_date_parser(findings.table)
    first = parse_cells(findings, column="wanted_from", parse=parse)
    last = parse_cells(findings, column="wanted_to", parse=parse)
    commit = parse_cells(findings, column="commit_from", parse=parse)
    for index, (start, end, day) in enumerate(zip(first, last, commit, strict=True)):
        if start is not None and end is not None:
            check_window(findings, index, start=start, end=end, columns=("wanted_from", "wanted_to"))
        if day is not None and end is not None and day >= end:
            findings.add(
                index,
                code="commit_after_end",
                column="commit_from",
                first=day.isoformat(),
                last=end.isoformat(),
            )
    return {"wanted_from": first, "wanted_to": last, "commit_from": commit}


def _make_ids(
    findings: Findings, *, refs: Sequence[object], projects: Sequence[str | None]
) -> list[uuid.UUID | None]:
    ids = [
        None if ref is None or project is None else stable_id("requirement", project, ref)
        for ref, project in zip(refs, projects, strict=True)
    ]
    refuse_repeated(findings, keys=ids, column="ref")
    return ids
