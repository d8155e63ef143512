# SPDX-License-Identifier: EUPL-1.2
"""A project answered as if its requirements were otherwise, with what is scarce and what failing costs."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from inventory.database import session_factory
from inventory.matching.fallback import find_last_day, weigh_fallback
from inventory.matching.instant import answer_project
from inventory.matching.tried import name_column
from inventory.queries.instant import find_project
from inventory.queries.lead_times import LeadTime
from inventory.tables import stable_id
from matcher.instant.answer import OfferedLot, Relaxation, TakenLot
from matcher.instant.changes import ChangeKind

TODAY = date(2026, 12, 1)


def test_what_is_tried_is_answered_and_nothing_is_written(built: Engine) -> None:
    """A reach too short for the lot serves nothing, one long enough does; the table stays as it was."""
    wanted = stable_id("requirement", "there")

    def ask(**values: Any) -> int:
        found = answer_project(
            built, project="Nyborg", as_of=TODAY, tried={wanted: values} if values else None
        )
        return found.answer.requirements[0].met

    assert ask() == 700
    assert ask(max_metres=10_000) == 0
    assert ask(wanted_from=date(2028, 1, 1), wanted_to=date(2028, 2, 1), storage_days=0) == 0
    assert ask(documentation_min="tested") == 0
    assert ask(grade_min=4) == 0
    assert ask(grade_min=4, unknown_ok=["grade"]) == 700
    with built.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM event")).scalar_one() == 0
        kept = connection.execute(text("SELECT max_metres, grade_min FROM requirement WHERE ref = 'there'"))
        assert tuple(kept.one()) == (None, None)


def test_what_helps_can_be_tried_and_gives_what_was_promised(built: Engine) -> None:
    """Trying a relaxation as its column serves as much more as the relaxation said."""
    wanted = stable_id("requirement", "there")
    short: dict[str, Any] = {"max_metres": 30_000}
    first = answer_project(built, project="Nyborg", as_of=TODAY, tried={wanted: short}).answer.requirements[0]
    helping = next(one for one in first.relaxations if one.kind is ChangeKind.FARTHER)
    column, value = name_column(helping)
    assert (column, value) == ("max_metres", 50_000)
    more = answer_project(built, project="Nyborg", as_of=TODAY, tried={wanted: {**short, column: value}})
    assert more.answer.requirements[0].met - first.met == helping.met == 700


def test_how_scarce_it_is_counts_others_near_by_amount(built: Engine) -> None:
    """Of the other project only its amount and number are told, and only while it is near and at the time."""
    wanted = stable_id("requirement", "there")
    asked = answer_project(built, project="Nyborg", as_of=TODAY).asked[str(wanted)]
    assert (asked.within_reach, asked.rivals.projects, asked.rivals.steps) == (1000, 1, 800)
    assert asked.lead is not None
    assert asked.lead.assumption
    for values in ({"max_metres": 20_000}, {"wanted_from": date(2027, 5, 1), "wanted_to": date(2027, 5, 20)}):
        told = answer_project(built, project="Nyborg", as_of=TODAY, tried={wanted: values})
        assert told.asked[str(wanted)].rivals.projects == 0
    with session_factory(built).begin() as session:
        project = find_project(session, "Slagelse").id
        session.execute(
            text(
                "INSERT INTO design_option (id, project_id, name, chosen)"
                " VALUES (gen_random_uuid(), :id, 'A', true), (gen_random_uuid(), :id, 'B', false)"
            ),
            {"id": project},
        )
        session.execute(
            text(
                "UPDATE requirement SET design_option_id = (SELECT id FROM design_option WHERE name = 'B')"
                " WHERE ref = 'here'"
            )
        )
    assert answer_project(built, project="Nyborg", as_of=TODAY).asked[str(wanted)].rivals.projects == 0


def offer(lot: str, cost: int) -> OfferedLot:
    """A lot of so much a step."""
    return OfferedLot(
        lot=lot, site=lot, of_class="c", quantity=100, cost=cost, price=0, metres=1, storage_days=0
    )


def test_failing_costs_the_back_up_and_new_for_the_rest() -> None:
    """60 steps at 5: a back-up of 40 at 7 costs 80 more, 20 new at 10 cost 100; without one all are new."""
    taken = TakenLot(offer=offer("a", 5), steps=60, backup=offer("b", 7), backup_steps=40)
    fallback = weigh_fallback(taken, new_cost=10)
    assert (fallback.from_backup, fallback.bought, fallback.cost) == (40, 20, 180)
    alone = TakenLot(offer=offer("a", 5), steps=60, backup=None, backup_steps=0)
    assert weigh_fallback(alone, new_cost=10).cost == 300


def test_the_last_day_to_order_new() -> None:
    """Wanted until 30 September, 42 days on the way: ordered by 19 August; past is past, unknown is none."""
    lead = LeadTime(
        days=42, low=21, high=84, assumption=True, source="Assumption", valid_from=date(2026, 1, 1)
    )
    found = find_last_day(wanted_to=date(2027, 10, 1), lead=lead, today=TODAY)
    assert found is not None
    assert (found.day, found.needed_on, found.passed) == (date(2027, 8, 19), date(2027, 9, 30), False)
    late = find_last_day(wanted_to=date(2027, 10, 1), lead=lead, today=date(2027, 8, 20))
    assert late is not None
    assert late.passed
    assert find_last_day(wanted_to=date(2027, 10, 1), lead=None, today=TODAY) is None


@pytest.mark.parametrize(
    ("kind", "value", "attribute", "column", "told"),
    [
        (ChangeKind.FARTHER, 95_000, "", "max_metres", 95_000),
        (ChangeKind.LATER, 20_879, "", "wanted_to", date(2027, 3, 2)),
        (ChangeKind.EARLIER, 20_879, "", "wanted_from", date(2027, 3, 2)),
        (ChangeKind.STORED_LONGER, 455, "", "storage_days", 455),
        (ChangeKind.DOCUMENTATION, 1, "", "documentation_min", "basic"),
        (ChangeKind.SCREENING, 1, "", "unknown_screening_ok", True),
        (ChangeKind.SUBSTITUTES, 1, "", "substitutes_ok", True),
        (ChangeKind.ATTRIBUTE_MINIMUM, 2, "grade", "grade_min", 2),
        (ChangeKind.ATTRIBUTE_MAXIMUM, 900, "width_mm", "width_mm_max", 900),
        (ChangeKind.ATTRIBUTE_UNKNOWN, 1, "fire", "unknown_ok", ["fire"]),
    ],
)
def test_every_change_has_its_column(
    kind: ChangeKind, value: int, attribute: str, column: str, told: object
) -> None:
    """What the engine loosens is a column of the requirement, in the table's own terms."""
    relaxation = Relaxation(kind=kind, attribute=attribute, value=value, by=1, lots=1, steps=1, met=0, gain=0)
    assert name_column(relaxation) == (column, told)
