# SPDX-License-Identifier: EUPL-1.2
"""Writing projects and their requirements, many at a time."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_rows
from inventory.actions.bulk.counts import Progress, RowsWritten, ignore_progress
from inventory.actions.bulk.upsert import count_written, note_changes, returning, upsert_statement
from inventory.actions.imports.pieces import write_pieces
from inventory.tables import ATTRIBUTES, stable_id

PROJECT_TYPES = {
    "id": "uuid",
    "ref": "text",
    "name": "text",
    "organisation": "text",
    "site_id": "uuid",
    "building_type": "text",
    "area_m2": "numeric",
    "starts": "date",
    "ends": "date",
    "budget_ore": "bigint",
}
REQUIREMENT_TYPES = {
    "id": "uuid",
    "project_id": "uuid",
    "ref": "text",
    "class_id": "integer",
    "unit": "text",
    "quantity": "bigint",
    "wanted_from": "date",
    "wanted_to": "date",
    "commit_from": "date",
    "max_metres": "integer",
    "storage_days": "integer",
    "substitutes_ok": "boolean",
    "unknown_screening_ok": "boolean",
    "documentation_min": "text",
    "new_price_ore": "numeric",
    **{f"{name}_{end}": "integer" for name in ATTRIBUTES for end in ("min", "max")},
    "unknown_ok": "text[]",
    "minimum_fulfilment_permille": "integer",
    "most_donors": "integer",
    "one_kind": "boolean",
    "breakage_permille": "integer",
    "priority_permille": "integer",
    "design_option": "text",
}


def write_projects(session: Session, *, rows: Sequence[Sequence[object]]) -> None:
    """Insert or update projects; their sites and organisations are there already.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    rows
        Values in the order of `PROJECT_TYPES`; None leaves what is there.
    """
    copy_rows(
        session,
        table="import_project",
        types={**PROJECT_TYPES, "organisation_id": "uuid"},
        rows=((*row, None) for row in rows),
        total=len(rows),
    )
    session.execute(
        text(
            "UPDATE import_project AS new SET"
            " name = coalesce(new.name, old.name, new.ref),"
            " organisation_id = coalesce(organisation.id, old.organisation_id),"
            " building_type = coalesce(new.building_type, old.building_type),"
            " area_m2 = coalesce(new.area_m2, old.area_m2),"
            # the two days belong together: one of the file's beside one of before might be no window
            " starts = CASE WHEN coalesce(new.starts, new.ends) IS NULL THEN old.starts ELSE new.starts END,"
            " ends = CASE WHEN coalesce(new.starts, new.ends) IS NULL THEN old.ends ELSE new.ends END,"
            " budget_ore = coalesce(new.budget_ore, old.budget_ore)"
            " FROM import_project AS same"
            " LEFT JOIN project AS old ON old.id = same.id"
            " LEFT JOIN organisation ON organisation.name = same.organisation"
            " WHERE new.id = same.id"
        )
    )
    told = ("building_type", "area_m2", "starts", "ends", "budget_ore")
    names = ("id", "ref", "name", "organisation_id", "site_id", *told)
    columns = {name: name for name in names}
    session.execute(text(upsert_statement("project", source="import_project", columns=columns, key="id")))


def write_requirements(
    session: Session,
    *,
    rows: Sequence[Sequence[object]],
    pieces: Mapping[UUID, Sequence[tuple[int, int]]] | None = None,
    keep: Sequence[str] = (),
    progress: Progress = ignore_progress,
) -> RowsWritten:
    """Insert or update requirements; a withdrawn one stays withdrawn.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    rows
        Values in the order of `REQUIREMENT_TYPES`, at most one row per id.
    pieces
        Requirement -> lengths in mm and how many; those of one that is not named stay.
    keep
        Columns that only a new row gets: what people wrote since stays.
    progress
        Told about the rows copied.
    """
    copy_rows(
        session,
        table="import_requirement",
        types=REQUIREMENT_TYPES,
        rows=rows,
        total=len(rows),
        progress=progress,
    )
    _write_design_options(session)
    columns = {name: name for name in REQUIREMENT_TYPES if name != "design_option"}
    columns["design_option_id"] = (
        "(SELECT o.id FROM design_option AS o WHERE o.project_id = import_requirement.project_id"
        " AND o.name = import_requirement.design_option)"
    )
    statement = upsert_statement(
        "requirement", source="import_requirement", columns=columns, key="id", keep=keep
    )
    done = [tuple(row) for row in session.execute(text(statement))]
    done += [(one, False) for one in write_pieces(session, pieces=pieces or {})]
    return count_written(done, total=len(rows))


def _write_design_options(session: Session) -> None:
    """Insert the design options that requirements name and their projects do not have yet."""
    named = session.execute(
        text(
            "SELECT DISTINCT project_id, design_option FROM import_requirement"
            " WHERE design_option IS NOT NULL ORDER BY project_id, design_option"
        )
    )
    rows = [
        {"id": stable_id("design_option", str(project_id), name), "project": project_id, "name": name}
        for project_id, name in named
    ]
    if rows:
        session.execute(
            text(
                "WITH done AS (INSERT INTO design_option (id, project_id, name)"  # noqa: S608 - our names
                " VALUES (:id, :project, :name)"
                " ON CONFLICT (project_id, name) DO NOTHING RETURNING "
                + returning("design_option", key="id")
                + ")"
                + note_changes("design_option", key="id", changed="done")
            ),
            rows,
        )
