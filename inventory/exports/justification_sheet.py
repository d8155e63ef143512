# SPDX-License-Identifier: EUPL-1.2
"""The justification of a purchase for the procurement file: what was compared, prices, thresholds, rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from inventory.exports.justification_choice import show_ore, tell_choice
from inventory.exports.justification_words import HEADS, WORDS
from inventory.exports.savings_telling import name_unit, say_origin
from inventory.exports.sheets import Cell, Sheet
from inventory.notes import tell_note
from inventory.savings.account import Account, add_up
from inventory.savings.served import Savings, Served, divide, round_half_up
from inventory.savings.thresholds import judge_thresholds, list_rules
from inventory.tables import Basis, Supplier


def lay_out_justification(
    savings: Savings,
    *,
    chosen: Served,
    others: Sequence[Served],
    looked_at: int | None,
    asked: Any,
    supplier: Supplier | None,
    today: date,
    language: str,
    choice: Any | None = None,
) -> list[Sheet]:
    """Lay out the comparison, the evidence of the market price, and the thresholds.

    Parameters
    ----------
    savings
        Of the requirement, by its plan.
    chosen
        The match.
    others
        Lots that may serve the requirement now.
    looked_at
        Lots the instant answer looked at, None where there was nothing to answer.
    asked
        Row of `inventory.queries.saved.read_asked_prices`.
    supplier
        Who buys the material; None = not decided, to be filled in by hand.
    today
        The day that stands on it, and that decides which thresholds are in force.
    language
        ``da`` or ``en``.
    choice
        Row of `inventory.queries.projects.change_log.find_supplier_choice`, where the builder has chosen.
    """
    at = 0 if language == "da" else 1
    return [
        Sheet(
            title=WORDS["justification"][at],
            lines=[
                f"{WORDS['justification'][at]}: {(chosen.lot.name_da, chosen.lot.name_en)[at]}",
                WORDS["written"][at].format(day=today.isoformat()) + " " + say_origin(savings, at=at),
                WORDS["justification_note"][at],
            ],
            facts=[
                *_list_facts(savings, chosen=chosen, looked_at=looked_at, supplier=supplier, at=at),
                *([] if choice is None else tell_choice(choice, at=at)),
                *_list_rules(supplier, at=at),
            ],
            heads=[WORDS[name][at] for name in HEADS["justification"]],
            rows=[
                _compare(chosen, what=WORDS["chosen"][at].format(lot=_name_lot(chosen, at=at)), at=at),
                *(
                    _compare(one, what=WORDS["other"][at].format(lot=_name_lot(one, at=at)), at=at)
                    for one in others
                ),
                _compare_new(chosen, at=at),
            ],
        ),
        _lay_market(savings, chosen=chosen, asked=asked, today=today, at=at),
        _lay_thresholds(chosen, today=today, at=at),
    ]


def _kroner(ore: int) -> float:
    return ore / 100


def _weigh(one: Served, *, count: bool) -> Account:
    return add_up([one], count_transfers=count)


def _list_facts(
    savings: Savings, *, chosen: Served, looked_at: int | None, supplier: Supplier | None, at: int
) -> list[tuple[str, str]]:
    figures, lot, wanted = chosen.figures, chosen.lot, chosen.wanted
    account = _weigh(chosen, count=savings.count_transfers)
    amount = f"{_decimal(figures.quantity * lot.step, at=at)} {name_unit(lot.unit, at=at)}"
    kg = "kg CO2e"
    return [
        (WORDS["project"][at], f"{savings.project.name} ({savings.project.ref})"),
        (WORDS["builder"][at], savings.project.builder or ""),
        (WORDS["requirement"][at], f"{wanted.ref}: {(wanted.name_da, wanted.name_en)[at]}"),
        (WORDS["lot"][at], _name_ref(lot, at=at)),
        (WORDS["place"][at], lot.municipality_name or ""),
        (
            WORDS["match"][at],
            f"{figures.match_id}. {WORDS['fallen'][at]}" if chosen.fallen else str(figures.match_id),
        ),
        (WORDS["plan"][at], str(savings.run_id)),
        (WORDS["amount"][at], amount),
        (WORDS["paid"][at], show_ore(figures.price_ore, at=at)),
        (WORDS["transfer"][at], show_ore(account.transfer_ore, at=at)),
        (WORDS["dismantling"][at], tell_dismantling(chosen, at=at)),
        (WORDS["delivery"][at], f"{figures.pick_up.isoformat()} - {figures.deliver.isoformat()}"),
        (WORDS["saved"][at], show_ore(account.saved_ore, at=at)),
        (WORDS["sum_real"][at], f"{_decimal(Decimal(account.co2e_real_g) / 1000, at=at)} {kg}"),
        (WORDS["sum_regulatory"][at], f"{_decimal(Decimal(account.co2e_regulatory_g) / 1000, at=at)} {kg}"),
        (WORDS["supplied_by"][at], "" if supplier is None else WORDS[supplier][at]),
        (WORDS["looked_at"][at], WORDS["not_looked"][at] if looked_at is None else str(looked_at)),
    ]


def tell_dismantling(one: Served, *, at: int) -> str:
    """Tell what taking a lot down costs, as far as anybody has said."""
    if one.lot.dismantled_by == "seller":
        return WORDS["dismantling_seller"][at]
    known = one.dismantling_ore
    if known is None:
        return WORDS["dismantling_unknown"][at]
    return WORDS["dismantling_known"][at].format(money=show_ore(known, at=at))


def _decimal(value: Decimal, *, at: int) -> str:
    text = f"{value.normalize():,f}"
    return text.translate(str.maketrans(",.", ".,")) if at == 0 else text


def _list_rules(supplier: Supplier | None, *, at: int) -> list[tuple[str, str]]:
    told = []
    for rule in list_rules(supplier):
        mark = "" if rule.verified else f" {WORDS['not_verified'][at]}."
        said = f"{(rule.name_da, rule.name_en)[at]}.{mark} ({tell_note(rule.source, at=at)})"
        told.append((WORDS["rule"][at], said))
    return told


def _name_ref(lot: Any, *, at: int) -> str:
    """Name a lot by its ref; an estimate's is the code of its class, so it has the class's name instead."""
    return str((lot.name_da, lot.name_en)[at] if lot.basis == Basis.ESTIMATED else lot.ref)


def _name_lot(one: Served, *, at: int) -> str:
    """Name a lot by its ref and municipality: many estimates share their name."""
    return ", ".join(name for name in (_name_ref(one.lot, at=at), one.lot.municipality_name) if name)


def _compare(one: Served, *, what: str, at: int) -> list[Cell]:
    figures, lot, wanted = one.figures, one.lot, one.wanted
    account = _weigh(one, count=True)
    delivered = (figures.delivered - figures.surplus) * wanted.step
    emitted = account.co2e_preparation_g + account.co2e_transport_g
    return [
        what,
        float(figures.quantity * lot.step),
        name_unit(lot.unit, at=at),
        _kroner(account.price_ore),
        None if one.dismantling_ore is None else _kroner(one.dismantling_ore),
        _kroner(account.preparation_ore),
        _kroner(account.carriage_ore),
        _kroner(account.storage_ore),
        -_kroner(account.disposal_ore),
        _kroner(account.reused_ore),
        _per_unit(account.reused_ore, by=delivered * 100),
        _per_unit(emitted, by=delivered * 1000),
        figures.metres / 1000,
        figures.storage_days,
        lot.grade,
        WORDS[f"papers_{lot.documentation}"][at],
    ]


def _compare_new(chosen: Served, *, at: int) -> list[Cell]:
    figures, wanted = chosen.figures, chosen.wanted
    replaced = (figures.delivered - figures.surplus) * wanted.step
    return [
        WORDS["buy_new"][at],
        float(replaced),
        name_unit(wanted.unit, at=at),
        _kroner(figures.new_ore),
        None,
        None,
        None,
        None,
        None,
        _kroner(figures.new_ore),
        _per_unit(figures.new_ore, by=replaced * 100),
        _per_unit(figures.co2e_new_g, by=replaced * 1000),
        None,
        None,
        None,
        None,
    ]


def _per_unit(value: int, *, by: Decimal) -> float | None:
    return float(divide(value, by, decimals=2)) if by else None


def _lay_market(savings: Savings, *, chosen: Served, asked: Any, today: date, at: int) -> Sheet:
    lot, wanted = chosen.lot, chosen.wanted
    rows: list[list[Cell]] = []
    if wanted.new_price_ore is not None:
        price = float(divide(round_half_up(wanted.new_price_ore), wanted.step * 100, decimals=2))
        rows.append(
            [
                WORDS["new_price"][at],
                None,
                price,
                None,
                name_unit(wanted.unit, at=at),
                WORDS["said_wanted"][at],
            ]
        )
    for kind, class_id in (("new_price", wanted.class_id), ("used_price", lot.class_id)):
        factor = savings.factors.get((kind, class_id, ""))
        if factor is not None:
            rows.append(
                [
                    WORDS[kind][at],
                    None if factor.low is None else float(factor.low),
                    float(factor.value),
                    None if factor.high is None else float(factor.high),
                    tell_note(factor.unit, at=at),
                    WORDS[factor.status][at],
                    factor.valid_from.isoformat(),
                    tell_note(factor.edition, at=at),
                    tell_note(factor.source, at=at),
                ]
            )
    rows.append(
        [
            WORDS["this_price"][at],
            None,
            _per_unit(chosen.figures.price_ore, by=chosen.figures.quantity * lot.step * 100),
            None,
            name_unit(lot.unit, at=at),
            WORDS["said"][at] if lot.price_ore is not None else WORDS["assumption"][at],
        ]
    )
    if asked.lots:
        rows.append(
            [
                WORDS["asked"][at].format(lots=asked.lots),
                *(float(round(value, 2)) for value in (asked.least, asked.median, asked.most)),
                name_unit(lot.unit, at=at),
                WORDS["said"][at],
                today.isoformat(),
                None,
                WORDS["in_genbro"][at].format(day=today.isoformat()),
            ]
        )
    else:
        rows.append([WORDS["asked_none"][at]])
    heads = [WORDS[name][at] for name in HEADS["market"]]
    return Sheet(
        title=WORDS["market"][at],
        lines=[WORDS["market"][at]],
        heads=heads,
        rows=[[*row, *[None] * (len(heads) - len(row))] for row in rows],
    )


def _lay_thresholds(chosen: Served, *, today: date, at: int) -> Sheet:
    rows: list[list[Cell]] = []
    for one in judge_thresholds(chosen.figures.price_ore, day=today):
        threshold = one.threshold
        stands = WORDS[one.compared][at]
        rows.append(
            [
                (threshold.name_da, threshold.name_en)[at],
                threshold.value,
                threshold.currency,
                threshold.valid_from.isoformat(),
                None if threshold.valid_to is None else threshold.valid_to.isoformat(),
                stands if one.in_force else f"{stands} ({WORDS['expired'][at]})",
                WORDS["yes" if threshold.verified else "not_verified"][at],
                tell_note(threshold.source, at=at),
            ]
        )
    return Sheet(
        title=WORDS["thresholds"][at],
        lines=[WORDS["thresholds"][at]],
        heads=[WORDS[name][at] for name in HEADS["thresholds"]],
        rows=rows,
    )
