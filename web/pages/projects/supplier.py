# SPDX-License-Identifier: EUPL-1.2
"""Choosing who buys the material of a requirement, by itself or beside a purchase that is justified."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.projects.requirements import RequirementUnknownError
from inventory.actions.projects.supplier import choose_supplier
from inventory.matching.purchase import NoMatchError, compare_purchase, list_compared
from inventory.matching.ranking import NotRankedError, compare_ranked
from inventory.queries.projects.requirements import read_requirement
from inventory.tables import Supplier
from web.clock import current_day
from web.errors import PageNotFoundError
from web.kept import get_kept_lots
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.pages.surveys.answers import answer_saved, read_by, say_once
from web.session import get_reader, get_session

NEW = "new"
"""What the form sends where the material is to be bought new."""


def save_supplier(requirement_id: UUID) -> BaseResponse:
    """Keep who buys the material of a requirement, with who chose, why, and what was compared.

    With `match` it is chosen beside a purchase that is justified, with `lot` among the lots ranked now: the
    id of one, or ``new``.

    Raises
    ------
    PageNotFoundError
        There is no such requirement, or no such match of it.
    """
    given = request.form.get("supplied_by", "")
    supplier = Supplier(given) if given in set(Supplier) else None
    match_id, lot = request.form.get("match", type=int), request.form.get("lot")
    back = _find_back(requirement_id, match_id=match_id, ranked=lot is not None)
    compared = [] if match_id is None else _compare(match_id, requirement_id=requirement_id)
    if lot is not None:
        if supplier is None:
            say_once("error", gettext("Say who buys it: the client or the contractor. Nothing was kept."))
            return answer_saved(back)
        try:
            compared = _rank(requirement_id, lot=lot)
        except NotRankedError:
            say_once(
                "error",
                gettext("This lot cannot serve the requirement any more. Choose among those below."),
            )
            return answer_saved(back)
    why = FormReader(request.form).read_text("why")
    try:
        with get_reader().write() as session:
            changed = choose_supplier(
                session,
                requirement_id=requirement_id,
                supplier=supplier,
                by=read_by(),
                why=why,
                match_id=match_id,
                compared=compared,
            )
    except RequirementUnknownError as error:
        raise PageNotFoundError(what="requirement", name=requirement_id) from error
    say_once(
        "success" if changed else "warning",
        gettext("Who buys the material is kept.") if changed else gettext("That changes nothing."),
    )
    return answer_saved(back)


def _find_back(requirement_id: UUID, *, match_id: int | None, ranked: bool) -> str:
    """Find where the choice was made: the justification, the lots ranked now, or the requirement's page."""
    if match_id is not None:
        return page_url("justification", match_id=match_id)
    if ranked:
        project_id = _find_project(requirement_id)
        return page_url(
            "instant", project_id=project_id, requirement=requirement_id, _anchor=f"choice-{requirement_id}"
        )
    return page_url("requirement", requirement_id=requirement_id)


def _find_project(requirement_id: UUID) -> UUID:
    facts = read_requirement(get_session(), requirement_id=requirement_id)
    if facts is None:
        raise PageNotFoundError(what="requirement", name=requirement_id)
    project_id: UUID = facts.requirement.project_id
    return project_id


def _rank(requirement_id: UUID, *, lot: str) -> list[dict[str, object]]:
    try:
        lot_id = None if lot == NEW else UUID(lot)
    except ValueError as error:
        raise NotRankedError(lot=lot, requirement=requirement_id) from error
    return compare_ranked(
        get_reader().engine,
        project_id=_find_project(requirement_id),
        requirement_id=requirement_id,
        lot_id=lot_id,
        as_of=current_day(),
        kept=get_kept_lots(),
    )


def _compare(match_id: int, *, requirement_id: UUID) -> list[dict[str, object]]:
    try:
        purchase = compare_purchase(
            get_reader().engine, match_id=match_id, as_of=current_day(), kept=get_kept_lots()
        )
    except NoMatchError as error:
        raise PageNotFoundError(what="match", name=match_id) from error
    if purchase.chosen.figures.requirement_id != requirement_id:
        raise PageNotFoundError(what="match", name=match_id)
    return list_compared(purchase)
