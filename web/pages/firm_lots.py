# SPDX-License-Identifier: EUPL-1.2
"""A firm's lots as one table: filtered and sorted by the address, summed, and fetched as a file."""

from __future__ import annotations

from typing import Literal, cast

from flask import Response, render_template, request

from inventory.exports.lot_files import LOT_FORMATS, LotFormat, write_lots_file
from inventory.imports.lots.rows import lay_out_lots
from inventory.queries.choices import read_class_choices
from inventory.queries.demolitions.firms import list_firms
from inventory.queries.imports.keys import map_code_list
from inventory.queries.lots.bulk_edits import list_bulk_edits
from inventory.queries.lots.files import read_file_rows
from inventory.queries.lots.of_firm import (
    MOST_LOTS,
    UNDECIDED,
    list_firm_sites,
    list_lot_ids,
    read_firm_lots,
    sum_firm_lots,
)
from inventory.queries.lots.terms import list_owners, list_paper_names
from inventory.queries.offers import AnyRow
from inventory.tables import Documentation, LotStatus, Reuse, Screening
from web.acting import acting_organisation
from web.clock import current_day
from web.errors import PageNotFoundError
from web.forms.bulk import CHOICES
from web.forms.firm_lots import FirmLotView, read_view
from web.language import current_language, page_url, pick
from web.lot_forms.reader import FormReader
from web.page_turn import write_turn
from web.pages.surveys.answers import remembered_by
from web.search_choices import INDENT
from web.session import get_session
from web.words.firms import BULK_STEP_WORDS, EMPTY, MISSING_WORDS, WITHIN

MOST_IN_FILE = 2000
"""A page waits for the file; more is for `genbro export lots`."""
_EDITS_SHOWN = 5


def show_lots() -> str:
    """Show the table, or, where no organisation is chosen, those to choose from."""
    firm = acting_organisation()
    if firm is None:
        return render_template("firm_choice.html", firms=list_firms(get_session()))
    return show_table(firm, find_view(firm))


def find_view(firm: AnyRow) -> FirmLotView:
    """Read which lots of a firm the address asks for, and in what order."""
    session = get_session()
    return read_view(
        request.args,
        organisation_id=firm.id,
        classes={one.code for one in read_class_choices(session)},
        sites={one.id for one in list_firm_sites(session, organisation_id=firm.id)},
        today=current_day(),
    )


def show_table(
    firm: AnyRow, view: FirmLotView, *, form: FormReader | None = None, problem: str | None = None
) -> str:
    """Show the table; `form` is what was sent to change lots and could not be used, and `problem` why."""
    session, language = get_session(), current_language()
    sums = sum_firm_lots(session, filters=view.filters)
    total = sum(row.lots for row in sums)
    sent = form or FormReader()
    return render_template(
        "firm_lots.html",
        firm=firm,
        view=view,
        sums=sums,
        total=total,
        today=current_day(),
        answer=read_firm_lots(
            session,
            filters=view.filters,
            total=total,
            sort=view.sort,
            descending=view.descending,
            turn=view.turn,
            language=language,
        ),
        sites=list_firm_sites(session, organisation_id=firm.id),
        classes=[(one.code, INDENT * one.depth + pick(one)) for one in read_class_choices(session)],
        statuses=list(LotStatus),
        screenings=list(Screening),
        documentations=list(Documentation),
        reuses=list(Reuse),
        undecided=UNDECIDED,
        missing_words=MISSING_WORDS,
        within=WITHIN,
        most=MOST_LOTS,
        most_in_file=MOST_IN_FILE,
        formats={"csv": "CSV", "xlsx": "Excel", "gpkg": "GeoPackage"},
        edits=list_bulk_edits(session, organisation_id=firm.id, most=_EDITS_SHOWN),
        sent=sent,
        errors=sent.errors,
        problem=problem,
        chosen=set(request.form.getlist("lot")),
        choices={name: [code.value for code in codes] for name, codes in CHOICES.items()},
        steps=BULK_STEP_WORDS,
        empty=EMPTY,
        papers=list_paper_names(session, organisation_id=firm.id),
        owners=list_owners(session),
        by=remembered_by(),
    )


def download_lots(form: str) -> Response:
    """Give the lots that the filter lets through as a file of lots; homes are named by our own ids.

    Raises
    ------
    PageNotFoundError
        There is no such format, or no organisation is chosen.
    """
    firm = acting_organisation()
    if form not in LOT_FORMATS or firm is None:
        raise PageNotFoundError(what="file of lots", name=form)
    session, view = get_session(), find_view(firm)
    language: Literal["da", "en"] = "en" if current_language() == "en" else "da"
    ids = list_lot_ids(
        session,
        filters=view.filters,
        sort=view.sort,
        descending=view.descending,
        language=language,
        most=MOST_IN_FILE,
    )
    laid = lay_out_lots(
        read_file_rows(session, lot_ids=ids, exact=False),
        language=language,
        colours=map_code_list(session, name="colour"),
    )
    title = "Lots" if language == "en" else "Partier"
    content = write_lots_file(
        cast("LotFormat", form),
        title=title,
        names=laid.names,
        heads=laid.heads,
        rows=laid.rows,
        points=laid.points,
        decimal="." if language == "en" else ",",
    )
    disposition = f'attachment; filename="{title.lower()}-{current_day().isoformat()}.{form}"'
    return Response(content, mimetype=LOT_FORMATS[form], headers={"Content-Disposition": disposition})


def link_table(view: FirmLotView) -> str:
    """Give the address of the table as it was seen."""
    return page_url("firm_lots", **view.arguments, **write_turn(view.turn))
