# SPDX-License-Identifier: EUPL-1.2
"""The page of one lot: what, how much, when, how sure, what it saves, and where each figure comes from."""

from uuid import UUID

from flask import render_template

from inventory.documentation.class_tests import list_tests
from inventory.queries.attachments import read_attachments
from inventory.queries.documentation import read_attribute_names, read_completeness, read_line_of_class
from inventory.queries.learned_factors import read_learned_factor
from inventory.queries.lot_terms import list_papers, read_terms
from inventory.queries.lots import read_lot
from inventory.queries.plan_pages import read_lot_matches
from inventory.queries.requirements import read_attributes
from inventory.queries.rules import find_rules
from inventory.queries.samples import judge_lot, read_samples
from inventory.queries.savings import compute_saving
from inventory.queries.sites import read_code_names
from inventory.queries.surveys import read_history
from web.clock import current_day
from web.errors import PageNotFoundError
from web.pages.surveys.history import tell_history
from web.session import get_session


def show_lot(lot_id: UUID) -> str:
    """Show one lot.

    Raises
    ------
    PageNotFoundError
        There is no such lot.
    """
    session, today = get_session(), current_day()
    facts = read_lot(session, lot_id=lot_id)
    if facts is None:
        raise PageNotFoundError(what="lot", name=lot_id)
    lot, material = facts.lot, facts.material
    samples = read_samples(session, lot_id=lot_id)
    values = [
        (attribute, getattr(lot, attribute.name))
        for attribute in read_attributes(session, class_id=lot.class_id)
    ]
    return render_template(
        "lot.html",
        row=facts.place,
        lot=lot,
        rules=find_rules(lot.rule) if lot.basis == "estimated" else [],
        # An estimate's note is a row of codes; a person's is a sentence.
        notes=(lot.note or "").split() if lot.basis == "estimated" else [],
        learned=read_learned_factor(session, factor_id=lot.learned_factor_id)
        if lot.learned_factor_id is not None
        else None,
        material=material,
        attributes=[(attribute, value) for attribute, value in values if value is not None],
        saving=compute_saving(session, lot=lot, material=material, amount=facts.place.amount, today=today),
        names=read_code_names(session, lists=("suspicion", "grade", "colour", "substance", "use", "paper"))
        | read_attribute_names(session),
        completeness=read_completeness(session, lot_ids=[lot_id])[lot_id],
        tests={test.code: test for test in list_tests(read_line_of_class(session, class_id=lot.class_id))},
        samples=samples,
        files=read_attachments(session, owner="lot", owner_id=lot_id),
        verdict=judge_lot(session, lot_id=lot_id, today=today, samples=samples),
        matches=read_lot_matches(session, lot_id=lot_id),
        terms=read_terms(session, lot_id=lot_id),
        papers=[paper for paper in list_papers(session, lot_id=lot_id) if paper.proves],
        history=tell_history(
            read_history(session, lot_id=lot_id), classes=[], rooms=[], step=material.step, unit=lot.unit
        ),
    )
