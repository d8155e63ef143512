# SPDX-License-Identifier: EUPL-1.2
"""The packaged tables of the estimate: whole, sourced, and with shares that stay shares."""

import csv
import math
from importlib import resources

import pytest

from inventory.estimates.conditions import read_condition
from inventory.estimates.rules import EstimateRules, load_rules

TABLES = [
    "estimate_rules.csv",
    "intensities.csv",
    "calibration.csv",
    "suspicion_rules.csv",
    "estimate_groups.csv",
]


def read_table(name: str) -> list[dict[str, str]]:
    """Read a packaged table."""
    text = resources.files("inventory").joinpath("reference", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("name", TABLES)
def test_each_row_has_source_edition_and_dates(name: str) -> None:
    """No figure without its source, edition, first day and status."""
    for row in read_table(name):
        assert row["source"].strip()
        assert row["edition"].strip()
        assert row["valid_from"].strip()
        assert row["status"] in {"sourced", "assumption"}


def test_names_are_unique() -> None:
    """Rule ids and suspicion codes are there once."""
    rules = [row["rule"] for row in read_table("estimate_rules.csv")]
    suspicions = [row["suspicion"] for row in read_table("suspicion_rules.csv")]
    assert len(set(rules)) == len(rules)
    assert len(set(suspicions)) == len(suspicions)


def test_each_factor_is_used(rules: EstimateRules) -> None:
    """No factor lies unused, and every one of geometry has a row for any building."""
    named = {
        name
        for rule in rules.rules
        for name in (*rule.factors, rule.recovery, rule.intensity, rule.intensity_share)
    }
    geometry = {
        "shape_factor",
        "storey_height",
        "exposed_share",
        "gable_factor",
        "solid_share",
        "eaves_factor",
        "slope_factor",
    }
    stand_ins = {
        "area_from_floors",
        "footprint_from_total",
        "floors_from_areas",
        "floors_assumed_one",
        "areas_disagree",
    }
    assert set(rules.factors) == (named | geometry | stand_ins) - {""}


@pytest.mark.parametrize("word", ["share", "recovery", "unreclaimed"])
def test_high_share_stays_below_one(word: str, rules: EstimateRules) -> None:
    """The P90 the fitted log-normal gives a share is at most the whole."""
    rows = [row for name, group in rules.factors.items() if word in name for row in group]
    assert rows
    for row in rows:
        high = math.exp(row.log_median + 1.2815516 * math.sqrt(row.variance))
        assert high <= 1.0 + 1e-9, (row.factor, row.condition, high)


def test_reclaimed_and_rubble_make_at_most_the_whole(rules: EstimateRules) -> None:
    """Likely reclaimed and likely left-over bricks together are not more than all bricks."""
    for mortar in ("lime", "unknown", "cement"):
        shares = [rules.factors[f"{name}_brick_{mortar}"][0].likely for name in ("recovery", "unreclaimed")]
        assert sum(shares) <= 1.0


def test_bad_condition_is_refused() -> None:
    """A word that year_unknown does not know is refused."""
    with pytest.raises(ValueError, match="year_unknown"):
        read_condition({"year_unknown": "perhaps"})


def test_rules_must_name_known_classes() -> None:
    """Rules whose class the database does not have are refused with table and row."""
    with pytest.raises(Exception, match=r"row 2 of estimate_rules.csv: no material class brick_lime_mortar"):
        load_rules(classes={})
