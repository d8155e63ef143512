# SPDX-License-Identifier: EUPL-1.2
"""The reference tables as the package carries them, read as plain rows of text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import inventory

FOLDER = Path(inventory.__file__).parent / "reference"

Rows = list[dict[str, str]]


def read_rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def classes() -> Rows:
    return read_rows(FOLDER / "material_classes.csv")


@pytest.fixture(scope="session")
def class_of(classes: Rows) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in classes}


@pytest.fixture(scope="session")
def tradable(classes: Rows) -> Rows:
    return [row for row in classes if row["tradable"] == "true"]


@pytest.fixture(scope="session")
def attributes() -> Rows:
    return read_rows(FOLDER / "attributes.csv")


@pytest.fixture(scope="session")
def substitutes() -> Rows:
    return read_rows(FOLDER / "substitutes.csv")


@pytest.fixture(scope="session")
def factors() -> Rows:
    return read_rows(FOLDER / "factors.csv")


@pytest.fixture(scope="session")
def factor_of(factors: Rows) -> dict[tuple[str, str, str], dict[str, str]]:
    return {(row["kind"], row["class"], row["key"]): row for row in factors}


@pytest.fixture(scope="session")
def code_lists() -> Rows:
    return read_rows(FOLDER / "code_lists.csv")


@pytest.fixture(scope="session")
def codes_of(code_lists: Rows) -> dict[str, set[str]]:
    codes: dict[str, set[str]] = {}
    for row in code_lists:
        codes.setdefault(row["list"], set()).add(row["code"])
    return codes


@pytest.fixture(scope="session")
def screening_limits() -> Rows:
    return read_rows(FOLDER / "screening_limits.csv")


@pytest.fixture(scope="session")
def municipality_codes() -> set[str]:
    return {row["code"] for row in read_rows(FOLDER / "municipalities.csv")}
