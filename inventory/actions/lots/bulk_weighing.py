# SPDX-License-Identifier: EUPL-1.2
"""What a change of many lots would do to each: by the rules of a single one, for all of them at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from inventory.actions.lots.bulk_fields import FIELDS, JOINS, PROOF, REUSE, RIGHT, TERMS, WASTE, photograph
from inventory.actions.lots.reuse import DirectReuseIsNoWasteError
from inventory.actions.lots.step import LotUnknownError, StepMissingError, StepRefusedError
from inventory.errors import BadInputError, GenbroError, StateError
from inventory.queries.offers import AnyRow
from inventory.tables import Lot, LotStatus, LotStep

_ORE_PER_KRONE = 100


class EstimateUnchangedError(StateError):
    """Lot {ref} is an estimate: survey the material, then change it."""


class WasteUndecidedError(BadInputError):
    """Nothing is decided of how lot {ref} is reused: choose preparation for reuse with its number."""


class PaperNotHereError(BadInputError):
    """Neither lot {ref} nor its site has a document called {paper}. Add it there first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LotOutcome:
    """What a change does to one lot: the fields that change, before and after, or why it is refused."""

    lot_id: UUID
    ref: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    refusal: GenbroError | None = None

    @property
    def changed(self) -> bool:
        """Whether anything becomes of it."""
        return self.refusal is None and bool(self.after)


# A document so called of the lot itself goes before one of its site; of two, the one that shows the right.
_NAMED = """
    named AS (SELECT DISTINCT ON (coalesce(lot_id, site_id)) coalesce(lot_id, site_id) AS thing, id
              FROM attachment WHERE kind = 'document' AND name = :right_paper
              ORDER BY coalesce(lot_id, site_id), proves IS NULL, added_at, id)
"""
_STEP = """
    LEFT JOIN lot_step AS step ON step.from_status = lot.status AND step.to_status = :status
        AND NOT step.undo_only AND step.valid_from <= current_date
        AND (step.valid_to IS NULL OR step.valid_to > current_date)
"""


def weigh_change(session: Session, *, lot_ids: Sequence[UUID], change: Mapping[str, Any]) -> list[LotOutcome]:
    """Lock lots and find what would become of each, without changing any.

    Parameters
    ----------
    session
        Its transaction holds the locks, and what was found as the temporary table `bulk_lot`.
    lot_ids
        The lots, in the order in which they are to be told of.
    change
        Field of `inventory.actions.lots.bulk_fields.FIELDS` -> value; None empties it, and what is not named
        stays.

    Returns
    -------
    list of LotOutcome
        In that order.

    Raises
    ------
    inventory.actions.lots.step.LotUnknownError
        There is no such lot.
    """
    ids = list(dict.fromkeys(lot_ids))
    query = select(Lot.id).where(Lot.id == func.any(ids)).order_by(Lot.id).with_for_update()
    locked = set(session.scalars(query))
    for lot_id in ids:
        if lot_id not in locked:
            raise LotUnknownError(lot_id=lot_id)
    told = _tidy(change)
    session.execute(text("DROP TABLE IF EXISTS pg_temp.bulk_lot"))
    session.execute(text(_write_weighing(told)), {"ids": ids, **_bind(told)})
    rows = session.execute(text("SELECT * FROM bulk_lot ORDER BY place"))
    steps = _list_steps(session) if "status" in told else {}
    return [
        LotOutcome(
            lot_id=row.id,
            ref=row.ref,
            before=row.before,
            after=row.after,
            refusal=None if row.refusal is None else _make_refusal(row, told=told, steps=steps),
        )
        for row in rows
    ]


def list_touched(change: Mapping[str, Any]) -> list[str]:
    """List the fields that a change may change: the way of reuse and its papers go together."""
    return [name for name in FIELDS if name in change or (name in REUSE and change.keys() & set(REUSE))]


def _tidy(change: Mapping[str, Any]) -> dict[str, Any]:
    """Write a change as it is kept: names without spaces too many; no step where none is chosen."""
    told = dict(change)
    for name in ("owner", *WASTE):
        if name in told:
            told[name] = " ".join((told[name] or "").split()) or None
    for name in ("status", "reuse", "right_paper", *WASTE):
        if name in told and told[name] is None:
            del told[name]
    return told


def _bind(told: Mapping[str, Any]) -> dict[str, Any]:
    plain = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in told.items()
        if name in {*TERMS, *RIGHT, "storage_place"}
    }
    bound: dict[str, Any] = {"constants": json.dumps(plain)}
    for name in ("price_ore", *REUSE, "right_paper", "status"):
        bound[name] = told.get(name)
    return bound


def _write_weighing(told: Mapping[str, Any]) -> str:
    """Write the statement that finds what becomes of each lot."""
    touched = list_touched(told)
    after = ["CAST(:constants AS jsonb)"]
    refused = ["WHEN basis <> 'surveyed' THEN 'EstimateUnchangedError'"]
    found, joins, named = ["NULL AS missing", "NULL AS paper_id", "NULL AS thing"], "", ""
    way = "coalesce(CAST(:reuse AS text), lot.reuse)"
    waste = {
        name: f"coalesce(CAST(:{name} AS text), CASE WHEN {way} = 'preparation' THEN lot.{name} END)"
        for name in WASTE
    }
    patch = "'{}'"
    if "price_ore" in touched:
        ore = f"trim_scale(CAST(:price_ore AS numeric) * {_ORE_PER_KRONE} * class.step)"
        after.append(f"jsonb_build_object('price_ore', CAST({ore} AS text))")
    if "reuse" in touched:
        patch = (
            f"jsonb_build_object('reuse', {way}" + "".join(f", '{n}', {v}" for n, v in waste.items()) + ")"
        )
        after.append(patch)
        numbers = f"num_nonnulls({', '.join(waste.values())})"
        refused.append("WHEN way IS NULL THEN 'WasteUndecidedError'")
        refused.append("WHEN way = 'direct' AND numbers > 0 THEN 'DirectReuseIsNoWasteError'")
        found += [f"{way} AS way", f"{numbers} AS numbers"]
    if "right_paper" in touched:
        named = f", {_NAMED}"
        joins += " LEFT JOIN named AS own ON own.thing = lot.id"
        joins += " LEFT JOIN named AS shared ON shared.thing = lot.site_id"
        found[1:3] = [
            "coalesce(own.id, shared.id) AS paper_id",
            "CASE WHEN own.id IS NULL THEN lot.site_id ELSE lot.id END AS thing",
        ]
        paper = "CAST(:right_paper AS text)"
        shown = f"CASE WHEN own.id IS NULL THEN coalesce(own_proof.name, {paper}) ELSE {paper} END"
        after.append(f"jsonb_build_object('right_paper', {shown})")
        refused.insert(1, "WHEN paper_id IS NULL THEN 'PaperNotHereError'")
    if "status" in touched:
        joins += _STEP
        after.append("jsonb_build_object('status', CAST(:status AS text))")
        found[0] = f"genbro_lot_missing(jsonb_populate_record(lot, {patch}), step.needs) AS missing"
        found.append("step.to_status IS NOT NULL AS follows")
        refused.append("WHEN status <> CAST(:status AS text) AND NOT follows THEN 'StepRefusedError'")
        refused.append(
            "WHEN status <> CAST(:status AS text) AND cardinality(missing) > 0 THEN 'StepMissingError'"
        )
    return f"""
    CREATE TEMPORARY TABLE bulk_lot ON COMMIT DROP AS
    WITH {PROOF}{named}, weighed AS MATERIALIZED (
        SELECT asked.place, lot.id, lot.ref, lot.basis, lot.status, seen.lot_id IS NULL AS unseen,
            {photograph(touched)} AS seen_before, {" || ".join(after)} AS seen_after, {", ".join(found)}
        FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS asked (id, place)
        JOIN lot ON lot.id = asked.id {JOINS} {joins}
    )
    SELECT place, id, ref, status, unseen, paper_id, thing, missing, verdict.refusal,
        coalesce(moved.before, '{{}}') AS before, coalesce(moved.after, '{{}}') AS after,
        CAST(NULL AS bigint) AS step_id
    FROM weighed
    CROSS JOIN LATERAL (SELECT CASE {" ".join(refused)} END AS refusal) AS verdict
    LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(new.key, seen_before -> new.key) AS before,
            jsonb_object_agg(new.key, new.value) AS after
        FROM jsonb_each(seen_after) AS new
        WHERE verdict.refusal IS NULL AND new.value IS DISTINCT FROM seen_before -> new.key
    ) AS moved ON true
    """  # noqa: S608 - our own names


def _list_steps(session: Session) -> dict[str, str]:
    """List the states that may follow each state, as a refusal names them."""
    today = text("lot_step.valid_from <= current_date AND (valid_to IS NULL OR valid_to > current_date)")
    query = select(LotStep.from_status, LotStep.to_status).where(~LotStep.undo_only, today)
    follows = {(before, to) for before, to in session.execute(query)}
    return {
        before: ", ".join(to for to in LotStatus if (before, to) in follows) or "nothing else"
        for before in LotStatus
    }


def _make_refusal(row: AnyRow, *, told: Mapping[str, Any], steps: Mapping[str, str]) -> GenbroError:
    if row.refusal == PaperNotHereError.__name__:
        return PaperNotHereError(ref=row.ref, paper=told["right_paper"])
    if row.refusal == StepRefusedError.__name__:
        return StepRefusedError(ref=row.ref, status=row.status, to=told["status"], allowed=steps[row.status])
    if row.refusal == StepMissingError.__name__:
        missing = tuple(row.missing)
        return StepMissingError(
            ref=row.ref, to=told["status"], missing=", ".join(missing), missing_codes=missing
        )
    plain: dict[str, type[GenbroError]] = {
        error.__name__: error
        for error in (EstimateUnchangedError, WasteUndecidedError, DirectReuseIsNoWasteError)
    }
    return plain[row.refusal](ref=row.ref)
