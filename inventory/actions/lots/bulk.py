# SPDX-License-Identifier: EUPL-1.2
"""Change many lots at once: each by the same rules as alone; those that refuse left out; undone as one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_into
from inventory.actions.events import record_event
from inventory.actions.lots.bulk_fields import REUSE, RIGHT, TERMS, set_fields
from inventory.actions.lots.bulk_undo import find_in_the_way, put_lots_back
from inventory.actions.lots.bulk_weighing import LotOutcome, list_touched, weigh_change
from inventory.actions.organisations import find_or_add_organisation
from inventory.errors import BadInputError, StateError
from inventory.queries.lots.bulk_edits import EDITED, UNDONE, read_bulk_edit

_LISTED = 10
# The lines of a lot's history, in the order in which the single actions would write them.
_LINES = (
    ("lot_terms_set", (*TERMS, *RIGHT, "right_paper")),
    ("lot_reuse_decided", REUSE),
    ("lot_corrected", ("price_ore", "storage_place")),
)
_CHANGED = "one.refusal IS NULL AND one.after <> '{}'"
_SURVEY = f"""
INSERT INTO lot_survey (lot_id, count, storage_place)
SELECT lot.id, lot.quantity * class.step, one.after ->> 'storage_place'
FROM bulk_lot AS one JOIN lot ON lot.id = one.id JOIN material_class AS class ON class.id = lot.class_id
WHERE {_CHANGED} AND one.after ? 'storage_place'
ON CONFLICT (lot_id) DO UPDATE SET storage_place = excluded.storage_place
"""  # noqa: S608 - our own names
_SHOWN = f"""
SELECT jsonb_object_agg(things.thing, shown.id) FROM (
    SELECT DISTINCT thing FROM bulk_lot AS one WHERE {_CHANGED} AND one.after ? 'right_paper'
) AS things
LEFT JOIN attachment AS shown ON things.thing IN (shown.lot_id, shown.site_id)
    AND shown.proves = 'right_to_sell'
"""  # noqa: S608 - our own names
_MARK = f"""
UPDATE attachment AS paper SET proves = CASE WHEN paper.id = one.paper_id THEN 'right_to_sell' END
FROM (SELECT DISTINCT thing, paper_id FROM bulk_lot AS one
      WHERE {_CHANGED} AND one.after ? 'right_paper') AS one
WHERE one.thing IN (paper.lot_id, paper.site_id) AND paper.kind = 'document'
"""  # noqa: S608 - our own names
_LINE = f"""
INSERT INTO event (kind, subject_kind, subject_id, data)
SELECT :kind, 'lot', one.id, jsonb_build_object('by', CAST(:by AS text), 'why', CAST(:why AS text),
    'changes', line.changes)
FROM bulk_lot AS one
CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(new.key, jsonb_build_array(one.before -> new.key, new.value)) AS changes
    FROM jsonb_each(one.after) AS new WHERE new.key = ANY(:names)
) AS line
WHERE {_CHANGED} AND line.changes IS NOT NULL ORDER BY one.place
"""  # noqa: S608 - our own names
_STEP_LINE = f"""
WITH written AS (
    INSERT INTO event (kind, subject_kind, subject_id, data)
    SELECT 'lot_step', 'lot', one.id, jsonb_build_object('by', CAST(:by AS text), 'why', CAST(:why AS text),
        'from', one.before -> 'status', 'to', one.after -> 'status',
        'changes', jsonb_build_object('status',
            jsonb_build_array(one.before -> 'status', one.after -> 'status')))
    FROM bulk_lot AS one WHERE {_CHANGED} AND one.after ? 'status' ORDER BY one.place
    RETURNING id, subject_id
)
UPDATE bulk_lot SET step_id = written.id FROM written WHERE bulk_lot.id = written.subject_id
"""  # noqa: S608 - our own names
_KEEP = f"""
INSERT INTO bulk_edit_lot (edit_id, place, lot_id, ref, before, after, step_id, surveyed)
SELECT :edit_id, one.place, one.id, one.ref, one.before, one.after, one.step_id,
    one.unseen AND one.after ? 'storage_place'
FROM bulk_lot AS one WHERE {_CHANGED}
"""  # noqa: S608 - our own names


class BulkUnknownError(BadInputError):
    """There is no change of several lots {edit_id}."""


class BulkUndoneError(StateError):
    """The change of several lots is undone already."""


class BulkRestedOnError(StateError):
    """The change cannot be undone as a whole: {refs} changed since. Correct the lots one by one instead."""


def change_lots(
    session: Session,
    *,
    lot_ids: Sequence[UUID],
    change: Mapping[str, Any],
    organisation_id: UUID,
    by: str | None = None,
    why: str | None = None,
    agree: Callable[[Sequence[LotOutcome]], None] | None = None,
) -> tuple[UUID | None, list[LotOutcome]]:
    """Change lots, each wholly or not at all; those that refuse are left out and named.

    Parameters
    ----------
    session
        Its transaction takes all of it; nothing is committed here.
    lot_ids
        The lots, in the order in which they are to be told of.
    change
        As `inventory.actions.lots.bulk_weighing.weigh_change`, which finds what would become of them alone.
    organisation_id
        Whose lots they are, for the list of changes.
    by, why
        Who and for what reason, for the history of each lot.
    agree
        Told what would become of the lots before any is written; raises where that is not what is wanted.

    Returns
    -------
    UUID or None, list of LotOutcome
        Id of the change, by which it is undone; None where no lot changed.

    Raises
    ------
    inventory.actions.lots.step.LotUnknownError
        There is no such lot.
    """
    outcomes = weigh_change(session, lot_ids=lot_ids, change=change)
    if agree is not None:
        agree(outcomes)
    changed = sum(one.changed for one in outcomes)
    if not changed:
        return None, outcomes
    edit_id = uuid4()
    papers = _write(session, touched=list_touched(change), by=by, why=why)
    session.execute(text(_KEEP), {"edit_id": edit_id})
    refused = _keep_refused(session, edit_id=edit_id, outcomes=outcomes)
    data = {
        "by": by,
        "why": why,
        "organisation": str(organisation_id),
        "fields": sorted(change),
        "changed": changed,
        "refused": refused,
        "papers": papers,
    }
    record_event(session, kind=EDITED, subject_kind="bulk_edit", subject_id=edit_id, data=data)
    session.expire_all()
    return edit_id, outcomes


def undo_bulk(session: Session, *, edit_id: UUID, by: str | None = None) -> int:
    """Take a change of several lots back: every lot as it was before it, or none.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    edit_id
        From `change_lots`.
    by
        Who takes it back.

    Returns
    -------
    int
        How many lots.

    Raises
    ------
    BulkUnknownError, BulkUndoneError
        See there.
    BulkRestedOnError
        A field it changed has changed since, or the lot was split or stepped on since.
    """
    edit = read_bulk_edit(session, edit_id=edit_id, lock=True)
    if edit is None:
        raise BulkUnknownError(edit_id=edit_id)
    if edit.undone_at is not None:
        raise BulkUndoneError
    touched = list_touched(dict.fromkeys(edit.data["fields"]))
    wrong = find_in_the_way(session, edit_id=edit_id, touched=touched, most=_LISTED + 1)
    if wrong:
        raise BulkRestedOnError(refs=", ".join(wrong[:_LISTED]) + (", ..." if len(wrong) > _LISTED else ""))
    count = put_lots_back(session, touched=touched, papers=edit.data["papers"], by=by)
    record_event(session, kind=UNDONE, subject_kind="bulk_edit", subject_id=edit_id, data={"by": by})
    session.expire_all()
    return count


def digest_outcomes(outcomes: Sequence[LotOutcome]) -> str:
    """Give the same short text for the same outcomes: what was seen is what is done."""
    told = [
        [
            str(one.lot_id),
            dict(one.before),
            dict(one.after),
            None if one.refusal is None else str(one.refusal),
        ]
        for one in outcomes
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def _write(
    session: Session, *, touched: Sequence[str], by: str | None, why: str | None
) -> dict[str, str | None]:
    """Write what was found in `bulk_lot`; give each thing whose paper is another, and what showed before."""
    papers: dict[str, str | None] = {}
    if "right_paper" in touched:
        papers = session.scalars(text(_SHOWN)).one() or {}
        session.execute(text(_MARK))
    named = session.scalars(
        text(f"SELECT DISTINCT one.after ->> 'owner' FROM bulk_lot AS one WHERE {_CHANGED}")  # noqa: S608 - our own names
    )
    owners = {name: str(find_or_add_organisation(session, name)) for name in named.all() if name}
    if columns := set_fields(touched, kept="after"):
        statement = f"UPDATE lot SET {columns} FROM bulk_lot AS one WHERE lot.id = one.id AND {_CHANGED}"  # noqa: S608 - our own names
        session.execute(text(statement), {"owners": json.dumps(owners)} if "owner" in touched else {})
    if "storage_place" in touched:
        session.execute(text(_SURVEY))
    for kind, names in _LINES:
        if set(names) & set(touched):
            session.execute(text(_LINE), {"kind": kind, "names": list(names), "by": by, "why": why})
    if "status" in touched:
        session.execute(text(_STEP_LINE), {"by": by, "why": why})
    return papers


def _keep_refused(session: Session, *, edit_id: UUID, outcomes: Sequence[LotOutcome]) -> int:
    """Take refusals down so that they can be told again in another language."""
    rows = [
        (
            str(edit_id),
            place,
            str(one.lot_id),
            one.ref,
            "{}",
            "{}",
            False,
            type(one.refusal).__name__,
            str(one.refusal),
            json.dumps(_plain(one.refusal.details)),
        )
        for place, one in enumerate(outcomes, start=1)
        if one.refusal is not None
    ]
    columns = ("edit_id", "place", "lot_id", "ref", "before", "after", "surveyed", "error", "told", "details")
    copy_into(session, table="bulk_edit_lot", columns=columns, rows=rows)
    return len(rows)


def _plain(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else str(value) for name, value in details.items()}
