# SPDX-License-Identifier: EUPL-1.2
"""What could serve a project now: the best mix of each requirement, the next best, what would help."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import render_template, request

from inventory.matching.instant import InstantAnswer, NothingAskedError, answer_project
from inventory.queries.instant import read_project_name
from inventory.queries.requirements import name_attributes
from inventory.queries.sites import read_code_names
from matcher.instant.answer import OfferedLot, RequirementAnswer, TakenLot
from matcher.problem.columns import DOCUMENTATION_CODES
from matcher.reasons import REASONS
from web.clock import current_day
from web.errors import PageNotFoundError
from web.session import get_reader, get_session

PER_ORE = 1000
ALTERNATIVES = 5
HELPING = 4
"""Most ways of helping shown for a requirement."""
_DOCUMENTED = dict(enumerate(DOCUMENTATION_CODES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A lot as a row of the page: amounts in units of the material, money in oere, road in metres.

    Parameters
    ----------
    lot_id
        For the link to its page.
    name
        What people call it.
    amount
        Taken of it, or there of it where it is an alternative.
    offer
        The lot in the answer.
    cost, price
        What a unit costs the project, and what it would cost others.
    backup, backup_amount
        The lot that would stand in, and how much of it; None where there is none.
    """

    lot_id: UUID
    name: Any
    amount: float
    offer: OfferedLot
    cost: float
    price: float
    backup: Any | None = None
    backup_id: UUID | None = None
    backup_amount: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One requirement as a part of the page; amounts in units of the material, money in oere."""

    id: UUID
    name: Any
    answer: RequirementAnswer
    wanted: float
    met: float
    bought: float
    new_cost: float
    mix: list[Shown]
    alternatives: list[Shown]
    stopped: list[tuple[str, int]]
    helping: list[dict[str, Any]]


def show_instant(project_id: UUID) -> str:
    """Show what could serve a project now.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    session = get_session()
    project = read_project_name(session, project_id=project_id)
    if project is None:
        raise PageNotFoundError(what="project", name=project_id)
    try:
        found = answer_project(
            get_reader().engine, project=str(project_id), as_of=current_day(), alternatives=ALTERNATIVES
        )
    except NothingAskedError:
        return render_template("instant.html", project=project, found=None, parts=[])
    parts = [_show_requirement(found, answer) for answer in found.answer.requirements]
    chosen = request.args.get("requirement", default="")
    return render_template(
        "instant.html",
        project=project,
        found=found,
        parts=sorted(parts, key=lambda part: (str(part.id) != chosen, -part.met / part.wanted)),
        saving_ore=found.answer.saving / PER_ORE,
        others_ore=found.answer.others / PER_ORE,
        exact=all(part.answer.exact for part in parts),
        attributes=name_attributes(session),
        codes=read_code_names(session, lists=("grade", "colour")),
    )


def _show_requirement(found: InstantAnswer, answer: RequirementAnswer) -> Served:
    name = found.requirements[answer.requirement]
    return Served(
        id=UUID(answer.requirement),
        name=name,
        answer=answer,
        wanted=answer.quantity * name.step,
        met=answer.met * name.step,
        bought=answer.bought * name.step,
        new_cost=answer.new_cost / PER_ORE / name.step,
        mix=[_show_taken(found, taken, step=name.step) for taken in answer.mix],
        alternatives=[_show_offer(found, offer, steps=offer.quantity) for offer in answer.alternatives],
        stopped=[(str(code), answer.stopped[code]) for code in REASONS if answer.stopped.get(code)],
        helping=[
            {
                "kind": str(each.kind),
                "attribute": each.attribute,
                "value": _DOCUMENTED[each.value] if each.kind == "documentation" else each.value,
                "by": each.by,
                "lots": each.lots,
                "met": each.met * name.step,
                "gain_ore": each.gain / PER_ORE,
            }
            for each in answer.relaxations[:HELPING]
        ],
    )


def _show_taken(found: InstantAnswer, taken: TakenLot, *, step: float) -> Shown:
    shown = _show_offer(found, taken.offer, steps=taken.steps)
    if taken.backup is None:
        return shown
    return replace(
        shown,
        backup=found.lots[taken.backup.lot],
        backup_id=UUID(taken.backup.lot),
        backup_amount=taken.backup_steps * step,
    )


def _show_offer(found: InstantAnswer, offer: OfferedLot, *, steps: int) -> Shown:
    name = found.lots[offer.lot]
    return Shown(
        lot_id=UUID(offer.lot),
        name=name,
        amount=steps * name.step,
        offer=offer,
        cost=offer.cost / PER_ORE / name.step,
        price=offer.price / PER_ORE / name.step,
    )
