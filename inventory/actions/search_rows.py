# SPDX-License-Identifier: EUPL-1.2
"""Keeping `lot_search` and its counts: what differs at some sites is written, and counted by difference."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import column, insert, inspect, table, text
from sqlalchemy.orm import Session

from inventory.queries.documentation import read_scores
from inventory.queries.search.fresh import fresh_rows
from inventory.tables import CountPart, LotCount, LotSearch

# The database itself works out the others.
_COLUMNS = tuple(column.name for column in LotSearch.__table__.columns if column.computed is None)
_LISTED = ", ".join(_COLUMNS)

# Kept for the whole connection: a table made for each write would fill the database's own catalogue.
_TABLES = (
    """
    CREATE TEMPORARY TABLE IF NOT EXISTS search_fresh (LIKE lot_search INCLUDING GENERATED)
    ON COMMIT DELETE ROWS
    """,
    "CREATE TEMPORARY TABLE IF NOT EXISTS search_change (LIKE search_fresh, sign int) ON COMMIT DELETE ROWS",
    "DELETE FROM search_fresh",
    "DELETE FROM search_change",
)
_FRESH = table("search_fresh", *(column(name) for name in _COLUMNS))

_SCORE = """
UPDATE search_fresh SET completeness = judged.score, enough_to_offer = judged.enough
FROM unnest(CAST(:lots AS uuid[]), CAST(:scores AS smallint[]), CAST(:enough AS boolean[]))
    AS judged (lot_id, score, enough)
WHERE search_fresh.lot_id = judged.lot_id
"""

# A lot that came from another site is known by its id: looked up one by one, since while a whole country is
# kept for the first time no statistics tell yet how many rows there are to read again and again.
_COMPARE = f"""
INSERT INTO search_change
WITH old AS MATERIALIZED (
    SELECT * FROM lot_search WHERE site_id = ANY(:sites)
    UNION ALL
    SELECT moved.* FROM search_fresh CROSS JOIN LATERAL (
        SELECT * FROM lot_search WHERE lot_search.lot_id = search_fresh.lot_id OFFSET 0
    ) AS moved
    WHERE NOT moved.site_id = ANY(:sites)
)
SELECT old.*, -1 FROM old LEFT JOIN search_fresh AS fresh USING (lot_id)
WHERE ({", ".join(f"old.{name}" for name in _COLUMNS)})
    IS DISTINCT FROM ({", ".join(f"fresh.{name}" for name in _COLUMNS)})
UNION ALL
SELECT fresh.*, 1 FROM search_fresh AS fresh LEFT JOIN old USING (lot_id)
WHERE ({", ".join(f"old.{name}" for name in _COLUMNS)})
    IS DISTINCT FROM ({", ".join(f"fresh.{name}" for name in _COLUMNS)})
"""  # noqa: S608  our own names

_FORGET = """
DELETE FROM lot_search USING search_change AS gone
WHERE gone.sign = -1 AND lot_search.lot_id = gone.lot_id
  AND NOT EXISTS (SELECT FROM search_change AS came WHERE came.sign = 1 AND came.lot_id = gone.lot_id)
"""
# In the order that lots are asked for, so that they lie together.
_WRITE = f"""
INSERT INTO lot_search ({_LISTED}) SELECT {_LISTED} FROM search_change WHERE sign = 1 ORDER BY class_id, cell
ON CONFLICT (lot_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])}
"""  # noqa: S608  our own names

_KEY = tuple(column.name for column in inspect(LotCount).primary_key)
_NOWHERE = "''"
_NEVER = "DATE '0001-01-01'"
_BY = {
    CountPart.PLACE: {"municipality_code": f"coalesce(municipality_code, {_NOWHERE})", "month_free": _NEVER},
    CountPart.MONTH: {"municipality_code": _NOWHERE, "month_free": f"coalesce(month_free, {_NEVER})"},
}


def _count(part: CountPart) -> str:
    """Write the statement that adds what changed to the counts of a part."""
    values = {"part": f"'{part.value}'", **_BY[part]} | {
        name: f"coalesce({name}::text, '')" for name in ("not_counted", "basis", "firmness", "screening")
    }
    chosen = ", ".join(f"{values.get(name, name)} AS {name}" for name in _KEY)
    same = " AND ".join(f"kept.{name} = change.{name}" for name in _KEY)
    names = ", ".join(_KEY)
    return f"""
    MERGE INTO lot_count AS kept USING (
        SELECT {chosen}, sum(sign) AS lots FROM search_change
        GROUP BY {", ".join(str(place) for place in range(1, len(_KEY) + 1))} HAVING sum(sign) <> 0
    ) AS change ON {same}
    WHEN MATCHED AND kept.lots + change.lots = 0 THEN DELETE
    WHEN MATCHED THEN UPDATE SET lots = kept.lots + change.lots
    WHEN NOT MATCHED THEN INSERT ({names}, lots)
        VALUES ({", ".join(f"change.{name}" for name in _KEY)}, change.lots)
    """  # noqa: S608  our own names


def keep_search_rows(session: Session, *, sites: Sequence[UUID]) -> int:
    """Bring the rows of some sites up to date, and the counts with them.

    Parameters
    ----------
    session
        Its transaction carries all of it. One process at a time may do this: counts are added to.
    sites
        Ids; sites without lots, or gone, lose the rows they had.

    Returns
    -------
    int
        Rows that came, went or changed.
    """
    for statement in _TABLES:
        session.execute(text(statement))
    session.execute(insert(_FRESH).from_select(list(_COLUMNS), fresh_rows(sites)))
    scores = [(lot, judged) for lots, judged in read_scores(session, sites=sites) for lot in lots]
    if scores:
        judged = {
            "lots": [lot for lot, _ in scores],
            "scores": [one.score for _, one in scores],
            "enough": [one.enough_to_offer for _, one in scores],
        }
        session.execute(text(_SCORE), judged)
    session.execute(text("ANALYZE search_fresh"))
    session.execute(text(_COMPARE), {"sites": list(sites)})
    changed: int = session.execute(text("SELECT count(DISTINCT lot_id) FROM search_change")).scalar_one()
    if changed:
        session.execute(text(_FORGET))
        session.execute(text(_WRITE))
        for part in CountPart:
            session.execute(text(_count(part)))
    return changed
