# SPDX-License-Identifier: EUPL-1.2
"""Why an act on a lot was refused, and what to do about it, in the language of the page."""

from collections.abc import Iterable

from flask_babel import gettext

from inventory.actions.lots.count import RecountAmountError, RecountReasonError
from inventory.actions.lots.move import (
    MergeEmptyError,
    MergeUnlikeError,
    MergeWithItselfError,
    MoveEndedError,
    SplitAmountError,
)
from inventory.actions.lots.reuse import DirectReuseIsNoWasteError
from inventory.actions.lots.step import ChangedSinceError, StepMissingError, StepRefusedError
from inventory.actions.lots.undo import NothingToUndoError
from web.figures import show_quantity
from web.pages.life_acts import UnreadableError
from web.words.codes import say


def say_life_refusal(error: Exception) -> str:
    """Say why an act was refused; an error that no form of this page can cause speaks for itself."""
    if isinstance(error, UnreadableError):
        return _say_unreadable(error.field)
    told = error.details if hasattr(error, "details") else {}
    if isinstance(error, StepMissingError):
        return gettext(
            "It cannot become %(to)s yet. Still needed: %(missing)s.",
            to=say(told["to"], "lot_status").lower(),
            missing=list_needs(told["missing_codes"]),
        )
    if isinstance(error, StepRefusedError):
        return gettext(
            "It is %(status)s now, and %(to)s cannot follow that. See what may follow below.",
            status=say(told["status"], "lot_status").lower(),
            to=say(told["to"], "lot_status").lower(),
        )
    if isinstance(error, SplitAmountError):
        return gettext(
            "Split off more than nothing and less than the %(there)s there are.",
            there=show_quantity(told["there"], told["unit"]),
        )
    if isinstance(error, MergeUnlikeError):
        return gettext(
            "Lot %(other)s is not alike: it differs in %(fields)s. Correct the one that is wrong, or keep"
            " them apart.",
            other=told["other"],
            fields=list_columns(told["columns"]),
        )
    if isinstance(error, MoveEndedError):
        return gettext(
            "It is %(status)s: nothing of it can be split off or merged any more.",
            status=say(told["status"], "lot_status").lower(),
        )
    if isinstance(error, ChangedSinceError):
        return gettext(
            "It cannot be undone: lot %(other)s changed since. Undo that first.", other=told["other"]
        )
    return _say_plain(error)


def find_wrong_field(error: Exception, *, act: str) -> str | None:
    """Find the id of the field that a refusal is about; None where it is about the lot as a whole."""
    if isinstance(error, UnreadableError):
        return _FIELD_IDS[error.field].format(act=act)
    return next(
        (field.format(act=act) for kind, field in _FIELDS_OF.items() if isinstance(error, kind)), None
    )


# Id of the field on the page of a lot's life; of choices the group, whose first choice takes the focus.
_FIELD_IDS = {"amount": "f-{act}-amount", "to": "to", "reuse": "reuse", "source": "source"}
_FIELDS_OF: dict[type[Exception], str] = {
    StepMissingError: "to",
    StepRefusedError: "to",
    SplitAmountError: "f-{act}-amount",
    RecountAmountError: "f-{act}-amount",
    RecountReasonError: "f-{act}-why",
    MergeUnlikeError: "source",
    MergeWithItselfError: "source",
    MergeEmptyError: "source",
    DirectReuseIsNoWasteError: "f-waste_number",
}


def list_columns(names: Iterable[str]) -> str:
    """List the columns of a lot in words."""
    return ", ".join(say(name, "lot_column").lower() for name in names)


def list_needs(codes: Iterable[str]) -> str:
    """List what a step still needs, in words."""
    return ", ".join(say(code, "life_need") for code in codes)


def _say_unreadable(field: str) -> str:
    return {
        "amount": gettext("The amount must be a number that the material can be counted in."),
        "to": gettext("Choose what it becomes."),
        "reuse": gettext("Choose direct reuse or preparation for reuse."),
        "source": gettext("Choose at least one lot to merge."),
    }[field]


def _say_plain(error: Exception) -> str:
    told: dict[type[Exception], str] = {
        MergeWithItselfError: gettext("Choose at least one other lot to merge."),
        MergeEmptyError: gettext("There is nothing left in a lot you chose."),
        RecountReasonError: gettext(
            "Say why the quantity is another: counted again, breakage, or what it was."
        ),
        RecountAmountError: gettext("The quantity must be 0 or more."),
        DirectReuseIsNoWasteError: gettext(
            "Direct reuse is no waste, so it has no running number and no receiver of waste. Leave them"
            " out, or choose preparation for reuse."
        ),
        NothingToUndoError: gettext("There is nothing left to undo."),
    }
    return told.get(type(error), str(error))
