# SPDX-License-Identifier: EUPL-1.2
"""One survey on three sheets to print or copy: demolition plan, waste notification, offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from inventory.documentation.completeness import Completeness
from inventory.exports.paper_words import HEADS, WORDS
from inventory.exports.sheets import Cell, Sheet
from inventory.notes import tell_note
from inventory.screening.duties import Applies, JudgedDuty
from inventory.tables import Basis, Screening

SHEETS = ("plan", "notification", "offer")
"""The three sheets by the name of their paper."""

Names = Mapping[tuple[str, str], Any]
_ATTRIBUTES = ("length_mm", "width_mm", "height_mm", "thickness_mm")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What the sheets are laid out from.

    `address` is None where it is not to be shown; `materials` are rows of `read_materials`, `offers` of
    `read_offer_lines`, `complete` how complete the papers of each of these are.
    """

    site_name: str
    address: str | None
    municipality: str | None
    use: Any
    area_m2: Decimal | None
    year_built: int | None
    start: date | None
    duties: Sequence[JudgedDuty]
    materials: Sequence[Any]
    offers: Sequence[Any]
    complete: Mapping[UUID, Completeness]
    names: Names


def lay_out_papers(facts: PaperFacts, *, today: date, language: str) -> dict[str, Sheet]:
    """Lay out the three sheets, by the name of their paper.

    What nobody has told Genbro stays empty, to be filled in by hand. Which point of the plan a row belongs to
    is for whoever writes it: the sources do not list the points.

    Parameters
    ----------
    facts
        What is known.
    today
        The day that stands on them.
    language
        ``da`` or ``en``.
    """
    at = 0 if language == "da" else 1
    return {
        "plan": _lay_out_plan(facts, today=today, at=at),
        "notification": _lay_out_notification(facts, today=today, at=at),
        "offer": _lay_out_offer(facts, today=today, at=at),
    }


def _head(paper: str, facts: PaperFacts, *, today: date, at: int) -> dict[str, Any]:
    return {
        "title": WORDS[paper][at],
        "lines": [
            f"{WORDS[paper][at]}: {facts.site_name}",
            WORDS["written"][at].format(day=today.isoformat()),
            WORDS[f"{paper}_note"][at],
        ],
        "heads": [WORDS[name][at] for name in HEADS[paper]],
    }


def _list_facts(facts: PaperFacts, *, at: int) -> list[tuple[str, str]]:
    use = None if facts.use is None else (facts.use.name_da, facts.use.name_en)[at]
    told = {
        "address": facts.address,
        "municipality": facts.municipality,
        "use": use,
        "area": None if facts.area_m2 is None else f"{_number(facts.area_m2, at=at)} m²",
        "year_built": None if facts.year_built is None else str(facts.year_built),
        "start": None if facts.start is None else facts.start.isoformat(),
    }
    return [(WORDS[name][at], value or "") for name, value in told.items()]


def _list_duties(facts: PaperFacts, papers: Sequence[str], *, at: int) -> list[tuple[str, str]]:
    """List what a paper asks, whether it applies, by when, and who says so."""
    told: list[tuple[str, str]] = []
    for one in facts.duties:
        if one.duty.paper not in papers or one.applies is Applies.NO:
            continue
        parts = [WORDS[f"applies_{one.applies.value}"][at]]
        if one.due is not None:
            parts.append(WORDS["by"][at].format(day=one.due.isoformat()))
        if not one.duty.verified:
            parts.append(WORDS["not_verified"][at])
        parts.append(f"({tell_note(one.duty.source, at=at)})")
        told.append(((one.duty.name_da, one.duty.name_en)[at], ". ".join(parts)))
    return told


def _lay_out_plan(facts: PaperFacts, *, today: date, at: int) -> Sheet:
    seen = {row.id: row for row in facts.offers}
    rows: list[list[Cell]] = []
    for row in facts.materials:
        offer = seen.get(row.id)
        name = (row.name_da, row.name_en)[at]
        rows.append(
            [
                # an estimate's reference is the code of its class, which says nothing to its reader
                name if row.basis == Basis.ESTIMATED else row.ref,
                name,
                float(row.likely),
                _unit(row.unit, at=at),
                _round(row.kg),
                WORDS[f"basis_{row.basis}"][at],
                _say_screening(row, at=at),
                WORDS[_find_way(row)][at],
                None if offer is None else _code(offer.fixing, at=at),
                None if offer is None else _code(offer.detachability, at=at),
                None if offer is None else offer.storage_place,
            ]
        )
    return Sheet(
        facts=_list_facts(facts, at=at) + _list_duties(facts, ("plan",), at=at),
        rows=rows,
        **_head("plan", facts, today=today, at=at),
    )


def _lay_out_notification(facts: PaperFacts, *, today: date, at: int) -> Sheet:
    masses: dict[str, list[Decimal]] = {}
    for row in facts.materials:
        doubtful = row.asbestos_suspect or row.screening in {Screening.HAZARDOUS, Screening.CONTAMINATED}
        code = "" if doubtful else row.eak_code or ""
        mass = masses.setdefault(code, [Decimal(0), Decimal(0)])
        mass[0] += row.kg
        mass[1] += row.kg if _find_way(row) == "way_reuse" else 0
    rows: list[list[Cell]] = []
    for code in sorted(masses, key=lambda one: (not one, one)):
        name = facts.names.get(("eak", code))
        words = (name.name_da, name.name_en)[at] if name else WORDS["code_by_mapping"][at]
        whole, reused = masses[code]
        rows.append([code or None, words, _round(whole), _round(reused), _round(whole - reused)])
    by_hand = [(WORDS[name][at], "") for name in ("builder", "land_register", "mapped_by", "running_number")]
    told = [(WORDS["day"][at], today.isoformat()), *_list_facts(facts, at=at), *by_hand]
    return Sheet(
        facts=told + _list_duties(facts, ("notification", "mapping"), at=at),
        rows=rows,
        **_head("notification", facts, today=today, at=at),
    )


def _lay_out_offer(facts: PaperFacts, *, today: date, at: int) -> Sheet:
    rows: list[list[Cell]] = []
    for row in facts.offers:
        sizes = [str(getattr(row, name)) for name in _ATTRIBUTES if getattr(row, name) is not None]
        last = None if row.available_to is None else (row.available_to - timedelta(days=1)).isoformat()
        complete = facts.complete[row.id]
        rows.append(
            [
                row.ref,
                (row.name_da, row.name_en)[at],
                float(row.amount),
                _unit(row.unit, at=at),
                " × ".join(sizes) or None,
                row.year,
                row.grade,
                None if row.available_from is None else row.available_from.isoformat(),
                last,
                None if row.price_dkk is None else float(row.price_dkk),
                float(row.minimum_take) or None,
                _say_screening(row, at=at),
                WORDS[f"product_{row.product_status or 'none'}"][at],
                row.access_note,
                complete.score,
                WORDS["yes" if complete.enough_to_offer else "no"][at],
            ]
        )
    return Sheet(facts=_list_facts(facts, at=at)[1:], rows=rows, **_head("offer", facts, today=today, at=at))


def _find_way(row: Any) -> str:
    """Find how a material goes on, as far as its screening says."""
    if row.asbestos_suspect or row.screening == Screening.HAZARDOUS:
        return "way_hazardous"
    if row.screening == Screening.CONTAMINATED:
        return "way_contaminated"
    if row.screening == Screening.CLEAN:
        return "way_reuse"
    return "way_unknown"


def _say_screening(row: Any, *, at: int) -> str:
    text = WORDS[f"screening_{row.screening}"][at]
    return f"{text}; {WORDS['asbestos'][at]}" if row.asbestos_suspect else text


def _code(code: Any, *, at: int) -> str | None:
    return None if code is None else WORDS[f"code_{code}"][at]


def _unit(unit: str, *, at: int) -> str:
    return {"piece": ("stk.", "pcs")[at], "m2": "m²", "m3": "m³"}.get(unit, unit)


def _round(kg: Decimal) -> int:
    return int(kg.to_integral_value())


def _number(value: Decimal, *, at: int) -> str:
    text = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return text.replace(".", ",") if at == 0 else text
