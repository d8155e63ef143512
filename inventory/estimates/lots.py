# SPDX-License-Identifier: EUPL-1.2
"""From the register's attributes of buildings to probable lots, each with its range, rule and suspicion."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inventory.estimates.adjust import NOT_MOVED, NOTHING_LEARNED, Learned
from inventory.estimates.application import PROBABILITIES, Application, apply_rules
from inventory.estimates.attributes import Attributes, read_attributes
from inventory.estimates.rules import EstimateRules
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

_COUNTS = ["quantity_low", "quantity", "quantity_high", "in_place"]


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
    parts = [
        _tabulate(application, suspicions=bits[application.rule.part], rules=rules)
        for application in apply_rules(attributes, rules=rules, learned=learned)
    ]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in LOT_COLUMNS})
    lots = pd.concat(parts, ignore_index=True)
    lots = _add_up(lots[lots["quantity"] > 0])
    lots = lots.iloc[np.lexsort((lots["class_code"].map(numbers), lots["building"]))]
    return _describe(lots.reset_index(drop=True), attributes=attributes, rules=rules, learned=learned)


def _tabulate(
    application: Application,
    *,
    suspicions: NDArray[np.int64],
    rules: EstimateRules,
) -> pd.DataFrame:
    rule, rows = application.rule, application.rows
    step = rules.classes[rule.class_code].step
    low, likely, high = (
        count_steps(application.read_quantity(probability=p), step=step) for p in PROBABILITIES.values()
    )
    return pd.DataFrame(
        {
            "building": rows,
            "class_code": rule.class_code,
            "quantity_low": low,
            "quantity": likely,
            "quantity_high": high,
            "in_place": count_steps(application.in_place.median, step=step),
            "bits": suspicions[rows],
            "reusable": rule.reusable,
            "dated": rule.dated,
            "documentation": rule.documentation,
            "product_status": rule.product_status,
            "rule": rule.rule,
            "rule_source": rule.source,
            "learned": NOT_MOVED if application.learned is None else application.learned,
        }
    )


def _add_up(lots: pd.DataFrame) -> pd.DataFrame:
    """Add lots of the same building and class into one."""
    keys = ["building", "class_code"]
    twice = lots.duplicated(keys, keep=False)
    if not twice.any():
        return lots
    sums = (
        lots[twice]
        .groupby(keys, as_index=False)
        .agg(
            {
                **dict.fromkeys(_COUNTS, "sum"),
                "bits": _unite_bits,
                "reusable": "all",
                "dated": "all",
                "documentation": _take_least,
                "product_status": "first",
                "rule": "+".join,
                "rule_source": _join_once,
                "learned": "first",  # of one class, use and era: the same for both
            }
        )
    )
    return pd.concat([lots[~twice], sums], ignore_index=True)


def _unite_bits(column: pd.Series) -> int:
    return int(np.bitwise_or.reduce(column.to_numpy()))


def _take_least(column: pd.Series) -> str:
    return "none" if (column == "none").any() else str(column.iloc[0])


def _join_once(column: pd.Series) -> str:
    return "; ".join(dict.fromkeys(column))


def _describe(
    lots: pd.DataFrame, *, attributes: Attributes, rules: EstimateRules, learned: Learned
) -> pd.DataFrame:
    building = lots["building"].to_numpy()
    bits, kinds = np.unique(lots["bits"].to_numpy(dtype=np.int64), return_inverse=True)
    codes = np.empty(len(bits), dtype=object)
    codes[:] = [name_suspicions(int(value), rules=rules) for value in bits]
    asbestos = (bits & find_asbestos_bits(rules) != 0)[kinds]
    notes = _note_buildings(attributes)[building] + np.where(lots["reusable"], "", " not_reusable").astype(
        object
    )
    described = pd.DataFrame(
        {
            "site_id": attributes.site_id[building],
            "class_code": lots["class_code"],
            "unit": lots["class_code"].map({code: measure.unit for code, measure in rules.classes.items()}),
            **{name: lots[name] for name in _COUNTS},
            "documentation": lots["documentation"].mask(asbestos, "none"),
            "screening": "unknown",
            "asbestos_suspect": asbestos,
            "suspicion": codes[kinds],
            "product_status": lots["product_status"],
            # Asbestos stays visible, refused by its screening; what is merely no product is not offered.
            "status": np.where(lots["reusable"] | asbestos, "offered", "withdrawn"),
            "year": pd.array(
                np.where(lots["dated"], attributes.year[building], np.nan), dtype="Float64"
            ).astype("Int64"),
            "rule": lots["rule"],
            "rule_source": lots["rule_source"],
            # NOT_MOVED is -1, the last place
            "learned_factor_id": np.array([*(one.id for one in learned.factors), None], dtype=object)[
                lots["learned"].to_numpy(dtype=np.int64)
            ],
            "note": pd.Series(notes, dtype=object).str.strip().replace("", None),
        }
    )
    return described[list(LOT_COLUMNS)]


def _note_buildings(attributes: Attributes) -> NDArray[np.object_]:
    """Write what is to be known of each building's estimates, as codes with a space between."""
    notes = np.full(attributes.count, "", dtype=object)
    rebuilt_later = attributes.year_rebuilt > attributes.year
    for code, holds in (
        ("listed_building", attributes.listed),
        ("year_unknown", np.isnan(attributes.year)),
        ("rebuilt_later", rebuilt_later),
        *attributes.stand_in.items(),
    ):
        notes[holds] += f" {code}"
    return notes
