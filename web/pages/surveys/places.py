# SPDX-License-Identifier: EUPL-1.2
"""A building no register told of is begun for its survey; what is wrong of a building is put right."""

from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from flask import make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.surveys.buildings import Place, begin_building, correct_building
from inventory.actions.surveys.told_building import ToldBuilding
from inventory.estimates.update import estimate_site
from inventory.queries.choices import read_municipality_choices
from inventory.queries.demolitions.firms import list_firms
from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import read_building, read_code_names, read_site
from inventory.queries.surveys.buildings import read_building_steps
from inventory.tables import SiteKind
from web.errors import PageNotFoundError
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.pages.surveys.answers import REFUSED, answer_saved, read_by, read_key, remembered_by, say_once
from web.pages.surveys.finding import find_building
from web.pages.surveys.told import CODE_LISTS, LABELS, list_choices, read_told, show_told
from web.session import get_reader, get_session
from web.site_names import name_site
from web.told_place import WHERE, find_place


def show_new() -> str:
    """Show the empty form of a building."""
    return _show(FormReader(), site=None)


def begin_one() -> BaseResponse:
    """Begin a building, or show the form again with what is to be mended."""
    form, by, site_id = FormReader(request.form), read_by(), read_key("site_id")
    name = form.read_text("name", needed=True, most=200)
    postcode, firm = form.read_text("postcode", most=10), form.read_text("firm", most=200)
    place, told = _read_place(form), read_told(form, choices=list_choices(), use_known=False)
    if name is None or place is None or form.errors:
        return make_response(_show(form, site=None, site_id=site_id), REFUSED)
    with get_reader().write() as session:
        begin_building(
            session,
            site_id=site_id,
            name=name,
            place=place,
            postcode=postcode,
            firm=firm,
            told=told,
            by=by,
        )
        estimate_site(session, site_id=site_id)
    say_once("success", gettext("The building is begun. Write its lots down, and say when it comes down."))
    return answer_saved(page_url("survey", site_id=site_id))


def show_place(site_id: UUID) -> str:
    """Show the form that puts right what is told of a building, with what was put right before.

    Raises
    ------
    PageNotFoundError
        There is no such building.
    """
    return _show(FormReader(), site=_find(site_id))


def save_place(site_id: UUID) -> BaseResponse:
    """Put right what is told of a building, or show the form again with what is to be mended.

    Raises
    ------
    PageNotFoundError
        There is no such building.
    """
    site, form, by = _find(site_id), FormReader(request.form), read_by()
    name, why = form.read_text("name", most=200), form.read_text("why", most=400)
    place = _read_place(form) if any(form.typed(one) for one in WHERE) else None
    told = read_told(form, choices=list_choices(), use_known=site.use_code is not None)
    if form.errors:
        return make_response(_show(form, site=site), REFUSED)
    with get_reader().write() as session:
        changed = correct_building(
            session, site_id=site_id, name=name, place=place, told=told, by=by, why=why
        )
        if told != ToldBuilding():
            estimate_site(session, site_id=site_id)
    words = gettext("The building is as you wrote it.") if changed else gettext("That changes nothing.")
    say_once("success" if changed else "warning", words)
    return answer_saved(page_url("survey_place", site_id=site_id))


def _find(site_id: UUID) -> AnyRow:
    site = find_building(site_id)
    if site.kind != SiteKind.DONOR:
        raise PageNotFoundError(what="building", name=site_id)
    return site


def _read_place(form: FormReader) -> Place | None:
    """Read where a building stands: coordinates win over the town, the town over the municipality."""
    session = get_session()
    known = {code for code, _name in read_municipality_choices(session)}
    code = form.read_choice("municipality_code", known=known, needed=False)
    town, coordinates = form.read_text("town", most=100), form.read_text("coordinates", most=100)
    told = find_place(form, coordinates=coordinates, town=town, municipality_code=code)
    if told is None:
        return None
    values = asdict(told)
    del values["source"]
    return Place(**values)


def _show(form: FormReader, *, site: AnyRow | None, site_id: UUID | None = None) -> str:
    session = get_session()
    more: dict[str, Any] = {}
    if site is not None:
        names = read_code_names(session, lists=tuple(CODE_LISTS.values()))
        building = read_building(session, site_id=site.id)
        more = {
            "title": name_site(site),
            "known": [
                (label, show_told(name, None if building is None else getattr(building, name), names=names))
                for name, label in LABELS.items()
            ],
            "show_told": partial(show_told, names=names),
            "place": read_site(session, site_id=site.id),
            "steps": read_building_steps(session, site_id=site.id),
        }
    return render_template(
        "survey_building.html",
        form=form,
        site=site,
        site_id=site_id or uuid4(),
        municipalities=read_municipality_choices(session),
        firms=[firm.name for firm in list_firms(session)],
        by=remembered_by(),
        labels=LABELS,
        choices=list_choices(),
        **more,
    )
