# SPDX-License-Identifier: EUPL-1.2
"""What moved since the snapshot: lots and requirements whose row no longer reads as the plan assumed."""

import pandas as pd
import pyarrow as pa
from sqlalchemy import MetaData, Select, String, Table, column, select, text
from sqlalchemy.orm import Session

from inventory.matching.read_lots import read_lots
from inventory.matching.read_requirements import read_requirements
from inventory.matching.snapshot import Snapshot


def find_stale(session: Session, *, snapshot: Snapshot, lot_ids: set[str], requirement_ids: set[str]) -> tuple[set[str], set[str]]:
    """Find which of a plan's lots and requirements have moved, and hold the others as they are.

    Anything the problem used counts: quantity, window, class, price, screening, place, a survey that came and
    replaced an estimate. The rows are locked against change until the transaction ends.

    Parameters
    ----------
    session
        The transaction that will write the plan.
    snapshot
        What the plan was made from.
    lot_ids, requirement_ids
        The lots and requirements it matches.

    Returns
    -------
    tuple of set
        Ids of the lots and of the requirements that moved or are gone.
    """
    _keep_ids(session, "lot", lot_ids)
    _keep_ids(session, "requirement", requirement_ids)
    connection = session.connection()
    lots_now = read_lots(connection, quantile=snapshot.params.quantile, among=_select_kept("lot"))
    requirements_now = read_requirements(connection, params=snapshot.params)
    return (
        _find_moved(snapshot.lots, lots_now, ids=lot_ids),
        _find_moved(snapshot.requirements, requirements_now, ids=requirement_ids),
    )


def _keep_ids(session: Session, kind: str, ids: set[str]) -> None:
    session.execute(text(f"CREATE TEMPORARY TABLE kept_{kind} (id text PRIMARY KEY) ON COMMIT DROP"))
    if ids:
        session.execute(text(f"INSERT INTO kept_{kind} VALUES (:id)"), [{"id": name} for name in sorted(ids)])
    # Locked in the order of the id, so that two writers never wait for each other in a ring.
    session.execute(text(f"SELECT 1 FROM {kind} WHERE id IN (SELECT id::uuid FROM kept_{kind}) ORDER BY id FOR SHARE"))


def _select_kept(kind: str) -> Select[tuple[str]]:
    return select(column("id", String)).select_from(Table(f"kept_{kind}", MetaData()))


def _find_moved(then: pa.Table, now: pa.Table, *, ids: set[str]) -> set[str]:
    names = sorted(ids)
    before = then.to_pandas().set_index("id").reindex(names)
    after = now.to_pandas().set_index("id").reindex(names)
    if before.empty:
        return set()
    same = pd.DataFrame({name: (before[name] == after[name]) | (before[name].isna() & after[name].isna()) for name in before.columns}).all(axis=1)
    gone = after["class"].isna()
    return set(before.index[~same | gone])
