# SPDX-License-Identifier: EUPL-1.2
"""The papers of one lot: how complete they are, what each gap would open, its tests and their results."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from flask import redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.attachments import add_attachment
from inventory.actions.lots.tests import TestMissingError, TestRecordedError, record_test, remove_test
from inventory.documentation.class_tests import ClassTest, list_tests
from inventory.documentation.product import CAVEAT, read_product_reasons
from inventory.files.errors import FileRefusedError
from inventory.queries.documentation import (
    read_attribute_names,
    read_completeness,
    read_line_of_class,
    read_tests,
)
from inventory.queries.lots.listing import LotFacts, read_lot
from inventory.queries.places.sites import read_code_names
from inventory.queries.product import read_product_decision
from inventory.tables import Basis
from web.clock import current_day
from web.errors import PageNotFoundError
from web.files import get_store
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.lot_forms.refusals import say_refusal
from web.lot_forms.test_result import OUTCOMES, read_test_result
from web.session import get_reader, get_session

NAME_LISTS = ("use", "paper", "laboratory", "engineer")


def show_documents(lot_id: UUID) -> str:
    """Show the papers of a lot.

    Raises
    ------
    PageNotFoundError
        There is no such lot.
    """
    return _show(_find(lot_id), form=FormReader())


def _find(lot_id: UUID) -> LotFacts:
    facts = read_lot(get_session(), lot_id=lot_id)
    if facts is None:
        raise PageNotFoundError(what="lot", name=lot_id)
    return facts


def _list_tests(facts: LotFacts) -> tuple[ClassTest, ...]:
    return list_tests(read_line_of_class(get_session(), class_id=facts.lot.class_id))


def _show(facts: LotFacts, *, form: FormReader) -> str:
    session, lot = get_session(), facts.lot
    tests = _list_tests(facts)
    return render_template(
        "lot_documents.html",
        lot=lot,
        row=facts.place,
        material=facts.material,
        surveyed=lot.basis == Basis.SURVEYED,
        completeness=read_completeness(session, lot_ids=[lot.id])[lot.id],
        tests={test.code: test for test in tests},
        results=read_tests(session, lot_id=lot.id),
        names=read_code_names(session, lists=NAME_LISTS) | read_attribute_names(session),
        outcomes=OUTCOMES,
        decision=read_product_decision(session, lot_id=lot.id),
        reasons=read_product_reasons(),
        caveat=read_product_reasons()[CAVEAT],
        form=form,
    )


def record_result(lot_id: UUID) -> str | BaseResponse:
    """Write down what a test found, its report with it, or show the form again with what is wrong."""
    facts, today = _find(lot_id), current_day()
    form = FormReader(request.form)
    new = read_test_result(form, lot_id=lot_id, known=[test.code for test in _list_tests(facts)], today=today)
    if facts.lot.basis != Basis.SURVEYED:
        form.errors["test"] = gettext("This is an estimate. Survey the lot first.")
        new = None
    report = request.files.get("report")
    if new is not None:
        try:
            with get_reader().write() as session:
                if report is not None and report.filename:
                    report_id = add_attachment(
                        session,
                        store=get_store(),
                        owner="lot",
                        owner_id=lot_id,
                        content=report.stream.read(),
                        name=report.filename,
                        at=datetime.now(UTC),
                    )
                    new = replace(new, report_id=report_id)
                record_test(session, new=new, today=today)
        except FileRefusedError as error:
            form.errors["report"] = say_refusal(error)
        except TestRecordedError:
            form.errors["test"] = gettext(
                "This test of that day and laboratory is recorded already. Remove it below to correct it."
            )
        else:
            return redirect(page_url("lot_documents", lot_id=lot_id, _anchor="results-title"), 303)
    return _show(facts, form=form)


def remove_result(lot_id: UUID, test_id: UUID) -> BaseResponse:
    """Take a result away; why is kept in the lot's history."""
    _find(lot_id)
    why = FormReader(request.form).read_text("why") or gettext("not said")
    try:
        with get_reader().write() as session:
            remove_test(session, lot_id=lot_id, test_id=test_id, why=why)
    except TestMissingError:
        pass  # pressed twice: it is gone
    return redirect(page_url("lot_documents", lot_id=lot_id, _anchor="results-title"), 303)
