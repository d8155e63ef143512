# SPDX-License-Identifier: EUPL-1.2
"""Writing what a file says of the reuse and the terms of lots; what it does not say stays as it is."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_rows
from inventory.actions.bulk.upsert import note_changes, returning, upsert_statement
from inventory.actions.imports.sites import write_organisations

TERM_TYPES = {
    "id": "uuid",
    "reuse": "text",
    "waste_number": "text",
    "waste_receiver": "text",
    "owner": "text",
    "sellable_from": "date",
    "price_at": "text",
    "dismantled_by": "text",
    "loaded_by": "text",
    "unloaded_by": "text",
    "crane": "text",
    "minimum_hire_hours": "integer",
    "access_note": "text",
    "storage_place": "text",
    "paper_id": "uuid",
}
_OWNER = list(TERM_TYPES).index("owner")

# Direct reuse is no waste: a running number or receiver that was there goes with the decision.
_PREPARED = "coalesce(new.reuse, lot.reuse) = 'preparation'"
_SETTLED = {
    "reuse": "coalesce(new.reuse, lot.reuse)",
    "waste_number": f"CASE WHEN {_PREPARED} THEN coalesce(new.waste_number, lot.waste_number) END",
    "waste_receiver": f"CASE WHEN {_PREPARED} THEN coalesce(new.waste_receiver, lot.waste_receiver) END",
    "owner_id": "coalesce(organisation.id, lot.owner_id)",
    **{
        name: f"coalesce(new.{name}, lot.{name})"
        for name in (
            "sellable_from",
            "price_at",
            "dismantled_by",
            "loaded_by",
            "unloaded_by",
            "crane",
            "minimum_hire_hours",
        )
    },
}


def write_lot_terms(session: Session, *, rows: Sequence[Sequence[object]]) -> set[UUID]:
    """Write the terms of lots that are there.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    rows
        Values in the order of `TERM_TYPES`, at most one row per lot; None leaves what is there.

    Returns
    -------
    set of UUID
        Lots of which anything changed.
    """
    if not rows:
        return set()
    write_organisations(session, names=(str(row[_OWNER]) for row in rows if row[_OWNER] is not None))
    copy_rows(session, table="import_lot_terms", types=TERM_TYPES, rows=rows, total=len(rows))
    changed = {row[0] for row in session.execute(text(_settle()))}
    changed |= {row[0] for row in session.execute(text(_survey()))}
    return changed | _mark_papers(session)


def _settle() -> str:
    return (
        f"WITH done AS (UPDATE lot SET {', '.join(f'{name} = told.{name}' for name in _SETTLED)} FROM ("  # noqa: S608 - our own names
        f"SELECT new.id, {', '.join(f'{value} AS {name}' for name, value in _SETTLED.items())}"
        " FROM import_lot_terms AS new JOIN lot ON lot.id = new.id"
        " LEFT JOIN organisation ON organisation.name = new.owner) AS told"
        f" WHERE lot.id = told.id AND ({', '.join(f'lot.{name}' for name in _SETTLED)})"
        f" IS DISTINCT FROM ({', '.join(f'told.{name}' for name in _SETTLED)})"
        f" RETURNING {returning('lot', key='id')}),"
        f" noted AS ({note_changes('lot', key='id', changed='done')}) SELECT id FROM done"
    )


def _survey() -> str:
    """Write where it lies and how to get at it into the survey of a lot, which may begin here."""
    return upsert_statement(
        "lot_survey",
        source="import_lot_terms AS new JOIN lot ON lot.id = new.id"
        " JOIN material_class AS class ON class.id = lot.class_id",
        columns={
            "lot_id": "new.id",
            "count": "trim_scale(lot.quantity * class.step)",
            "access_note": "new.access_note",
            "storage_place": "new.storage_place",
        },
        key="lot_id",
        keep=("count",),
        guarded={name: f"excluded.{name} IS NULL" for name in ("access_note", "storage_place")},
        where="num_nonnulls(new.access_note, new.storage_place) > 0",
    )


def _mark_papers(session: Session) -> set[UUID]:
    """Let one document of each lot or site show the right to sell."""
    newly = session.execute(
        text(
            "SELECT new.id FROM import_lot_terms AS new JOIN attachment AS paper ON paper.id = new.paper_id"
            " WHERE paper.proves IS DISTINCT FROM 'right_to_sell'"
        )
    ).all()
    if newly:
        meant = "CASE WHEN attachment.id = told.paper THEN 'right_to_sell' END"
        session.execute(
            text(
                f"WITH done AS (UPDATE attachment SET proves = {meant} FROM ("  # noqa: S608 - our own names
                "SELECT DISTINCT coalesce(paper.lot_id, paper.site_id) AS owner, paper.id AS paper"
                " FROM import_lot_terms AS new JOIN attachment AS paper ON paper.id = new.paper_id) AS told"
                " WHERE coalesce(attachment.lot_id, attachment.site_id) = told.owner"
                f" AND attachment.kind = 'document' AND attachment.proves IS DISTINCT FROM {meant}"
                f" RETURNING {returning('attachment', key='id')})"
                f" {note_changes('attachment', key='id', changed='done')}"
            )
        )
    return {row[0] for row in newly}
