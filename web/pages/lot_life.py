# SPDX-License-Identifier: EUPL-1.2
"""The life of one lot: where it is, what may follow, and each act tried out before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import make_response, render_template, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.lots.move import list_mergeable
from inventory.errors import GenbroError
from inventory.queries.cutting.bookings import read_sawn_for
from inventory.queries.lots.life import find_undoable, list_next_steps, list_site_states, read_moves
from inventory.queries.lots.listing import LotFacts, read_lot
from inventory.queries.offers import AnyRow
from inventory.queries.reading import Session
from inventory.queries.surveys.classes import read_survey_classes
from inventory.queries.surveys.surveys import read_history, read_rooms
from inventory.tables import Basis, Reuse
from web.errors import PageNotFoundError
from web.language import page_url
from web.pages.life_acts import ACTS, UnreadableError, perform_act
from web.pages.life_refusals import find_wrong_field, list_columns, say_life_refusal
from web.pages.surveys.answers import REFUSED, answer_saved, read_by, remembered_by, say_once
from web.pages.surveys.history import tell_history
from web.session import get_reader, get_session


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an act does to one lot of the site; a lot it makes has nothing before."""

    before: AnyRow | None
    after: AnyRow


class _TriedError(Exception):
    """Takes back what was only tried out; carries what it would have done."""

    def __init__(self, effects: Sequence[Effect]) -> None:
        """Keep the effects."""
        super().__init__()
        self.effects = effects


def show_life(lot_id: UUID) -> str:
    """Show the life of a surveyed lot.

    Raises
    ------
    PageNotFoundError
        There is no such lot, or it is an estimate, which has no life.
    """
    return _show(_find(lot_id))


def save_life(lot_id: UUID) -> BaseResponse:
    """Try an act out and show what it would do, or do it where that has been seen.

    Raises
    ------
    PageNotFoundError
        As `show_life`, or the act is none.
    """
    facts, name = _find(lot_id), request.form.get("act", "")
    if name not in ACTS:
        raise PageNotFoundError(what="act", name=name)
    confirmed, by = request.form.get("seen") == "yes", read_by()
    try:
        with get_reader().write() as session:
            _perform(session, facts, by=by, confirmed=confirmed)
    except _TriedError as tried:
        if tried.effects:
            return make_response(_show(facts, act=name, effects=tried.effects))
        say_once("warning", gettext("That changes nothing."))
    except (GenbroError, UnreadableError) as error:
        page = _show(
            facts,
            act=name,
            wrong=say_life_refusal(error),
            wrong_field=find_wrong_field(error, act=name),
        )
        return make_response(page, REFUSED)
    else:
        say_once("success", str(ACTS[name].done))
    return answer_saved(page_url("lot_life", lot_id=lot_id))


def _find(lot_id: UUID) -> LotFacts:
    facts = read_lot(get_session(), lot_id=lot_id)
    if facts is None or facts.lot.basis != Basis.SURVEYED:
        raise PageNotFoundError(what="surveyed lot", name=lot_id)
    return facts


def _perform(session: Session, facts: LotFacts, *, by: str | None, confirmed: bool) -> None:
    """Do what the form asks; unless that was seen before, take it back and tell what it would have done.

    Raises
    ------
    _TriedError
        It was only tried: with the lots of the site that it changes, before and after.
    """
    site_id = facts.lot.site_id
    before = {row.id: row for row in list_site_states(session, site_id=site_id)}
    perform_act(session, MultiDict(request.form), lot=facts.lot, step=facts.material.step, by=by)
    session.flush()
    if confirmed:
        return
    after = list_site_states(session, site_id=site_id)
    raise _TriedError(
        [
            Effect(before=before.get(row.id), after=row)
            for row in after
            if row.id not in before or tuple(before[row.id]) != tuple(row)
        ]
    )


def _show(
    facts: LotFacts,
    *,
    act: str = "",
    effects: Sequence[Effect] = (),
    wrong: str | None = None,
    wrong_field: str | None = None,
) -> str:
    session, lot = get_session(), facts.lot
    history = read_history(session, lot_id=lot.id)
    others = list_mergeable(session, lot_id=lot.id)
    return render_template(
        "lot_life.html",
        lot=lot,
        material=facts.material,
        row=facts.place,
        steps=list_next_steps(session, lot_id=lot.id),
        undoable=find_undoable(session, lot_id=lot.id),
        alike=[other for other, differing in others if not differing],
        unlike=[(other, list_columns(differing)) for other, differing in others if differing],
        moves=read_moves(session, lot_id=lot.id),
        sawn_for=read_sawn_for(session, lot_id=lot.id),
        reuses=list(Reuse),
        history=tell_history(
            history,
            classes=read_survey_classes(session),
            rooms=read_rooms(session, site_id=lot.site_id),
            step=facts.material.step,
            unit=lot.unit,
        ),
        act=act,
        effects=effects,
        wrong=wrong,
        wrong_field=wrong_field,
        sent=request.form if act else MultiDict(),
        by=remembered_by(),
    )
