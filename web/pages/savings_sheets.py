# SPDX-License-Identifier: EUPL-1.2
"""The climate sheet of a project, and the justification of a purchase: to read, to print, as XLSX and PDF."""

from uuid import UUID

from flask import Response, render_template

from inventory.exports.justification_sheet import lay_out_justification
from inventory.exports.justification_words import WORDS
from inventory.exports.lca_sheet import lay_out_lca
from inventory.exports.sheets import Sheet, write_workbook
from inventory.exports.sheets_pdf import write_sheets_pdf
from inventory.matching.purchase import NoMatchError, Purchase, compare_purchase
from inventory.queries.projects.change_log import find_supplier_choice
from inventory.queries.saved import read_asked_prices
from inventory.savings.held import hold_against_limit
from web.clock import current_day
from web.errors import PageNotFoundError
from web.kept import get_kept_lots
from web.language import current_language
from web.pages.savings import find_project_savings, read_choices
from web.pages.surveys.answers import remembered_by
from web.session import get_reader, get_session

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _lay_out_lca(project_id: UUID, *, wide: bool) -> list[Sheet]:
    savings, today = find_project_savings(project_id), current_day()
    applied_on, kind = read_choices()
    held = hold_against_limit(savings.project, savings.account, today=today, applied_on=applied_on, kind=kind)
    return lay_out_lca(savings, held=held, today=today, language=current_language(), wide=wide)


def download_lca_xlsx(project_id: UUID) -> Response:
    """Give the climate sheet as a workbook."""
    return _send(write_workbook(_lay_out_lca(project_id, wide=True)), name=f"lca-{project_id}.xlsx")


def download_lca_pdf(project_id: UUID) -> Response:
    """Give the climate sheet as PDF."""
    return _send(_write_pdf(_lay_out_lca(project_id, wide=False), paper="lca"), name=f"lca-{project_id}.pdf")


def _justify(match_id: int) -> tuple[Purchase, list[Sheet]]:
    try:
        purchase = compare_purchase(
            get_reader().engine, match_id=match_id, as_of=current_day(), kept=get_kept_lots()
        )
    except NoMatchError as error:
        raise PageNotFoundError(what="match", name=match_id) from error
    lot, wanted = purchase.chosen.lot, purchase.chosen.wanted
    sheets = lay_out_justification(
        purchase.savings,
        chosen=purchase.chosen,
        others=purchase.others,
        looked_at=purchase.looked_at,
        asked=read_asked_prices(get_session(), class_id=lot.class_id, lot_id=lot.id),
        supplier=wanted.supplied_by,
        choice=find_supplier_choice(get_session(), requirement_id=wanted.id),
        today=current_day(),
        language=current_language(),
    )
    return purchase, sheets


def show_justification(match_id: int) -> str:
    """Show the justification of a purchase.

    Raises
    ------
    PageNotFoundError
        There is no such match.
    """
    purchase, sheets = _justify(match_id)
    return render_template(
        "justification.html",
        match_id=match_id,
        project=purchase.savings.project,
        wanted=purchase.chosen.wanted,
        sheets=sheets,
        supplier=purchase.chosen.wanted.supplied_by,
        by=remembered_by(),
    )


def download_justification_xlsx(match_id: int) -> Response:
    """Give the justification as a workbook."""
    return _send(write_workbook(_justify(match_id)[1]), name=f"justification-{match_id}.xlsx")


def download_justification_pdf(match_id: int) -> Response:
    """Give the justification as PDF."""
    return _send(
        _write_pdf(_justify(match_id)[1], paper="justification"), name=f"justification-{match_id}.pdf"
    )


def _write_pdf(sheets: list[Sheet], *, paper: str) -> bytes:
    language = current_language()
    at = 0 if language == "da" else 1
    foot = f"{WORDS[paper][at]} · {WORDS['page'][at]}"
    return write_sheets_pdf(sheets, foot=foot, language=language)


def _send(content: bytes, *, name: str) -> Response:
    kind = _XLSX if name.endswith(".xlsx") else "application/pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=kind, headers=headers)
