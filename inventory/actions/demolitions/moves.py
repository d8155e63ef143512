# SPDX-License-Identifier: EUPL-1.2
"""Moving a demolition: its days and stage, the windows of its lots with them; seen before, and undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.demolitions.plan import DAYS, DemolitionPlan, Window, shift_day, shift_window
from inventory.actions.demolitions.writes import SITE_FIELDS, write_lots, write_plan, write_site
from inventory.actions.events import record_event
from inventory.actions.imports.events import note_import
from inventory.errors import BadInputError, StateError
from inventory.queries.demolitions.demolitions import (
    MOVED,
    UNDONE,
    read_history,
    read_movable_lots,
    read_site_matches,
)
from inventory.queries.offers import AnyRow
from inventory.tables import Demolition, MatchStatus, Site, SiteKind


class NotADonorError(BadInputError):
    """Site {site_id} is no building that comes down, so it has no demolition."""


class DemolitionMovedError(StateError):
    """Somebody has moved this demolition since you opened it. Look at the days again, then move them."""


class MoveNotLastError(StateError):
    """Only the latest move of a demolition that still stands can be undone, and this is not it."""


class MoveRestedOnError(StateError):
    """The move cannot be undone: {what} has changed since. Move the days by hand instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LotMove:
    """What a move does to a lot's own days: first day, day after the last, decide-by day; empty = None."""

    lot: AnyRow
    before: tuple[date | None, date | None, date | None]
    after: tuple[date | None, date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a move of a demolition does: to the site's window, to lots, and to the matches that rest on them.

    `lost` are matches that hold and will not, `held` those that hold and will, `regained` those that an
    earlier move left out and that will hold again.
    """

    before: Window | None
    after: Window | None
    lots: list[LotMove]
    lost: list[AnyRow]
    held: list[AnyRow]
    regained: list[AnyRow]


def preview_move(session: Session, *, site_id: UUID, plan: DemolitionPlan) -> Move:
    """Tell what a move would do; nothing is written.

    Raises
    ------
    NotADonorError
        The site is none of a demolition.
    DemolitionDaysError
        The days are in no order.
    """
    plan.check()
    site = _get_donor(session, site_id)
    before = None if site.available_from is None else (site.available_from, site.available_to)
    return _foresee(session, site_id=site_id, before=before, after=plan.window)  # type: ignore[arg-type]


def move_demolition(
    session: Session,
    *,
    site_id: UUID,
    plan: DemolitionPlan,
    by: str | None,
    why: str | None,
    seen: int | None = None,
) -> int | None:
    """Move a demolition: its stage, its days, the site's window and the lots' own days.

    The matches whose pick-up then lies outside their lot's window are marked by the database itself.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    site_id
        A donor site.
    plan
        What is thought of it from now on.
    by, why
        Who moves it, and the reason they give.
    seen
        The latest step of the history that whoever moves it has seen, 0 for none; None asks nothing.

    Returns
    -------
    int or None
        Id of the step in the history; None where nothing changes.

    Raises
    ------
    NotADonorError, DemolitionDaysError
        As in `preview_move`.
    DemolitionMovedError
        There is a later step than the one seen.
    """
    plan.check()
    site = _get_donor(session, site_id, lock=True)
    latest = next((step.id for step in read_history(session, site_id=site_id)), 0)
    if seen is not None and seen != latest:
        raise DemolitionMovedError
    before = _photograph(session, site)
    window = plan.window
    after = {
        "site": {
            "available_from": None if window is None else window[0].isoformat(),
            "available_to": None if window is None else window[1].isoformat(),
            "firmness": plan.firmness.value,
            "firmness_source": plan.source,
        },
        "plan": _without_firmness(plan.make_document()),
    }
    if before == after:
        return None
    move = preview_move(session, site_id=site_id, plan=plan)
    write_site(session, site_id=site_id, values=after["site"])
    write_plan(session, site_id=site_id, plan=after["plan"])
    write_lots(session, days={one.lot.id: one.after for one in move.lots})
    session.expire_all()
    return record_event(
        session,
        kind=MOVED,
        subject_kind="site",
        subject_id=site_id,
        data={
            "by": by,
            "why": why,
            "before": before,
            "after": after,
            "lots": [
                {"id": str(one.lot.id), "before": _iso(one.before), "after": _iso(one.after)}
                for one in move.lots
            ],
            "lost": len(move.lost),
            "held": len(move.held),
            **note_import(session),
        },
    )


def undo_move(session: Session, *, site_id: UUID, step: int, by: str | None) -> None:
    """Take the latest move of a demolition back: days, stage, window and lots are as they were before it.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    site_id, step
        The site, and the id of the step.
    by
        Who takes it back.

    Raises
    ------
    MoveNotLastError
        It is not the latest that stands.
    MoveRestedOnError
        The site or a lot has changed since.
    """
    site = _get_donor(session, site_id, lock=True)
    standing = next((one for one in read_history(session, site_id=site_id) if not one.undone), None)
    if standing is None or standing.id != step:
        raise MoveNotLastError
    data = standing.data
    if _photograph(session, site) != data["after"]:
        raise MoveRestedOnError(what=site.name)
    lots = {str(row.id): row for row in read_movable_lots(session, site_id=site_id)}
    for one in data["lots"]:
        row = lots.get(one["id"])
        if row is None or _iso(_days_of(row)) != one["after"]:
            raise MoveRestedOnError(what=one["id"] if row is None else row.ref)
    write_site(session, site_id=site_id, values=data["before"]["site"])
    if data["before"]["plan"] is None:
        session.execute(text("DELETE FROM demolition WHERE site_id = :id"), {"id": site_id})
    else:
        write_plan(session, site_id=site_id, plan=data["before"]["plan"])
    write_lots(session, days={UUID(one["id"]): _read_days(one["before"]) for one in data["lots"]})
    session.expire_all()
    record_event(session, kind=UNDONE, subject_kind="site", subject_id=site_id, data={"of": step, "by": by})


def _get_donor(session: Session, site_id: UUID, *, lock: bool = False) -> Site:
    site = session.get(Site, site_id, with_for_update=lock or None, populate_existing=True)
    if site is None or site.kind is not SiteKind.DONOR:
        raise NotADonorError(site_id=site_id)
    return site


def _foresee(session: Session, *, site_id: UUID, before: Window | None, after: Window | None) -> Move:
    moves: dict[UUID, LotMove] = {}
    windows: dict[UUID, Window | None] = {}
    for row in read_movable_lots(session, site_id=site_id):
        days = _days_of(row)
        own = None if days[0] is None or days[1] is None else (days[0], days[1])
        shifted = shift_window(own, before=before, after=after)
        decide = shift_day(days[2], before=before, after=after)
        windows[row.id] = shifted or after
        new = (*(shifted or (None, None)), decide)
        if new != days:
            moves[row.id] = LotMove(lot=row, before=days, after=new)
    lost: list[AnyRow] = []
    held: list[AnyRow] = []
    regained: list[AnyRow] = []
    for match in read_site_matches(session, site_id=site_id):
        window = windows.get(match.lot_id)
        holds = window is not None and window[0] <= match.pick_up < window[1]
        held_before = match.status == MatchStatus.PROPOSED
        if held_before:
            (held if holds else lost).append(match)
        elif holds:
            regained.append(match)
    return Move(
        before=before, after=after, lots=list(moves.values()), lost=lost, held=held, regained=regained
    )


def _photograph(session: Session, site: Site) -> dict[str, Any]:
    """Take down what a move changes of a site, as the event log keeps it."""
    row = session.get(Demolition, site.id, populate_existing=True)
    values = {name: getattr(site, name) for name in SITE_FIELDS}
    plan = None
    if row is not None:
        names = ("source_kind", "source", "source_date", *DAYS, "notice_days")
        plan = {name: _tell(getattr(row, name)) for name in names}
    return {"site": {name: _tell(value) for name, value in values.items()}, "plan": plan}


def _tell(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def _without_firmness(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "firmness"}


def _days_of(row: AnyRow) -> tuple[date | None, date | None, date | None]:
    return row.available_from, row.available_to, row.decide_by


def _read_days(told: list[str | None]) -> tuple[date | None, ...]:
    return tuple(None if day is None else date.fromisoformat(day) for day in told)


def _iso(days: tuple[date | None, ...]) -> list[str | None]:
    return [None if day is None else day.isoformat() for day in days]
