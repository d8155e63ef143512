# SPDX-License-Identifier: EUPL-1.2
"""Explanations in words: every outcome and every reason, in both languages, with the right numbers."""

import string
from collections.abc import Callable

import pytest

from matcher.explain.advice import find_advice
from matcher.explain.explain import explain
from matcher.explain.phrases import MONTHS, PHRASES, REASON_PHRASES
from matcher.explain.sentences import tell, tell_advice
from matcher.explain.told import Outcome
from matcher.explain.voice import Language
from matcher.instant.changes import ChangeKind
from matcher.problem.problem import Problem
from matcher.reasons import Reason
from matcher.solve import solve

LANGUAGES: tuple[Language, ...] = ("da", "en")


def list_fields(phrase: str) -> set[str]:
    """Return the names a phrase is filled with."""
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


def test_both_languages_say_the_same_with_the_same_numbers() -> None:
    """Every phrase stands in both languages with the same fields; every reason has words in both."""
    assert PHRASES["da"].keys() == PHRASES["en"].keys()
    for name, phrase in PHRASES["da"].items():
        assert list_fields(phrase) == list_fields(PHRASES["en"][name])
        assert phrase != PHRASES["en"][name]
    for words in REASON_PHRASES.values():
        assert set(words) == set(Reason)
    assert {str(outcome) for outcome in Outcome} <= PHRASES["en"].keys()
    assert {len(MONTHS[language]) for language in LANGUAGES} == {12}


@pytest.fixture
def contest(build: Callable[..., Problem]) -> Problem:
    """A lot two requirements want, one that is too dear, one too far, and plenty of doors."""
    return build(
        lots=[
            {"id": "mur", "quantity": 1234},
            {"id": "guld", "price_ore": 900.0},
            {"id": "fjern", "site": "far"},
            {"id": "dør", "class": "door", "quantity": 9},
            {"id": "dør2", "class": "door", "quantity": 9, "price_ore": 300.0},
        ],
        requirements=[
            {"id": "rig", "quantity": 1234, "new_price_ore": 900.0},
            {"id": "fattig", "quantity": 50, "max_metres": 20_000},
            {"id": "ind", "class": "door", "quantity": 4, "new_price_ore": 100_000.0},
        ],
    )


@pytest.mark.parametrize(
    ("requirement", "lot", "da", "en"),
    [
        ("rig", "mur", "1.234 stk. af parti mur går til rig.", "1,234 pieces of lot mur go to rig."),
        ("fattig", "mur", "andre sparer mere ved det", "others save more by it"),
        ("fattig", "guld", "nyt koster 5,00 kr.", "new it costs DKK 5.00"),
        ("fattig", "fjern", "længere væk", "farther away"),
        ("ind", "dør2", "bedre partier var ved hånden", "better ones were at hand"),
        ("ind", "mur", "ingen udbyder", "nobody offers"),
    ],
)
def test_a_pair_is_told_with_its_numbers(
    contest: Problem, requirement: str, lot: str, da: str, en: str
) -> None:
    """What became of a pair stands in a sentence of either language."""
    plan = solve(contest)
    told = explain(contest, plan, requirement, lot=lot)
    assert da in " ".join(tell(contest, told, language="da"))
    assert en in " ".join(tell(contest, told, language="en"))


def test_a_requirement_tells_what_is_bought_new_and_why(contest: Problem) -> None:
    """The unmet part, its reason, the lots stopped at each rule and the nearest lot are all told."""
    plan = solve(contest)
    said = tell(contest, explain(contest, plan, "fattig"), language="da", names={"fattig": "Skolen"})
    assert said[0] == "Skolen ønsker 50 stk.; det hele købes nyt."
    assert said[1] == "De partier, der kom nærmest, blev stoppet her: det koster mere end nyt."
    assert "1 parti: det ligger længere væk, end behovet tillader." in said
    whole = tell(contest, explain(contest, plan, "rig"), language="en")
    assert not any(".." in sentence for sentence in (*said, *whole))
    assert whole[0] == "rig gets all of its 1,234 pieces."


def test_advice_is_asked_of_the_engine_and_holds(build: Callable[..., Problem]) -> None:
    """What a change promises is what a plan gives once the change is made; nothing is promised in vain."""
    lots = [{"id": "fjern", "site": "far"}, {"id": "sen", "available_from": 20_600, "available_to": 20_640}]
    wish = {"id": "skole", "max_metres": 70_000, "storage_days": 0}
    problem = build(lots=lots, requirements=[wish])
    plan = solve(problem)
    assert len(plan.matches.lot) == 0
    advice = find_advice(problem, plan, "skole")
    assert {change.kind for change in advice} == {ChangeKind.FARTHER}
    assert advice[0].met == 60
    changed = build(lots=lots, requirements=[{**wish, "max_metres": advice[0].value}])
    assert solve(changed).matches.quantity.sum() == 60
    said = tell_advice(problem, "skole", advice, language="da")
    assert said[0] == "Hvad der ville hjælpe, én ændring ad gangen:"
    assert said[1].startswith("20 km længere væk: 60 stk. mere; i alt spares ")
    none = build(lots=[{"class": "door"}])
    assert tell_advice(none, "r0", find_advice(none, solve(none), "r0"), language="en") == (
        "No single change of its bounds would give it more.",
    )


def test_a_lot_tells_how_much_of_it_is_used(contest: Problem) -> None:
    """A used lot tells its share and takers, an unused one that it is not used."""
    plan = solve(contest)
    for language in LANGUAGES:
        assert "100 %" in tell(contest, explain(contest, plan, "mur"), language=language)[0]
    assert tell(contest, explain(contest, plan, "guld"), language="da") == (
        "Parti guld bruges ikke i denne plan.",
    )
