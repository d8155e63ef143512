# SPDX-License-Identifier: EUPL-1.2
"""What a question looks at: its requirements and the lots near it, kept in memory or read for it alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import partial
from threading import Thread
from uuid import UUID

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, Engine, Select, text

from inventory.database import session_factory
from inventory.matching.days import name_day
from inventory.matching.facts import MissingFactorError, read_facts
from inventory.matching.kept.ground import Ground, read_ground
from inventory.matching.kept.laid import LaidLots, find_near, is_any_near, label_lands, narrow_offer
from inventory.matching.kept.lots import KeptLots
from inventory.matching.kept.packed import read_packed_lots
from inventory.matching.params import RunParams
from inventory.matching.read_requirements import read_requirements
from inventory.matching.snapshot import read_snapshot
from inventory.matching.tried import Tried, apply_tried
from inventory.queries.instant import Reach, read_lot_prices, select_lots_within
from matcher.instant.answer import OfferedLot, ProjectAnswer, RequirementAnswer, TakenLot
from matcher.instant.changes import FARTHER_METRES, LATER_DAYS, STORED_DAYS
from matcher.instant.offer import Offer, lay_offer, take_rows
from matcher.instant.question import take_requirements
from matcher.problem.columns import IntArray, Sites
from matcher.problem.problem import Problem

NOBODY = UUID(int=0)
"""No project: a question of no requirements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Whose question it is, where, at which run's prices and params, and what is tried."""

    project_id: UUID
    point: tuple[float, float]
    run_id: UUID | None
    params: RunParams
    tried: Tried | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a question looks at.

    Parameters
    ----------
    offer
        The lots.
    asked
        The requirements, ready to be posed.
    requirements
        The same as they were read, and as they are tried.
    looked_at
        Lots near and early enough were every bound loosened.
    laid
        Where the lots are kept in memory: then the offer knows lots and sites by number.
    """

    offer: Offer
    asked: Problem
    requirements: pa.Table
    looked_at: int
    laid: LaidLots | None = None

    def name(self, answer: ProjectAnswer) -> ProjectAnswer:
        """Return an answer with the ids of the database."""
        if self.laid is None:
            return answer
        return replace(
            answer, requirements=tuple(_rename(one, self._name_offer) for one in answer.requirements)
        )

    def cut(self, lots: Sequence[str]) -> Problem:
        """Return the requirements with some of the lots, by their ids in the database, and no hubs."""
        known, wanted = self.offer.problem, self.asked
        taken = take_rows(known.lots, row=self._find_places(lots))
        sites, site = np.unique(taken.site, return_inverse=True)
        near = take_rows(known.sites, row=sites.astype(np.int64))
        joined = {
            item.name: np.concatenate([getattr(near, item.name), getattr(wanted.sites, item.name)])
            for item in fields(Sites)
        }
        return replace(
            wanted,
            lots=replace(taken, id=np.array(lots, dtype=object), site=site.astype(np.int32)),
            sites=Sites(**joined),
            requirements=replace(wanted.requirements, site=wanted.requirements.site + np.int32(len(sites))),
        )

    def _find_places(self, lots: Sequence[str]) -> IntArray:
        if self.laid is None:
            place = {str(name): row for row, name in enumerate(self.offer.problem.lots.id.tolist())}
            return np.array([place[one] for one in lots], dtype=np.int64)
        ids = np.array([UUID(one).bytes for one in lots], dtype="S16")
        return self.offer.place[np.searchsorted(self.laid.lot_ids, ids)]

    def _name_offer(self, offer: OfferedLot) -> OfferedLot:
        assert self.laid is not None
        lot, site = int(offer.lot), int(offer.site) - self.laid.first_site
        return replace(
            offer,
            lot=_write_id(self.laid.lot_ids[lot]),
            site=_write_id(self.laid.site_ids[site]),
        )


def look_anew(engine: Engine, *, call: Call) -> Look:
    """Read the lots near for this question alone.

    Raises
    ------
    MissingFactorError
        A class in use has no price or emission in force.
    """
    snapshot = read_snapshot(
        engine,
        params=call.params,
        project_id=call.project_id,
        nearby=partial(_select_nearby, call=call),
        alter=_alter(call),
    )
    problem = snapshot.problem
    ids = problem.lots.id.tolist()
    prices: dict[str, int] = {}
    if call.run_id is not None:
        with session_factory(engine)() as session:
            prices = read_lot_prices(session, run_id=call.run_id, lot_ids=ids)
    return Look(
        offer=lay_offer(problem, prices=np.array([prices.get(lot, 0) for lot in ids], dtype=np.int64)),
        asked=take_requirements(problem, rows=np.arange(len(problem.requirements.id))),
        requirements=snapshot.requirements,
        looked_at=len(ids),
    )


def look_at_kept(engine: Engine, kept: KeptLots, *, call: Call) -> Look | None:
    """Look at the lots kept in memory; None where they are still being read, or a class lacks a factor.

    What changed since they were read is read within the question's own transaction.
    """
    with _open_moment(engine) as connection:
        facts = read_facts(connection, as_of=call.params.as_of)
        requirements = read_requirements(connection, params=call.params, project_id=call.project_id)
        if alter := _alter(call):
            requirements = alter(requirements)
        requirements = requirements.filter(requirements["point"].is_valid())
        try:
            ground = read_ground(connection, params=call.params, facts=facts, requirements=requirements)
        except MissingFactorError:
            return None
        found = kept.look(connection, ground=ground)
        if found is None:
            return None
        laid, changed = found
        reaches = list_reaches(requirements, _list_serving(ground), params=call.params)
        if changed:
            fresh = read_packed_lots(
                connection, class_ids=[reach.class_id for reach in reaches], sites=changed
            )
            if is_any_near(fresh, reaches=reaches, point=call.point):
                laid, changed = kept.renew(connection, laid=laid, ground=ground, changed=changed), set()
        prices = kept.price(connection, laid=laid, run_id=call.run_id)
    problem = replace(ground.problem, sites=label_lands(ground.problem.sites))
    asked = take_requirements(problem, rows=np.arange(len(problem.requirements.id)))
    near = find_near(laid, reaches=reaches, point=call.point, changed=changed)
    offer = narrow_offer(laid, near=near, prices=prices, asked=asked)
    return Look(
        offer=offer,
        asked=asked,
        requirements=requirements,
        looked_at=int(np.count_nonzero(offer.quantity)),
        laid=laid,
    )


def begin_keeping(engine: Engine, kept: KeptLots, *, params: RunParams) -> Thread | None:
    """Begin to read all lots into memory, unless somebody is at it; return the thread that does.

    Raises
    ------
    MissingFactorError
        A tradable class has no price or emission in force.
    """
    with _open_moment(engine) as connection:
        facts = read_facts(connection, as_of=params.as_of)
        nothing = read_requirements(connection, params=params, project_id=NOBODY)
        return kept.begin(read_ground(connection, params=params, facts=facts, requirements=nothing))


def list_reaches(
    requirements: pa.Table, serving: Mapping[int, Sequence[int]], *, params: RunParams
) -> list[Reach]:
    """List which lots of each class could serve, were every bound loosened.

    Parameters
    ----------
    requirements
        As they were read.
    serving
        By the number of a class: of the classes that may serve it.
    params
        Bounds of requirements that state none.
    """
    reaches: dict[int, Reach] = {}
    for row in requirements.select(
        ["class", "max_metres", "storage_days", "wanted_from", "wanted_to"]
    ).to_pylist():
        metres = params.default_max_metres if row["max_metres"] is None else row["max_metres"]
        stored = params.default_storage_days if row["storage_days"] is None else row["storage_days"]
        for number in serving[row["class"]]:
            here = Reach(
                class_id=number,
                metres=min(metres + FARTHER_METRES, params.cap_metres),
                opens_before=name_day(row["wanted_to"] + LATER_DAYS),
                closes_after=name_day(row["wanted_from"] - LATER_DAYS - stored - STORED_DAYS),
            )
            reaches[number] = _join(reaches.get(number, here), here)
    return [reaches[number] for number in sorted(reaches)]


def _select_nearby(wanted: pa.Table, serving: dict[int, list[int]], *, call: Call) -> Select[UUID]:
    return select_lots_within(list_reaches(wanted, serving, params=call.params), point=call.point)


def _join(one: Reach, other: Reach) -> Reach:
    return Reach(
        class_id=one.class_id,
        metres=max(one.metres, other.metres),
        opens_before=max(one.opens_before, other.opens_before),
        closes_after=min(one.closes_after, other.closes_after),
    )


def _list_serving(ground: Ground) -> dict[int, list[int]]:
    """List by class, by number, the classes that may serve it: itself and its substitutes."""
    number = {row: one for one, row in ground.class_rows.items()}
    serving = {one: [one] for one in ground.class_rows}
    swaps = ground.problem.substitutes
    for asked, offered in zip(swaps.class_.tolist(), swaps.substitute.tolist(), strict=True):
        serving[number[asked]].append(number[offered])
    return serving


def _alter(call: Call) -> Callable[[pa.Table], pa.Table] | None:
    return partial(apply_tried, tried=call.tried) if call.tried else None


@contextmanager
def _open_moment(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that reads, and sees one moment."""
    with (
        engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection,
        connection.begin(),
    ):
        connection.execute(text("SET TRANSACTION READ ONLY"))
        yield connection


def _rename(answer: RequirementAnswer, name: Callable[[OfferedLot], OfferedLot]) -> RequirementAnswer:
    def rename_taken(taken: TakenLot) -> TakenLot:
        backup = None if taken.backup is None else name(taken.backup)
        return replace(taken, offer=name(taken.offer), backup=backup)

    return replace(
        answer,
        mix=tuple(rename_taken(taken) for taken in answer.mix),
        alternatives=tuple(name(one) for one in answer.alternatives),
    )


def _write_id(packed: bytes) -> str:
    # NumPy leaves zero bytes at the end of such a text out
    digits = bytes(packed).ljust(16, b"\0").hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
