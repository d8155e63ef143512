# SPDX-License-Identifier: EUPL-1.2
"""Explanations of a problem at hand as sentences people understand, in Danish and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from matcher.explain.told import Advice, Explanation, list_named
from matcher.explain.voice import Language, Measure, Voice
from matcher.problem.problem import Problem


def tell(
    problem: Problem,
    explanation: Explanation,
    *,
    language: Language,
    names: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Say an explanation in sentences, the most important first.

    Parameters
    ----------
    problem
        The problem the explanation is about: it knows units and steps.
    explanation
        From `matcher.explain.explain.explain`.
    language
        ``da`` or ``en``.
    names
        What to call lots and requirements, by id; an id that is not in it stands as it is.
    """
    wanted = {name for kind, name in list_named(explanation) if kind == "requirement"}
    return _find_voice(problem, wanted, language=language, names=names).tell(explanation)


def tell_advice(
    problem: Problem,
    requirement: str,
    advice: Sequence[Advice],
    *,
    language: Language,
) -> tuple[str, ...]:
    """Say what would have to change for a requirement to get more.

    Parameters
    ----------
    problem
        The problem.
    requirement
        Id of the requirement.
    advice
        From `matcher.explain.advice.find_advice`.
    language
        ``da`` or ``en``.
    """
    return _find_voice(problem, [requirement], language=language).tell_advice(requirement, advice)


def _find_voice(
    problem: Problem,
    requirements: Iterable[str],
    *,
    language: Language,
    names: Mapping[str, str] | None = None,
) -> Voice:
    measures = {}
    for wanted in requirements:
        row = int((problem.requirements.id == wanted).nonzero()[0][0])
        class_ = int(problem.requirements.class_[row])
        step = Decimal(str(problem.classes.step[class_]))
        measures[wanted] = Measure(str(problem.classes.unit[class_]), step)
    return Voice(language=language, measures=measures, names=names or {})
