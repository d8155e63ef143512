# SPDX-License-Identifier: EUPL-1.2
"""The survey of one building: its rooms, the lots in each, totals and estimate by class, and the labels."""

from itertools import groupby
from uuid import UUID

from flask import Response, current_app, render_template

from inventory.exports.labels import list_labels, write_labels
from inventory.queries.comparison import read_comparison
from inventory.queries.surveys.pages import read_survey_lots
from inventory.tables import LotStatus
from web.errors import PageNotFoundError
from web.language import current_language
from web.pages.surveys.finding import find_building
from web.pages.surveys.totals import find_gross, sum_classes
from web.session import get_session


def show_survey(site_id: UUID) -> str:
    """Show what is surveyed in a building.

    Raises
    ------
    PageNotFoundError
        There is no such building.
    """
    session, site = get_session(), find_building(site_id)
    rows = read_survey_lots(session, site_id=site_id)
    comparison = read_comparison(session, site_id=site_id)
    lots = [row for row in rows if row.status != LotStatus.WITHDRAWN]
    return render_template(
        "survey.html",
        site=site,
        rooms=[
            (floor, room, list(some))
            for (floor, room), some in groupby(lots, key=lambda row: (row.floor, row.room_name))
        ],
        lots=lots,
        comparison=comparison if any(row.likely is not None for row in comparison) else [],
        removed=[row for row in rows if row.status == LotStatus.WITHDRAWN],
        totals=sum_classes(lots),
        find_gross=find_gross,
    )


def send_labels(site_id: UUID) -> Response:
    """Send the QR labels of a building's lots as PDF.

    Raises
    ------
    PageNotFoundError
        There is no such building, or nothing is surveyed in it.
    """
    find_building(site_id)
    rows = [
        row for row in read_survey_lots(get_session(), site_id=site_id) if row.status != LotStatus.WITHDRAWN
    ]
    if not rows:
        raise PageNotFoundError(what="surveyed lot in building", name=site_id)
    labels = list_labels(rows, language=current_language())
    pdf = write_labels(labels, base_url=current_app.config["GENBRO_BASE_URL"])
    name = f"genbro-{site_id}.pdf"
    return Response(
        pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
