# SPDX-License-Identifier: EUPL-1.2
"""Results of tests: recorded once, with history, their value the lot's, and the papers following."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.attachments import add_attachment
from inventory.actions.documentation import settle_documentation
from inventory.actions.lots.tests import (
    NewTest,
    NoSuchTestError,
    TestDayError,
    TestMissingError,
    TestOfEstimateError,
    TestRecordedError,
    record_test,
    remove_test,
)
from inventory.files.store import FileStore
from inventory.queries.documentation import read_completeness, read_tests
from inventory.tables import Basis, Documentation, Event, Lot, Screening, TestOutcome
from tests.inventory.conftest import NYBORG, SLAGELSE, TODAY, Country
from tests.inventory.files.test_intake import PDF, draw

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def country(session: Session, make_country: Callable[[Session], Country]) -> Country:
    """A country with nothing in it yet."""
    return make_country(session)


@pytest.fixture
def bricks(country: Country) -> Lot:
    """Surveyed bricks with a year, not screened, without papers."""
    return country.lot(
        "b",
        country.site("S", SLAGELSE),
        year=1932,
        documentation=Documentation.NONE,
        screening=Screening.UNKNOWN,
    )


@pytest.fixture
def strength(bricks: Lot) -> NewTest:
    """A compression test of the bricks."""
    return NewTest(
        lot_id=bricks.id,
        test="brick_strength",
        outcome=TestOutcome.MEASURED,
        result="24,3 MPa",
        value=24,
        laboratory="Prøvelab",
        answered_by="Statik ApS",
        tested_on=date(2026, 11, 2),
    )


def list_events(session: Session, kind: str) -> list[dict[str, object]]:
    """List what the log says of one kind of event."""
    return list(session.scalars(select(Event.data).where(Event.kind == kind).order_by(Event.id)))


def test_result_is_kept_with_its_report_and_value(
    session: Session, bricks: Lot, strength: NewTest, tmp_path: Path
) -> None:
    """The report hangs on the lot, the value becomes the lot's strength, and the log says both."""
    report_id = add_attachment(
        session,
        store=FileStore(folder=tmp_path),
        owner="lot",
        owner_id=bricks.id,
        content=PDF,
        name="r.pdf",
        at=AT,
    )
    record_test(session, new=replace(strength, report_id=report_id), today=TODAY)
    (row,) = read_tests(session, lot_id=bricks.id)
    assert (row.result, row.laboratory, row.answered_by, row.report_name) == (
        "24,3 MPa",
        "Prøvelab",
        "Statik ApS",
        "r.pdf",
    )
    session.refresh(bricks)
    assert bricks.strength == 24
    (event,) = list_events(session, "lot_tested")
    assert event["changes"] == {"strength": [None, 24]}


def test_result_is_recorded_once_and_removed_with_its_reason(session: Session, strength: NewTest) -> None:
    """A second record of the same day and laboratory is refused; removed, the log still has it."""
    test_id = record_test(session, new=strength, today=TODAY)
    with pytest.raises(TestRecordedError):
        record_test(session, new=replace(strength, value=25), today=TODAY)
    remove_test(session, lot_id=strength.lot_id, test_id=test_id, why="forkert parti")
    assert read_tests(session, lot_id=strength.lot_id) == []
    (event,) = list_events(session, "lot_test_removed")
    assert (event["why"], event["value"]) == ("forkert parti", 24)
    with pytest.raises(TestMissingError):
        remove_test(session, lot_id=strength.lot_id, test_id=test_id, why="igen")


def test_what_cannot_be_recorded_says_why(session: Session, country: Country, strength: NewTest) -> None:
    """Another material's test, a day to come, and an estimate are refused."""
    with pytest.raises(NoSuchTestError, match=r"door_fire.*brick_strength"):
        record_test(session, new=replace(strength, test="door_fire"), today=TODAY)
    with pytest.raises(TestDayError):
        record_test(session, new=replace(strength, tested_on=date(2026, 12, 2)), today=TODAY)
    estimate = country.lot(
        "e",
        country.site("E", NYBORG),
        basis=Basis.ESTIMATED,
        quantity_low=1,
        quantity_high=2000,
        rule="r",
        rule_source="s",
    )
    with pytest.raises(TestOfEstimateError):
        record_test(session, new=replace(strength, lot_id=estimate.id), today=TODAY)


def test_papers_follow_what_is_known(
    session: Session, bricks: Lot, strength: NewTest, tmp_path: Path
) -> None:
    """A photo and a screening make the lot basic; every test makes it tested; nothing lowers it again."""
    assert settle_documentation(session, lot_id=bricks.id) is Documentation.NONE
    bricks.screening = Screening.CLEAN
    add_attachment(
        session,
        store=FileStore(folder=tmp_path),
        owner="lot",
        owner_id=bricks.id,
        content=draw(),
        name="p.jpg",
        at=AT,
    )
    session.refresh(bricks)
    assert bricks.documentation is Documentation.BASIC
    for test in ("brick_strength", "brick_frost", "brick_suction"):
        record_test(
            session, new=replace(strength, test=test, outcome=TestOutcome.PASSED, value=None), today=TODAY
        )
    session.refresh(bricks)
    assert bricks.documentation is Documentation.TESTED
    bricks.screening = Screening.UNKNOWN
    assert settle_documentation(session, lot_id=bricks.id) is Documentation.TESTED
    steps = [event["changes"] for event in list_events(session, "lot_documented")]
    assert steps == [{"documentation": ["none", "basic"]}, {"documentation": ["basic", "tested"]}]


def test_requirements_that_ask_are_counted(session: Session, country: Country, bricks: Lot) -> None:
    """Of the open requirements of the class, and of those that take it as a substitute, who asks is told."""
    project = country.project("P", NYBORG)
    country.requirement("strong", project, strength_min=20)
    country.requirement("other", project, code="brick_unknown_mortar", substitutes_ok=True)
    country.requirement("closed", project, status="withdrawn")
    country.requirement("easy", project, unknown_screening_ok=True, documentation_min=Documentation.NONE)
    found = read_completeness(session, lot_ids=[bricks.id])[bricks.id]
    opened = {one.item.code: one.requirements for one in found.missing}
    assert (opened["screening"], opened["tests"], opened["photos"]) == (2, 1, 2)
