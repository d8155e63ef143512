# SPDX-License-Identifier: EUPL-1.2
"""Turn the reference tables of material into rows: attributes, classes, substitutes, factors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from importlib.resources.abc import Traversable

from inventory.actions.seed.reference import (
    Row,
    Values,
    order_by_parent,
    read_reference,
    refuse_empty_window,
    refuse_twice,
    round_half_up,
)
from inventory.tables import ATTRIBUTES, AttributeKind, FactorStatus, Unit, WordLanguage

MOST_CONVERSION = 1_000_000
"""Most steps on either side of a conversion."""

_SPLIT = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def read_attributes(folder: Traversable) -> list[Values]:
    """Read the rows of table attribute."""
    rows = read_reference(
        "attributes", columns="name unit step kind name_da name_en source note", folder=folder
    )
    refuse_twice(rows, "name")
    return [
        {
            "name": row.reference("name", ATTRIBUTES),
            "unit": row.optional("unit"),
            "step": row.whole("step"),
            "kind": row.code("kind", AttributeKind),
            "name_da": row.text("name_da"),
            "name_en": row.text("name_en"),
            "source": row.text("source"),
            "note": row.optional("note"),
        }
        for row in rows
    ]


def read_class_lines(folder: Traversable) -> list[Row]:
    """Read the lines of the class tree, each after its parent.

    Raises
    ------
    ReferenceTableError
        Where an id or code comes twice, a parent is not there, or a class is its own ancestor.
    """
    rows = read_reference(
        "material_classes",
        columns="id code parent name_da name_en unit step mass_kg_per_unit volume_l_per_unit"
        " density_kg_m3 thickness_mm tradable eak_code vehicle attributes source note",
        folder=folder,
    )
    refuse_twice(rows, "id")
    refuse_twice(rows, "code")
    return order_by_parent(rows, key="code", parent="parent")


def read_classes(lines: Iterable[Row]) -> list[Values]:
    """Make the rows of table material_class: mass (g) and volume (ml) per step, rounded half up."""
    ids = class_ids(lines := list(lines))
    rows = []
    for line in lines:
        step = line.number("step")
        if step <= 0:
            line.refuse("step", "a number above 0")
        mass, volume = (
            round_half_up((line.optional_number(column) or Decimal(0)) * 1000 * step)
            for column in ("mass_kg_per_unit", "volume_l_per_unit")
        )
        tradable = line.flag("tradable")
        if mass < 0 or (tradable and mass == 0):
            line.refuse("mass_kg_per_unit", "a mass of at least 1 g per step")
        rows.append(
            {
                "id": line.whole("id"),
                "code": line.text("code"),
                "parent_id": ids[line.cells["parent"]] if line.cells["parent"] else None,
                "name_da": line.text("name_da"),
                "name_en": line.text("name_en"),
                "unit": line.code("unit", Unit),
                "step": step,
                "mass_g_per_step": mass,
                "volume_ml_per_step": volume,
                "density_kg_m3": line.optional_number("density_kg_m3"),
                "thickness_mm": line.optional_number("thickness_mm"),
                "tradable": tradable,
                "eak_code": line.optional("eak_code"),
                "vehicle": line.text("vehicle") if tradable else line.optional("vehicle"),
                "note": line.optional("note"),
                "source": line.text("source"),
                "valid_to": None,
            }
        )
    return rows


def class_ids(lines: Iterable[Row]) -> dict[str, int]:
    """Give the id of each class code."""
    return {line.text("code"): line.whole("id") for line in lines}


def read_class_attributes(lines: Iterable[Row], *, attributes: Iterable[str]) -> list[Values]:
    """Make the rows of table class_attribute from the column of names."""
    known = set(attributes)
    rows = []
    for line in lines:
        names = line.cells["attributes"].split()
        if len(names) != len(set(names)) or not known.issuperset(names):
            line.refuse("attributes", "names of attributes, each once, separated by spaces")
        rows += [{"class_id": line.whole("id"), "attribute": name} for name in names]
    return rows


def read_class_words(folder: Traversable, *, lines: Iterable[Row]) -> list[Values]:
    """Read the words that find each class: those of its names, and those of `class_words.csv`.

    Raises
    ------
    ReferenceTableError
        Where a word names no class, holds a space or a capital letter, or is there already.
    """
    ids = class_ids(lines := list(lines))
    words = {
        (ids[line.text("code")], language, word): "Name of the class"
        for line in lines
        for language in WordLanguage
        for word in _SPLIT.findall(line.text(f"name_{language}").lower())
    }
    for row in read_reference("class_words", columns="class language word source", folder=folder):
        word = row.text("word")
        if word != word.lower() or len(word.split()) != 1:
            row.refuse("word", "one word in lower case")
        key = (ids[row.reference("class", ids)], row.code("language", WordLanguage), word)
        words.setdefault(key, row.text("source"))
    return [
        {"class_id": class_id, "language": language, "word": word, "source": source}
        for (class_id, language, word), source in words.items()
    ]


def read_substitutes(folder: Traversable, *, classes: Mapping[str, Values]) -> list[Values]:
    """Read the rows of table substitute; the penalty becomes øre per step."""
    rows = read_reference(
        "substitutes",
        columns="class substitute p q penalty_dkk_per_unit source valid_from status",
        folder=folder,
    )
    refuse_twice(rows, "class", "substitute")
    found = []
    for row in rows:
        wanted = classes[row.reference("class", classes)]
        offered = classes[row.reference("substitute", classes)]
        if (wanted["unit"], wanted["step"]) != (offered["unit"], offered["step"]):
            row.refuse("substitute", "a class of the same unit and step as the one wanted")
        for column in ("p", "q"):
            if not 1 <= row.whole(column) <= MOST_CONVERSION:
                row.refuse(column, f"a whole number from 1 to {MOST_CONVERSION}")
        found.append(
            {
                "class_id": wanted["id"],
                "substitute_id": offered["id"],
                "unit": wanted["unit"],
                "step": wanted["step"],
                "p": row.whole("p"),
                "q": row.whole("q"),
                "penalty_ore": row.number("penalty_dkk_per_unit") * 100 * wanted["step"],
                "status": row.code("status", FactorStatus),
                "source": row.text("source"),
                "valid_from": row.optional_day("valid_from"),
            }
        )
    return found


def read_factors(folder: Traversable, *, ids: Mapping[str, int]) -> list[Values]:
    """Read the rows of table factor, by the day they come into force.

    Raises
    ------
    ReferenceTableError
        Where two rows of one name are in force on the same day, an assumption has no range, or the
        range does not hold the value.
    """
    rows = read_reference(
        "factors",
        columns="kind class key value low high unit source edition valid_from valid_to status",
        folder=folder,
    )
    refuse_twice(rows, "kind", "class", "key", "valid_from")
    found = []
    in_force: dict[tuple[str, str, str], Row] = {}
    for row in sorted(rows, key=lambda one: one.day("valid_from")):
        status = row.code("status", FactorStatus)
        value, low, high = (
            row.number("value"),
            row.optional_number("low"),
            row.optional_number("high"),
        )
        if status is FactorStatus.ASSUMPTION and (low is None or high is None):
            row.refuse("low", "the range of an assumption: low and high")
        if (low is not None and low > value) or (high is not None and high < value):
            row.refuse("value", "a value from low to high")
        refuse_empty_window(row)
        name = (row.cells["kind"], row.cells["class"], row.cells["key"])
        before = in_force.get(name)
        if before is not None and (
            (ended := before.optional_day("valid_to")) is None or ended > row.day("valid_from")
        ):
            row.refuse("valid_from", f"a day from the end of line {before.line} on")
        in_force[name] = row
        code = row.optional_reference("class", ids)
        found.append(
            {
                "kind": row.text("kind"),
                "class_id": None if code is None else ids[code],
                "key": row.cells["key"],
                "value": value,
                "low": low,
                "high": high,
                "unit": row.text("unit"),
                "source": row.text("source"),
                "edition": row.optional("edition"),
                "valid_from": row.day("valid_from"),
                "valid_to": row.optional_day("valid_to"),
                "status": status,
            }
        )
    return found
