# SPDX-License-Identifier: EUPL-1.2
"""What the steps of a lot's life say of its states."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.queries.lots.steps import states_in_the_building


def test_states_in_the_building_follow_the_steps(session: Session):
    """Until it is taken down, moved, withdrawn or discarded a lot is in its building, as the steps say."""
    at_first = {"surveyed", "offered", "held", "agreed"}
    assert set(session.scalars(states_in_the_building())) == at_first
    session.execute(
        text(
            "UPDATE lot_step SET needs = '{amount}' WHERE from_status = 'offered' AND to_status = 'withdrawn'"
        )
    )
    assert set(session.scalars(states_in_the_building())) == {*at_first, "withdrawn"}
