# SPDX-License-Identifier: EUPL-1.2
"""The shape of a message: templates in Danish and English, and how to mend it."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Templates of one code; an error means that the row was not taken."""

    severity: Severity
    da: str
    en: str
    mend_da: str
    mend_en: str


def make_error(da: str, en: str, mend_da: str, mend_en: str) -> Message:
    """Make the message of something that keeps its row from being taken."""
    return Message(severity="error", da=da, en=en, mend_da=mend_da, mend_en=mend_en)


def make_warning(da: str, en: str, mend_da: str, mend_en: str) -> Message:
    """Make the message of something odd in a row that is taken all the same."""
    return Message(severity="warning", da=da, en=en, mend_da=mend_da, mend_en=mend_en)
