# SPDX-License-Identifier: EUPL-1.2
"""The three sheets of a demolition to print or to copy, and as one workbook; without the address."""

from uuid import UUID

from flask import Response, render_template

from inventory.exports.gather_papers import NoDonorError, gather_papers
from inventory.exports.paper_sheets import SHEETS, lay_out_papers
from inventory.exports.sheets import Sheet, write_workbook
from web.clock import current_day
from web.errors import PageNotFoundError
from web.language import current_language
from web.session import get_session

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _lay_out(site_id: UUID) -> dict[str, Sheet]:
    today = current_day()
    try:
        facts = gather_papers(get_session(), site_id=site_id, today=today, public=True)
    except NoDonorError as error:
        raise PageNotFoundError(what="donor building", name=site_id) from error
    return lay_out_papers(facts, today=today, language=current_language())


def show_sheet(site_id: UUID, paper: str) -> str:
    """Show one sheet to print.

    Raises
    ------
    PageNotFoundError
        There is no such donor building, or no such sheet.
    """
    if paper not in SHEETS:
        raise PageNotFoundError(what="sheet", name=paper)
    sheets = _lay_out(site_id)
    return render_template(
        "paper_sheet.html", site_id=site_id, paper=paper, sheet=sheets[paper], sheets=sheets
    )


def download_sheets(site_id: UUID) -> Response:
    """Give the three sheets as a workbook."""
    sheets = _lay_out(site_id)
    content = write_workbook([sheets[name] for name in SHEETS])
    disposition = f'attachment; filename="genbro-{site_id}.xlsx"'
    return Response(content, mimetype=_XLSX, headers={"Content-Disposition": disposition})
