# SPDX-License-Identifier: EUPL-1.2
"""The projects that a file of requirements speaks of, each with its site and organisation."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from inventory.actions.imports.requirements import write_projects
from inventory.actions.imports.sites import write_sites
from inventory.imports.cells.cells import parse_amount, parse_text
from inventory.imports.cells.number import NumberStyle
from inventory.imports.cells.places import Geography
from inventory.imports.cells.problem import Cell, Parsed, Problem
from inventory.imports.cells.quantity import round_to_steps
from inventory.imports.checked_table import make_date_parser
from inventory.imports.findings import Findings, parse_cells
from inventory.imports.shared_places import RowPlaces, SiteRow, gather_sites, take_first
from inventory.imports.shared_windows import check_window
from inventory.queries.imports.keys import map_known_projects
from inventory.tables import SiteKind, stable_id

PROJECT_FACTS = ("building_type", "project_area_m2", "project_starts", "project_ends", "project_budget_dkk")
"""Columns that say something of the project alone, in the order in which it is written."""

_GREATEST_AREA_M2 = Decimal(10_000_000)
_GREATEST_BUDGET_DKK = Decimal(10_000_000_000)
_ORE_PER_KRONE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProjects:
    """Projects by reference: reference of each row, ids, sites, and what else is said of each in the order
    of `PROJECT_FACTS`.
    """

    refs: Sequence[str | None]
    ids: Mapping[str, uuid.UUID]
    sites: Mapping[str, SiteRow]
    facts: Mapping[str, tuple[object, ...]]


def find_projects(
    findings: Findings, *, session: Session, places: RowPlaces, geography: Geography, style: NumberStyle
) -> FileProjects:
    """Find or make the project of each row.

    Parameters
    ----------
    findings
        Told of projects without coordinate and of rows that contradict each other.
    session
        To look up projects.
    places
        What the rows say of their places.
    geography
        From `read_geography`.
    style
        How the file writes decimals.
    """
    refs = parse_cells(findings, column="project_ref", parse=parse_text)
    names = parse_cells(findings, column="project_name", parse=parse_text)
    facts = _read_facts(findings, style=style)
    there = map_known_projects(session, refs=(ref for ref in refs if ref is not None))
    ids: dict[str, uuid.UUID] = {}
    site_ids: dict[str, uuid.UUID] = {}
    rows_of: dict[str, list[int]] = {}
    for index, ref in enumerate(refs):
        if ref is None:
            continue
        rows_of.setdefault(ref, []).append(index)
        known = there.get(ref)
        ids[ref] = stable_id("project", ref) if known is None else known.id
        site_ids[ref] = stable_id("site", SiteKind.PROJECT, ref) if known is None else known.site.id
    sites = gather_sites(
        findings,
        refs=refs,
        ids=site_ids,
        known={ref: known.site for ref, known in there.items()},
        names=names,
        name_column="project_name",
        places=places,
        geography=geography,
    )
    return FileProjects(
        refs=refs,
        ids=ids,
        sites=sites,
        facts={
            ref: tuple(
                take_first(findings, rows, values=facts[column], column=column) for column in PROJECT_FACTS
            )
            for ref, rows in rows_of.items()
        },
    )


def _read_facts(findings: Findings, *, style: NumberStyle) -> Mapping[str, Sequence[object]]:
    day = make_date_parser(findings.table)
    parsers: Mapping[str, Callable[[Cell], Parsed[Any]]] = {
        "building_type": parse_text,
        "project_area_m2": partial(parse_amount, style=style, high=_GREATEST_AREA_M2),
        "project_starts": day,
        "project_ends": day,
        "project_budget_dkk": partial(parse_budget, style=style),
    }
    facts = {column: parse_cells(findings, column=column, parse=parsers[column]) for column in PROJECT_FACTS}
    days = zip(facts["project_starts"], facts["project_ends"], strict=True)
    for index, (start, end) in enumerate(days):
        if start is not None and end is not None:
            columns = ("project_starts", "project_ends")
            check_window(findings, index, start=start, end=end, columns=columns)
    return facts


def parse_budget(cell: Cell, *, style: NumberStyle) -> Parsed[int]:
    """Read a budget in DKK as whole oere. Problems of `parse_amount`, and ``number_rounded``."""
    amount = parse_amount(cell, style=style, high=_GREATEST_BUDGET_DKK)
    if amount.value is None:
        return Parsed(problem=amount.problem)
    steps = round_to_steps(amount.value * _ORE_PER_KRONE, step=Decimal(1))
    if steps.changed:
        read = f"{Decimal(steps.count) / _ORE_PER_KRONE:f}"
        return Parsed(
            value=steps.count, problem=Problem(code="number_rounded", params={"read": read, "step": "0.01"})
        )
    return Parsed(value=steps.count, problem=amount.problem)


def write_file_projects(session: Session, *, findings: Findings, projects: FileProjects) -> None:
    """Write the projects, sites and organisations of all rows that are taken."""
    taken = [
        site for site in projects.sites.values() if any(index not in findings.refused for index in site.rows)
    ]
    if not taken:
        return
    write_sites(session, kind=SiteKind.PROJECT, rows=[site.make_row() for site in taken])
    write_projects(
        session,
        rows=[
            (
                projects.ids[site.ref],
                site.ref,
                site.name,
                site.organisation,
                site.id,
                *projects.facts[site.ref],
            )
            for site in taken
        ],
    )
