# SPDX-License-Identifier: EUPL-1.2
"""The form in which a laboratory's result is written down, and put right."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from inventory.actions.screen import NewSample
from inventory.imports.messages.sample import say_reading
from inventory.screening.reading import PRESENCE, ReadingError, parse_reading
from web.language import current_language
from web.lot_forms.reader import FormReader

UNITS = ("mg/kg TS", "mg/kg", "µg/kg", "g/kg", "ppm", "%", PRESENCE)
"""The units the form offers; `genbro screen` takes some more."""


def read_sample(
    form: FormReader,
    *,
    lots: Collection[str],
    substances: Collection[str],
    today: date,
    report: str | None,
) -> NewSample | None:
    """Read a sample; None where a field is wrong, and then `form.errors` says which.

    Parameters
    ----------
    form
        What was sent.
    lots, substances
        Ids of the lots and codes of the substances it may be of.
    today
        No sample was taken later.
    report
        Name of the report file that was sent with it, or else of the one there was.
    """
    lot = form.read_choice("lot", known=lots)
    place = form.read_text("place", needed=True)
    substance = form.read_choice("substance", known=substances)
    text, unit = form.read_text("result", needed=True), form.read_choice("unit", known=UNITS)
    laboratory = form.read_text("laboratory", needed=True)
    accreditation = form.read_text("accreditation")
    sampled_on = form.read_day("sampled_on", latest=today)
    reading = None
    if text is not None and unit is not None:
        try:
            reading = parse_reading(text, unit=unit)
        except ReadingError as error:
            form.errors["result"] = say_reading(error, language=current_language())
    if form.errors or reading is None or sampled_on is None:
        return None
    return NewSample(
        lot_id=UUID(lot),
        place=place or "",
        substance=substance or "",
        text=text or "",
        text_unit=unit or "",
        reading=reading,
        laboratory=laboratory or "",
        accreditation=accreditation,
        sampled_on=sampled_on,
        report=report,
    )
