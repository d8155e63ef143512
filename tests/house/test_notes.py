# SPDX-License-Identifier: EUPL-1.2
"""Every note a page or a paper shows has its Danish, with the same figures, and every page asks for it."""

import csv
import re
from pathlib import Path

import pytest

SHOWN = {
    "calibration": (),
    "class_tests": ("source", "cost_source"),
    "climate_limit_types": ("source",),
    "climate_limits": ("source",),
    "code_lists": (),
    "demolition_duties": ("source",),
    "estimate_rules": ("source",),
    "factors": ("source", "edition", "unit"),
    "material_classes": ("source",),
    "procurement_rules": ("source",),
    "procurement_thresholds": ("source",),
    "product_tests": ("source",),
    "screening_limits": ("source", "note"),
}
"""The reference tables whose notes are shown, with the columns of them."""

# What people wrote of their own building or demolition is shown as they wrote it.
OWN_WORDS = re.compile(r"\b(building|plan|form)\.source\b")


def read_table(root: Path, name: str) -> list[dict[str, str]]:
    """Read the rows of a reference table."""
    with (root / "inventory" / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def count_figures(text: str) -> list[int]:
    """List the whole numbers a text is written with, sorted; the 2 and 3 of m2 and m3 are none."""
    return sorted(int(digits) for digits in re.findall(r"\d+", re.sub(r"\b([mM])[23]\b", r"\1", text)))


@pytest.fixture(scope="module")
def danish(root: Path) -> dict[str, str]:
    """The Danish of each note."""
    return {row["note_en"]: row["note_da"] for row in read_table(root, "notes")}


def test_every_note_shown_has_its_danish(root: Path, danish: dict[str, str]) -> None:
    """No note of a table that pages show lacks its Danish, and no Danish is left of a note that is gone."""
    shown = {
        row[column] for name, columns in SHOWN.items() for row in read_table(root, name) for column in columns
    }
    # A building's page tells source and edition of its calibration in one, a lot's the source of a suspicion.
    shown |= {f"{row['source']}, {row['edition']}" for row in read_table(root, "calibration")}
    shown |= {row["source"] for row in read_table(root, "code_lists") if row["list"] == "suspicion"}
    shown.discard("")
    assert sorted(shown - danish.keys()) == []
    assert sorted(danish.keys() - shown) == []


def test_the_danish_of_a_note_has_its_figures(danish: dict[str, str]) -> None:
    """A note says the same numbers in both languages."""
    assert {en: da for en, da in danish.items() if count_figures(en) != count_figures(da)} == {}


def test_the_danish_of_a_note_is_danish(danish: dict[str, str]) -> None:
    """No Danish note holds an English word that the notes are written with."""
    english = re.compile(
        r"\b(and|the|of|with|not|per|own|is|are|by|from|only|no|price|limit|assumption|table 7|annex)\b",
        re.IGNORECASE,
    )
    assert [da for da in danish.values() if english.search(da.replace("CC BY", ""))] == []


def test_every_page_asks_for_the_note_in_its_language(root: Path, files: list[Path]) -> None:
    """A template that prints a source or an edition prints it through the filter ``note``."""
    bare = [
        f"{path}: {printed}"
        for path in files
        if path.parts[:2] == ("web", "templates")
        for printed in re.findall(r"\{\{[^}]*\.(?:source|edition)\b[^}]*\}\}", (root / path).read_text())
        if "| note" not in printed and not OWN_WORDS.search(printed)
    ]
    assert bare == []
