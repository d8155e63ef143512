# SPDX-License-Identifier: EUPL-1.2
"""The tests of each class of goods, from `class_tests.csv`: what they cost, take, and open."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTest:
    """One test of a class and of everything below it.

    Costs are whole kroner without VAT for one series, `weeks` from order to report. `attribute` is the
    attribute of a lot that it measures, if any; `laboratory`, `engineer` and `opens` are codes of the lists
    ``laboratory``, ``engineer`` and ``use``. A row that nobody has published says so in its status:
    ``assumption``.
    """

    code: str
    class_code: str
    attribute: str | None
    standard: str | None
    laboratory: str
    engineer: str
    cost_low_dkk: int
    cost_likely_dkk: int
    cost_high_dkk: int
    weeks: int
    opens: str
    name_da: str
    name_en: str
    source: str
    status: str
    cost_source: str
    cost_status: str


@cache
def read_class_tests() -> tuple[ClassTest, ...]:
    """Read the tests in the order of the table."""
    text = resources.files("inventory").joinpath("reference", "class_tests.csv")
    rows = csv.DictReader(io.StringIO(text.read_text(encoding="utf-8"), newline=""))
    return tuple(_read_test(row) for row in rows)


def _read_test(row: Mapping[str, str]) -> ClassTest:
    return ClassTest(
        code=row["test"],
        class_code=row["class"],
        attribute=row["attribute"] or None,
        standard=row["standard"] or None,
        laboratory=row["laboratory"],
        engineer=row["engineer"],
        cost_low_dkk=int(row["cost_low_dkk"]),
        cost_likely_dkk=int(row["cost_likely_dkk"]),
        cost_high_dkk=int(row["cost_high_dkk"]),
        weeks=int(row["weeks"]),
        opens=row["opens"],
        name_da=row["name_da"],
        name_en=row["name_en"],
        source=row["source"],
        status=row["status"],
        cost_source=row["cost_source"],
        cost_status=row["cost_status"],
    )


def list_tests(classes: Collection[str]) -> tuple[ClassTest, ...]:
    """List the tests of a class.

    Parameters
    ----------
    classes
        Codes of the class and of those above it.
    """
    return tuple(test for test in read_class_tests() if test.class_code in classes)
