# SPDX-License-Identifier: EUPL-1.2
"""What the actions refuse, put into words beside the field to mend, in the language of the page."""

from flask_babel import gettext

from inventory.actions.survey_amount import AmountRefusedError, ContentMissingError
from inventory.actions.surveys.survey import (
    RefTakenError,
    RoomElsewhereError,
    SurveyTargetError,
    YieldSourceMissingError,
)
from inventory.errors import GenbroError
from web.pages.surveys.fields import FIELD


def name_field(error: GenbroError) -> tuple[str, str]:
    """Say which field of the form of a lot an action refused, and how to mend it.

    Raises
    ------
    GenbroError
        The error itself, where no field is at fault.
    """
    if isinstance(error, ContentMissingError):
        missing = [FIELD[name] for name in str(error.details["missing"]).split(", ") if name in FIELD]
        if [field.name for field in missing] == ["content"]:
            return "content", gettext("Say how much each holds: it cannot be reckoned for this material.")
        return "content", gettext(
            "Say how much each holds, or give the dimensions it is reckoned from: %(missing)s.",
            missing=", ".join(str(field.label) for field in missing),
        )
    if isinstance(error, AmountRefusedError):
        return "count", gettext("This is more than can be counted. Is the unit the right one?")
    if isinstance(error, RefTakenError):
        return "ref", gettext(
            "The building has a lot called %(ref)s already. Choose another number, or leave it empty.",
            ref=error.details["ref"],
        )
    if isinstance(error, RoomElsewhereError):
        return "room_id", gettext("This room is in another building. Choose one of this building, or none.")
    if isinstance(error, YieldSourceMissingError):
        return "yield_source", gettext("Say where the share is from: who says so, or what was tried.")
    if isinstance(error, SurveyTargetError) and error.details["what"] == "material":
        return "class_id", gettext("Choose the material from the list.")
    raise error
