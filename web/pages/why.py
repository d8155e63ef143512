# SPDX-License-Identifier: EUPL-1.2
"""Why a plan gave a requirement its lots and not others, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from inventory.matching.naming import find_voice
from inventory.matching.told import read_told
from inventory.queries.instant import NamedLot
from inventory.queries.plans.explanations import find_explanation
from inventory.queries.reading import Session
from matcher.explain.told import PairExplanation, RequirementExplanation
from matcher.explain.voice import Voice
from web.language import current_language

PER_ORE = 1000
"""Costs of the matcher in an øre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LotWhy:
    """A lot a requirement got or did not: its name, its road, what a unit costs (oere), and why in sentences.

    `cost` is None where the lot may not be used at all; `price` is what a unit more of the lot would save.
    """

    lot_id: UUID
    name: str
    outcome: str
    metres: int | None
    cost: float | None
    price: float
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """An explanation as the page shows it: the run it is of, and sentences in the language of the page.

    `price_ore` and `unit` are of a new one; `advice` is None where nothing is bought new, empty where no
    change would help.
    """

    run_id: UUID
    run_at: datetime
    unit: str
    new_ore: float
    outcome: Sequence[str]
    unmet: Sequence[str]
    matched: Sequence[LotWhy]
    nearest: Sequence[LotWhy]
    advice: Sequence[str] | None


def read_why(session: Session, *, requirement_id: UUID, run_id: UUID | None) -> Why | None:
    """Read why a run, or the newest that told anything, gave a requirement what it did; None where none did.

    Lots are named by material and municipality, other projects by name: no address and nobody's name.
    """
    row = find_explanation(session, requirement_id=requirement_id, run_id=run_id)
    if row is None:
        return None
    told = read_told(row.told)
    language: Literal["da", "en"] = "en" if current_language() == "en" else "da"
    voice = find_voice(session, [told], language=language, name_lot=_call_lot)
    return Why(
        run_id=row.run_id,
        run_at=row.run_at,
        unit=voice.measures[told.requirement].unit,
        new_ore=_price(told.new_cost, voice=voice, told=told) or 0.0,
        outcome=voice.tell_outcome(told),
        unmet=voice.tell_unmet(told),
        matched=[_show(pair, voice=voice, told=told) for pair in told.matched],
        nearest=[_show(pair, voice=voice, told=told) for pair in told.nearest],
        advice=None
        if told.advice is None
        else [voice.tell_change(told.requirement, change) for change in told.advice],
    )


def _call_lot(lot: NamedLot, material: str) -> str:
    return f"{material.lower()} ({lot.municipality})" if lot.municipality else material.lower()


def _begin(name: str) -> str:
    return name[:1].upper() + name[1:]


def _show(pair: PairExplanation, *, voice: Voice, told: RequirementExplanation) -> LotWhy:
    return LotWhy(
        lot_id=UUID(pair.lot),
        name=_begin(voice.name(pair.lot)),
        outcome=str(pair.outcome),
        metres=pair.metres,
        cost=_price(pair.cost, voice=voice, told=told),
        price=_price(pair.price, voice=voice, told=told) or 0.0,
        sentences=voice.tell_pair(pair),
    )


def _price(cost: int | None, *, voice: Voice, told: RequirementExplanation) -> Any:
    return None if cost is None else cost / PER_ORE / float(voice.measures[told.requirement].step)
