# SPDX-License-Identifier: EUPL-1.2
"""How a requirement might be loosened, one bound at a time: what the engine is then asked again with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from matcher.instant.question import Question
from matcher.problem.columns import OPEN, UNKNOWN, DayArray, IntArray, Requirements
from matcher.problem.problem import Problem
from matcher.reasons import ATTRIBUTE, DISTANCE, DOCUMENTATION, NO_LOT_OF_CLASS, SCREENING, WINDOW

FARTHER_METRES = 20_000
LATER_DAYS = 14
STORED_DAYS = 90


class ChangeKind(StrEnum):
    """Which bound of a requirement is loosened."""

    FARTHER = "farther"
    LATER = "later"
    EARLIER = "earlier"
    STORED_LONGER = "stored_longer"
    DOCUMENTATION = "documentation"
    SCREENING = "screening"
    SUBSTITUTES = "substitutes"
    ATTRIBUTE_MINIMUM = "attribute_minimum"
    ATTRIBUTE_MAXIMUM = "attribute_maximum"
    ATTRIBUTE_UNKNOWN = "attribute_unknown"


RULES: dict[ChangeKind, int] = {
    ChangeKind.FARTHER: DISTANCE,
    ChangeKind.LATER: WINDOW,
    ChangeKind.EARLIER: WINDOW,
    ChangeKind.STORED_LONGER: WINDOW,
    ChangeKind.DOCUMENTATION: DOCUMENTATION,
    ChangeKind.SCREENING: SCREENING,
    ChangeKind.SUBSTITUTES: NO_LOT_OF_CLASS,
    ChangeKind.ATTRIBUTE_MINIMUM: ATTRIBUTE,
    ChangeKind.ATTRIBUTE_MAXIMUM: ATTRIBUTE,
    ChangeKind.ATTRIBUTE_UNKNOWN: ATTRIBUTE,
}
"""The rule each change loosens: only lots that this rule stopped can be let in by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One bound of one requirement, loosened.

    Parameters
    ----------
    kind
        Which bound.
    row
        Row of the requirement in the question.
    value
        The bound as it would be: metres, day, days in storage, code, or value of the attribute.
    by
        How much looser that is, in the same unit; 1 for a yes instead of a no.
    attribute
        Column of the attribute, or -1.
    """

    kind: ChangeKind
    row: int
    value: int
    by: int
    attribute: int = -1


def list_changes(question: Question, *, stopped: IntArray) -> list[Change]:
    """List the changes worth asking about, attributes aside: those whose rule stopped any lot.

    Parameters
    ----------
    question
        The requirements as they are.
    stopped
        Lots stopped by each rule, one row a requirement.
    """
    changes = []
    for row in range(len(stopped)):
        for change in _loosen(question, row):
            rule = RULES[change.kind]
            if rule == NO_LOT_OF_CLASS or stopped[row, rule]:
                changes.append(change)
    return changes


def _loosen(question: Question, row: int) -> Iterator[Change]:
    wanted, params, facts = question.asked.requirements, question.asked.params, question.facts
    metres = int(facts.wanted_metres[row])
    farther = min(metres + FARTHER_METRES, params.cap_metres)
    if farther > metres:
        yield Change(kind=ChangeKind.FARTHER, row=row, value=farther, by=farther - metres)
    end, start = int(wanted.wanted_to[row]), int(wanted.wanted_from[row])
    yield Change(kind=ChangeKind.LATER, row=row, value=end + LATER_DAYS, by=LATER_DAYS)
    yield Change(kind=ChangeKind.EARLIER, row=row, value=start - LATER_DAYS, by=LATER_DAYS)
    stored = int(facts.wanted_storage[row])
    yield Change(kind=ChangeKind.STORED_LONGER, row=row, value=stored + STORED_DAYS, by=STORED_DAYS)
    documented = int(wanted.documentation_min[row])
    if documented > 0:
        yield Change(kind=ChangeKind.DOCUMENTATION, row=row, value=documented - 1, by=1)
    if not wanted.unknown_screening_ok[row]:
        yield Change(kind=ChangeKind.SCREENING, row=row, value=1, by=1)
    swaps = question.asked.substitutes.class_
    if not wanted.substitutes_ok[row] and (swaps == wanted.class_[row]).any():
        yield Change(kind=ChangeKind.SUBSTITUTES, row=row, value=1, by=1)


def list_probes(question: Question, *, stopped: IntArray) -> list[Change]:
    """List the attribute bounds that stopped lots, each taken off whole, to see which values there are.

    Parameters
    ----------
    question, stopped
        As in `list_changes`.
    """
    wanted = question.asked.requirements
    probes = []
    for row in np.flatnonzero(stopped[:, ATTRIBUTE]).tolist():
        for column in range(wanted.minimum.shape[1]):
            low, high = int(wanted.minimum[row, column]), int(wanted.maximum[row, column])
            bounds = (
                (ChangeKind.ATTRIBUTE_MINIMUM, UNKNOWN, low != UNKNOWN),
                (ChangeKind.ATTRIBUTE_MAXIMUM, OPEN, high != OPEN),
                (
                    ChangeKind.ATTRIBUTE_UNKNOWN,
                    1,
                    (low != UNKNOWN or high != OPEN) and not wanted.unknown_ok[row, column],
                ),
            )
            probes += [
                Change(kind=kind, row=row, value=value, by=1, attribute=column)
                for kind, value, bounded in bounds
                if bounded
            ]
    return probes


def settle_probes(question: Question, *, probes: Sequence[Change], nearest: DayArray) -> list[Change]:
    """Return the attribute changes that let lots in, each loosened no further than to the nearest of them.

    Parameters
    ----------
    question
        The requirements as they are.
    probes
        From `list_probes`.
    nearest
        Of each probe, the value nearest to the bound among the lots it lets in; `UNKNOWN` for none.
    """
    wanted = question.asked.requirements
    changes = []
    for probe, value in zip(probes, nearest.tolist(), strict=True):
        if value == UNKNOWN:
            continue
        if probe.kind == ChangeKind.ATTRIBUTE_UNKNOWN:
            changes.append(probe)
            continue
        bounds = wanted.minimum if probe.kind == ChangeKind.ATTRIBUTE_MINIMUM else wanted.maximum
        by = abs(value - int(bounds[probe.row, probe.attribute]))
        changes.append(replace(probe, value=value, by=by))
    return changes


def apply_changes(asked: Problem, *, changes: Sequence[Change]) -> Problem:
    """Return requirements with one row for each change: the requirement changed in that one way.

    Parameters
    ----------
    asked
        The requirements as they are.
    changes
        What to change.
    """
    rows = np.array([change.row for change in changes], dtype=np.int64)
    columns = {name: getattr(asked.requirements, name)[rows] for name in Requirements.__dataclass_fields__}
    for place, change in enumerate(changes):
        match change.kind:
            case ChangeKind.FARTHER:
                columns["max_metres"][place] = change.value
            case ChangeKind.LATER:
                columns["wanted_to"][place] = change.value
            case ChangeKind.EARLIER:
                columns["wanted_from"][place] = change.value
            case ChangeKind.STORED_LONGER:
                columns["storage_days"][place] = change.value
            case ChangeKind.DOCUMENTATION:
                columns["documentation_min"][place] = change.value
            case ChangeKind.SCREENING:
                columns["unknown_screening_ok"][place] = True
            case ChangeKind.SUBSTITUTES:
                columns["substitutes_ok"][place] = True
            case ChangeKind.ATTRIBUTE_MINIMUM:
                columns["minimum"][place, change.attribute] = change.value
            case ChangeKind.ATTRIBUTE_MAXIMUM:
                columns["maximum"][place, change.attribute] = change.value
            case ChangeKind.ATTRIBUTE_UNKNOWN:
                columns["unknown_ok"][place, change.attribute] = True
    for array in columns.values():
        array.setflags(write=False)
    return replace(asked, requirements=Requirements(**columns))
