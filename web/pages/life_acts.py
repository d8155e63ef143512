# SPDX-License-Identifier: EUPL-1.2
"""What the forms of a lot's life ask for, read and carried out."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict

from inventory.actions.lots.count import recount_lot
from inventory.actions.lots.move import merge_lots, split_lot
from inventory.actions.lots.reuse import decide_reuse
from inventory.actions.lots.step import step_lot
from inventory.actions.lots.undo import undo_lot
from inventory.imports.cells.number import NumberStyle, Separator, parse_number
from inventory.queries.reading import Session
from inventory.tables import LotStatus, Reuse
from web.language import current_language

_ = lazy_gettext
_LONGEST = 400
_MOST = 10**12


class UnreadableError(Exception):
    """A field of the form cannot be read; `field` names it."""

    def __init__(self, field: str) -> None:
        """Name the field."""
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form that was sent about a lot: its fields, the size of a step, and who sent it."""

    form: MultiDict[str, str]
    lot: Any
    step: Decimal
    by: str | None

    @property
    def why(self) -> str | None:
        """The reason given."""
        return self.text("why")

    def text(self, name: str) -> str | None:
        """Read a short text, None where there is none."""
        return " ".join(self.form.get(name, "").split())[:_LONGEST] or None

    def steps(self) -> int:
        """Read the amount, in the unit of the class, as steps.

        Raises
        ------
        UnreadableError
            It is no number, or no whole number of steps.
        """
        decimal: Separator = "," if current_language() == "da" else "."
        style = NumberStyle(decimal=decimal, known_by="values")
        amount = parse_number(self.form.get("amount", ""), style=style).value
        if amount is None or not amount.is_finite() or abs(amount) > _MOST:
            raise UnreadableError("amount")
        steps = amount / self.step
        if steps != int(steps):
            raise UnreadableError("amount")
        return int(steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something a person may do to a lot, and what is said when it is done."""

    do: Callable[[Session, Sent], object]
    done: LazyString


def perform_act(
    session: Session, form: MultiDict[str, str], *, lot: Any, step: Decimal, by: str | None
) -> None:
    """Carry out the act that a form names, which is one of `ACTS`.

    Raises
    ------
    UnreadableError
        A field cannot be read.
    inventory.errors.GenbroError
        The act is refused.
    """
    ACTS[form["act"]].do(session, Sent(form=form, lot=lot, step=step, by=by))


def _step(session: Session, sent: Sent) -> None:
    try:
        to = LotStatus(sent.form.get("to", ""))
    except ValueError as error:
        raise UnreadableError("to") from error
    step_lot(session, lot_id=sent.lot.id, to=to, by=sent.by, why=sent.why)


def _decide(session: Session, sent: Sent) -> None:
    try:
        reuse = Reuse(sent.form.get("reuse", ""))
    except ValueError as error:
        raise UnreadableError("reuse") from error
    decide_reuse(
        session,
        lot_id=sent.lot.id,
        reuse=reuse,
        waste_number=sent.text("waste_number"),
        waste_receiver=sent.text("waste_receiver"),
        by=sent.by,
        why=sent.why,
    )


def _split(session: Session, sent: Sent) -> None:
    split_lot(session, lot_id=sent.lot.id, quantity=sent.steps(), by=sent.by, why=sent.why)


def _merge(session: Session, sent: Sent) -> None:
    try:
        sources = [UUID(text) for text in sent.form.getlist("source")]
    except ValueError as error:
        raise UnreadableError("source") from error
    if not sources:
        raise UnreadableError("source")
    merge_lots(session, into=sent.lot.id, sources=sources, by=sent.by, why=sent.why)


def _recount(session: Session, sent: Sent) -> None:
    recount_lot(session, lot_id=sent.lot.id, quantity=sent.steps(), by=sent.by, why=sent.why or "")


def _undo(session: Session, sent: Sent) -> None:
    undo_lot(session, lot_id=sent.lot.id, by=sent.by, why=sent.why)


ACTS = {
    "step": Act(do=_step, done=_("The step is taken.")),
    "decide": Act(do=_decide, done=_("The decision is kept.")),
    "split": Act(do=_split, done=_("The lot is split.")),
    "merge": Act(do=_merge, done=_("The lots are merged.")),
    "recount": Act(do=_recount, done=_("The quantity is corrected.")),
    "undo": Act(do=_undo, done=_("It is undone.")),
}
