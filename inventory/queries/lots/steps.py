# SPDX-License-Identifier: EUPL-1.2
"""What the steps of a lot's life say of its states, so that nobody writes the states down again."""

from sqlalchemy import Date, cast, func, literal, or_, select

from inventory.queries.offers import AnySelect
from inventory.tables import LotStatus, LotStep, StepNeed


def states_in_the_building() -> AnySelect:
    """Select the states in which a lot is still in its building and on its way to be taken down.

    They are those a surveyed lot reaches by steps that ask something of it, up to the step that takes it down
    and to its first move: withdrawn or discarded, which anything may be, it is on its way no more.
    """
    today = cast(func.current_date(), Date)
    state = LotStep.from_status.type
    begun = select(literal(LotStatus.SURVEYED, state).label("state")).cte("in_the_building", recursive=True)
    onward = (
        select(LotStep.to_status)
        .join(begun, begun.c.state == LotStep.from_status)
        .where(
            ~LotStep.undo_only,
            func.cardinality(LotStep.needs) > 0,
            LotStep.to_status != LotStatus.DISMANTLED,
            ~LotStep.needs.contains([StepNeed.WASTE_TRAIL.value]),
            LotStep.valid_from <= today,
            or_(LotStep.valid_to.is_(None), LotStep.valid_to > today),
        )
    )
    found = begun.union(onward)
    return select(found.c.state)
