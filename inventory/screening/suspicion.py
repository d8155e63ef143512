# SPDX-License-Identifier: EUPL-1.2
"""Which substances a suspicion asks to be looked for, from `suspicion_substances.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import cache
from importlib import resources


@cache
def read_suspected_substances() -> dict[str, tuple[str, ...]]:
    """Read the substances that answer each suspicion; one that is about no substance is not there."""
    text = resources.files("inventory").joinpath("reference", "suspicion_substances.csv")
    found: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(io.StringIO(text.read_text(encoding="utf-8"), newline="")):
        found[row["suspicion"]] = (*found.get(row["suspicion"], ()), row["substance"])
    return found


def list_to_look_for(suspicions: Iterable[str], *, asbestos_suspect: bool) -> dict[str, tuple[str, ...]]:
    """List the suspicions of a lot that only samples can answer, each with its substances.

    A lot may be suspected of asbestos without a rule that says why; then ``asbestos_era`` stands for it.
    """
    known = read_suspected_substances()
    found = {one: known[one] for one in suspicions if one in known}
    if asbestos_suspect and not any("asbestos" in substances for substances in found.values()):
        found["asbestos_era"] = known["asbestos_era"]
    return found
