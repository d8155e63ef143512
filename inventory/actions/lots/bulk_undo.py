# SPDX-License-Identifier: EUPL-1.2
"""Put the lots of a change of many back to what they were, where nothing has come of it since."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.lots.bulk_fields import JOINS, PROOF, REUSE, photograph, set_fields
from inventory.actions.organisations import find_or_add_organisation
from inventory.queries.lots.life import UNDOABLE

_LOCK = """
SELECT lot.id FROM lot JOIN bulk_edit_lot AS kept ON kept.lot_id = lot.id
WHERE kept.edit_id = :edit_id AND kept.error IS NULL ORDER BY lot.id FOR UPDATE OF lot
"""
_KEPT = """
CREATE TEMPORARY TABLE bulk_kept ON COMMIT DROP AS
SELECT place, lot_id, ref, before, after, step_id, surveyed FROM bulk_edit_lot
WHERE edit_id = :edit_id AND error IS NULL
"""
_UNDONE = """
EXISTS (SELECT FROM event AS undone WHERE undone.subject_kind = 'lot' AND undone.subject_id = lot.id
    AND undone.kind = 'lot_undone' AND CAST(undone.data ->> 'undoes' AS bigint) = {event})
"""
_LATER = f"""
EXISTS (SELECT FROM event AS later WHERE later.subject_kind = 'lot' AND later.subject_id = lot.id
    AND later.kind = ANY(:undoable) AND later.id > one.step_id
    AND NOT {_UNDONE.format(event="later.id")})
"""
_STEP = """
LEFT JOIN lot_step AS step ON step.from_status = lot.status AND step.to_status = one.before ->> 'status'
    AND step.valid_from <= current_date AND (step.valid_to IS NULL OR step.valid_to > current_date)
"""
_SURVEY = """
UPDATE lot_survey AS seen SET storage_place = one.before ->> 'storage_place' FROM bulk_kept AS one
WHERE seen.lot_id = one.lot_id AND one.before ? 'storage_place' AND NOT one.surveyed
"""
_UNSURVEY = (
    "DELETE FROM lot_survey USING bulk_kept AS one WHERE lot_survey.lot_id = one.lot_id AND one.surveyed"
)
_MARK = """
UPDATE attachment AS paper SET proves = CASE WHEN CAST(paper.id AS text) = mark.value THEN 'right_to_sell' END
FROM jsonb_each_text(CAST(:papers AS jsonb)) AS mark
WHERE CAST(mark.key AS uuid) IN (paper.lot_id, paper.site_id) AND paper.kind = 'document'
"""
_LINE = """
INSERT INTO event (kind, subject_kind, subject_id, data)
SELECT 'lot_undone', 'lot', one.lot_id,
    jsonb_build_object('by', CAST(:by AS text), 'what', 'lots_edited', 'changes', line.changes)
    || CASE WHEN one.step_id IS NULL THEN '{}' ELSE jsonb_build_object('undoes', one.step_id) END
FROM bulk_kept AS one
CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(old.key, jsonb_build_array(one.after -> old.key, old.value)) AS changes
    FROM jsonb_each(one.before) AS old
) AS line
ORDER BY one.place
"""


def find_in_the_way(session: Session, *, edit_id: UUID, touched: Sequence[str], most: int) -> list[str]:
    """Lock the lots of a change, and name those that keep it from being undone.

    Parameters
    ----------
    session
        Its transaction holds the locks, and what is to be put back as the temporary table `bulk_kept`.
    edit_id
        The change.
    touched
        Fields it may have changed.
    most
        So many are named at most.

    Returns
    -------
    list of str
        Numbers of lots that are gone, of which a field is another now, that took a step, were split or merged
        since, or that may not go back to the state they had.
    """
    session.execute(text(_LOCK), {"edit_id": edit_id})
    session.execute(text("DROP TABLE IF EXISTS pg_temp.bulk_kept"))
    session.execute(text(_KEPT), {"edit_id": edit_id})
    session.execute(text("ANALYZE bulk_kept"))
    moved = "old.key <> 'right_paper' AND old.value IS DISTINCT FROM now.fields -> old.key"
    reasons = [
        "lot.id IS NULL",
        f"EXISTS (SELECT FROM jsonb_each(one.after) AS old WHERE {moved})",
    ]
    joins = ""
    if "status" in touched:
        joins = _STEP
        back = "jsonb_build_object(" + ", ".join(
            f"'{name}', CASE WHEN one.before ? '{name}' THEN one.before ->> '{name}' ELSE lot.{name} END"
            for name in REUSE
        )
        missing = f"cardinality(genbro_lot_missing(jsonb_populate_record(lot, {back})), step.needs)) > 0"
        stuck = f"step.to_status IS NULL OR {missing} OR {_LATER} OR {_UNDONE.format(event='one.step_id')}"
        reasons.append(f"one.step_id IS NOT NULL AND ({stuck})")
    statement = f"""
    WITH {PROOF}
    SELECT one.ref FROM bulk_kept AS one LEFT JOIN lot ON lot.id = one.lot_id {JOINS} {joins}
    CROSS JOIN LATERAL (SELECT {photograph(touched)} AS fields) AS now
    WHERE {" OR ".join(f"({reason})" for reason in reasons)} ORDER BY one.place LIMIT :most
    """  # noqa: S608 - our own names
    bound: dict[str, object] = {"most": most}
    if "status" in touched:
        bound["undoable"] = list(UNDOABLE)
    return list(session.scalars(text(statement), bound))


def put_lots_back(
    session: Session, *, touched: Sequence[str], papers: Mapping[str, str | None], by: str | None
) -> int:
    """Put the lots in `bulk_kept` back, in which `find_in_the_way` found nothing.

    Parameters
    ----------
    session
        Its transaction.
    touched
        Fields the change may have changed.
    papers
        Lot or site -> the document that showed the right to sell before the change, or None.
    by
        Who, for the histories.

    Returns
    -------
    int
        How many lots.
    """
    named = session.scalars(text("SELECT DISTINCT before ->> 'owner' FROM bulk_kept")).all()
    owners = {name: str(find_or_add_organisation(session, name)) for name in named if name}
    if columns := set_fields(touched, kept="before"):
        statement = f"UPDATE lot SET {columns} FROM bulk_kept AS one WHERE lot.id = one.lot_id"  # noqa: S608 - our own names
        session.execute(text(statement), {"owners": json.dumps(owners)} if "owner" in touched else {})
    if "storage_place" in touched:
        session.execute(text(_SURVEY))
        session.execute(text(_UNSURVEY))
    if papers:
        session.execute(text(_MARK), {"papers": json.dumps(dict(papers))})
    session.execute(text(_LINE), {"by": by})
    count: int = session.scalars(text("SELECT count(*) FROM bulk_kept")).one()
    return count
