# SPDX-License-Identifier: EUPL-1.2
"""What the samples of a lot say of it: clean, contaminated, hazardous or unknown, and what decided it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from inventory.screening.reading import PRESENCE, Reading
from inventory.tables.lot import Screening

METAL_SUM = "heavy_metals_sum"
"""The limit of the sum of metals."""

METAL_COUNTED = "heavy_metals_counted"
"""The limit whose clean end is the content above which a metal counts in the sum."""

ASBESTOS = "asbestos"

FINDINGS = (
    "below_clean", "not_found", "above_clean", "no_clean_limit", "above_hazardous", "found",
    "detection_limit",
    "no_limit",
)  # fmt: skip
"""Why a substance is judged as it is."""

_WORST = (Screening.CLEAN, Screening.UNKNOWN, Screening.CONTAMINATED, Screening.HAZARDOUS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What one substance is held against; without municipality it is guidance."""

    municipality_code: str | None
    substance: str
    unit: str
    clean_below: Decimal | None
    hazardous_from: Decimal | None
    note: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one substance says: its worst reading, held against a limit.

    `why` is one of `FINDINGS`, `samples` how many were taken of it.
    """

    substance: str
    result: Screening
    why: str
    worst: Reading
    limit: Limit | None
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the samples say of a lot: the worst of its findings.

    `open` lists the suspicions no sample has answered yet, each with the substances to be looked for:
    while there is one, nothing is called clean.
    """

    result: Screening
    findings: tuple[Finding, ...]
    open: tuple[tuple[str, tuple[str, ...]], ...]


def judge_samples(
    readings: Sequence[tuple[str, Reading]],
    *,
    limits: Mapping[str, Limit],
    metals: Collection[str],
    suspicions: Mapping[str, Sequence[str]],
) -> Verdict:
    """Judge a lot by its samples.

    Of each substance the worst reading decides. A metal above the content at which it counts is added to the
    others; the sum has a limit of its own (HP14, silkeborg.dk and haderslev.dk in `screening_limits.csv`).

    Parameters
    ----------
    readings
        Substance and result of each sample.
    limits
        The limit in force of each substance, the municipality's own before guidance.
    metals
        The substances that are added.
    suspicions
        The suspicions of the lot, each with the substances that answer it; all of them must be looked for.
    """
    by_substance: dict[str, list[Reading]] = defaultdict(list)
    for substance, reading in readings:
        by_substance[substance].append(reading)
    findings = [_judge(name, found, limit=limits.get(name)) for name, found in sorted(by_substance.items())]
    total = _judge_sum(findings, limits=limits, metals=metals)
    if total is not None:
        findings.append(total)
    unanswered = tuple(
        (suspicion, missing)
        for suspicion, substances in suspicions.items()
        if (missing := tuple(one for one in substances if one not in by_substance))
    )
    results = [finding.result for finding in findings]
    if unanswered or not results:
        results.append(Screening.UNKNOWN)
    return Verdict(result=max(results, key=_WORST.index), findings=tuple(findings), open=unanswered)


def _judge(substance: str, readings: Sequence[Reading], *, limit: Limit | None) -> Finding:
    judged = [(_hold(reading, limit=limit), reading) for reading in readings]
    (result, why), worst = max(judged, key=lambda one: (_WORST.index(one[0][0]), one[1].value))
    return Finding(
        substance=substance, result=result, why=why, worst=worst, limit=limit, samples=len(readings)
    )


def _hold(reading: Reading, *, limit: Limit | None) -> tuple[Screening, str]:
    """Hold one reading against a limit."""
    if limit is None or limit.unit != reading.unit:
        return Screening.UNKNOWN, "no_limit"
    if reading.unit == PRESENCE:
        return (Screening.CLEAN, "not_found") if reading.below else (Screening.HAZARDOUS, "found")
    if reading.below:
        if limit.clean_below is None:
            return Screening.CLEAN, "not_found"
        fine = reading.value <= limit.clean_below
        return (Screening.CLEAN, "below_clean") if fine else (Screening.UNKNOWN, "detection_limit")
    if limit.hazardous_from is not None and reading.value >= limit.hazardous_from:
        return Screening.HAZARDOUS, "above_hazardous"
    if limit.clean_below is None:
        trace = reading.value > 0
        return (Screening.CONTAMINATED, "no_clean_limit") if trace else (Screening.CLEAN, "not_found")
    if reading.value < limit.clean_below:
        return Screening.CLEAN, "below_clean"
    return Screening.CONTAMINATED, "above_clean"


def _judge_sum(
    findings: Sequence[Finding], *, limits: Mapping[str, Limit], metals: Collection[str]
) -> Finding | None:
    """Judge the sum of the metals that count, or None where it says nothing more than each alone."""
    limit, counted = limits.get(METAL_SUM), limits.get(METAL_COUNTED)
    if limit is None or counted is None or counted.clean_below is None or limit.hazardous_from is None:
        return None
    parts = [
        finding
        for finding in findings
        if finding.substance in metals
        and not finding.worst.below
        and finding.worst.unit == limit.unit
        and finding.worst.value > counted.clean_below
    ]
    total = sum((finding.worst.value for finding in parts), Decimal(0))
    if total <= limit.hazardous_from:
        return None
    return Finding(
        substance=METAL_SUM,
        result=Screening.HAZARDOUS,
        why="above_hazardous",
        worst=Reading(value=total, below=False, unit=limit.unit),
        limit=limit,
        samples=sum(finding.samples for finding in parts),
    )
