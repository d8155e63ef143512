# SPDX-License-Identifier: EUPL-1.2
"""From the register's attributes of buildings to probable lots, each with its range, rule and suspicion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inventory.estimates.adjust import NOT_MOVED, NOTHING_LEARNED, Learned
from inventory.estimates.application import PROBABILITIES, Application, apply_rules
from inventory.estimates.attributes import Attributes, read_attributes
from inventory.estimates.rules import EstimateRule, EstimateRules
from inventory.estimates.steps import count_steps
from inventory.estimates.suspicion import find_asbestos_bits, find_suspicions, name_suspicions

LOT_COLUMNS = (
    "site_id",
    "class_code",
    "unit",
    "quantity_low",
    "quantity",
    "quantity_high",
    "in_place",
    "documentation",
    "screening",
    "asbestos_suspect",
    "suspicion",
    "product_status",
    "status",
    "year",
    "rule",
    "rule_source",
    "learned_factor_id",
    "note",
)

_COUNTS = ("quantity_low", "quantity", "quantity_high", "in_place")
_NUMBERS = ("building", "class", *_COUNTS, "bits", "learned", "rules")
"""Columns of whole numbers; words are put in at the end, one for each kind of lot there is."""
_Columns = dict[str, NDArray[np.int64]]


def estimate_lots(
    buildings: pd.DataFrame, rules: EstimateRules, *, learned: Learned = NOTHING_LEARNED
) -> pd.DataFrame:
    """Estimate the lots of many buildings.

    The method, in full in ``docs/explanation/estimates.md``: a rule's quantity in place is an area of the
    building (`geometry.measure_drivers`) times factors of `intensities.csv`. Each factor is an independent
    log-normal whose P10, P50 and P90 are the table's low, likely and high, so the product is log-normal
    too: medians multiply and log variances add, exactly and without drawing numbers. Where a rule names a
    published material intensity (RASMI, kg per m2 floor area), the same quantity is estimated a second time
    from it and the two are pooled by inverse variance, the spread growing where they disagree. The
    reclaimable share comes last. A thing that is there only with a probability is a mixture of nothing and
    that log-normal; its P10, P50 and P90 are exact.

    Parameters
    ----------
    buildings : DataFrame
        One row per building, columns as :data:`inventory.estimates.attributes.COLUMNS`.
    rules : EstimateRules
    learned : Learned
        What surveys of other buildings say of a class, a use and an era (`learning.learn_factors`); nothing
        where left out.

    Returns
    -------
    DataFrame
        One row per building and class, sorted by building (in the order given) and class, with
        :data:`LOT_COLUMNS`. Quantities and `in_place` (P50 before the reclaimable share) are int64 steps of
        the class, ``quantity_low <= quantity <= quantity_high``, with at least one likely step. `suspicion`
        holds tuples of codes of `suspicion_rules.csv`. Nobody has screened an estimated lot, so `screening`
        is always "unknown". `learned_factor_id` names what was learned from surveys, None where nothing moved
        the figure. `year` is the building's, for parts as old as it alone. Where two rules give
        the same class (fibre cement on roof and wall) their quantiles are added, as if both erred together:
        the widest range.

    Raises
    ------
    KeyError
        Where a column is missing.
    """
    attributes = read_attributes(buildings, groups=rules.groups)
    bits = {
        part: find_suspicions(attributes, part=part, rules=rules)
        for part in sorted({rule.part for rule in rules.rules})
    }
    numbers = {code: number for number, code in enumerate(sorted(rules.classes))}
    places = {rule.rule: place for place, rule in enumerate(rules.rules)}
    parts = [
        _tabulate(
            application,
            class_number=numbers[application.rule.class_code],
            rule_place=places[application.rule.rule],
            suspicions=bits[application.rule.part],
            rules=rules,
        )
        for application in apply_rules(attributes, rules=rules, learned=learned)
    ]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in LOT_COLUMNS})
    whole = {name: np.concatenate([part[name] for part in parts]) for name in _NUMBERS}
    order = np.lexsort((whole["rules"], whole["class"], whole["building"]))
    lots, combined = _add_up({name: column[order] for name, column in whole.items()})
    return _describe(lots, combined=combined, attributes=attributes, rules=rules, learned=learned)


def _tabulate(
    application: Application,
    *,
    class_number: int,
    rule_place: int,
    suspicions: NDArray[np.int64],
    rules: EstimateRules,
) -> _Columns:
    """Put the lots of one rule into columns of whole numbers; those of less than half a step are left out."""
    rule, rows = application.rule, application.rows
    step = rules.classes[rule.class_code].step
    counts = [
        count_steps(application.read_quantity(probability=p), step=step) for p in PROBABILITIES.values()
    ]
    counts.append(count_steps(application.in_place.median, step=step))
    some = counts[1] > 0
    number = int(np.count_nonzero(some))
    return {
        "building": rows[some],
        "class": np.full(number, class_number),
        **{name: column[some] for name, column in zip(_COUNTS, counts, strict=True)},
        "bits": suspicions[rows[some]],
        "learned": np.full(number, NOT_MOVED) if application.learned is None else application.learned[some],
        "rules": np.full(number, rule_place),
    }


def _add_up(lots: _Columns) -> tuple[_Columns, tuple[tuple[int, ...], ...]]:
    """Add lots of the same building and class into one.

    Returns
    -------
    tuple
        The lots, whose `rules` is now a row of the second: the places of all the rules that gave a lot.
    """
    building, of_class = lots["building"], lots["class"]
    first = np.ones(len(building), dtype=np.bool_)
    first[1:] = (building[1:] != building[:-1]) | (of_class[1:] != of_class[:-1])
    starts = np.flatnonzero(first)
    counts = np.diff(starts, append=len(building))
    added = {name: column[starts] for name, column in lots.items()}  # one class, use and era learn alike
    if len(starts) < len(building):
        added |= {name: np.add.reduceat(lots[name], starts) for name in _COUNTS}
        added["bits"] = np.bitwise_or.reduceat(lots["bits"], starts)
    most = int(lots["rules"].max(initial=0)) + 1
    combined: dict[tuple[int, ...], int] = {(place,): place for place in range(most)}
    for number in np.flatnonzero(counts > 1):
        together = tuple(
            int(place) for place in lots["rules"][starts[number] : starts[number] + counts[number]]
        )
        added["rules"][number] = combined.setdefault(together, len(combined))
    return added, tuple(combined)


def _describe(
    lots: _Columns,
    *,
    combined: tuple[tuple[int, ...], ...],
    attributes: Attributes,
    rules: EstimateRules,
    learned: Learned,
) -> pd.DataFrame:
    building, kind = lots["building"], lots["rules"]
    given = [tuple(rules.rules[place] for place in places) for places in combined]
    bits, sorts = np.unique(lots["bits"], return_inverse=True)
    suspicions = [name_suspicions(int(value), rules=rules) for value in bits]
    asbestos = (bits & find_asbestos_bits(rules) != 0)[sorts]
    classes = sorted(rules.classes)
    reusable = _put_numbers(kind, [all(rule.reusable for rule in some) for some in given])
    dated = _put_numbers(kind, [all(rule.dated for rule in some) for some in given])
    papers = _put_words(kind, [_take_least(some) for some in given])
    return pd.DataFrame(
        {
            "site_id": _keep(attributes.site_id[building]),
            "class_code": _keep(_put_words(lots["class"], classes)),
            "unit": _keep(_put_words(lots["class"], [rules.classes[code].unit for code in classes])),
            **{name: lots[name] for name in _COUNTS},
            "documentation": _keep(np.where(asbestos, "none", papers)),
            "screening": _keep(np.full(len(kind), "unknown", dtype=object)),
            "asbestos_suspect": asbestos,
            "suspicion": _keep(_put_words(sorts, suspicions)),
            "product_status": _keep(_put_words(kind, [some[0].product_status for some in given])),
            # Asbestos stays visible, refused by its screening; what is merely no product is not offered.
            "status": _keep(_put_words((reusable | asbestos).astype(np.int64), ["withdrawn", "offered"])),
            "year": pd.array(np.where(dated, attributes.year[building], np.nan), dtype="Float64").astype(
                "Int64"
            ),
            "rule": _keep(_put_words(kind, ["+".join(rule.rule for rule in some) for some in given])),
            "rule_source": _keep(
                _put_words(kind, ["; ".join(dict.fromkeys(rule.source for rule in some)) for some in given])
            ),
            # NOT_MOVED is -1, the last place
            "learned_factor_id": _keep(
                _put_words(lots["learned"], [*(one.id for one in learned.factors), None])
            ),
            "note": _keep(_note_lots(attributes, building=building, reusable=reusable)),
        }
    )


def _take_least(some: tuple[EstimateRule, ...]) -> str:
    return "none" if any(rule.documentation == "none" for rule in some) else some[0].documentation


def _put_words(places: NDArray[np.int64], words: Sequence[object]) -> NDArray[np.object_]:
    """Put the word of its place at each place; as objects, so that each word is kept once."""
    table = np.empty(len(words), dtype=object)
    table[:] = words
    return table[places]


def _put_numbers(places: NDArray[np.int64], answers: Sequence[bool]) -> NDArray[np.bool_]:
    return np.array(answers, dtype=np.bool_)[places]


def _keep(column: NDArray[np.object_]) -> pd.Series:
    """Keep objects as they are: pandas would make text of its own of a million of them."""
    return pd.Series(column, dtype=object)


def _note_lots(
    attributes: Attributes, *, building: NDArray[np.int64], reusable: NDArray[np.bool_]
) -> NDArray[np.object_]:
    """Write what is to be known of each lot, as codes with a space between; None where nothing is."""
    told = {
        "listed_building": attributes.listed,
        "year_unknown": np.isnan(attributes.year),
        "rebuilt_later": attributes.year_rebuilt > attributes.year,
        **attributes.stand_in,
    }
    codes = [*told, "not_reusable"]
    bits = sum((holds.astype(np.int64) << place for place, holds in enumerate(told.values())))
    kinds, places = np.unique(
        np.asarray(bits)[building] | (~reusable).astype(np.int64) << len(told), return_inverse=True
    )
    notes = [
        " ".join(code for place, code in enumerate(codes) if int(kind) >> place & 1) or None for kind in kinds
    ]
    return _put_words(places, notes)
