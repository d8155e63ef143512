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
from inventory.tables import Supplier
from web.clock import current_day
from web.errors import PageNotFoundError
from web.kept import get_kept_lots
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.pages.surveys.answers import answer_saved, read_by, say_once
from web.session import get_reader


def save_supplier(requirement_id: UUID) -> BaseResponse:
    """Keep who buys the material of a requirement, with who chose, why, and what was compared.

    Raises
    ------
    PageNotFoundError
        There is no such requirement, or no such match of it.
    """
    given = request.form.get("supplied_by", "")
    supplier = Supplier(given) if given in set(Supplier) else None
    match_id = request.form.get("match", type=int)
    compared = [] if match_id is None else _compare(match_id, requirement_id=requirement_id)
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
    if match_id is not None:
        return answer_saved(page_url("justification", match_id=match_id))
    return answer_saved(page_url("requirement", requirement_id=requirement_id))


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
