# SPDX-License-Identifier: EUPL-1.2
"""Writing what a move of a demolition changes, noted for the import under way where there is one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.demolition_plan import DAYS
from inventory.actions.import_upsert import note_changes, returning

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


def write_lot(session: Session, *, lot_id: UUID, days: tuple[date | None, ...]) -> None:
    """Write a lot's own days: first day, day after the last, decide-by day."""
    change = (
        "UPDATE lot SET available_from = CAST(:first AS date), available_to = CAST(:last AS date),"
        " decide_by = CAST(:decide AS date) WHERE id = :id"
    )
    first, last, decide = days
    session.execute(
        text(_noted("lot", key="id", change=change)),
        {"id": lot_id, "first": first, "last": last, "decide": decide},
    )
