# SPDX-License-Identifier: EUPL-1.2
"""Classes that are the same part of a building under another finding, as `same_parts.csv` declares them."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def read_same_parts() -> dict[str, tuple[str, ...]]:
    """Read the codes of the classes that name one part of a building, by part."""
    table = files("inventory.reference").joinpath("same_parts.csv").read_text(encoding="utf-8")
    parts: dict[str, list[str]] = {}
    for row in csv.DictReader(table.splitlines()):
        if not row["valid_to"]:
            parts.setdefault(row["part"], []).append(row["class"])
    return {part: tuple(codes) for part, codes in parts.items()}
