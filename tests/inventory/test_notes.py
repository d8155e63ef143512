# SPDX-License-Identifier: EUPL-1.2
"""A note is told in Danish, several in one too, and in English where it has no Danish."""

from inventory.notes import find_danish, tell_note

OWN = "own estimate, not verified"
WALL = "BBR code list YdervaeggensMateriale; own estimate, not verified"


def test_a_note_is_told_in_the_language_of_the_paper() -> None:
    """English stays as it is, Danish is looked up, and nothing stays nothing."""
    assert tell_note(OWN, at=0) == "eget skøn, ikke verificeret"
    assert tell_note(OWN, at=1) == OWN
    assert tell_note(None, at=0) is None


def test_notes_joined_by_semicolons_are_told_one_by_one() -> None:
    """The rules of an estimate stand in one text, and may hold semicolons of their own."""
    assert find_danish(f"{OWN}; {WALL}") == (
        "eget skøn, ikke verificeret; BBR-kodelisten Ydervæggens materiale; eget skøn, ikke verificeret"
    )


def test_a_note_that_left_the_tables_stays_english() -> None:
    """A figure of an older edition has no Danish here: it is told whole in English, never in half."""
    assert find_danish(f"{OWN}; a source of last year") is None
    assert tell_note("a source of last year", at=0) == "a source of last year"
