# SPDX-License-Identifier: EUPL-1.2
"""The codes of the rules that a plan can break, and what each says."""

from __future__ import annotations

VIOLATIONS: dict[str, str] = {
    "digest": "problem and plan have the digest held by whoever asks",
    "params": "the plan's params are the problem's",
    "length": "columns are of one length, prices one for each lot and project",
    "reference": "rows and codes exist",
    "price": "no price is below 0; only projects with a budget have one, of 100,000 ‰ at most, and only hubs"
    " whose room has an end",
    "repeat": "no pair and no unmet requirement stands twice",
    "quantity": "every quantity is at least 1",
    "supply": "no more is taken of a lot than there is",
    "demand": "what is delivered, less the surplus, and what is unmet are what is wanted",
    "design": "of each project with designs exactly one is chosen; the others want nothing",
    "minimum_take": "at least the minimum take of a lot is taken",
    "indivisible": "an indivisible lot is taken whole",
    "surplus": "more than is wanted is taken only where minimum take, indivisibility or conversion force it",
    "fulfilment": "what is met at all is met to the least share",
    "most_donors": "no requirement is served from more lots than it allows",
    "one_kind": "all lots of a requirement of one kind share class and kind",
    "budget": "no project pays more above buying new than its budget",
    "hub": "no more room is taken in a hub in any month than there is",
    "pair": "every match is an allowed pair",
    "match": "every number of a match is what the rates make it",
    "stopped": "the lots stopped at each reason are counted right",
    "reason": "an unmet part carries the furthest reason any lot reached",
    "quantum": "costs are counted in the quantum that the problem needs",
    "certificate": "C and B add up, LB is no more than the prices prove over all pairs, the gap is theirs",
    "termination": "a plan that says it is optimal costs its bound",
    "tiers": "every requirement was planned by one engine",
    "figure": "every key figure adds up",
}
"""Codes of the rules a plan can break: what holds where none is."""
