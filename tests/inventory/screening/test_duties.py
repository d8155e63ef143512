# SPDX-License-Identifier: EUPL-1.2
"""What a demolition asks, at the thresholds of the table."""

from datetime import date
from decimal import Decimal

import pytest

from inventory.screening.duties import Applies, judge_duties, read_duties


def _judge(**facts: object) -> dict[str, tuple[Applies, date | None]]:
    known = {"area_m2": None, "waste_kg": None, "year_built": None, "start": None} | facts
    return {one.duty.code: (one.applies, one.due) for one in judge_duties(**known)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("area", "applies"), [(None, "unknown"), ("249.9", "no"), ("250", "yes"), ("4000", "yes")]
)
def test_the_plan_is_asked_from_250_square_metres(area: str | None, applies: str):
    """The demolition plan is asked from 250 m2; an area that is not registered is not zero."""
    found = _judge(area_m2=None if area is None else Decimal(area))
    assert found["plan_points_1_8"] == (applies, None)


@pytest.mark.parametrize(("kg", "applies"), [("999", "unknown"), ("1000", "yes")])
def test_known_waste_is_at_least_so_much(kg: str, applies: str):
    """Lots are a part of a building: a tonne of them is enough to say yes, less never says no."""
    assert _judge(waste_kg=Decimal(kg))["notify_waste"][0] == applies


@pytest.mark.parametrize(
    ("year", "applies"), [(1938, "unknown"), (1950, "yes"), (1977, "yes"), (1978, "no"), (None, "unknown")]
)
def test_panes_of_the_pcb_years(year: int | None, applies: str):
    """Panes that may be from 1950 to 1977 are notified; an older house may have been given them later."""
    assert _judge(year_built=year)["notify_panes"][0] == applies


def test_notification_is_two_weeks_before_the_start():
    """The last day is two weeks before the first day of the demolition, where that is known."""
    assert _judge(start=date(2027, 2, 15))["notify_waste"][1] == date(2027, 2, 1)
    assert _judge()["notify_waste"][1] is None


def test_every_duty_has_names_and_a_source():
    """Each duty is told in both languages with its source, and what nobody verified is marked so."""
    duties = read_duties()
    assert len({duty.code for duty in duties}) == len(duties)
    assert all(duty.name_da != duty.name_en and duty.source for duty in duties)
    assert {duty.paper for duty in duties} == {"plan", "notification", "mapping"}
    assert {duty.code for duty in duties if not duty.verified} == {"plan_later_points", "older_area_rule"}
