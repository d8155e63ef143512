# SPDX-License-Identifier: EUPL-1.2
"""Why a lot is left out of a change of many, in the language of the page."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from inventory.actions.lots.bulk_weighing import (
    EstimateUnchangedError,
    PaperNotHereError,
    WasteUndecidedError,
)
from inventory.actions.lots.reuse import DirectReuseIsNoWasteError
from inventory.actions.lots.step import StepMissingError, StepRefusedError
from inventory.errors import GenbroError
from web.pages.life_refusals import say_life_refusal

_KNOWN: Mapping[str, type[GenbroError]] = {
    error.__name__: error
    for error in (
        EstimateUnchangedError,
        PaperNotHereError,
        WasteUndecidedError,
        DirectReuseIsNoWasteError,
        StepMissingError,
        StepRefusedError,
    )
}


def say_bulk_refusal(error: GenbroError) -> str:
    """Say why a lot refuses, and what to do about it."""
    if isinstance(error, EstimateUnchangedError):
        return gettext("It is an estimate. Survey the material, then change it.")
    if isinstance(error, WasteUndecidedError):
        return gettext("Nothing is decided of its reuse. Choose preparation for reuse with the number.")
    if isinstance(error, PaperNotHereError):
        return gettext(
            "Neither it nor its building has a document called %(paper)s. Add it there first.",
            paper=error.details["paper"],
        )
    return say_life_refusal(error)


def recall_refusal(name: str | None, told: str | None, details: Mapping[str, Any] | None) -> str:
    """Say why a lot was left out, as it was taken down; a reason no longer known speaks for itself.

    Parameters
    ----------
    name, told, details
        Class of the refusal, its English words, and what it names.
    """
    known = _KNOWN.get(name or "")
    return str(told) if known is None else say_bulk_refusal(known(**details or {}))
