# SPDX-License-Identifier: EUPL-1.2
"""The page of one requirement: what a project wants, within which bounds, and what the plans found."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import render_template, request

from inventory.queries.cutting.bars import MM_PER_M
from inventory.queries.cutting.bookings import count_booked
from inventory.queries.places.sites import read_code_names
from inventory.queries.plans.pages import read_requirement_matches, read_requirement_unmet
from inventory.queries.projects.change_log import find_supplier_choice, find_undoable_change
from inventory.queries.projects.requirements import read_attributes, read_requirement
from inventory.tables import Unit
from web.errors import PageNotFoundError
from web.pages.places import draw_public_place
from web.pages.why import read_why
from web.session import get_session


def _read_bounds(requirement: Any, attributes: list[Any]) -> list[tuple[Any, int | None, int | None, bool]]:
    """List what a requirement bounds: attribute, least, most, and whether an empty value is accepted."""
    bounds = []
    for attribute in attributes:
        least = getattr(requirement, f"{attribute.name}_min")
        most = getattr(requirement, f"{attribute.name}_max")
        if least is not None or most is not None:
            bounds.append((attribute, least, most, attribute.name in requirement.unknown_ok))
    return bounds


def show_requirement(requirement_id: UUID) -> str:
    """Show one requirement, with why the plan of ``?run=`` gave it what it did; of the newest without that.

    Raises
    ------
    PageNotFoundError
        There is no such requirement.
    """
    session = get_session()
    facts = read_requirement(session, requirement_id=requirement_id)
    if facts is None:
        raise PageNotFoundError(what="requirement", name=requirement_id)
    requirement, material = facts.requirement, facts.material
    sawn = count_booked(session, requirement_ids=[requirement_id]) if requirement.unit is Unit.M else {}
    undoable = find_undoable_change(session, subject=("requirement", requirement_id))
    return render_template(
        "requirement.html",
        row=facts.place,
        drawing=draw_public_place(facts.place),
        requirement=requirement,
        material=material,
        amount=requirement.quantity * material.step,
        sawn_m=sum(Decimal(length) * count for (_, length), count in sawn.items()) / MM_PER_M,
        sawn_pieces=sum(sawn.values()),
        project=facts.project,
        option=facts.option,
        bounds=_read_bounds(requirement, read_attributes(session, class_id=requirement.class_id)),
        names=read_code_names(session, lists=("grade", "colour")),
        matches=read_requirement_matches(session, requirement_id=requirement_id),
        unmet=read_requirement_unmet(session, requirement_id=requirement_id),
        choice=find_supplier_choice(session, requirement_id=requirement_id),
        choice_undoable=undoable is not None and undoable.kind == "requirement_supplier_chosen",
        why=read_why(session, requirement_id=requirement_id, run_id=request.args.get("run", type=UUID)),
    )
