# SPDX-License-Identifier: EUPL-1.2
"""What moved since the snapshot: lots and requirements whose row no longer reads as the plan assumed."""

import pandas as pd
import pyarrow as pa
from sqlalchemy import MetaData, Select, String, Table, Uuid, cast, column, select
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_rows
from inventory.matching.read_lots import read_lots
from inventory.matching.read_requirements import read_requirements
from inventory.matching.snapshot import Snapshot
from inventory.tables.lot import Lot
from inventory.tables.requirement import Requirement


def find_stale(
    session: Session, *, snapshot: Snapshot, lot_ids: set[str], requirement_ids: set[str]
) -> tuple[set[str], set[str]]:
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
    kept_lots = _hold(session, Lot, kept="kept_lot", ids=lot_ids)
    _hold(session, Requirement, kept="kept_requirement", ids=requirement_ids)
    connection = session.connection()
    lots_now = read_lots(connection, quantile=snapshot.params.quantile, among=kept_lots)
    requirements_now = read_requirements(connection, params=snapshot.params)
    return (
        _find_moved(snapshot.lots, lots_now, ids=lot_ids),
        _find_moved(snapshot.requirements, requirements_now, ids=requirement_ids),
    )


def _hold(session: Session, table: type[Lot] | type[Requirement], *, kept: str, ids: set[str]) -> Select[str]:
    copy_rows(
        session, table=kept, types={"id": "text"}, rows=[(name,) for name in sorted(ids)], total=len(ids)
    )
    chosen = select(column("id", String)).select_from(Table(kept, MetaData()))
    # Locked in the order of the id, so that two writers never wait for each other in a ring.
    locked = select(table.id).where(table.id.in_(select(cast(chosen.selected_columns["id"], Uuid))))
    session.execute(locked.order_by(table.id).with_for_update(read=True)).all()
    return chosen


def _find_moved(then: pa.Table, now: pa.Table, *, ids: set[str]) -> set[str]:
    names = sorted(ids)
    before = then.to_pandas().set_index("id").reindex(names)
    after = now.to_pandas().set_index("id").reindex(names)
    if before.empty:
        return set()
    same = pd.DataFrame(
        {
            name: (before[name] == after[name]) | (before[name].isna() & after[name].isna())
            for name in before.columns
        }
    ).all(axis=1)
    gone = after["class"].isna()
    return set(before.index[~same | gone])
