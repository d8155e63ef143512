# SPDX-License-Identifier: EUPL-1.2
"""The form in which the result of a test is written down."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from flask_babel import gettext

from inventory.actions.lots.tests import NewTest
from inventory.tables import TestOutcome
from web.lot_forms.reader import FormReader

OUTCOMES = tuple(outcome.value for outcome in TestOutcome)


def read_test_result(
    form: FormReader, *, lot_id: UUID, known: Collection[str], today: date
) -> NewTest | None:
    """Read the result of a test; None where a field is wrong, and then `form.errors` says which.

    Parameters
    ----------
    form
        What was sent.
    lot_id
        The lot.
    known
        The tests of its class.
    today
        No test was taken later.
    """
    test = form.read_choice("test", known=known)
    outcome = form.read_choice("outcome", known=OUTCOMES)
    result, value = form.read_text("result"), form.read_whole("value")
    laboratory = form.read_text("laboratory", needed=True)
    answered_by = form.read_text("answered_by")
    tested_on = form.read_day("tested_on", latest=today)
    if outcome == TestOutcome.MEASURED and result is None and value is None and not form.errors:
        form.errors["result"] = gettext("Write what was measured.")
    if form.errors or test is None or outcome is None or laboratory is None or tested_on is None:
        return None
    return NewTest(
        lot_id=lot_id,
        test=test,
        outcome=TestOutcome(outcome),
        result=result,
        value=value,
        laboratory=laboratory,
        answered_by=answered_by,
        tested_on=tested_on,
    )
