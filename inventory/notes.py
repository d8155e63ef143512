# SPDX-License-Identifier: EUPL-1.2
"""Notes of the reference tables in Danish: where a figure comes from, its edition and its unit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from inventory.savings.reading import read_rows

_JOINT = "; "


@cache
def read_notes() -> Mapping[str, str]:
    """Read the Danish of each note, by its English, from `notes.csv`."""
    return {row["note_en"]: row["note_da"] for row in read_rows("notes")}


def find_danish(text: str) -> str | None:
    """Find a note's Danish; None where any part of it has none, as that of a figure of last year.

    Parameters
    ----------
    text
        A note as a table or a row of the database has it: one, or several joined by semicolons, as the
        rules of an estimate are.
    """
    notes = read_notes()
    if text in notes:
        return notes[text]
    parts, told = text.split(_JOINT), []
    while parts:
        # The longest first: a note may hold semicolons of its own.
        for length in range(len(parts), 0, -1):
            danish = notes.get(_JOINT.join(parts[:length]))
            if danish is not None:
                told.append(danish)
                parts = parts[length:]
                break
        else:
            return None
    return _JOINT.join(told)


def tell_note(text: str | None, *, at: int) -> str | None:
    """Tell a note in the language of a paper, 0 Danish and 1 English; in English where it has no Danish."""
    if not text or at:
        return text
    return find_danish(text) or text
