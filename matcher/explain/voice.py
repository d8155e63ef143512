# SPDX-License-Identifier: EUPL-1.2
"""A voice that says explanations: a language, the units of requirements and what things are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from matcher.explain.phrases import AND, DAYS, MANY, MONTHS, PHRASES, REASON_PHRASES, UNIT_WORDS
from matcher.explain.told import (
    Advice,
    Explanation,
    LotExplanation,
    Outcome,
    PairExplanation,
    RequirementExplanation,
    Room,
)
from matcher.reasons import Reason

Language = Literal["da", "en"]
_PER_KRONE = 100_000
_PER_M2 = 10_000
_PLAIN_NUMBERS = {"year"}
"""Attributes whose values are written without a mark between thousands."""


class Measure(NamedTuple):
    """What the class of a requirement counts in: its unit, and how much of it a step is."""

    unit: str
    step: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Says explanations in sentences.

    Parameters
    ----------
    language
        ``da`` or ``en``.
    measures
        Of each requirement named, by id.
    names
        What to call lots, requirements, hubs and attributes, by id or name, and a value of an attribute by
        ``name=value``; what is not in it stands as it is.
    """

    language: Language
    measures: Mapping[str, Measure]
    names: Mapping[str, str]

    def say(self, phrase: str, **values: object) -> str:
        """Fill a phrase of the language."""
        filled = PHRASES[self.language][phrase].format(**values)
        # a unit such as "stk." brings a full stop of its own to the end of a sentence
        return filled[:-1] if filled.endswith("..") else filled

    def say_reason(self, reason: Reason) -> str:
        """Say what a reason means for one lot, as part of a sentence."""
        return REASON_PHRASES[self.language][reason]

    def name(self, id: str) -> str:  # noqa: A002
        """Return what something is called."""
        return self.names.get(id, id)

    def number(self, value: Decimal | float, *, places: int = 0) -> str:
        """Write a number the way the language does."""
        exact = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        written = f"{exact:,}"
        return written if self.language == "en" else written.translate(str.maketrans(",.", ".,"))

    def quantity(self, steps: int, *, requirement: str) -> str:
        """Write steps of a requirement's class in its unit."""
        unit, step = self.measures[requirement]
        amount = steps * step
        places = max(0, -int(step.normalize().as_tuple().exponent))
        word = UNIT_WORDS[self.language].get(unit, unit)
        many = word if amount == 1 else MANY[self.language].get(word, word)
        return f"{self.number(amount, places=places)} {many}"

    def money(self, cost: int, *, requirement: str) -> str:
        """Write a cost per step, in 1/1000 øre, as kroner per unit."""
        return self.number(Decimal(cost) / _PER_KRONE / self.measures[requirement].step, places=2)

    def days(self, count: int) -> str:
        """Write a number of days."""
        one, many = DAYS[self.language]
        return f"{self.number(count)} {one if count == 1 else many}"

    def month(self, month: str) -> str:
        """Write a month such as 2027-03."""
        year, number = month.split("-")
        return f"{MONTHS[self.language][int(number) - 1]} {year}"

    def join(self, words: Sequence[str]) -> str:
        """Write several things as one list."""
        return AND[self.language].join([*([", ".join(words[:-1])] if len(words) > 1 else []), words[-1]])

    def tell(self, told: Explanation) -> tuple[str, ...]:
        """Say an explanation, the most important first."""
        if isinstance(told, PairExplanation):
            return self.tell_pair(told)
        if isinstance(told, LotExplanation):
            return self.tell_lot(told)
        return (*self.tell_requirement(told), *self.tell_advice(told.requirement, told.advice))

    def tell_pair(self, pair: PairExplanation) -> tuple[str, ...]:
        """Say what became of a lot and a requirement."""
        tellers: dict[Outcome, Callable[[PairExplanation], tuple[str, ...]]] = {
            Outcome.MATCHED: self._tell_matched,
            Outcome.STOPPED: self._tell_stopped,
            Outcome.HUB_FULL: self._tell_full,
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
        unit = self.measures[pair.requirement].unit
        return {**written, "unit": UNIT_WORDS[self.language].get(unit, unit)}

    def _tell_matched(self, pair: PairExplanation) -> tuple[str, ...]:
        quantity = self.quantity(pair.quantity, requirement=pair.requirement)
        said = [self.say("matched", quantity=quantity, **self._ends(pair))]
        if pair.metres is not None:
            said.append(self.say("road", km=self.number(pair.metres / 1000, places=1)))
        if pair.storage_days:
            hub = self.name(pair.hub or "")
            said.append(self.say(f"stored_{pair.storage}", days=self.days(pair.storage_days), hub=hub))
        said.append(self.say("costs", **self._prices(pair)))
        said.append(self.say("priced" if pair.price else "unpriced", **self._prices(pair)))
        if pair.room is not None:
            said.extend(self.tell_room(pair.room))
        return tuple(said)

    def _tell_stopped(self, pair: PairExplanation) -> tuple[str, ...]:
        reason = pair.reason or Reason.NO_LOT_OF_CLASS
        said = [self.say("stopped", why=self.say_reason(reason), **self._ends(pair))]
        if reason == Reason.DISTANCE and pair.metres is not None:
            said.append(self.say("road", km=self.number(pair.metres / 1000, places=1)))
        return tuple(said)

    def _tell_full(self, pair: PairExplanation) -> tuple[str, ...]:
        said = [self.say("hub_full", hub=self.name(pair.hub or ""), **self._ends(pair), **self._prices(pair))]
        if pair.room is not None:
            said.extend(self.tell_room(pair.room))
            if pair.room.fee:
                fee = self.money(pair.room.fee, requirement=pair.requirement)
                said.append(self.say("hub_fee", fee=fee, unit=self._prices(pair)["unit"]))
        return tuple(said)

    def tell_room(self, room: Room) -> tuple[str, ...]:
        """Say in which months a hub is full, and what a square metre more there would save."""
        said, hub = [], self.name(room.hub)
        full = [self.month(one.month) for one in room.months if one.full]
        if full:
            said.append(self.say("hub_months", hub=hub, months=self.join(full)))
        savings = [
            self.say(
                "hub_saving",
                month=self.month(one.month),
                price=self.number(Decimal(one.price) * _PER_M2 / _PER_KRONE, places=2),
            )
            for one in room.months
            if one.price
        ]
        if savings:
            said.append(self.say("hub_margin", hub=hub, savings=self.join(savings)))
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

    def tell_advice(self, requirement: str, advice: Sequence[Advice] | None) -> tuple[str, ...]:
        """Say what would have to change for a requirement to get more; nothing where nobody asked."""
        if advice is None:
            return ()
        if not advice:
            return (self.say("no_advice"),)
        return (self.say("advice"), *(self.tell_change(requirement, change) for change in advice))

    def tell_change(self, requirement: str, change: Advice) -> str:
        """Say what one change would give."""
        metres = change.kind == "farther"
        plain = str(change.value) if change.attribute in _PLAIN_NUMBERS else self.number(change.value)
        named = self.say(
            change.kind,
            by=self.number(change.by / 1000 if metres else change.by),
            value=self.names.get(f"{change.attribute}={change.value}", plain),
            attribute=self.name(change.attribute),
        )
        return self.say(
            "would_meet",
            change=named[:1].upper() + named[1:],
            quantity=self.quantity(change.met, requirement=requirement),
            saved=self.number(Decimal(change.gain) / _PER_KRONE),
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
        said = [*self.tell_outcome(told), *(self._tell_matched(pair)[0] for pair in told.matched)]
        if told.unmet is not None:
            said.extend(self.tell_unmet(told))
            if told.nearest:
                said.extend(self.tell_pair(told.nearest[0]))
        return tuple(said)

    def tell_outcome(self, told: RequirementExplanation) -> tuple[str, ...]:
        """Say how much of a requirement is met."""
        wanted = self.quantity(told.quantity, requirement=told.requirement)
        name = self.name(told.requirement)
        if told.unmet is None:
            return (self.say("all_met", requirement=name, quantity=wanted),)
        missing = self.quantity(told.unmet.quantity, requirement=told.requirement)
        phrase = "part_met" if told.matched else "none_met"
        return (self.say(phrase, requirement=name, quantity=wanted, missing=missing),)

    def tell_unmet(self, told: RequirementExplanation) -> tuple[str, ...]:
        """Say why a part of a requirement is bought new, and how many lots each rule stopped."""
        if told.unmet is None:
            return ()
        said, rooms = [], told.lacking_room if told.unmet.reason == Reason.TAKEN else ()
        if rooms:
            said.append(self.say("no_room"))
            for room in rooms:
                said.extend(self.tell_room(room))
        else:
            said.append(self.say("because", why=self.say_reason(told.unmet.reason)))
        said.extend(
            self.say(
                "stopped_here_one" if count == 1 else "stopped_here",
                lots=self.number(count),
                why=self.say("or_no_room") if rooms and reason == Reason.TAKEN else self.say_reason(reason),
            )
            for reason, count in told.unmet.stopped.items()
        )
        return tuple(said)
