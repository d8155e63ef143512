# SPDX-License-Identifier: EUPL-1.2
"""Laboratories' results as numbers in one unit."""

from decimal import Decimal

import pytest

from inventory.screening.reading import DRY_MATTER, PRESENCE, Reading, ReadingError, parse_reading


@pytest.mark.parametrize(
    ("text", "unit", "value", "below"),
    [
        ("12.5", "mg/kg", "12.5", False),
        ("0,12", "mg/kg TS", "0.12", False),
        ("<0.1", "mg/kg dry matter", "0.1", True),
        ("< 0,1", "mg/kg tørstof", "0.1", True),
        ("2500", "µg/kg", "2.5", False),
        ("2500", "\u03bcg/kg", "2.5", False),  # the Greek letter, as many keyboards write it
        ("2500", "ug/kg", "2.5", False),
        ("0.3", "%", "3000", False),
        ("3", "g/kg", "3000", False),
        ("7", "ppm", "7", False),
        ("0", "mg/kg", "0", False),
    ],
)
def test_every_unit_becomes_that_of_the_limits(text: str, unit: str, value: str, below: object):
    """Decimal sign, below detection and unit are read; figures by hand."""
    assert parse_reading(text, unit=unit) == Reading(value=Decimal(value), below=below, unit=DRY_MATTER)


@pytest.mark.parametrize(("text", "below"), [("påvist", False), ("Ikke  påvist", True), ("n.d.", True)])
def test_what_is_only_found_or_not(text: str, below: object):
    """Asbestos is found or not."""
    assert parse_reading(text, unit="presence") == Reading(value=Decimal(1), below=below, unit=PRESENCE)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("about 3", "mg/kg"),
        ("-1", "mg/kg"),
        ("1.234,5", "mg/kg"),
        ("nan", "mg/kg"),
        ("1e9", "mg/kg"),
        ("", "mg/kg"),
        ("3", "mg/l"),
        ("3", ""),
        ("3", "presence"),
        ("i.p.", "mg/kg"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, unit: str):
    """A doubtful result is refused with what was expected, never guessed."""
    with pytest.raises(ReadingError, match="expected"):
        parse_reading(text, unit=unit)
