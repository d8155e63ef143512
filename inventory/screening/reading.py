# SPDX-License-Identifier: EUPL-1.2
"""What a laboratory wrote, as a number in the unit of the limits: the one place that converts units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from inventory.errors import BadInputError

DRY_MATTER = "mg/kg dry matter"
"""The unit of the limits of substances that are weighed."""

PRESENCE = "presence"
"""The unit of the limits of what is only found or not: asbestos."""

# Milligrams per kilogram in one of each unit (SI); a laboratory's TS, DM and dry matter are one thing.
_MG_PER_KG = {
    "mg/kg": Decimal(1),
    "ppm": Decimal(1),
    "µg/g": Decimal(1),
    "g/t": Decimal(1),
    "µg/kg": Decimal("0.001"),
    "ppb": Decimal("0.001"),
    "g/kg": Decimal(1000),
    "%": Decimal(10_000),
}
_DRY = re.compile(r"\s*(dry\s*matter|tørstof|ts|dm|tv)\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"(?P<below><|under|below)?\s*(?P<number>\d{1,12}([.,]\d{1,12})?)", re.IGNORECASE)
_FOUND = {"påvist", "detected", "found", "ja", "yes"}
_NOT_FOUND = {
    "ikke påvist", "i.p.", "ip", "not detected", "not found", "n.d.", "nd", "nej", "no",
}  # fmt: skip


class ReadingError(BadInputError):
    """Cannot read the result {text!r} in unit {unit!r}: expected {expected}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A result in the unit of the limits.

    `below` says that the laboratory found less than `value`, which is then its detection limit; of what is
    only found or not, `value` is 1 and `below` says that it was not found.
    """

    value: Decimal
    below: bool
    unit: str


def parse_reading(text: str, *, unit: str) -> Reading:
    """Read a laboratory's result.

    Parameters
    ----------
    text
        ``12.5``, ``0,12``, ``<0.1``, ``< 0,1``; of what is only found or not, ``påvist`` or ``detected``,
        ``ikke påvist`` or ``not detected``. Thousands are written without a separator.
    unit
        ``mg/kg``, ``µg/kg``, ``g/kg``, ``µg/g``, ``g/t``, ``ppm``, ``ppb`` or ``%``, with or without dry
        matter (``TS``, ``tørstof``); ``presence`` for what is only found or not.

    Raises
    ------
    ReadingError
        If the unit or the result is not one of these.
    """
    plain = " ".join(text.split()).casefold()
    # Two letters look alike: folding makes the micro sign a Greek mu; some laboratories write u.
    kind = _DRY.sub("", unit.strip()).strip().casefold().replace("\u03bc", "µ")
    kind = f"µ{kind[1:]}" if kind.startswith("ug/") else kind
    if kind in {PRESENCE, "påvisning"}:
        if plain not in _FOUND | _NOT_FOUND:
            raise ReadingError(code="presence", text=text, unit=unit, expected="detected or not detected")
        return Reading(value=Decimal(1), below=plain in _NOT_FOUND, unit=PRESENCE)
    if kind not in _MG_PER_KG:
        units = ", ".join(_MG_PER_KG)
        raise ReadingError(code="unit", text=text, unit=unit, units=units, expected=f"a unit such as {units}")
    match = _NUMBER.fullmatch(plain)
    if match is None:
        expected = "a number such as 12.5, or <0.1 below detection"
        raise ReadingError(code="number", text=text, unit=unit, expected=expected)
    value = Decimal(match["number"].replace(",", ".")) * _MG_PER_KG[kind]
    return Reading(value=value.normalize(), below=match["below"] is not None, unit=DRY_MATTER)
