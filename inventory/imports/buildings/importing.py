# SPDX-License-Identifier: EUPL-1.2
"""Importing buildings: an extract of the Danish building register (BBR)."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from inventory.actions.bulk.counts import Progress, ignore_progress
from inventory.actions.imports.buildings import BUILDING_ROW, write_buildings
from inventory.actions.imports.events import record_import
from inventory.imports.buildings.cells import (
    Columns,
    parse_area,
    parse_code,
    parse_floors,
    parse_year,
    soften,
)
from inventory.imports.buildings.places import place_buildings
from inventory.imports.buildings.windows import settle_windows
from inventory.imports.cells.cells import parse_moment, parse_text, parse_uuid
from inventory.imports.cells.municipalities import MunicipalityIndex
from inventory.imports.cells.number import NumberStyle
from inventory.imports.cells.places import read_geography
from inventory.imports.checked_table import check_table, guess_table_style
from inventory.imports.findings import Findings, parse_cells
from inventory.imports.layouts.buildings import BUILDING_LAYOUT, REGISTER_NOT_USED
from inventory.imports.mapping import FileMapping
from inventory.imports.refusal import FileRefusedError
from inventory.imports.report import ImportReport
from inventory.imports.table_reading import read_table
from inventory.queries.imports.keys import map_code_list, map_municipalities
from inventory.tables import Firmness, SiteKind, stable_id

STANDING_STATUS = 6
_OUTBUILDINGS = range(900, 1000)
_ASBESTOS_ROOF = 3
# column -> code list of its codes; supplementary materials share the list of the main ones
_CODE_LISTS = {
    "case_code": "case_type",
    "use_code": "byg021",
    "wall_code": "byg032",
    "roof_code": "byg033",
    "wall2_code": "byg032",
    "roof2_code": "byg033",
    "asbestos_code": "byg036",
    "material_source_code": "byg037",
    "heating_code": "byg056",
    "listed_code": "byg070",
}
_MISSING_CODES = {"use_code": "use_unknown", "wall_code": "wall_unknown", "roof_code": "roof_unknown"}


def import_buildings(
    session: Session,
    path: Path,
    *,
    today: date,
    dry_run: bool = False,
    sheet: str | None = None,
    mapping: FileMapping | None = None,
    progress: Progress = ignore_progress,
) -> ImportReport:
    """Import an extract of the building register.

    Parameters
    ----------
    session
        Its transaction takes everything; the caller commits, or rolls back a dry run.
    path
        CSV, XLSX, GeoPackage, GeoJSON or Shapefile with the register's own column names.
    today
        The day it is: later years are no construction years.
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
    progress("read", 0, 1)
    table = read_table(path, layout=BUILDING_LAYOUT, sheet=sheet, mapping=mapping)
    progress("read", 1, 1)
    municipalities = map_municipalities(session)
    life_cycle = map_code_list(session, name="life_cycle")
    if not municipalities or not life_cycle:
        raise FileRefusedError(file=table.file, code="not_seeded", expected="municipality, code_list")
    findings = check_table(table, layout=BUILDING_LAYOUT, not_used=REGISTER_NOT_USED)
    style = guess_table_style(table, layout=BUILDING_LAYOUT)
    columns = _parse_columns(findings, style=style, today=today)
    _check_keys(findings, columns=columns, life_cycle=life_cycle)
    _check_codes(findings, session=session, columns=columns)
    _check_against_each_other(findings, columns=columns)
    progress("check", len(table) // 2, len(table))
    place_buildings(
        findings,
        columns=columns,
        style=style,
        municipalities=MunicipalityIndex(municipalities),
        geography=read_geography(session),
    )
    _describe(columns, cases=map_code_list(session, name="demolition_case"), source=table.file)
    settle_windows(findings, columns=columns)
    progress("check", len(table), len(table))
    rows = _collect_rows(findings, columns=columns)
    own_columns = any(table.has(name) for name in ("available_from", "available_to", "firmness"))
    written = write_buildings(session, rows=rows, own_columns=own_columns, progress=progress)
    record_import(session, kind="buildings", file=table.file, written=written)
    figures = _count_figures(findings, columns=columns)
    return findings.make_report(kind="buildings", written=written, figures=figures, dry_run=dry_run)


def _parse_columns(findings: Findings, *, style: NumberStyle, today: date) -> Columns:
    year = partial(parse_year, style=style, this_year=today.year)
    columns: Columns = {
        "bbr_id": list(parse_cells(findings, column="bbr_id", parse=parse_uuid)),
        "year_built": list(
            parse_cells(findings, column="year_built", parse=partial(year, unknown="year_unknown"))
        ),
        "year_rebuilt": list(parse_cells(findings, column="year_rebuilt", parse=partial(year, unknown=None))),
        "floors": list(parse_cells(findings, column="floors", parse=partial(parse_floors, style=style))),
        "register_date": list(parse_cells(findings, column="register_date", parse=soften(parse_moment))),
    }
    for name, missing in (
        ("total_area_m2", "area_not_registered"),
        ("footprint_m2", "footprint_not_registered"),
        ("dwelling_area_m2", None),
        ("business_area_m2", None),
    ):
        area = partial(parse_area, style=style, missing=missing)
        columns[name] = list(parse_cells(findings, column=name, parse=area))
    for name in ("status_code", "number", *_CODE_LISTS):
        code = partial(parse_code, style=style)
        columns[name] = list(parse_cells(findings, column=name, parse=code))
    for name in ("address", "postcode", "town"):
        columns[name] = list(parse_cells(findings, column=name, parse=soften(parse_text)))
    for name, code_missing in _MISSING_CODES.items():
        if findings.table.has(name):
            cells = findings.table.column(name) or []
            for index, cell in enumerate(cells):
                if cell is None:
                    findings.add(index, code=code_missing, column=name)
    return columns


def _check_keys(findings: Findings, *, columns: Columns, life_cycle: Mapping[str, tuple[str, str]]) -> None:
    first: dict[object, int] = {}
    cells = findings.table.column("bbr_id") or []
    for index, (bbr_id, status) in enumerate(zip(columns["bbr_id"], columns["status_code"], strict=True)):
        if bbr_id is None:
            if cells[index] is None:
                findings.add(
                    index,
                    code="missing",
                    column="bbr_id",
                    expected_da="bygningens id_lokalId",
                    expected_en="the building's id_lokalId",
                )
        elif bbr_id in first:
            findings.add(
                index, code="duplicate_row", column="bbr_id", first=findings.table.row_number(first[bbr_id])
            )
        else:
            first[bbr_id] = index
        if str(status) not in life_cycle:
            findings.add(index, code="status_unknown", column="status_code")
        elif status != STANDING_STATUS:
            name_da, name_en = life_cycle[str(status)]
            findings.add(
                index, code="not_standing", column="status_code", status=f"{status}: {name_da} / {name_en}"
            )


def _check_codes(findings: Findings, *, session: Session, columns: Columns) -> None:
    for column, name in _CODE_LISTS.items():
        known = map_code_list(session, name=name)
        if not known:
            continue
        for index, code in enumerate(columns[column]):
            if code is not None and str(code) not in known:
                findings.add(index, code="code_unknown", column=column, list=name)


def _check_against_each_other(findings: Findings, *, columns: Columns) -> None:
    for index, (built, rebuilt) in enumerate(
        zip(columns["year_built"], columns["year_rebuilt"], strict=True)
    ):
        if isinstance(built, int) and isinstance(rebuilt, int) and rebuilt < built:
            findings.add(index, code="rebuilt_before_built", column="year_rebuilt")
    areas = zip(
        columns["total_area_m2"], columns["dwelling_area_m2"], columns["business_area_m2"], strict=True
    )
    for index, (total, dwelling, business) in enumerate(areas):
        if total and (dwelling or 0) + (business or 0) > total:
            findings.add(index, code="area_exceeds_total", column="total_area_m2")


def _describe(columns: Columns, *, cases: Mapping[str, tuple[str, str]], source: str) -> None:
    count = len(columns["bbr_id"])
    columns["standing"] = [status == STANDING_STATUS for status in columns["status_code"]]
    columns["outbuilding"] = [use in _OUTBUILDINGS for use in columns["use_code"]]
    columns["case_firmness"] = [
        Firmness.PERMIT_APPLIED.value if standing and str(case) in cases else None
        for standing, case in zip(columns["standing"], columns["case_code"], strict=True)
    ]
    columns["source"] = [source] * count
    columns["ref"] = [None if bbr_id is None else str(bbr_id) for bbr_id in columns["bbr_id"]]
    columns["site_id"] = [
        None if ref is None else stable_id("site", SiteKind.DONOR, ref) for ref in columns["ref"]
    ]
    columns["name"] = [
        (f"{address} · {number}" if number else address) if address else f"BBR {ref}"
        for address, number, ref in zip(columns["address"], columns["number"], columns["ref"], strict=True)
    ]


def _collect_rows(findings: Findings, *, columns: Columns) -> list[tuple[object, ...]]:
    odd: dict[int, set[str]] = {}
    for index, finding in findings.items:
        if index is not None:
            odd.setdefault(index, set()).add(finding.code)
    columns["oddities"] = [sorted(odd.get(index, ())) for index in range(len(findings.table))]
    values = zip(*(columns[name] for name in BUILDING_ROW), strict=True)
    return [row for index, row in enumerate(values) if index not in findings.refused]


def _count_figures(findings: Findings, *, columns: Columns) -> dict[str, int]:
    taken = [index for index in range(len(findings.table)) if index not in findings.refused]
    standing = {index for index in taken if columns["standing"][index]}
    marks: dict[str, set[int]] = {
        "outbuilding": {index for index in taken if columns["outbuilding"][index]},
        "roof_may_hold_asbestos": {index for index in taken if columns["roof_code"][index] == _ASBESTOS_ROOF},
        "due_for_demolition": {index for index in taken if columns["case_firmness"][index]},
    }
    for index in taken:
        marks.setdefault(f"status_{columns['status_code'][index]}", set()).add(index)
        for code in columns["oddities"][index]:
            marks.setdefault(code, set()).add(index)
    figures = {"buildings": len(taken), "standing": len(standing)}
    for code, rows in sorted(marks.items()):
        figures[code] = len(rows)
        if not code.startswith(("status_", "not_standing")):
            figures[f"standing_{code}"] = len(rows & standing)
    return figures
