# SPDX-License-Identifier: EUPL-1.2
"""Estimating the buildings of the database: read, estimate, replace the estimated lots."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from inventory.actions.estimate import (
    LOT_TYPES,
    EstimatesWritten,
    assume_windows,
    record_estimate,
    write_estimates,
)
from inventory.estimates.adjust import NOTHING_LEARNED, Learned
from inventory.estimates.attributes import read_attributes
from inventory.estimates.elements import ElementRange, measure_elements
from inventory.estimates.explain import BuildingExplanation, explain_building
from inventory.estimates.lots import estimate_lots
from inventory.estimates.omission import find_omissions
from inventory.estimates.rules import ClassMeasure, EstimateRules, load_rules
from inventory.estimates.survey_update import learn_from_surveys, read_last_learned, read_learned
from inventory.queries.estimate_inputs import count_buildings, read_building, read_buildings, read_measures
from inventory.tables import stable_id
from inventory.tables.site import Firmness

Progress = Callable[[int, int], None]
"""Called with buildings done and buildings in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedWindow:
    """A demolition window a planner assumes: first day, the day after the last, and how firm."""

    available_from: date
    available_to: date
    firmness: Firmness = Firmness.POSSIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTotal:
    """The lots of one class together, in its unit; the low and high values are sums of P10 and of P90."""

    class_code: str
    unit: str
    lots: int
    low: float
    likely: float
    high: float
    asbestos_suspect: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What surveys taught of a class, a use and an era, and how many lots of this estimate it moved."""

    class_code: str
    group: str
    era: str
    looked: int
    found: int
    factor: float
    spread: float
    lots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateReport:
    """What an estimate did.

    `learned` holds every factor in force, `surveyed` counts the buildings they rest on. `omitted` counts
    whole buildings, `omitted_classes` classes of buildings, both by reason code.
    """

    buildings: int
    lots: int
    written: EstimatesWritten
    windows: int
    classes: tuple[ClassTotal, ...]
    surveyed: int = 0
    learned: tuple[Lesson, ...] = ()
    omitted: dict[str, int] = field(default_factory=dict)
    omitted_classes: dict[str, int] = field(default_factory=dict)


def estimate_sites(
    session: Session,
    *,
    municipalities: Sequence[str] = (),
    window: AssumedWindow | None = None,
    surveys: bool = True,
    progress: Progress | None = None,
) -> EstimateReport:
    """Estimate every building of some municipalities and replace its estimated lots.

    A lot's id depends on its site and class alone, so estimating again without a change writes nothing.
    Surveyed lots stay as they are. What was surveyed, in whatever municipality, moves the estimates of
    buildings alike (`learning.learn_factors`), though never those of the surveyed building itself.

    Parameters
    ----------
    session : Session
        Its transaction; nothing is committed here.
    municipalities : sequence of str
        Codes; empty = the whole country.
    window : AssumedWindow, optional
        A window for the buildings that have none (`actions.estimate.assume_windows`).
    surveys : bool
        Whether to learn from surveys; the tables stand alone where not.
    progress : callable, optional

    Returns
    -------
    EstimateReport
    """
    rules = read_rules(session)
    total = count_buildings(session, municipalities=municipalities)
    windows = 0
    if window is not None:
        windows = assume_windows(
            session,
            available_from=window.available_from,
            available_to=window.available_to,
            firmness=window.firmness,
            municipalities=municipalities,
        )
    learned = learn_from_surveys(session, rules=rules) if surveys else NOTHING_LEARNED
    moved: Counter[uuid.UUID] = Counter()
    written, done = EstimatesWritten(), 0
    sums: list[pd.DataFrame] = []
    omissions: list[pd.DataFrame] = []
    for buildings in read_buildings(session, municipalities=municipalities):
        lots = estimate_lots(buildings, rules, learned=learned)
        written = written.plus(
            write_estimates(session, site_ids=buildings["site_id"], lots=list(_list_rows(lots)))
        )
        sums.append(_add_up(lots))
        moved.update(lots["learned_factor_id"].dropna())
        omissions.append(find_omissions(buildings, rules, lots=lots))
        done += len(buildings)
        if progress is not None:
            progress(done, total)
    record_estimate(
        session,
        municipalities=municipalities,
        written=written,
        windows=windows,
        learned=[one.id for one in learned.factors],
    )
    classes = _total_classes(sums, rules=rules)
    return EstimateReport(
        buildings=done,
        lots=sum(found.lots for found in classes),
        written=written,
        windows=windows,
        classes=classes,
        surveyed=len({site for site, _ in learned.own}),
        learned=_list_lessons(learned, moved=moved),
        omitted=_count_reasons(omissions, whole=True),
        omitted_classes=_count_reasons(omissions, whole=False),
    )


def estimate_site(session: Session, *, site_id: uuid.UUID) -> EstimatesWritten:
    """Estimate one building anew, as the last estimate of all would have, and replace its estimated lots.

    Parameters
    ----------
    session : Session
        Its transaction; nothing is committed here.
    site_id : UUID
        A site of which no building is told has no estimate.

    Returns
    -------
    EstimatesWritten
    """
    building = read_building(session, site_id=site_id)
    if building.empty:
        return EstimatesWritten()
    lots = estimate_lots(building, read_rules(session), learned=read_last_learned(session, site_id=site_id))
    return write_estimates(session, site_ids=[site_id], lots=list(_list_rows(lots)))


def explain_site(session: Session, *, site_id: uuid.UUID) -> BuildingExplanation | None:
    """Explain the estimate of a site's building; None where the site is no building of the register."""
    building = read_building(session, site_id=site_id)
    if building.empty:
        return None
    learned = read_learned(session, site_id=site_id)
    return explain_building(building, read_rules(session), learned=learned)


def measure_site(session: Session, *, site_id: uuid.UUID) -> tuple[ElementRange, ...] | None:
    """Measure the calibrated elements of a site's building; None where it is no building of the register."""
    building = read_building(session, site_id=site_id)
    if building.empty:
        return None
    rules = read_rules(session)
    return measure_elements(read_attributes(building, groups=rules.groups), rules=rules)


def read_rules(session: Session) -> EstimateRules:
    """Load the packaged rules with the classes as the database has them."""
    return load_rules(
        classes={
            code: ClassMeasure(unit=unit, step=step, mass_kg_per_unit=mass)
            for code, (unit, step, mass) in read_measures(session).items()
        }
    )


def _list_rows(lots: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    ids = [
        stable_id("estimate", site, code)
        for site, code in zip(lots["site_id"], lots["class_code"], strict=True)
    ]
    columns = {"id": ids} | {name: lots[name].tolist() for name in LOT_TYPES if name != "id"}
    columns["suspicion"] = [list(codes) for codes in columns["suspicion"]]
    columns["year"] = [None if pd.isna(year) else int(year) for year in columns["year"]]
    columns["learned_factor_id"] = [
        None if pd.isna(factor) else factor for factor in columns["learned_factor_id"]
    ]
    columns["note"] = [None if pd.isna(note) else note for note in columns["note"]]
    return zip(*(columns[name] for name in LOT_TYPES), strict=True)


def _add_up(lots: pd.DataFrame) -> pd.DataFrame:
    counted = lots.assign(lots=1, suspect=lots["asbestos_suspect"].astype(np.int64))
    return counted.groupby("class_code")[
        ["lots", "quantity_low", "quantity", "quantity_high", "suspect"]
    ].sum()


def _total_classes(sums: list[pd.DataFrame], *, rules: EstimateRules) -> tuple[ClassTotal, ...]:
    if not sums:
        return ()
    totals = pd.concat(sums).groupby(level=0).sum()
    return tuple(
        ClassTotal(
            class_code=str(code),
            unit=rules.classes[str(code)].unit,
            lots=int(row["lots"]),
            low=round(row["quantity_low"] * rules.classes[str(code)].step, 6),
            likely=round(row["quantity"] * rules.classes[str(code)].step, 6),
            high=round(row["quantity_high"] * rules.classes[str(code)].step, 6),
            asbestos_suspect=int(row["suspect"]),
        )
        for code, row in totals.iterrows()
    )


def _list_lessons(learned: Learned, *, moved: Counter[uuid.UUID]) -> tuple[Lesson, ...]:
    return tuple(
        Lesson(
            class_code=one.class_code,
            group=one.group,
            era=one.era,
            looked=one.looked,
            found=one.found,
            factor=one.factor,
            spread=one.spread,
            lots=moved[one.id],
        )
        for one in learned.factors
    )


def _count_reasons(omissions: list[pd.DataFrame], *, whole: bool) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for part in omissions:
        counted.update(part.loc[part["class_code"].isna() == whole, "reason"])
    return dict(sorted(counted.items()))
