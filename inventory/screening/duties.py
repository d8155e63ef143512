# SPDX-License-Identifier: EUPL-1.2
"""What a demolition asks of those who demolish, from `demolition_duties.csv`: what applies, and by when."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources


class Applies(StrEnum):
    """Whether a duty applies, as far as the register and the survey tell."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty of one paper (``plan``, ``notification`` or ``mapping``) with its thresholds and source.

    An empty threshold asks nothing; `built_to` belongs to the span. `verified` is False where no source
    could be found or the source is old.
    """

    code: str
    paper: str
    area_from_m2: Decimal | None
    waste_from_kg: Decimal | None
    built_from: int | None
    built_to: int | None
    days_before_start: int | None
    name_da: str
    name_en: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedDuty:
    """A duty, whether it applies to a building, and the last day for it where one is known."""

    duty: Duty
    applies: Applies
    due: date | None


@cache
def read_duties() -> tuple[Duty, ...]:
    """Read the duties in the order of the table."""
    text = resources.files("inventory").joinpath("reference", "demolition_duties.csv")
    rows = csv.DictReader(io.StringIO(text.read_text(encoding="utf-8"), newline=""))
    return tuple(_read_duty(row) for row in rows)


def _read_duty(row: Mapping[str, str]) -> Duty:
    return Duty(
        code=row["duty"],
        paper=row["paper"],
        area_from_m2=Decimal(row["area_from_m2"]) if row["area_from_m2"] else None,
        waste_from_kg=Decimal(row["waste_from_kg"]) if row["waste_from_kg"] else None,
        built_from=int(row["built_from"]) if row["built_from"] else None,
        built_to=int(row["built_to"]) if row["built_to"] else None,
        days_before_start=int(row["days_before_start"]) if row["days_before_start"] else None,
        name_da=row["name_da"],
        name_en=row["name_en"],
        source=row["source"],
        verified=row["status"] == "sourced",
    )


def judge_duties(
    *, area_m2: Decimal | None, waste_kg: Decimal | None, year_built: int | None, start: date | None
) -> list[JudgedDuty]:
    """Judge which duties apply to the demolition of a whole building.

    Parameters
    ----------
    area_m2
        Floor area removed; None where it is not known.
    waste_kg
        Mass that becomes waste, at least: lots are only a part of a building, so too little is not "no".
    year_built
        None where it is not known.
    start
        First day of the demolition; None where it is not planned.
    """
    return [
        JudgedDuty(
            duty=duty,
            applies=_applies(duty, area_m2=area_m2, waste_kg=waste_kg, year_built=year_built),
            due=None
            if start is None or duty.days_before_start is None
            else start - timedelta(days=duty.days_before_start),
        )
        for duty in read_duties()
    ]


def _applies(
    duty: Duty, *, area_m2: Decimal | None, waste_kg: Decimal | None, year_built: int | None
) -> Applies:
    found: list[Applies] = []
    if duty.area_from_m2 is not None:
        found.append(_tell(None if area_m2 is None else area_m2 >= duty.area_from_m2))
    if duty.waste_from_kg is not None:
        enough = waste_kg is not None and waste_kg >= duty.waste_from_kg
        found.append(_tell(True if enough else None))
    if duty.built_from is not None and duty.built_to is not None:
        # What is older may have been given new panes or joints in those years: only younger says no.
        if year_built is None or year_built < duty.built_from:
            found.append(Applies.UNKNOWN)
        else:
            found.append(_tell(year_built <= duty.built_to))
    return next((one for one in (Applies.NO, Applies.UNKNOWN) if one in found), Applies.YES)


def _tell(known: bool | None) -> Applies:  # noqa: FBT001 - one fact, or none
    return Applies.UNKNOWN if known is None else Applies.YES if known else Applies.NO
