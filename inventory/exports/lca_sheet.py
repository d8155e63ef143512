# SPDX-License-Identifier: EUPL-1.2
"""The sheet for the building permit's climate calculation: each component with its stages and factors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from inventory.documentation.product import CAVEAT, read_product_reasons
from inventory.exports.lca_words import FACTOR_NAMES, HEADS, WORDS
from inventory.exports.savings_telling import (
    STAGES,
    name_status,
    name_unit,
    say_limit,
    say_origin,
    share_stages,
    tell_reason,
    write_number,
)
from inventory.exports.sheets import Cell, Sheet
from inventory.notes import tell_note
from inventory.savings.held import DayFrom, HeldAgainst
from inventory.savings.limits import SITE, list_limits
from inventory.savings.served import FactorKey, RequirementSavings, Savings, Served

_KINDS = (*STAGES, "new_co2e", "preparation_co2e")


def lay_out_lca(
    savings: Savings,
    *,
    held: HeldAgainst,
    today: date,
    language: str,
    wide: bool = True,
) -> list[Sheet]:
    """Lay out components, factors and limits.

    Parameters
    ----------
    savings
        Of the project.
    held
        Its components against its limit.
    today
        The day that stands on it.
    language
        ``da`` or ``en``.
    wide
        Whether edition and source stand beside each component too, for which paper is too narrow.
    """
    at = 0 if language == "da" else 1
    factors = _number_factors(savings)
    heads = HEADS["lca"] + (HEADS["lca_wide"] if wide else ())
    rows: list[list[Cell]] = []
    for each in savings.requirements:
        rows += [_lay_served(one, savings=savings, factors=factors, wide=wide, at=at) for one in each.served]
        if each.bought:
            rows.append(_lay_bought(each, savings=savings, factors=factors, wide=wide, at=at))
    return [
        Sheet(
            title=WORDS["lca"][at].split(":")[0],
            lines=[
                f"{WORDS['lca'][at]}: {savings.project.name}",
                WORDS["written"][at].format(day=today.isoformat()) + " " + say_origin(savings, at=at),
                WORDS["lca_note"][at],
            ],
            facts=_list_facts(savings, held=held, at=at),
            heads=[WORDS[name][at] for name in heads],
            rows=rows,
        ),
        _lay_factors(savings, factors=factors, at=at),
        _lay_limits(held, at=at),
    ]


def _kg(grams: int | None) -> float | None:
    return None if grams is None else grams / 1000


def _list_facts(savings: Savings, *, held: HeldAgainst, at: int) -> list[tuple[str, str]]:
    project, account = savings.project, savings.account
    caveat = read_product_reasons()[CAVEAT]
    days = {DayFrom.GIVEN: "day_given", DayFrom.PROJECT: "day_project", DayFrom.TODAY: "day_today"}
    told = [
        (WORDS["project"][at], f"{project.name} ({project.ref})"),
        (WORDS["builder"][at], project.builder or ""),
        (WORDS["building_type"][at], project.building_type or ""),
        (WORDS["area"][at], "" if held.area_m2 is None else f"{write_number(held.area_m2, at=at)} m²"),
        (WORDS["limit_day"][at], f"{held.day.isoformat()} ({WORDS[days[held.day_from]][at]})"),
        (WORDS["limit"][at], "" if held.limit is None else say_limit(held.limit, at=at)),
    ]
    if held.kind is not None:
        mark = "" if held.kind.verified else f" {WORDS['not_verified'][at]}."
        told.append((WORDS["kind"][at], f"{tell_note(held.kind.source, at=at)}.{mark}"))
    for name, value in (
        ("all_new", held.all_new),
        ("counted_year", held.counted),
        ("emitted_year", held.emitted),
        ("carried", held.carried),
    ):
        if value is not None:
            told.append((WORDS[name][at], f"{write_number(value, at=at)} {WORDS['per_year'][at]}"))
    if held.site_limit is not None:
        told.append((WORDS["site_limit"][at], say_limit(held.site_limit, at=at)))
    told += [(WORDS["missing"][at], WORDS[f"missing_{one}"][at]) for one in held.missing]
    told += [
        (WORDS[name][at], f"{write_number(Decimal(grams) / 1000, at=at)} kg CO2e")
        for name, grams in (
            ("sum_new", account.co2e_all_new_g),
            ("sum_regulatory", account.co2e_regulatory_g),
            ("sum_counted", account.co2e_counted_g),
            ("sum_real", account.co2e_real_g),
        )
    ]
    asked = f"{(caveat.name_da, caveat.name_en)[at]}. {WORDS['not_verified'][at]}."
    told.append((WORDS["open_question"][at], f"{asked} {tell_note(caveat.source, at=at)}"))
    return told


def _number_factors(savings: Savings) -> dict[FactorKey, int]:
    """Number the factors that the components rest on, in the order of their kinds and classes."""
    classes = {one.wanted.class_id for one in savings.requirements}
    lots = {one.lot.class_id for one in savings.served}
    vehicles = {one.lot.vehicle for one in savings.served}
    keys = [
        key
        for key in savings.factors
        if (key[0] in _KINDS and key[1] in (lots if key[0] == "preparation_co2e" else classes))
        or (key[0] == "transport_co2e" and key[2] in vehicles)
    ]
    order = {kind: place for place, kind in enumerate((*_KINDS, "transport_co2e"))}
    keys.sort(key=lambda key: (order[key[0]], key[1] or 0, key[2]))
    return {key: number for number, key in enumerate(keys, start=1)}


def _lay_served(
    one: Served, *, savings: Savings, factors: Mapping[FactorKey, int], wide: bool, at: int
) -> list[Cell]:
    figures, lot, wanted = one.figures, one.lot, one.wanted
    stages = share_stages(savings.factors, wanted=wanted, steps=figures.delivered - figures.surplus)
    keys: list[FactorKey] = [(kind, wanted.class_id, "") for kind in (*STAGES, "new_co2e")]
    keys += [("preparation_co2e", lot.class_id, ""), ("transport_co2e", None, lot.vehicle or "")]
    place = "" if lot.municipality_name is None else f", {lot.municipality_name}"
    return [
        wanted.ref,
        (lot.name_da, lot.name_en)[at],
        f"{lot.ref}{place}",
        float(figures.quantity * lot.step),
        name_unit(lot.unit, at=at),
        _kg(one.mass_g),
        *(_kg(grams) for grams in stages),
        _kg(figures.co2e_new_g),
        WORDS[name_status(one)][at],
        _kg(figures.co2e_new_g - figures.co2e_regulatory_g),
        _kg(figures.co2e_preparation_g),
        _kg(figures.co2e_transport_g),
        figures.metres / 1000,
        figures.loads,
        tell_reason(one, at=at),
        *_refer(keys, savings=savings, factors=factors, wide=wide, at=at),
    ]


def _lay_bought(
    each: RequirementSavings, *, savings: Savings, factors: Mapping[FactorKey, int], wide: bool, at: int
) -> list[Cell]:
    wanted = each.wanted
    keys: list[FactorKey] = [(kind, wanted.class_id, "") for kind in (*STAGES, "new_co2e")]
    return [
        wanted.ref,
        (wanted.name_da, wanted.name_en)[at],
        WORDS["bought_new"][at],
        float(each.bought * wanted.step),
        name_unit(wanted.unit, at=at),
        _kg(each.bought * wanted.mass_g_per_step),
        *(_kg(grams) for grams in share_stages(savings.factors, wanted=wanted, steps=each.bought)),
        _kg(each.co2e_bought_g),
        WORDS["new"][at],
        _kg(each.co2e_bought_g),
        None,
        None,
        None,
        None,
        None,
        *_refer(keys, savings=savings, factors=factors, wide=wide, at=at),
    ]


def _refer(
    keys: list[FactorKey], *, savings: Savings, factors: Mapping[FactorKey, int], wide: bool, at: int
) -> list[Cell]:
    """Name the factors of a component by number, and say edition and source where there is room."""
    known = [key for key in keys if key in factors]
    numbers: list[Cell] = [", ".join(f"[{factors[key]}]" for key in known) or None]
    if not wide:
        return numbers
    rows = [savings.factors[key] for key in known]
    said = [
        "; ".join(dict.fromkeys(told for text in texts if (told := tell_note(text, at=at)))) or None
        for texts in ([row.edition for row in rows], [row.source for row in rows])
    ]
    return [*numbers, *said]


def _lay_factors(savings: Savings, *, factors: Mapping[FactorKey, int], at: int) -> Sheet:
    materials = {one.wanted.class_id: one.wanted for one in savings.requirements}
    materials |= {one.lot.class_id: one.lot for one in savings.served}
    rows: list[list[Cell]] = []
    for key, number in factors.items():
        row = savings.factors[key]
        material = materials.get(key[1])
        status = WORDS[row.status][at] + (f", {WORDS['superseded'][at]}" if row.superseded else "")
        rows.append(
            [
                f"[{number}]",
                FACTOR_NAMES[row.kind][at],
                row.key or None if material is None else (material.name_da, material.name_en)[at],
                float(row.value),
                None if row.low is None else float(row.low),
                None if row.high is None else float(row.high),
                tell_note(row.unit, at=at),
                status,
                row.valid_from.isoformat(),
                None if row.valid_to is None else row.valid_to.isoformat(),
                tell_note(row.edition, at=at),
                tell_note(row.source, at=at),
            ]
        )
    return Sheet(
        title=WORDS["factors"][at],
        lines=[WORDS["factors"][at]],
        heads=[WORDS[name][at] for name in HEADS["factors"]],
        rows=rows,
    )


def _lay_limits(held: HeldAgainst, *, at: int) -> Sheet:
    kinds = [held.limit.kind] if held.limit is not None else []
    rows: list[list[Cell]] = [
        [
            (limit.name_da, limit.name_en)[at],
            float(limit.kg_per_m2_year),
            limit.valid_from.isoformat(),
            None if limit.valid_to is None else limit.valid_to.isoformat(),
            WORDS["yes" if limit.verified else "no"][at],
            tell_note(limit.source, at=at),
        ]
        for kind in (*kinds, SITE)
        for limit in list_limits(kind)
    ]
    return Sheet(
        title=WORDS["limits"][at],
        lines=[WORDS["limits"][at]],
        heads=[WORDS[name][at] for name in HEADS["limits"]],
        rows=rows,
    )
