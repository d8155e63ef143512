# SPDX-License-Identifier: EUPL-1.2
"""Importing demolitions: a row is what is thought of one, and moves its days as its page does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.actions.bulk.counts import Progress, RowsWritten, ignore_progress
from inventory.actions.demolitions.moves import move_demolition
from inventory.actions.demolitions.plan import DAYS, DemolitionDaysError, DemolitionPlan
from inventory.actions.imports.events import record_import
from inventory.actions.imports.rights import write_rights
from inventory.actions.imports.sites import write_keepers, write_organisation_kinds, write_sites
from inventory.imports.cells.cells import parse_text, parse_whole
from inventory.imports.cells.number import NumberStyle
from inventory.imports.cells.words import parse_word
from inventory.imports.checked_table import make_date_parser
from inventory.imports.findings import Findings, parse_cells
from inventory.imports.layouts.demolitions import DEMOLITION_LAYOUT
from inventory.imports.lots.sites import LotSites, find_lot_sites
from inventory.imports.mapping import FileMapping
from inventory.imports.opening import open_file
from inventory.imports.organisations import read_organisation_kinds
from inventory.imports.repeated import refuse_repeated
from inventory.imports.report import ImportReport
from inventory.queries.demolitions.demolitions import HistoryStep, read_history
from inventory.tables import DemolitionSource, Firmness, SiteKind

_LONGEST_NOTICE = 3650
_TELL_EVERY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row that is taken: its site, what is thought of the demolition, who owns the materials from when."""

    index: int
    site_id: UUID
    plan: DemolitionPlan
    owner: str | None
    sellable_from: date | None


def import_demolitions(
    session: Session,
    path: Path,
    *,
    today: date,
    dry_run: bool = False,
    sheet: str | None = None,
    mapping: FileMapping | None = None,
    progress: Progress = ignore_progress,
) -> ImportReport:
    """Import a file of demolitions.

    Each row moves its demolition by `inventory.actions.demolitions.moves.move_demolition`: lots move along,
    matches are marked and the history has its line; the report tells of each move what it does. A dry run
    shows all of it.

    Parameters
    ----------
    session
        Its transaction takes everything; the caller commits, or rolls back a dry run.
    path
        CSV, XLSX, GeoPackage, GeoJSON or Shapefile with the columns of `DEMOLITION_LAYOUT`.
    today
        The day of the import: the date of a source that has none.
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
        session, path, layout=DEMOLITION_LAYOUT, sheet=sheet, mapping=mapping, progress=progress
    )
    findings, table = opened.findings, opened.table
    places = opened.read_places()
    sites = find_lot_sites(
        findings, session=session, places=places, geography=opened.geography, kinds=(SiteKind.DONOR,)
    )
    refuse_repeated(findings, keys=sites.site_ids, column="site_ref")
    plans = _read_plans(findings, style=opened.style, today=today)
    owners = parse_cells(findings, column="owner", parse=parse_text)
    sellable = parse_cells(findings, column="sellable_from", parse=make_date_parser(table))
    kinds = read_organisation_kinds(findings, places=places)
    progress("check", len(table), len(table))
    rows = [
        _Row(index=index, site_id=site_id, plan=plan, owner=owners[index], sellable_from=sellable[index])
        for index, (site_id, plan) in enumerate(zip(sites.site_ids, plans, strict=True))
        if index not in findings.refused and site_id is not None and plan is not None
    ]
    changed = _write_sites(session, findings=findings, sites=sites)
    write_organisation_kinds(session, kinds=kinds)
    rights = [(row.site_id, row.owner, row.sellable_from) for row in rows]
    changed |= write_rights(session, rows=rights, by=table.file)
    written, figures = _move(session, findings, rows=rows, changed=changed, progress=progress)
    record_import(session, kind="demolitions", file=table.file, written=written)
    return findings.make_report(kind="demolitions", written=written, figures=figures, dry_run=dry_run)


def _read_plans(findings: Findings, *, style: NumberStyle, today: date) -> list[DemolitionPlan | None]:
    day = make_date_parser(findings.table)
    days = {name: parse_cells(findings, column=name, parse=day) for name in (*DAYS, "source_date")}
    stages = parse_cells(findings, column="firmness", parse=partial(parse_word, words="firmness"))
    kinds = parse_cells(findings, column="source_kind", parse=partial(parse_word, words="demolition_source"))
    sources = parse_cells(findings, column="source", parse=parse_text)
    notices = parse_cells(
        findings, column="notice_days", parse=partial(parse_whole, style=style, low=0, high=_LONGEST_NOTICE)
    )
    plans: list[DemolitionPlan | None] = []
    for index, (stage, kind) in enumerate(zip(stages, kinds, strict=True)):
        likely = {end: days[f"{end}_likely"][index] for end in ("start", "end")}
        told = {name: days[name][index] or likely[name.partition("_")[0]] for name in DAYS}
        sure = {name: one for name, one in told.items() if one is not None}
        if index in findings.refused or stage is None or kind is None or len(sure) < len(DAYS):
            plans.append(None)
            continue
        plan = DemolitionPlan(
            firmness=Firmness(stage),
            source_kind=DemolitionSource(kind),
            source=sources[index] or findings.table.file,
            source_date=days["source_date"][index] or today,
            notice_days=notices[index],
            **sure,
        )
        plans.append(plan if _check(findings, index, plan=plan) else None)
        if sources[index] is None:
            findings.add(index, code="source_is_file", column="source")
        if days["source_date"][index] is None:
            findings.add(index, code="source_dated_today", column="source_date", read=today.isoformat())
    return plans


def _check(findings: Findings, index: int, *, plan: DemolitionPlan) -> bool:
    try:
        plan.check()
    except DemolitionDaysError as error:
        told = {name: error.details[name] for name in ("first_day", "second_day")}
        findings.add(index, code="demolition_days", column=error.details["first"], **told)
        return False
    if plan.window is None:
        findings.add(index, code="no_sure_days", column="start_late")
    return True


def _write_sites(session: Session, *, findings: Findings, sites: LotSites) -> set[UUID]:
    described = [
        site.make_row() for site in sites.sites if any(row not in findings.refused for row in site.rows)
    ]
    changed = write_sites(session, kind=SiteKind.DONOR, rows=described) if described else set()
    keepers = {
        site_id: keeper.name
        for site_id, keeper in sites.keepers.items()
        if any(row not in findings.refused for row in keeper.rows)
    }
    return changed | write_keepers(session, keepers=keepers, only_empty=False)


def _move(
    session: Session, findings: Findings, *, rows: Sequence[_Row], changed: set[UUID], progress: Progress
) -> tuple[RowsWritten, dict[str, int]]:
    """Move the demolition of each row, and tell of each what that did."""
    inserted = updated = lots = lost = 0
    for at, row in enumerate(rows, start=1):
        step = move_demolition(session, site_id=row.site_id, plan=row.plan, by=None, why=findings.table.file)
        if step is not None:
            done = read_history(session, site_id=row.site_id)[0]
            _tell(findings, row.index, done=done)
            inserted += done.data["before"]["plan"] is None
            updated += done.data["before"]["plan"] is not None
            lots, lost = lots + len(done.data["lots"]), lost + done.data["lost"]
        elif row.site_id in changed:
            updated += 1
        if at % _TELL_EVERY == 0:
            progress("write", at, len(rows))
    progress("write", len(rows), len(rows))
    written = RowsWritten(inserted=inserted, updated=updated, unchanged=len(rows) - inserted - updated)
    return written, {"demolitions": len(rows), "lots": lots, "lost": lost}


def _tell(findings: Findings, index: int, *, done: HistoryStep) -> None:
    """Tell of a move that changes days which were sure before."""
    before, after = (_say_window(done.data[name]["site"]) for name in ("before", "after"))
    if before is None or before == after:
        return
    findings.add(
        index,
        code="demolition_moves",
        column="start_likely",
        before=before,
        after=after or "-",
        lots=len(done.data["lots"]),
        lost=done.data["lost"],
        held=done.data["held"],
    )


def _say_window(site: dict[str, str | None]) -> str | None:
    return None if site["available_from"] is None else f"{site['available_from']}..{site['available_to']}"
