# SPDX-License-Identifier: EUPL-1.2
"""A kept cutting plan as people saw by it: bars cut alike, pieces by letter, off-cuts as a list."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from string import ascii_uppercase
from typing import Any

from inventory.files.formula import disarm
from inventory.queries.instant import NamedLot

SEGMENTS = ("piece", "cut", "offcut", "waste")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Pieces of one length of a requirement: letter, length in mm, how many, cut from bars or bought new."""

    letter: str
    requirement: str
    length_mm: float
    wanted: int
    new: int

    @property
    def cut(self) -> int:
        """Return how many are cut from reused bars."""
        return self.wanted - self.new


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a bar from one end on, in mm: one of `SEGMENTS`, with the letter of a piece."""

    kind: str
    start_mm: float
    length_mm: float
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Bars of a lot that are cut alike: how many, where they are brought, and what each gives, in mm."""

    lot: str
    count: int
    length_mm: float
    contents: Sequence[tuple[Piece, int]]
    segments: Sequence[Segment]
    cuts: int
    offcut_mm: float
    waste_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Offcut:
    """Off-cuts alike: the lot they come from, length in mm, how many."""

    lot: str
    length_mm: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sawing:
    """A cutting plan to saw by; money in oere, lengths in mm."""

    pieces: Sequence[Piece]
    bars: Sequence[Bar]
    offcuts: Sequence[Offcut]
    cost_ore: float
    bound_ore: float
    baseline_ore: float
    gap: float
    figures: Mapping[str, int]


def lay_sawing(problem: Mapping[str, Any], plan: Mapping[str, Any]) -> Sawing:
    """Lay out a cutting plan.

    Parameters
    ----------
    problem, plan
        Documents as a cutting keeps them: pieces are named ``requirement/length``.
    """
    pieces = _list_pieces(problem, plan)
    lengths = dict(zip(problem["bars"]["id"], problem["bars"]["length_mm"], strict=True))
    kerf = problem["params"]["kerf_mm"]
    patterns, contents = plan["patterns"], plan["contents"]
    held: dict[int, list[tuple[Piece, int]]] = {}
    for row, piece, count in zip(contents["pattern"], contents["piece"], contents["count"], strict=True):
        held.setdefault(row, []).append((pieces[piece], count))
    bars = []
    for row, lot in enumerate(patterns["bar"]):
        # the longest first: the saw goes on from what is left
        content = sorted(held[row], key=lambda one: (-one[0].length_mm, one[0].letter))
        offcut = patterns["offcut_mm"][row]
        bars.append(
            Bar(
                lot=lot,
                count=patterns["count"][row],
                length_mm=lengths[lot],
                contents=content,
                segments=_lay_bar(content, length=lengths[lot], kerf=kerf, offcut=offcut),
                cuts=patterns["cuts"][row],
                offcut_mm=offcut,
                waste_mm=patterns["waste_mm"][row],
            )
        )
    certificate = plan["certificate"]
    return Sawing(
        pieces=sorted(pieces.values(), key=lambda piece: (len(piece.letter), piece.letter)),
        bars=sorted(bars, key=lambda bar: (-bar.length_mm, bar.lot, -bar.count)),
        offcuts=_list_offcuts(bars),
        cost_ore=certificate["cost"] / 1000,
        bound_ore=certificate["bound"] / 1000,
        baseline_ore=certificate["baseline"] / 1000,
        gap=certificate["gap"],
        figures=plan["figures"],
    )


def _list_pieces(problem: Mapping[str, Any], plan: Mapping[str, Any]) -> dict[str, Piece]:
    new = dict(zip(plan["new"]["piece"], plan["new"]["count"], strict=True))
    table = problem["pieces"]
    rows = sorted(
        zip(table["id"], table["length_mm"], table["quantity"], strict=True),
        key=lambda row: (row[0].rpartition("/")[0], -row[1]),
    )
    return {
        name: Piece(
            letter=_letter(number),
            requirement=name.rpartition("/")[0],
            length_mm=length,
            wanted=count,
            new=new.get(name, 0),
        )
        for number, (name, length, count) in enumerate(rows)
    }


def _letter(number: int) -> str:
    first, second = divmod(number, len(ascii_uppercase))
    return (_letter(first - 1) if first else "") + ascii_uppercase[second]


def _lay_bar(
    content: Sequence[tuple[Piece, int]], *, length: float, kerf: float, offcut: float
) -> list[Segment]:
    segments, at = [], 0.0
    for piece, count in content:
        for _ in range(count):
            segments.append(
                Segment(kind="piece", start_mm=at, length_mm=piece.length_mm, letter=piece.letter)
            )
            at += piece.length_mm
            if kerf and at < length:
                width = min(kerf, length - at)
                segments.append(Segment(kind="cut", start_mm=at, length_mm=width))
                at += width
    if at < length:
        kind = "offcut" if offcut else "waste"
        segments.append(Segment(kind=kind, start_mm=at, length_mm=length - at))
    return segments


def _list_offcuts(bars: Sequence[Bar]) -> list[Offcut]:
    counts: dict[tuple[str, float], int] = {}
    for bar in bars:
        if bar.offcut_mm:
            key = (bar.lot, bar.offcut_mm)
            counts[key] = counts.get(key, 0) + bar.count
    return [
        Offcut(lot=lot, length_mm=length, count=count)
        for (lot, length), count in sorted(counts.items(), key=lambda row: (-row[0][1], row[0][0]))
    ]


def write_offcuts(sawing: Sawing, *, lots: Mapping[str, NamedLot]) -> str:
    """Write the off-cuts of a plan as CSV: lot, its number, material, how many, length in mm."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("lot", "ref", "material", "count", "length_mm"))
    for one in sawing.offcuts:
        lot = lots.get(one.lot)
        ref, material = ("", "") if lot is None else (lot.ref, lot.name_en)
        writer.writerow((one.lot, disarm(ref), material, one.count, f"{one.length_mm:g}"))
    return file.getvalue()
