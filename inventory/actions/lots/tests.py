# SPDX-License-Identifier: EUPL-1.2
"""Record what a test of a lot found, and take a record away; both leave their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.documentation import settle_documentation
from inventory.actions.events import record_event
from inventory.documentation.class_tests import ClassTest, list_tests
from inventory.errors import BadInputError, StateError
from inventory.queries.documentation import read_line_of_class
from inventory.tables import ATTRIBUTES, Basis, Lot, LotTest, TestOutcome, stable_id


class TestOfEstimateError(StateError):
    """Cannot record a test of lot {lot_id}: it is an estimate. Survey it first."""

    __test__ = False  # its name begins as those that pytest collects


class NoSuchTestError(BadInputError):
    """{test} is no test of {material}. Expected one of {known}."""


class TestDayError(BadInputError):
    """No test was taken on {tested_on}: that is after today."""

    __test__ = False  # as above


class TestRecordedError(StateError):
    """The test {test} of {laboratory} on {tested_on} is recorded already. Remove it first to correct it."""

    __test__ = False  # as above


class TestMissingError(BadInputError):
    """There is no record {record} of a test of this lot."""

    __test__ = False  # as above


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTest:
    """What a test found; `value` is of the attribute the test measures, if it measures one."""

    lot_id: UUID
    test: str
    outcome: TestOutcome
    result: str | None
    value: int | None
    laboratory: str
    answered_by: str | None
    tested_on: date
    report_id: UUID | None = None
    note: str | None = None

    @property
    def id(self) -> UUID:
        """Its id: the same test recorded twice is one."""
        return stable_id("lot_test", self.lot_id, self.test, self.tested_on, self.laboratory)


def record_test(session: Session, *, new: NewTest, today: date, by: str | None = None) -> UUID:
    """Record the result of a test; a value it measured becomes the lot's, and its documentation follows.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    new
        What was found.
    today, by
        The day, and who records it; None while there are no accounts.

    Raises
    ------
    TestOfEstimateError, NoSuchTestError, TestDayError, TestRecordedError
        See there.
    sqlalchemy.exc.NoResultFound
        There is no such lot.
    """
    lot = session.execute(select(Lot).where(Lot.id == new.lot_id).with_for_update()).scalar_one()
    if lot.basis != Basis.SURVEYED:
        raise TestOfEstimateError(lot_id=new.lot_id)
    test = _find_test(session, lot=lot, code=new.test)
    if new.tested_on > today:
        raise TestDayError(tested_on=new.tested_on)
    if session.get(LotTest, new.id) is not None:
        raise TestRecordedError(test=new.test, laboratory=new.laboratory, tested_on=new.tested_on)
    session.add(
        LotTest(
            id=new.id,
            lot_id=new.lot_id,
            test=new.test,
            outcome=new.outcome,
            result=new.result,
            value=new.value,
            laboratory=new.laboratory,
            answered_by=new.answered_by,
            tested_on=new.tested_on,
            report_id=new.report_id,
            note=new.note,
        )
    )
    changes: dict[str, Any] = {}
    if test.attribute in ATTRIBUTES and new.value is not None and getattr(lot, test.attribute) != new.value:
        changes[test.attribute] = [getattr(lot, test.attribute), new.value]
        setattr(lot, test.attribute, new.value)
    session.flush()
    record_event(
        session,
        kind="lot_tested",
        subject_kind="lot",
        subject_id=new.lot_id,
        data={"by": by, "changes": changes, **_describe(new)},
    )
    settle_documentation(session, lot_id=new.lot_id)
    return new.id


def remove_test(session: Session, *, lot_id: UUID, test_id: UUID, why: str, by: str | None = None) -> None:
    """Take the record of a test away; a value it gave the lot stays until it is corrected.

    Raises
    ------
    TestMissingError
        There is no such record of this lot.
    """
    record = session.get(LotTest, test_id, with_for_update=True)
    if record is None or record.lot_id != lot_id:
        raise TestMissingError(record=test_id)
    data = {
        "by": by,
        "why": why,
        "test": record.test,
        "outcome": TestOutcome(record.outcome).value,
        "result": record.result,
        "value": record.value,
        "laboratory": record.laboratory,
        "tested_on": record.tested_on.isoformat(),
    }
    session.delete(record)
    session.flush()
    record_event(session, kind="lot_test_removed", subject_kind="lot", subject_id=lot_id, data=data)


def _find_test(session: Session, *, lot: Lot, code: str) -> ClassTest:
    line = read_line_of_class(session, class_id=lot.class_id)
    tests = {test.code: test for test in list_tests(line)}
    if code not in tests:
        raise NoSuchTestError(test=code, material=line[0], known=", ".join(tests) or "none")
    return tests[code]


def _describe(new: NewTest) -> dict[str, Any]:
    return {
        "test": new.test,
        "outcome": new.outcome.value,
        "result": new.result,
        "value": new.value,
        "laboratory": new.laboratory,
        "tested_on": new.tested_on.isoformat(),
        "report": None if new.report_id is None else str(new.report_id),
    }
