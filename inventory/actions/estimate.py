# SPDX-License-Identifier: EUPL-1.2
"""Writing estimated lots and assumed windows; surveyed lots are never touched."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_rows
from inventory.actions.events import record_event
from inventory.tables import stable_id
from inventory.tables.site import Firmness

ASSUMED = "assumed"
WINDOW_ASSUMED = "; window assumed"
NO_LONGER = "no_longer_estimated"

LOT_TYPES: Mapping[str, str] = {
    "id": "uuid",
    "site_id": "uuid",
    "class_code": "text",
    "quantity": "bigint",
    "quantity_low": "bigint",
    "quantity_high": "bigint",
    "status": "text",
    "documentation": "text",
    "screening": "text",
    "asbestos_suspect": "boolean",
    "suspicion": "text[]",
    "product_status": "text",
    "year": "integer",
    "rule": "text",
    "rule_source": "text",
    "learned_factor_id": "uuid",
    "note": "text",
}
"""Values of a lot as `write_estimates` takes them, in this order."""

_MOVING = [name for name in LOT_TYPES if name not in ("id", "site_id", "class_code")]

# S608: the names are our own constants, never words of a file
_UPDATE = f"""
UPDATE lot SET {", ".join(f"{name} = new.{name}" for name in _MOVING)}
FROM estimated_lot AS new
WHERE lot.id = new.id AND lot.basis = 'estimated'
  AND ({", ".join(f"lot.{name}" for name in _MOVING)})
      IS DISTINCT FROM ({", ".join(f"new.{name}" for name in _MOVING)})
"""  # noqa: S608
_INSERT = f"""
INSERT INTO lot (id, site_id, ref, class_id, unit, basis, {", ".join(_MOVING)})
SELECT new.id, new.site_id, new.class_code, class.id, class.unit, 'estimated',
       {", ".join(f"new.{name}" for name in _MOVING)}
FROM estimated_lot AS new JOIN material_class AS class ON class.code = new.class_code
WHERE NOT EXISTS (SELECT FROM lot WHERE lot.id = new.id)
"""  # noqa: S608
_VANISHED = """
lot.basis = 'estimated' AND lot.site_id IN (SELECT site_id FROM estimated_site)
AND NOT EXISTS (SELECT FROM estimated_lot AS new WHERE new.id = lot.id)
"""
_IN_A_PLAN = """
(EXISTS (SELECT FROM match WHERE match.lot_id = lot.id)
 OR EXISTS (SELECT FROM lot_price WHERE lot_price.lot_id = lot.id))
"""
_REMOVE = f"DELETE FROM lot WHERE {_VANISHED} AND NOT {_IN_A_PLAN}"  # noqa: S608
_WITHDRAW = f"""
UPDATE lot SET status = 'withdrawn', note = :no_longer
WHERE {_VANISHED} AND (status, note) IS DISTINCT FROM ('withdrawn', :no_longer)
"""  # noqa: S608

_ASSUME = """
WITH before AS (
    SELECT site.id,
           site.firmness IS NOT NULL AND site.firmness_source IS DISTINCT FROM :assumed AS told,
           replace(coalesce(site.firmness_source, ''), :window_assumed, '') AS teller
    FROM site JOIN building ON building.site_id = site.id
    WHERE building.standing
      AND site.firmness IS DISTINCT FROM 'gone'
      AND (site.available_from IS NULL
           OR site.firmness_source = :assumed
           OR right(site.firmness_source, length(:window_assumed)) = :window_assumed)
      AND (NOT building.outbuilding
           OR (site.firmness <> 'possible' AND site.firmness_source IS DISTINCT FROM :assumed))
      AND (cardinality(CAST(:municipalities AS text[])) = 0
           OR site.municipality_code = ANY (CAST(:municipalities AS text[])))
), settled AS (
    SELECT before.id,
           CASE WHEN told THEN site.firmness ELSE :firmness END AS firmness,
           CASE WHEN told THEN teller || :window_assumed ELSE :assumed END AS source
    FROM before JOIN site ON site.id = before.id
)
UPDATE site SET
    available_from = CAST(:available_from AS date),
    available_to = CAST(:available_to AS date),
    firmness = settled.firmness,
    firmness_source = settled.source
FROM settled
WHERE settled.id = site.id
  AND (site.available_from, site.available_to, site.firmness, site.firmness_source)
      IS DISTINCT FROM
      (CAST(:available_from AS date), CAST(:available_to AS date), settled.firmness, settled.source)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatesWritten:
    """Estimated lots by what became of them.

    `removed` lots are no longer estimated and gone; `withdrawn` ones likewise, but kept because a plan
    names them.
    """

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    withdrawn: int = 0

    @property
    def changed(self) -> int:
        """Lots that were written."""
        return self.inserted + self.updated + self.removed + self.withdrawn

    def plus(self, other: EstimatesWritten) -> EstimatesWritten:
        """Add two counts."""
        return EstimatesWritten(
            **{name: value + getattr(other, name) for name, value in asdict(self).items()}
        )


def write_estimates(
    session: Session, *, site_ids: Iterable[uuid.UUID], lots: Sequence[Sequence[Any]]
) -> EstimatesWritten:
    """Replace the estimated lots of some sites; what is the same already is left untouched.

    Parameters
    ----------
    session : Session
        Its transaction; nothing is committed here.
    site_ids : iterable of UUID
        Every site that was estimated, also those without lots.
    lots : sequence
        Values in the order of :data:`LOT_TYPES`, at most one lot per site and class; quantities in steps.

    Returns
    -------
    EstimatesWritten
    """
    sites = [(site_id,) for site_id in site_ids]
    copy_rows(session, table="estimated_site", types={"site_id": "uuid"}, rows=sites, total=len(sites))
    copy_rows(session, table="estimated_lot", types=LOT_TYPES, rows=lots, total=len(lots))
    updated = _count(session, _UPDATE)
    inserted = _count(session, _INSERT)
    removed = _count(session, _REMOVE)
    withdrawn = _count(session, _WITHDRAW, no_longer=NO_LONGER)
    return EstimatesWritten(
        inserted=inserted,
        updated=updated,
        unchanged=len(lots) - inserted - updated,
        removed=removed,
        withdrawn=withdrawn,
    )


def assume_windows(
    session: Session,
    *,
    available_from: date,
    available_to: date,
    firmness: Firmness,
    municipalities: Sequence[str] = (),
) -> int:
    """Assume a demolition window for standing buildings that have none, or only an assumed one.

    Outbuildings are left out unless the register or a file says that they come down. A firmness from the
    register or a file is kept, and its source says that the window is assumed; otherwise the source of the
    firmness is "assumed".

    Parameters
    ----------
    session : Session
        Its transaction; nothing is committed here.
    available_from, available_to : date
        First day, and the day after the last.
    firmness : Firmness
        For buildings of which nothing is known; not "gone".
    municipalities : sequence of str
        Codes; empty = the whole country.

    Returns
    -------
    int
        Sites whose window or firmness changed.

    Raises
    ------
    ValueError
        Where the window is empty or the firmness "gone".
    """
    if available_from >= available_to:
        raise ValueError(f"the window {available_from} to {available_to} is empty")
    if firmness is Firmness.GONE:
        raise ValueError("a building that is gone yields nothing")
    return _count(
        session,
        _ASSUME,
        available_from=available_from,
        available_to=available_to,
        firmness=firmness.value,
        municipalities=list(municipalities),
        assumed=ASSUMED,
        window_assumed=WINDOW_ASSUMED,
    )


def record_estimate(
    session: Session,
    *,
    municipalities: Sequence[str],
    written: EstimatesWritten,
    windows: int,
    learned: Sequence[uuid.UUID] = (),
) -> None:
    """Note an estimate in the log, unless it changed nothing.

    Parameters
    ----------
    session : Session
    municipalities : sequence of str
        Codes of what was estimated, empty = the whole country; they are the subject of the event.
    written : EstimatesWritten
    windows : int
        Sites that were given an assumed window.
    learned : sequence of UUID
        Learned factors that were in force.
    """
    if not written.changed and not windows:
        return
    subject = stable_id("estimate", "selection", " ".join(municipalities) or "all")
    data = {
        **asdict(written),
        "windows": windows,
        "municipalities": list(municipalities),
        "learned_factors": [str(one) for one in learned],
    }
    record_event(session, kind="lots_estimated", subject_kind="estimate", subject_id=subject, data=data)


def _count(session: Session, statement: str, **values: Any) -> int:
    result = session.execute(text(statement), values)
    return int(result.rowcount)  # type: ignore[attr-defined]  # a data-changing statement gives a CursorResult
