# SPDX-License-Identifier: EUPL-1.2
"""Explanations as sentences people understand, in Danish and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from matcher.explain.explain import (
    Explanation,
    LotExplanation,
    Outcome,
    PairExplanation,
    RequirementExplanation,
)
from matcher.explain.phrases import MANY, PHRASES, REASON_PHRASES, UNIT_WORDS
from matcher.instant.answer import Relaxation
from matcher.instant.changes import ChangeKind
from matcher.problem.problem import Problem
from matcher.quanta import PER_ORE
from matcher.reasons import Reason

Language = Literal["da", "en"]
_ORE_PER_KRONE = 100


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
    voice = _Voice(problem=problem, language=language, names=names or {})
    if isinstance(explanation, PairExplanation):
        return voice.tell_pair(explanation)
    if isinstance(explanation, LotExplanation):
        return voice.tell_lot(explanation)
    return voice.tell_requirement(explanation)


def tell_advice(
    problem: Problem,
    requirement: str,
    advice: Sequence[Relaxation],
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
    voice = _Voice(problem=problem, language=language, names={})
    if not advice:
        return (voice.say("no_advice"),)
    return (voice.say("advice"), *(voice.tell_change(requirement, change) for change in advice))


def tell_reason(reason: Reason, *, language: Language) -> str:
    """Say what a reason means for one lot, as part of a sentence.

    Parameters
    ----------
    reason
        Any reason.
    language
        ``da`` or ``en``.
    """
    return REASON_PHRASES[language][reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voice:
    problem: Problem
    language: Language
    names: Mapping[str, str]

    def say(self, phrase: str, **values: object) -> str:
        """Fill a phrase of the language."""
        filled = PHRASES[self.language][phrase].format(**values)
        # a unit such as "stk." brings a full stop of its own to the end of a sentence
        return filled[:-1] if filled.endswith("..") else filled

    def name(self, id: str) -> str:  # noqa: A002
        """Return what a lot or requirement is called."""
        return self.names.get(id, id)

    def number(self, value: Decimal | float, *, places: int = 0) -> str:
        """Write a number the way the language does."""
        exact = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        written = f"{exact:,}"
        return written if self.language == "en" else written.translate(str.maketrans(",.", ".,"))

    def quantity(self, steps: int, *, requirement: str) -> str:
        """Write steps of a requirement's class in its unit."""
        row = self._class_of(requirement)
        step = Decimal(str(self.problem.classes.step[row]))
        amount = steps * step
        places = max(0, -int(step.normalize().as_tuple().exponent))
        unit = str(self.problem.classes.unit[row])
        word = UNIT_WORDS[self.language].get(unit, unit)
        many = word if amount == 1 else MANY[self.language].get(word, word)
        return f"{self.number(amount, places=places)} {many}"

    def money(self, cost: int, *, requirement: str) -> str:
        """Write a cost per step, in 1/1000 øre, as kroner per unit."""
        step = Decimal(str(self.problem.classes.step[self._class_of(requirement)]))
        kroner = Decimal(cost) / PER_ORE / _ORE_PER_KRONE / step
        return self.number(kroner, places=2)

    def _class_of(self, requirement: str) -> int:
        rows = (self.problem.requirements.id == requirement).nonzero()[0]
        return int(self.problem.requirements.class_[rows[0]])

    def tell_pair(self, pair: PairExplanation) -> tuple[str, ...]:
        """Say what became of a lot and a requirement."""
        tellers: dict[Outcome, Callable[[PairExplanation], tuple[str, ...]]] = {
            Outcome.MATCHED: self._tell_matched,
            Outcome.STOPPED: self._tell_stopped,
        }
        return tellers.get(pair.outcome, self._tell_passed)(pair)

    def _ends(self, pair: PairExplanation) -> dict[str, str]:
        return {"lot": self.name(pair.lot), "requirement": self.name(pair.requirement)}

    def _prices(self, pair: PairExplanation) -> dict[str, str]:
        written = {
            name: self.money(value, requirement=pair.requirement)
            for name, value in (
                ("cost", pair.cost),
                ("new", pair.new_cost),
                ("price", pair.price),
                ("worth", pair.worth),
                ("best", pair.best),
                ("saved", pair.new_cost - (pair.cost or 0)),
            )
            if value is not None
        }
        unit = str(self.problem.classes.unit[self._class_of(pair.requirement)])
        return {**written, "unit": UNIT_WORDS[self.language].get(unit, unit)}

    def _tell_matched(self, pair: PairExplanation) -> tuple[str, ...]:
        quantity = self.quantity(pair.quantity, requirement=pair.requirement)
        said = [self.say("matched", quantity=quantity, **self._ends(pair))]
        if pair.metres is not None:
            said.append(self.say("road", km=self.number(pair.metres / 1000, places=1)))
        if pair.storage_days:
            hub = self.name(pair.hub or "")
            said.append(self.say(f"stored_{pair.storage}", days=self.number(pair.storage_days), hub=hub))
        said.append(self.say("costs", **self._prices(pair)))
        said.append(self.say("priced" if pair.price else "unpriced", **self._prices(pair)))
        return tuple(said)

    def _tell_stopped(self, pair: PairExplanation) -> tuple[str, ...]:
        reason = pair.reason or Reason.NO_LOT_OF_CLASS
        why = tell_reason(reason, language=self.language)
        said = [self.say("stopped", why=why, **self._ends(pair))]
        if reason == Reason.DISTANCE and pair.metres is not None:
            said.append(self.say("road", km=self.number(pair.metres / 1000, places=1)))
        return tuple(said)

    def _tell_passed(self, pair: PairExplanation) -> tuple[str, ...]:
        said = [self.say(str(pair.outcome), **self._ends(pair), **self._prices(pair))]
        if pair.outcome in {Outcome.TAKEN, Outcome.TIED}:
            said.extend(
                self.say(
                    "taker",
                    taker=self.name(taker.requirement),
                    quantity=self.quantity(taker.quantity, requirement=taker.requirement),
                    worth=self.money(taker.worth, requirement=taker.requirement),
                    unit=self._prices(pair)["unit"],
                )
                for taker in pair.takers
            )
        return tuple(said)

    def tell_change(self, requirement: str, change: Relaxation) -> str:
        """Say what one change would give."""
        metres = change.kind == ChangeKind.FARTHER
        named = self.say(
            str(change.kind),
            by=self.number(change.by / 1000 if metres else change.by),
            value=self.number(change.value),
            attribute=change.attribute,
        )
        return self.say(
            "would_meet",
            change=named[:1].upper() + named[1:],
            quantity=self.quantity(change.met, requirement=requirement),
            saved=self.number(Decimal(change.gain) / PER_ORE / _ORE_PER_KRONE),
            lots=self.number(change.lots),
        )

    def tell_lot(self, told: LotExplanation) -> tuple[str, ...]:
        """Say who got a lot."""
        if not told.matched:
            return (self.say("lot_unused", lot=self.name(told.lot)),)
        share = 100 * (told.quantity - told.left) / told.quantity
        said = [self.say("lot_used", lot=self.name(told.lot), percent=self.number(share))]
        said.extend(self._tell_matched(pair)[0] for pair in told.matched)
        return tuple(said)

    def tell_requirement(self, told: RequirementExplanation) -> tuple[str, ...]:
        """Say what a requirement got, what it did not and which lots came nearest."""
        wanted = self.quantity(told.quantity, requirement=told.requirement)
        name = self.name(told.requirement)
        if told.unmet is None:
            said = [self.say("all_met", requirement=name, quantity=wanted)]
        else:
            missing = self.quantity(told.unmet.quantity, requirement=told.requirement)
            phrase = "part_met" if told.matched else "none_met"
            said = [self.say(phrase, requirement=name, quantity=wanted, missing=missing)]
        said.extend(self._tell_matched(pair)[0] for pair in told.matched)
        if told.unmet is not None:
            said.append(self.say("because", why=tell_reason(told.unmet.reason, language=self.language)))
            said.extend(
                self.say(
                    "stopped_here_one" if count == 1 else "stopped_here",
                    lots=self.number(count),
                    why=tell_reason(reason, language=self.language),
                )
                for reason, count in told.unmet.stopped.items()
            )
            if told.nearest:
                said.extend(self.tell_pair(told.nearest[0]))
        return tuple(said)
