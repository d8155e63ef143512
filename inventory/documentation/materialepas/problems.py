# SPDX-License-Identifier: EUPL-1.2
"""What is wrong in a Materialepas, in both languages: the path to the field, the value, what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Code -> expected (Danish, English), how to mend (Danish, English).
_WORDS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "unknown_field": (
        ("intet felt af det navn", "no field of that name"),
        ("Ret navnet til {near}, eller fjern feltet.", "Rename it to {near}, or take the field out."),
    ),
    "not_an_object": (
        ("et objekt med felter", "an object with fields"),
        ("Skriv felterne i krølleparenteser.", "Write the fields in braces."),
    ),
    "not_a_text": (
        ("en tekst på højst {most} tegn", "a text of at most {most} letters"),
        ("Skriv den i anførselstegn, og gør den kortere.", "Write it in quotes, and make it shorter."),
    ),
    "not_a_list": (
        ("en liste af tekster, højst {most}", "a list of texts, at most {most}"),
        ("Skriv teksterne i kantede parenteser.", "Write the texts in brackets."),
    ),
    "not_yes_no": (
        ("true, false eller null", "true, false or null"),
        (
            "Skriv true for ja, false for nej, null hvor det ikke vides.",
            "Write true for yes, false for no, null where it is not known.",
        ),
    ),
    "not_a_whole_number": (
        ("et helt tal", "a whole number"),
        (
            "Skriv tallet uden anførselstegn og decimaler.",
            "Write the number without quotes and decimals.",
        ),
    ),
    "not_a_year": (
        ("et årstal fra 1001 til 2200", "a year from 1001 to 2200"),
        ("Skriv året med fire cifre.", "Write the year with four digits."),
    ),
    "not_a_number": (
        ("et tal fra 0 op til 1e15", "a number from 0 to 1e15"),
        (
            "Skriv tallet uden anførselstegn, med punktum som decimaltegn.",
            "Write the number without quotes, with a point before decimals.",
        ),
    ),
    "not_in_list": (
        ("en af: {known}", "one of: {known}"),
        ("Ret til {near}.", "Change it to {near}."),
    ),
    "not_records": (
        ("en liste af objekter, højst {most}", "a list of objects, at most {most}"),
        ("Skriv ét objekt for hver analyse.", "Write one object for each analysis."),
    ),
    "wrong_format": (
        ('"format": "materialepas"', '"format": "materialepas"'),
        (
            "Filen er ikke et Materialepas som Genbro skriver det.",
            "The file is no Materialepas as Genbro writes it.",
        ),
    ),
    "wrong_version": (
        ('"version": "1.0"', '"version": "1.0"'),
        ("Kun version 1.0 læses.", "Only version 1.0 is read."),
    ),
    "not_a_lot": (
        ("id på et kortlagt parti, eller null", "the id of a surveyed lot, or null"),
        ("Sæt lot til null, og sig hvilket parti med --lot.", "Set lot to null, and say which lot by --lot."),
    ),
}  # fmt: skip
_MOST_SHOWN = 80


def _shorten(text: str) -> str:
    """Cut a text where it is long; half a letter, which JSON lets through, becomes a question mark."""
    short = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
    return short.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassProblem:
    """One thing that is wrong: where, what stands there, and what was expected."""

    path: str
    value: Any
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)

    def show_value(self) -> str:
        """Show the value as JSON, cut where it is long."""
        try:
            text = json.dumps(self.value, ensure_ascii=False, default=str)
        except RecursionError:  # more layers than can be written out
            text = type(self.value).__name__
        return _shorten(text)

    def show_path(self) -> str:
        """Show the path, cut where it is long."""
        return _shorten(self.path)

    def expected(self, language: str) -> str:
        """Say what was expected, in ``da`` or ``en``."""
        return _WORDS[self.code][0][0 if language == "da" else 1].format_map(self.details)

    def mend(self, language: str) -> str:
        """Say how to mend it, in ``da`` or ``en``."""
        return _WORDS[self.code][1][0 if language == "da" else 1].format_map(self.details)

    def describe(self, language: str) -> str:
        """Say all of it on one line."""
        word = "forventet" if language == "da" else "expected"
        found = f"{self.show_path()}: {self.show_value()}"
        return f"{found}, {word} {self.expected(language)}. {self.mend(language)}"
