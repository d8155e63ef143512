# SPDX-License-Identifier: EUPL-1.2
"""What the reference page says of the rules of a plan, of its bound and of what the checker looks for."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.check.codes import VIOLATIONS

_RULES = """
## Rules

A match takes x steps of a lot and delivers t = floor(x P / Q) steps wanted, where P / Q is p / q of the
substitute times (1000 - breakage) / 1000, reduced. Of a requirement of d steps, sum t delivers; what is
short is bought new; what is beyond d is surplus, paid for and credited to nobody.

- Of a lot of q steps at least `minimum_take` and at most min(q, ceil(d Q / P)) are taken by one requirement;
  an `indivisible` lot is taken whole, and only where that is no more than ceil(d Q / P).
- Surplus only where it is forced: without a lot, or with a step less of it where so few may be taken, less
  of the demand would be met.
- If anything is delivered to a requirement, at least ceil(`minimum_fulfilment` d / 1000) steps are.
- At most `most_donors` lots serve it; all of one class and kind if it is of `one_kind`.
- Of the designs of a project exactly one is chosen; requirements of the others want nothing.
- A match whose windows do not meet waits in one store: of those allowed the one that is cheapest for a step
  of a full load, on site before the builder's before hubs by id. On site for at most `site_storage_days`,
  at the builder's for at most `builder_storage_days`; at a hub that is open from the day of pick-up to the
  day of delivery and joined by road to both, no leg longer than `cap_metres`. By way of a hub the road is
  that of both legs, and there are two trips, with a load begun on each.
- What waits at a hub takes `area_cm2` of the class for each step, in every calendar month in which it waits
  a night; all of it together is no more than `area_cm2` of the hub.
- A project with a budget pays at most `budget_ore` above buying new: the sum of pay x + f + g n over its
  matches, less the new price of every step met. pay is price, preparation, transport and storage of a step.

## Cost

C = sum of c x + f + g n over the matches + what is short bought new. c is what a step of the lot costs,
carbon price included, less the disposal avoided; without the price where that is a transfer that does not
count. f = `trip_ore` + `trip_ore_per_km` km for each match; g = `load_ore` + `load_ore_per_km` km for each
of n = ceil(x / steps in a load) loads begun, as many whole steps as payload, volume and floor hold, 1 at
least. A step bought new costs N, priority included; each short within the first ceil(`fair_share` d / 1000)
costs floor(N `fair_weight` / 1000) more. B is the cost of buying everything new, in the cheapest designs.

## Bound

For any lot prices u >= 0 and budget prices mu >= 0 (permille), in thousandths of 1/1000 øre:

    phi = least over plans of one requirement alone of
          sum ((1000 (c + u) + mu pay) x + (1000 + mu) (f + g n)) + 1000 short - mu new_price met
    LB  = sum over projects of floor((least over designs of sum phi - mu budget) / 1000) - sum q u

less, for each price w of a cm2 of a hub in a month, w times the area of the hub; to c of a pair that waits
there its area times the w of its months is added, at most twice N (of a fair share, of what its first steps
cost new).
A requirement in no project with designs or a budget is its own project. Where the problem has no rule
of the plan, phi / 1000 = d min(N, least c + u). Otherwise phi is the exact least cost, or for requirements
named in `relaxed` and where steps taken are not steps delivered a lower bound of it: donors, kinds, minimum
takes and indivisibility dropped, each lot's trip and loads spread over all it could give,

    rate = floor(((1000 (c + u) + mu pay) cap + (1000 + mu) (f + floor(g cap / load))) 1024 Q / (cap P))

with cap = min(q, ceil(d Q / P)); lots are filled in rising rate up to floor(cap P / Q) each until no step
more is worth it, those of a rate below 0 whole; the sum is divided by 1024, rounded down, and nothing at all
is the other choice. Every allowed pair takes part. A bound stated lower than its prices prove is no lie.

## Why a part is unmet

Lots of an accepted class are counted at the first reason that stops them. Of the allowed ones:
`minimum_take`: the least that may be taken is more than the requirement may take, or delivers nothing.
`fulfilment`: nothing is delivered, and all lots that got this far (of one kind, where that is a rule) could
not deliver the least share together. `most_donors`: nor could the largest of them that may be combined, or
it is served from that many others already. `budget`: the least that may be taken of it would overrun what is
left of the budget. `taken`: all it could give costs less than as much bought new. `too_dear`: it does not.
The part carries the furthest of these that any lot reached.
"""


def list_rules() -> Iterator[str]:
    """Yield the lines of the reference page that say what a plan keeps to."""
    yield _RULES
    yield "## What `check` looks for\n"
    yield "| code | what holds |\n|---|---|"
    for code, meaning in VIOLATIONS.items():
        yield f"| `{code}` | {meaning} |"
    yield ""
