# SPDX-License-Identifier: EUPL-1.2
"""Screening limits: national guidance and where a municipality differs."""

from __future__ import annotations

from decimal import Decimal

import pytest

Rows = list[dict[str, str]]


def test_limits_have_source_day_and_order(screening_limits: Rows, municipality_codes: set[str]) -> None:
    """Each limit says where it comes from and from when, and clean ends before hazardous begins."""
    keys = set()
    for row in screening_limits:
        assert row["source"]
        assert row["valid_from"]
        assert row["municipality"] == "" or row["municipality"] in municipality_codes
        if row["clean_below"] and row["hazardous_from"]:
            assert 0 < Decimal(row["clean_below"]) < Decimal(row["hazardous_from"])
        keys.add((row["municipality"], row["substance"], row["unit"], row["valid_from"]))
    assert len(keys) == len(screening_limits)


@pytest.mark.parametrize(
    ("municipality", "substance", "clean_below", "hazardous_from"),
    [
        ("", "pcb_total", "0.1", "50"),
        ("", "lead", "40", "2500"),
        ("", "cadmium", "0.5", "1000"),
        ("", "arsenic", "20", "1000"),
        ("", "pah_sum", "4", "1000"),
        ("0265", "naphthalene", "", "2500"),
        ("0510", "mercury_organic", "1", "500"),
        ("0510", "mercury_inorganic", "", "1000"),
        ("0575", "chlorinated_paraffins_sccp", "3", "10000"),
        ("0575", "mercury", "1", "1000"),
        ("0740", "hydrocarbons_sum", "100", "1000"),
    ],
)
def test_published_limits_are_there(
    screening_limits: Rows, municipality: str, substance: str, clean_below: str, hazardous_from: str
) -> None:
    """Figures read on the municipalities' own pages."""
    found = [
        (row["clean_below"], row["hazardous_from"])
        for row in screening_limits
        if (row["municipality"], row["substance"]) == (municipality, substance)
    ]
    assert found == [(clean_below, hazardous_from)]


def test_guidance_is_called_guidance(screening_limits: Rows) -> None:
    """A national row must not read as law: the municipality decides."""
    assert all(row["note"].startswith("Guidance only") for row in screening_limits if not row["municipality"])


def test_a_deviation_differs_from_guidance_or_adds_to_it(screening_limits: Rows) -> None:
    """Haderslev's and Vejen's mercury limits are stricter than guidance: the rows are there for a reason."""
    national = {r["substance"]: r["hazardous_from"] for r in screening_limits if not r["municipality"]}
    for row in screening_limits:
        if row["municipality"] in {"0510", "0575"} and row["substance"] in national:
            assert row["hazardous_from"] != national[row["substance"]]
