# SPDX-License-Identifier: EUPL-1.2
"""The voice that tells a run's explanations: units and names from the database, sentences of the matcher."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from sqlalchemy.orm import Session

from inventory.queries.instant import NamedLot
from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import read_code_names
from inventory.queries.plans.explanations import name_all
from inventory.queries.projects.requirements import name_attributes
from matcher.explain.told import Explanation, RequirementExplanation, list_named
from matcher.explain.voice import Language, Measure, Voice

NameLot = Callable[[NamedLot, str], str]


def find_voice(
    session: Session, told: Iterable[Explanation], *, language: Language, name_lot: NameLot
) -> Voice:
    """Give the voice that can say some explanations.

    Parameters
    ----------
    session
        Any.
    told
        What is to be said.
    language
        ``da`` or ``en``.
    name_lot
        What to call a lot whose names are given, its material in the language beside it: that depends on who
        reads it.
    """
    told = list(told)
    named = name_all(session, named={pair for one in told for pair in list_named(one)})
    bounded = any(
        change.attribute
        for one in told
        if isinstance(one, RequirementExplanation)
        for change in one.advice or ()
    )
    attributes = name_attributes(session) if bounded else {}
    codes = read_code_names(session, lists=("grade", "colour")) if bounded else {}
    names = {
        **{name: name_lot(lot, _pick(lot, language)) for name, lot in named.lots.items()},
        **{
            name: f"{row.project_name} ({_pick(row, language).lower()})"
            for name, row in named.requirements.items()
        },
        **named.hubs,
        **{
            name: _pick(row, language) + (f" ({row.unit})" if row.unit and row.unit != name else "")
            for name, row in attributes.items()
        },
        **{f"{name}={code}": _pick(row, language) for (name, code), row in codes.items()},
    }
    measures = {name: Measure(str(row.unit), Decimal(row.step)) for name, row in named.requirements.items()}
    return Voice(language=language, measures=measures, names=names)


def _pick(row: AnyRow | NamedLot, language: Language) -> str:
    """Return a name in a language, the other where it is empty."""
    danish, english = row.name_da, row.name_en
    return str((english if language == "en" else danish) or danish or english)
