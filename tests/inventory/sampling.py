# SPDX-License-Identifier: EUPL-1.2
"""Laboratory's results for tests."""

from datetime import date
from uuid import UUID

from inventory.actions.screen import NewSample
from inventory.screening.reading import parse_reading


def make_sample(
    lot_id: UUID,
    substance: str = "lead",
    text: str = "10",
    unit: str = "mg/kg",
    *,
    place: str = "nord",
    laboratory: str = "Lab",
    report: str | None = None,
) -> NewSample:
    """Make a laboratory's result of a lot, read as it is written."""
    return NewSample(
        lot_id=lot_id,
        place=place,
        substance=substance,
        text=text,
        text_unit=unit,
        reading=parse_reading(text, unit=unit),
        laboratory=laboratory,
        accreditation=None,
        sampled_on=date(2026, 10, 1),
        report=report,
    )
