# SPDX-License-Identifier: EUPL-1.2
"""What stands in the way of undoing an import: rows that changed since, and rows that rest on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.tables import Base

_NAMED = 5
_TABLES = (
    "municipality_area",
    "organisation",
    "site",
    "building",
    "hub",
    "demolition",
    "project",
    "design_option",
    "lot",
    "lot_survey",
    "attachment",
    "requirement",
    "requirement_piece",
)
PIECES_OF = (
    "coalesce((SELECT jsonb_object_agg(had.length_mm::text, had.count) FROM requirement_piece AS had"
    " WHERE had.requirement_id = {id}), CAST('{{}}' AS jsonb))"
)
"""SQL of the pieces of a requirement as one JSON object: length in mm -> how many."""
_KEYS = {
    "building": "site_id",
    "hub": "site_id",
    "demolition": "site_id",
    "lot_survey": "lot_id",
    "requirement_piece": "requirement_id",
}
_SITE_REF = "(SELECT site.ref FROM site WHERE site.id = now.site_id)"
# How a row of a table is named to people.
_NAMES = {
    "municipality_area": "now.code",
    "building": "now.bbr_id::text",
    "organisation": "now.name",
    "design_option": "now.name",
    "hub": _SITE_REF,
    "demolition": _SITE_REF,
    "lot_survey": "(SELECT lot.ref FROM lot WHERE lot.id = now.lot_id)",
    "attachment": "now.name",
}
_DATED = ("site", "lot", "requirement")
_WORDS = {
    "municipality_area": ("kommuneflade", "municipality area"),
    "organisation": ("organisation", "organisation"),
    "site": ("sted", "site"),
    "building": ("bygning", "building"),
    "hub": ("hub", "hub"),
    "demolition": ("nedrivning", "demolition"),
    "project": ("projekt", "project"),
    "design_option": ("designvariant", "design option"),
    "lot": ("parti", "lot"),
    "lot_survey": ("registrering", "survey"),
    "attachment": ("bilag", "attachment"),
    "requirement": ("behov", "requirement"),
    "requirement_piece": ("stykker", "pieces"),
    "cutting_bar": ("skæreplan", "cutting plan"),
    "cutting_part": ("skæreplan", "cutting plan"),
    "match": ("match", "match"),
    "hold": ("reservation", "hold"),
    "lot_origin": ("opdeling eller samling", "split or merge"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """Rows of one table that stand in the way.

    `why` is ``changed`` (they changed since) or ``used`` (rows of `by` name them); `names` are the first of
    `count`.
    """

    table: str
    why: Literal["changed", "used"]
    by: str | None
    names: tuple[str, ...]
    count: int

    def describe(self, language: str) -> str:
        """Describe it in Danish ("da") or English ("en")."""
        at = 0 if language == "da" else 1
        things, users = (_WORDS.get(name, (name, name))[at] if name else "" for name in (self.table, self.by))
        listed = ", ".join(self.names) + (", ..." if self.count > len(self.names) else "")
        if self.why == "changed":
            return (
                f"{self.count} × {things} er ændret siden ({listed})",
                f"{self.count} × {things} changed since ({listed})",
            )[at]
        return (
            f"{self.count} × {things} bruges af {users} ({listed})",
            f"{self.count} × {things} in use by {users} ({listed})",
        )[at]


def list_blockers(session: Session, *, import_id: UUID) -> list[Blocker]:
    """List what stands in the way of undoing an import; empty where nothing does.

    Parameters
    ----------
    session
        Its transaction.
    import_id
        An import that is done.
    """
    changed = session.execute(
        text("SELECT DISTINCT table_name FROM import_change WHERE import_id = :id"), {"id": import_id}
    )
    there = {row[0] for row in changed}
    found: list[Blocker] = []
    for table in _TABLES:
        if table in there:
            found += _list_changed(session, table, import_id=import_id)
            found += _list_users(session, table, import_id=import_id)
    return found


def fingerprint(table: str, *, row: str) -> str:
    """Write the SQL of a row's fingerprint: what it holds, but for what the database keeps by itself.

    A row with a point is written as text: as JSON the point would be put into GeoJSON, which takes longer
    than all the rest of an import.
    """
    columns = Base.metadata.tables[table].columns.keys()
    if "geom" not in columns:
        return f"md5((to_jsonb({row}) - 'updated_at')::text)"
    kept = {"updated_at", "geom"} if table == "lot" else {"updated_at"}
    held = ", ".join(f"{row}.{name}" for name in sorted(columns) if name not in kept)
    return f"md5(ROW({held})::text)"


def _list_changed(session: Session, table: str, *, import_id: UUID) -> Iterator[Blocker]:
    if table == "requirement_piece":
        yield from _list_pieces_changed(session, import_id=import_id)
        return
    later = f"{fingerprint(table, row='now')} IS DISTINCT FROM change.after"
    if table in _DATED:
        later = f"now.updated_at > done.finished_at AND {later}"
    names, count = _name(
        session,
        f"SELECT {_NAMES.get(table, 'now.ref')} AS name FROM import_change AS change"  # noqa: S608 - our names
        f" JOIN import AS done ON done.id = change.import_id"
        f" JOIN {table} AS now ON now.{_KEYS.get(table, 'id')} = change.row_id"
        f" WHERE change.import_id = :id AND change.table_name = '{table}' AND {later}",
        import_id=import_id,
    )
    if count:
        yield Blocker(table=table, why="changed", by=None, names=names, count=count)


def _list_pieces_changed(session: Session, *, import_id: UUID) -> Iterator[Blocker]:
    """List requirements whose pieces, all of them together, are others than the import left."""
    names, count = _name(
        session,
        "SELECT now.ref AS name FROM import_change AS change"  # noqa: S608 - our own words
        " JOIN requirement AS now ON now.id = change.row_id"
        " WHERE change.import_id = :id AND change.table_name = 'requirement_piece'"
        f" AND md5(CAST({PIECES_OF.format(id='now.id')} AS text)) IS DISTINCT FROM change.after",
        import_id=import_id,
    )
    if count:
        yield Blocker(table="requirement_piece", why="changed", by=None, names=names, count=count)


def _list_users(session: Session, table: str, *, import_id: UUID) -> Iterator[Blocker]:
    """List the tables whose rows name rows that would go, or that were put on changed rows since."""
    for user, theirs, ours in _list_references(session, table):
        if user.startswith("import"):
            continue
        columns = _list_columns(session, user)
        joined = " AND ".join(f'used."{a}" = now."{b}"' for a, b in zip(theirs, ours, strict=True))
        own = (
            "EXISTS (SELECT FROM import_change AS own"
            " WHERE own.import_id = :id"  # what it inserted goes too, and what it changed is put back first
            f" AND own.table_name = '{user}' AND own.row_id = used.{_KEYS.get(user, 'id')})"
            if user in _TABLES
            else "false"
        )
        since = "false"
        if user not in _TABLES and "created_at" in columns:
            since = "used.created_at > done.finished_at"
        elif user not in _TABLES and "run_id" in columns:
            since = "(SELECT run.created_at FROM run WHERE run.id = used.run_id) > done.finished_at"
        names, count = _name(
            session,
            f"SELECT DISTINCT {_NAMES.get(table, 'now.ref')} AS name FROM import_change AS change"  # noqa: S608
            f" JOIN import AS done ON done.id = change.import_id"
            f" JOIN {table} AS now ON now.{_KEYS.get(table, 'id')} = change.row_id"
            f' JOIN "{user}" AS used ON {joined}'
            f" WHERE change.import_id = :id AND change.table_name = '{table}'"
            f" AND ((change.before IS NULL AND NOT {own}) OR (change.before IS NOT NULL AND {since}))",
            import_id=import_id,
        )
        if count:
            yield Blocker(table=table, why="used", by=user, names=names, count=count)


def _list_references(session: Session, table: str) -> list[tuple[str, list[str], list[str]]]:
    """List the foreign keys to a table: naming table, its columns, the columns named."""
    rows = session.execute(
        text(
            "SELECT c.conrelid::regclass::text,"
            " (SELECT array_agg(a.attname::text ORDER BY k.at)"
            "  FROM unnest(c.conkey) WITH ORDINALITY k(n, at)"
            "  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n),"
            " (SELECT array_agg(a.attname::text ORDER BY k.at)"
            "  FROM unnest(c.confkey) WITH ORDINALITY k(n, at)"
            "  JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n)"
            " FROM pg_constraint c WHERE c.contype = 'f' AND c.confrelid = CAST(:table AS regclass)"
            " ORDER BY 1"
        ),
        {"table": table},
    )
    return [(user.strip('"'), theirs, ours) for user, theirs, ours in rows]


def _list_columns(session: Session, table: str) -> set[str]:
    rows = session.execute(
        text("SELECT column_name FROM information_schema.columns WHERE table_name = :table"), {"table": table}
    )
    return {row[0] for row in rows}


def _name(session: Session, query: str, *, import_id: UUID) -> tuple[tuple[str, ...], int]:
    """Count the rows of a query and give the first names."""
    rows = session.execute(
        text(
            f"WITH found AS ({query}) SELECT name, (SELECT count(*) FROM found)"  # noqa: S608 - made here
            f" FROM found ORDER BY name LIMIT {_NAMED}"
        ),
        {"id": import_id},
    ).all()
    return tuple(str(row[0]) for row in rows), (rows[0][1] if rows else 0)
