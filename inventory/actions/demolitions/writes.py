# SPDX-License-Identifier: EUPL-1.2
"""Writing what a move of a demolition changes, noted for the import under way where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.upsert import note_changes, returning
from inventory.actions.demolitions.plan import DAYS

SITE_FIELDS = ("available_from", "available_to", "firmness", "firmness_source")
"""What a demolition says of its site."""


def _noted(table: str, *, key: str, change: str) -> str:
    """Make a change note what was there before, where an import is under way."""
    return (
        f"WITH done AS ({change} RETURNING {returning(table, key=key)})"
        f" {note_changes(table, key=key, changed='done')}"
    )


def write_site(session: Session, *, site_id: UUID, values: dict[str, Any]) -> None:
    """Write what a demolition says of its site: window, firmness, and who says so."""
    changes = ", ".join(
        f"{name} = CAST(:{name} AS {'date' if name.startswith('available') else 'text'})"
        for name in SITE_FIELDS
    )
    change = f"UPDATE site SET {changes} WHERE id = :id"  # noqa: S608 - our names
    session.execute(text(_noted("site", key="id", change=change)), {"id": site_id, **values})


def write_plan(session: Session, *, site_id: UUID, plan: dict[str, Any]) -> None:
    """Write the days of a demolition and who says so; there may be none yet."""
    types = {
        "source_kind": "text",
        "source": "text",
        "source_date": "date",
        **dict.fromkeys(DAYS, "date"),
        "notice_days": "integer",
    }
    values = ", ".join(f"CAST(:{name} AS {kind})" for name, kind in types.items())
    changes = ", ".join(f"{name} = excluded.{name}" for name in types)
    change = (
        f"INSERT INTO demolition (site_id, {', '.join(types)}) VALUES (:id, {values})"  # noqa: S608 - our names
        f" ON CONFLICT (site_id) DO UPDATE SET {changes}"
    )
    session.execute(text(_noted("demolition", key="site_id", change=change)), {"id": site_id, **plan})


def write_lots(session: Session, *, days: Mapping[UUID, tuple[date | None, ...]]) -> None:
    """Write lots' own days at once: first day, day after the last, decide-by day."""
    if not days:
        return
    change = (
        "UPDATE lot SET available_from = told.first, available_to = told.last, decide_by = told.decide"
        " FROM unnest(CAST(:ids AS uuid[]), CAST(:first AS date[]), CAST(:last AS date[]),"
        " CAST(:decide AS date[])) AS told(id, first, last, decide) WHERE lot.id = told.id"
    )
    first, last, decide = (list(column) for column in zip(*days.values(), strict=True))
    session.execute(
        text(_noted("lot", key="id", change=change)),
        {"ids": list(days), "first": first, "last": last, "decide": decide},
    )
