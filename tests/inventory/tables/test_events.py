# SPDX-License-Identifier: EUPL-1.2
"""The event log."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.tables import Event, stable_id


def test_event_is_written_with_its_time(world: Session) -> None:
    """A line keeps what happened to which thing, in which run, and the time of the transaction."""
    run_id = world.scalars(text("SELECT id FROM run")).one()
    lot_id = stable_id("lot", "x")
    number = record_event(
        world, kind="lot_withdrawn", subject_kind="lot", subject_id=lot_id, run_id=run_id, data={"by": "Åse"}
    )
    event = world.get_one(Event, number)
    assert (event.kind, event.subject_kind, event.subject_id) == ("lot_withdrawn", "lot", lot_id)
    assert (event.run_id, event.data) == (run_id, {"by": "Åse"})
    assert event.at == world.scalars(text("SELECT now()")).one()


def test_events_keep_their_order(world: Session) -> None:
    """A later line has a higher number."""
    numbers = [
        record_event(world, kind="tested", subject_kind="lot", subject_id=stable_id("lot", name))
        for name in ("a", "b", "c")
    ]
    assert numbers == sorted(set(numbers))


def test_event_of_no_run_is_refused(world: Session) -> None:
    """A line that names a run which is not there is refused."""
    with pytest.raises(IntegrityError, match="fk_event_run_id"):
        record_event(
            world,
            kind="tested",
            subject_kind="lot",
            subject_id=stable_id("lot", "a"),
            run_id=stable_id("run", "none"),
        )
