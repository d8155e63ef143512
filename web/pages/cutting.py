# SPDX-License-Identifier: EUPL-1.2
"""The cutting plan of a project: bars drawn to scale, the same as tables, the proof and the off-cuts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.cuttings import request_cutting
from inventory.exports.cut_bars import Bar, Sawing, Segment, lay_sawing, write_offcuts
from inventory.queries.cutting.bookings import list_booked
from inventory.queries.cutting.cuttings import (
    SawParams,
    list_linear,
    read_newest_cutting,
    read_pieces,
    read_saw,
)
from inventory.queries.instant import ProjectName, name_lots, name_requirements, read_project_name
from inventory.tables import CuttingStatus
from web.clock import current_day
from web.errors import PageNotFoundError
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.session import get_reader, get_session

REFUSED = 422
_LABELLED = 4.0
"""Least width, in percent of the picture, at which a piece bears its letter."""
_MOST_MM = {"kerf": 100, "offcut": 100_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSegment:
    """A part of a bar as drawn: kind, letter where there is room, and start, width, middle in percent."""

    kind: str
    letter: str
    start: str
    width: str
    middle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBar:
    """Bars cut alike, with the parts of their picture, all drawn to one scale."""

    bar: Bar
    parts: Sequence[DrawnSegment]


def show_cutting(project_id: UUID) -> str:
    """Show the newest cutting plan of a project, or what is missing for one.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    return _show(_find(project_id), form=FormReader())


def ask_cutting(project_id: UUID) -> BaseResponse:
    """Ask for a cutting plan; a worker makes it.

    Raises
    ------
    PageNotFoundError
        As `show_cutting`.
    """
    project, form = _find(project_id), FormReader(request.form)
    kerf, offcut = (_read_mm(form, name) for name in _MOST_MM)
    if form.errors:
        return make_response(_show(project, form=form), REFUSED)
    with get_reader().write() as session:
        saw = read_saw(session, today=current_day(), kerf_mm=kerf, minimum_offcut_mm=offcut)
        request_cutting(
            session,
            project_id=project_id,
            params=saw.model_dump(mode="json"),
            at=datetime.now(UTC),
            queued=True,
        )
    return redirect(page_url("cutting", project_id=project_id), 303)


def download_offcuts(project_id: UUID) -> Response:
    """Give the off-cuts of the newest cutting plan as CSV.

    Raises
    ------
    PageNotFoundError
        There is no such project, or no cutting plan of it.
    """
    project = _find(project_id)
    row = read_newest_cutting(get_session(), project_id=project_id)
    if row is None or row.status != CuttingStatus.DONE:
        raise PageNotFoundError(what="cutting", name=project_id)
    sawing = lay_sawing(row.problem, row.plan)
    lots = name_lots(get_session(), ids=sorted({one.lot for one in sawing.offcuts}))
    response = make_response(write_offcuts(sawing, lots=lots))
    response.mimetype = "text/csv"
    safe = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in project.ref)
    response.headers["Content-Disposition"] = f'attachment; filename="offcuts-{safe}.csv"'
    return response


def _find(project_id: UUID) -> ProjectName:
    project = read_project_name(get_session(), project_id=project_id)
    if project is None:
        raise PageNotFoundError(what="project", name=project_id)
    return project


def _read_mm(form: FormReader, name: str) -> Decimal | None:
    typed = form.typed(name).replace(",", ".")
    if not typed:
        return None
    try:
        value = Decimal(typed)
    except ArithmeticError:
        value = Decimal(-1)
    if not (value.is_finite() and 0 <= value <= _MOST_MM[name]):
        form.errors[name] = gettext(
            "Give millimetres from 0 to %(most)s, such as 4 or 3.2, or leave it empty.", most=_MOST_MM[name]
        )
        return None
    return value


def _show(project: ProjectName, *, form: FormReader) -> str:
    session = get_session()
    linear = list_linear(session, project_id=project.id)
    pieces = read_pieces(session, requirement_ids=[row.id for row in linear])
    row = read_newest_cutting(session, project_id=project.id)
    sawing: Sawing | None = None
    named: dict[str, Any] = {"lots": {}, "wanted": {}}
    if row is not None and row.status == CuttingStatus.DONE:
        sawing = lay_sawing(row.problem, row.plan)
        named["lots"] = name_lots(session, ids=sorted({bar.lot for bar in sawing.bars}))
        named["wanted"] = name_requirements(session, ids=sorted({one.requirement for one in sawing.pieces}))
    return render_template(
        "cutting.html",
        project=project,
        linear=[(one, pieces.get(one.id)) for one in linear],
        ready=any(one.id in pieces or one.length_mm_min for one in linear),
        cutting=row,
        booked=list_booked(session, project_id=project.id),
        saw=None if row is None else SawParams.model_validate(row.params),
        usual=read_saw(session, today=current_day()),
        sawing=sawing,
        drawn=[] if sawing is None else _draw(sawing),
        kept_mm=0 if sawing is None else sum(one.count * one.length_mm for one in sawing.offcuts),
        form=form,
        **named,
    )


def _draw(sawing: Sawing) -> list[DrawnBar]:
    longest = max((bar.length_mm for bar in sawing.bars), default=1)
    return [
        DrawnBar(bar=bar, parts=[_place(part, longest=longest) for part in bar.segments])
        for bar in sawing.bars
    ]


def _place(part: Segment, *, longest: float) -> DrawnSegment:
    start, width = 100 * part.start_mm / longest, 100 * part.length_mm / longest
    return DrawnSegment(
        kind=part.kind,
        letter=part.letter if width >= _LABELLED else "",
        start=f"{start:.3f}%",
        width=f"{width:.3f}%",
        middle=f"{start + width / 2:.3f}%",
    )
