# SPDX-License-Identifier: EUPL-1.2
"""The rules of estimates in words, from the packaged table: what a lot's rule code stands for."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_BETWEEN_RULES = "; "


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWords:
    """A rule: how its quantity is worked out, in both languages, and whether a source gives it."""

    code: str
    name_da: str
    name_en: str
    status: str


@cache
def _read_rules() -> dict[str, RuleWords]:
    table = files("inventory.reference").joinpath("estimate_rules.csv").read_text(encoding="utf-8")
    return {
        row["rule"]: RuleWords(
            code=row["rule"], name_da=row["formula_da"], name_en=row["formula_en"], status=row["status"]
        )
        for row in csv.DictReader(table.splitlines())
    }


def find_rules(rule: str | None) -> list[RuleWords]:
    """Find the rules a lot's rule text names; a code no longer in the table stands for itself."""
    codes = (rule or "").split(_BETWEEN_RULES)
    known = _read_rules()
    return [
        known.get(code) or RuleWords(code=code, name_da=code, name_en=code, status="sourced")
        for code in codes
        if code
    ]
