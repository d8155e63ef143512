# SPDX-License-Identifier: EUPL-1.2
"""The page of one lot: what, how much, when, how sure, what it saves, and where each figure comes from."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, render_template

from inventory.documentation.class_tests import list_tests
from inventory.queries.attachments import read_attachments
from inventory.queries.documentation import read_attributes_of_class, read_completeness, read_line_of_class
from inventory.queries.learned_factors import read_learned_factor
from inventory.queries.lots.gone import find_gone_lot
from inventory.queries.lots.listing import LotFacts, read_lot
from inventory.queries.lots.similar import read_similar_lots
from inventory.queries.lots.terms import list_papers, read_terms
from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import read_code_names
from inventory.queries.plans.pages import read_lot_matches
from inventory.queries.rules import find_rules
from inventory.queries.samples import judge_lot, read_samples
from inventory.queries.savings import compute_saving
from inventory.queries.surveys.surveys import read_history, read_rooms
from web.clock import current_day
from web.errors import PageNotFoundError
from web.lot_chart import draw_quantity, trace_quantity
from web.pages.places import draw_public_place
from web.pages.shared_lot import share_lot
from web.pages.surveys.history import tell_history
from web.session import get_session
from web.sharing import settle

_MATCHES = 8
"""Plans listed on the page; a lot lives through many, and the newest tell most."""


def show_lot(lot_id: UUID) -> str | Response | tuple[str, int]:
    """Show one lot; where it is gone, say so and show what is like it.

    Raises
    ------
    PageNotFoundError
        There is no such lot, and never was as far as anything here remembers.
    """
    settled = settle("lot", lot_id)
    if settled is not None:
        return settled
    session, today = get_session(), current_day()
    facts = read_lot(session, lot_id=lot_id)
    if facts is None:
        return _tell_gone(lot_id)
    lot, material = facts.lot, facts.material
    samples = read_samples(session, lot_id=lot_id)
    terms = read_terms(session, lot_id=lot_id)
    # What shows the right to sell is a contract with names in it: that it is there is said, no more.
    files = [file for file in read_attachments(session, owner="lot", owner_id=lot_id) if file.proves is None]
    attributes = read_attributes_of_class(session, class_id=lot.class_id)
    return render_template(
        "lot.html",
        row=facts.place,
        lot=lot,
        today=today,
        rules=find_rules(lot.rule) if lot.basis == "estimated" else [],
        # An estimate's note is a row of codes; a person's is a sentence.
        notes=(lot.note or "").split() if lot.basis == "estimated" else [],
        learned=read_learned_factor(session, factor_id=lot.learned_factor_id)
        if lot.learned_factor_id is not None
        else None,
        material=material,
        attributes=_list_values(facts, attributes),
        saving=compute_saving(session, lot=lot, material=material, amount=facts.place.amount, today=today),
        names=read_code_names(session, lists=("suspicion", "grade", "colour", "substance", "use", "paper"))
        | {("attribute", one.name): one for one in attributes},
        completeness=read_completeness(session, lot_ids=[lot_id])[lot_id],
        tests={test.code: test for test in list_tests(read_line_of_class(session, class_id=lot.class_id))},
        samples=samples,
        files=files,
        verdict=judge_lot(session, lot_id=lot_id, today=today, samples=samples),
        matches=read_lot_matches(session, lot_id=lot_id, limit=_MATCHES),
        terms=terms,
        papers=[paper for paper in list_papers(session, lot_id=lot_id) if paper.proves],
        similar=read_similar_lots(session, class_id=lot.class_id, lot_id=lot_id, site_id=lot.site_id),
        drawing=draw_public_place(facts.place),
        share=share_lot(facts, terms=terms, files=files, today=today),
        **_read_life(facts),
    )


def _list_values(facts: LotFacts, attributes: Sequence[AnyRow]) -> list[tuple[AnyRow, Any]]:
    """List the attributes that the lot's class declares and the lot has, each with its value."""
    values = [
        (attribute, getattr(facts.lot, attribute.name)) for attribute in attributes if attribute.declared
    ]
    return [(attribute, value) for attribute, value in values if value is not None]


def _read_life(facts: LotFacts) -> dict[str, Any]:
    """Read what happened to a surveyed lot: in words, and as quantity over time."""
    lot, material = facts.lot, facts.material
    if lot.basis != "surveyed":
        return {"history": [], "points": [], "chart": None}
    lines = read_history(get_session(), lot_id=lot.id)
    points = trace_quantity(
        lines, began=lot.created_at, changed=lot.updated_at, quantity=lot.quantity, status=lot.status
    )
    return {
        "history": tell_history(
            lines,
            classes=[material],
            # few lots ever moved to another room
            rooms=read_rooms(get_session(), site_id=lot.site_id)
            if any("room_id" in line.changes for line in lines)
            else [],
            step=material.step,
            unit=lot.unit,
        ),
        "points": points,
        "chart": draw_quantity(points, today=current_day()),
    }


def _tell_gone(lot_id: UUID) -> tuple[str, int]:
    session = get_session()
    gone = find_gone_lot(session, lot_id=lot_id)
    if gone is None:
        raise PageNotFoundError(what="lot", name=lot_id)
    similar = (
        []
        if gone.class_id is None
        else read_similar_lots(session, class_id=gone.class_id, site_id=gone.site_id)
    )
    return render_template("lot_gone.html", similar=similar), 410
