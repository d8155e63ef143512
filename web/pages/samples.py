# SPDX-License-Identifier: EUPL-1.2
"""The samples of a building on the web: written down with their report, put right, and taken away."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.attachments import add_attachment
from inventory.actions.sample_changes import SampleMissingError, correct_sample, remove_sample
from inventory.actions.screen import NewSample, SampleChangedError, add_samples, screen_made_of
from inventory.files.errors import FileRefusedError
from inventory.files.names import tidy_name
from inventory.queries.places.sites import read_code_names, read_site
from inventory.queries.samples import list_lots_to_sample, list_substances, read_site_samples
from web.clock import current_day
from web.errors import PageNotFoundError
from web.files import get_store
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.lot_forms.refusals import say_refusal
from web.lot_forms.sample import UNITS, read_sample
from web.session import get_reader, get_session

Report = tuple[bytes, str]


def show_samples(site_id: UUID) -> str:
    """Show the samples of a donor building, and the form for one more.

    Raises
    ------
    PageNotFoundError
        There is no such donor building.
    """
    return _show(site_id, form=FormReader(), sample=None)


def show_sample(site_id: UUID, sample_id: UUID) -> str:
    """Show one sample in the form, to be put right."""
    return _show(site_id, form=FormReader(), sample=_find(site_id, sample_id))


def _find(site_id: UUID, sample_id: UUID) -> Any:
    for row in read_site_samples(get_session(), site_id=site_id):
        if row.id == sample_id:
            return row
    raise PageNotFoundError(what="sample", name=sample_id)


def _show(site_id: UUID, *, form: FormReader, sample: Any) -> str:
    session = get_session()
    site = read_site(session, site_id=site_id)
    if site is None or site.kind != "donor":
        raise PageNotFoundError(what="donor building", name=site_id)
    names = read_code_names(session, lists=("substance",))
    known = list_substances(session)
    return render_template(
        "samples.html",
        site=site,
        sample=sample,
        samples=read_site_samples(session, site_id=site_id),
        lots=list_lots_to_sample(session, site_id=site_id),
        substances=[row for (_list, code), row in names.items() if code in known],
        names=names,
        units=UNITS,
        form=form,
    )


def _read_report() -> Report | None:
    report = request.files.get("report")
    if report is None or not report.filename:
        return None
    return report.stream.read(), tidy_name(report.filename)


def _read_form(site_id: UUID, form: FormReader, *, report: str | None) -> NewSample | None:
    session = get_session()
    return read_sample(
        form,
        lots=[str(row.id) for row in list_lots_to_sample(session, site_id=site_id)],
        substances=list_substances(session),
        today=current_day(),
        report=report,
    )


def add_sample(site_id: UUID) -> str | BaseResponse:
    """Write a sample down and judge its lot, or show the form again with what is wrong."""
    form, report = FormReader(request.form), _read_report()
    new = _read_form(site_id, form, report=None if report is None else report[1])
    if new is None or not _keep(new, form=form, report=report, sample_id=None):
        return _show(site_id, form=form, sample=None)
    return redirect(page_url("samples", site_id=site_id, _anchor="samples-title"), 303)


def correct_one(site_id: UUID, sample_id: UUID) -> str | BaseResponse:
    """Put a sample right and judge its lot again, or show the form again with what is wrong."""
    sample, form, report = _find(site_id, sample_id), FormReader(request.form), _read_report()
    why = form.read_text("why", needed=True)
    new = _read_form(site_id, form, report=sample.report if report is None else report[1])
    if new is not None and new.lot_id != sample.lot_id:
        form.errors["lot"] = gettext(
            "A sample stays with its lot. Remove it, and write it down at the other."
        )
        new = None
    if new is None or not _keep(new, form=form, report=report, sample_id=sample_id, why=why or ""):
        return _show(site_id, form=form, sample=sample)
    return redirect(page_url("samples", site_id=site_id, _anchor="samples-title"), 303)


def _keep(
    new: NewSample, *, form: FormReader, report: Report | None, sample_id: UUID | None, why: str = ""
) -> bool:
    """Keep a sample with its report, or say at the fields why not."""
    today = current_day()
    try:
        with get_reader().write() as session:
            if report is not None:
                add_attachment(
                    session,
                    store=get_store(),
                    owner="lot",
                    owner_id=new.lot_id,
                    content=report[0],
                    name=report[1],
                    at=datetime.now(UTC),
                )
            if sample_id is None:
                add_samples(session, samples=[new])
                screen_made_of(session, lot_id=new.lot_id, today=today)
            else:
                correct_sample(session, sample_id=sample_id, new=new, why=why, today=today)
    except FileRefusedError as error:
        form.errors["report"] = say_refusal(error)
    except SampleChangedError as error:
        form.errors["place"] = gettext(
            "There is a sample of this substance, place and day already, and it says %(found)s. Give another"
            " place or day where it is another sample.",
            found=error.details["found"],
        )
    except SampleMissingError:
        form.errors["place"] = gettext("The sample was removed meanwhile. Write it down as a new one.")
    return not form.errors


def remove_one(site_id: UUID, sample_id: UUID) -> BaseResponse:
    """Take a sample away and judge its lot again; why is kept in the lot's history."""
    sample = _find(site_id, sample_id)
    why = FormReader(request.form).read_text("why") or gettext("not said")
    with get_reader().write() as session:
        remove_sample(session, lot_id=sample.lot_id, sample_id=sample_id, why=why, today=current_day())
    return redirect(page_url("samples", site_id=site_id, _anchor="samples-title"), 303)


def turn_back(site_id: UUID, sample_id: UUID) -> BaseResponse:  # noqa: ARG001 - the address names it
    """Lead from the address of a form that was sent to the samples: the language link goes there."""
    return redirect(page_url("samples", site_id=site_id), 303)
