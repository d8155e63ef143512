# SPDX-License-Identifier: EUPL-1.2
"""All lots that may count, kept in the memory of a process that answers again and again."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from threading import Lock, Thread
from uuid import UUID

import numpy as np
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from inventory.errors import GenbroError
from inventory.matching.kept.ground import Ground
from inventory.matching.kept.laid import LaidLots, lay_lots, renew_lots
from inventory.matching.kept.packed import Packed, read_packed_lots
from inventory.queries.site_looks import list_changed_sites, read_seen
from matcher.problem.columns import IntArray

log = logging.getLogger(__name__)

MOST_CHANGED = 2000
"""Sites that are read again one by one; where more changed, everything is read again."""

_PRICED = np.dtype([("id", "S16"), ("price", ">i8")])
_PRICES = text(
    """
    SELECT string_agg(uuid_send(lot_id) || int8send(price), ''::bytea)
      FROM lot_price
     WHERE run_id = :run AND price <> 0
    """
)


@dataclass(slots=True)
class KeptLots:
    """Keeps the lots of one database, and knows what has changed since it read them.

    Parameters
    ----------
    engine
        The database.

    Notes
    -----
    Everything is read once, behind the reader's back; until then there is nothing to look at and a question
    reads for itself. Afterwards a question reads which sites changed since, within its own transaction: lots
    of those are read anew, so no answer is older than its question. Source: docs/adr/0015.
    """

    engine: Engine
    _laid: LaidLots | None = None
    _prices: tuple[LaidLots, UUID, IntArray] | None = None
    _at_it: Lock = field(default_factory=Lock)
    _renewing: Lock = field(default_factory=Lock)

    def begin(self, ground: Ground) -> Thread | None:
        """Read everything in a thread, unless one is at it; return the thread."""
        if not self._at_it.acquire(blocking=False):
            return None
        thread = Thread(target=self._read_all, args=(ground,), name="genbro-lots", daemon=True)
        thread.start()
        return thread

    def look(self, connection: Connection, *, ground: Ground) -> tuple[LaidLots, set[UUID]] | None:
        """Return the lots laid out upon a ground, and the sites that changed since they were read.

        Parameters
        ----------
        connection
            A connection over psycopg 3, whose transaction sees one moment.
        ground
            Of the question.

        Returns
        -------
        tuple or None
            None where the lots are still being read.
        """
        laid = self._laid
        changed = None if laid is None else list_changed_sites(connection, since=laid.seen)
        if laid is None or changed is None or len(changed) > MOST_CHANGED:
            self.begin(ground)
            return None
        if not laid.ground.is_like(ground):
            laid, changed = self.renew(connection, laid=laid, ground=ground, changed=changed), set()
        return laid, changed

    def renew(
        self, connection: Connection, *, laid: LaidLots, ground: Ground, changed: set[UUID]
    ) -> LaidLots:
        """Read the sites that changed again, and lay everything out anew."""
        with self._renewing:
            seen = read_seen(connection)
            if self._laid is not None and self._laid.seen == seen and self._laid.ground.is_like(ground):
                return self._laid  # somebody else was quicker
            fresh = (
                read_packed_lots(connection, class_ids=ground.class_rows, sites=changed) if changed else {}
            )
            self._laid = renew_lots(laid, ground=ground, changed=changed, fresh=fresh, seen=seen)
            return self._laid

    def price(self, connection: Connection, *, laid: LaidLots, run_id: UUID | None) -> IntArray:
        """Return what a step of each lot is worth to others by a run, by place; 0 everywhere without one."""
        if run_id is None:
            return np.zeros(len(laid.offer.row), dtype=np.int64)
        known = self._prices
        if known is None or known[0] is not laid or known[1] != run_id:
            known = laid, run_id, read_prices(connection, laid=laid, run_id=run_id)
            self._prices = known
        return known[2]

    def _read_all(self, ground: Ground) -> None:
        try:
            with (
                self.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection,
                connection.begin(),
            ):
                seen = read_seen(connection)
                packed: dict[int, Packed] = {}
                for number in ground.class_rows:  # one by one: none of them is large
                    packed |= read_packed_lots(connection, class_ids=[number])
            self._laid = lay_lots(packed, ground=ground, seen=seen)
        except (GenbroError, SQLAlchemyError):
            log.exception("the lots could not be read into memory; questions read for themselves")
        finally:
            self._at_it.release()


def read_prices(connection: Connection, *, laid: LaidLots, run_id: UUID) -> IntArray:
    """Read the prices of a run, by place in the offer; lots it did not know have none.

    Parameters
    ----------
    connection
        A connection over psycopg 3.
    laid
        The lots.
    run_id
        The run.
    """
    priced = np.frombuffer(connection.execute(_PRICES, {"run": run_id}).scalar_one() or b"", dtype=_PRICED)
    ids = np.ascontiguousarray(priced["id"])
    prices = np.zeros(len(laid.lot_ids), dtype=np.int64)
    if len(prices) and len(ids):
        row = np.minimum(np.searchsorted(laid.lot_ids, ids), len(prices) - 1)
        found = laid.lot_ids[row] == ids
        prices[row[found]] = priced["price"][found]
    return prices[laid.offer.row]
