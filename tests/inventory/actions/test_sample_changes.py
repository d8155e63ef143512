# SPDX-License-Identifier: EUPL-1.2
"""Samples put right and taken away: the history keeps them, and no lot stays cleared by one that is gone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.sample_changes import SampleMissingError, correct_sample, remove_sample
from inventory.actions.screen import SampleChangedError, add_samples, screen_lot
from inventory.queries.samples import read_site_samples
from inventory.tables import Event, Lot, Screening
from tests.inventory.conftest import SLAGELSE, TODAY, Country
from tests.inventory.sampling import make_sample


@pytest.fixture
def slates(session: Session, make_country: Callable[[Session], Country]) -> Lot:
    """Slates suspected of asbestos, which nobody has screened."""
    country = make_country(session)
    return country.lot(
        "s",
        country.site("S", SLAGELSE),
        code="roof_slate",
        screening=Screening.UNKNOWN,
        asbestos_suspect=True,
    )


def list_events(session: Session, kind: str) -> list[dict[str, Any]]:
    """List what the log says of one kind of event."""
    return list(session.scalars(select(Event.data).where(Event.kind == kind).order_by(Event.id)))


def test_lot_cleared_by_a_sample_is_suspected_again_without_it(session: Session, slates: Lot) -> None:
    """The one sample that found no asbestos is removed: the lot is not screened, and suspected as before."""
    sample = make_sample(slates.id, "asbestos", "ikke påvist", "presence")
    add_samples(session, samples=[sample])
    screen_lot(session, lot_id=slates.id, today=TODAY)
    session.refresh(slates)
    assert (slates.screening, slates.asbestos_suspect) == (Screening.CLEAN, False)
    remove_sample(session, lot_id=slates.id, sample_id=sample.id, why="andet parti", today=TODAY)
    session.refresh(slates)
    assert (slates.screening, slates.asbestos_suspect) == (Screening.UNKNOWN, True)
    (event,) = list_events(session, "sample_removed")
    assert (event["why"], event["sample"]["reading"]) == ("andet parti", "ikke påvist")
    with pytest.raises(SampleMissingError):
        remove_sample(session, lot_id=slates.id, sample_id=sample.id, why="igen", today=TODAY)


def test_corrected_sample_judges_the_lot_again(session: Session, slates: Lot) -> None:
    """A misplaced comma is put right: the lot is no longer hazardous, and the log has both readings."""
    wrong = make_sample(slates.id, "lead", "2500", "mg/kg")
    add_samples(session, samples=[wrong, make_sample(slates.id, "asbestos", "ikke påvist", "presence")])
    screen_lot(session, lot_id=slates.id, today=TODAY)
    session.refresh(slates)
    assert slates.screening == Screening.HAZARDOUS
    right = make_sample(slates.id, "lead", "25,00", "mg/kg")
    correct_sample(session, sample_id=wrong.id, new=right, why="komma", today=TODAY)
    session.refresh(slates)
    assert (slates.screening, slates.asbestos_suspect) == (Screening.CLEAN, False)
    (event,) = list_events(session, "sample_corrected")
    assert event["changes"] == {"reading": ["2500", "25,00"]}
    assert {row.reading for row in read_site_samples(session, site_id=slates.site_id)} == {
        "25,00",
        "ikke påvist",
    }


def test_correction_onto_another_sample_is_refused(session: Session, slates: Lot) -> None:
    """A sample moved to the place of another that says something else is refused."""
    first = make_sample(slates.id, "lead", "12", "mg/kg")
    second = replace(make_sample(slates.id, "lead", "13", "mg/kg"), place="syd")
    add_samples(session, samples=[first, second])
    with pytest.raises(SampleChangedError):
        correct_sample(
            session, sample_id=second.id, new=replace(second, place="nord"), why="sted", today=TODAY
        )
