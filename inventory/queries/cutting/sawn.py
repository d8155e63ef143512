# SPDX-License-Identifier: EUPL-1.2
"""What a cutting plan makes of each lot it saws, in whole millimetres: pieces, off-cuts, kerf and scrap."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from inventory.tables import SawnKind
from inventory.tables.requirement_piece import SHORTEST_MM


@dataclass(frozen=True, slots=True, kw_only=True)
class SawnPart:
    """Pieces of one length for a requirement, or off-cuts of one length, which belong to nobody yet."""

    kind: SawnKind
    requirement_id: UUID | None
    length_mm: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SawnLot:
    """The bars of one lot that are sawn, and what comes of them.

    ``bars * length_mm`` is the sum of the parts, `kerf_mm` and `scrap_mm`, to the millimetre.
    """

    lot_id: UUID
    bars: int
    length_mm: int
    parts: tuple[SawnPart, ...]
    kerf_mm: int
    scrap_mm: int

    def measure(self, kind: SawnKind) -> int:
        """Add up the parts of a kind, in mm."""
        return sum(part.length_mm * part.count for part in self.parts if part.kind is kind)


def reckon_sawn(problem: Mapping[str, Any], plan: Mapping[str, Any]) -> list[SawnLot]:
    """Reckon what becomes of each lot that a cutting plan saws, by the lot's id.

    Parameters
    ----------
    problem, plan
        Documents as a cutting keeps them: bars named by lot, pieces ``requirement/length``.

    Notes
    -----
    A plan reckons in tenths of a millimetre, a lot has whole ones. An off-cut is rounded down, and one too
    short to be counted as any quantity is scrap, whatever the plan keeps; the saw's share is rounded to the
    nearest millimetre and scrap is the rest, so that nothing is made or lost on the way.
    """
    lengths = {name: int(mm) for name, mm in _rows(problem["bars"], "id", "length_mm")}
    wanted = {name: int(mm) for name, mm in _rows(problem["pieces"], "id", "length_mm")}
    kerf = Decimal(str(problem["params"]["kerf_mm"]))
    patterns = plan["patterns"]
    contents: dict[int, list[tuple[str, int]]] = {}
    for pattern, piece, count in _rows(plan["contents"], "pattern", "piece", "count"):
        contents.setdefault(pattern, []).append((piece, count))
    bars: Counter[str] = Counter()
    sawn_away: dict[str, Decimal] = {}
    parts: dict[str, Counter[tuple[SawnKind, str, int]]] = {}
    columns = ("bar", "count", "cuts", "offcut_mm", "waste_mm")
    for row, (lot, count, cuts, offcut, waste) in enumerate(_rows(patterns, *columns)):
        made = parts.setdefault(lot, Counter())
        bars[lot] += count
        # a rest no thicker than the saw goes with the last cut
        sawn_away[lot] = sawn_away.get(lot, Decimal(0)) + count * min(cuts * kerf, Decimal(str(waste)))
        for piece, each in contents[row]:
            made[SawnKind.PIECE, piece.rpartition("/")[0], wanted[piece]] += count * each
        if int(offcut) >= SHORTEST_MM:
            made[SawnKind.OFFCUT, "", int(offcut)] += count
    return [
        _close(UUID(lot), bars=bars[lot], length_mm=lengths[lot], kerf=sawn_away[lot], made=parts[lot])
        for lot in sorted(bars)
    ]


def _close(
    lot_id: UUID, *, bars: int, length_mm: int, kerf: Decimal, made: Counter[tuple[SawnKind, str, int]]
) -> SawnLot:
    ordered = sorted(made.items(), key=lambda one: (one[0][0] is SawnKind.OFFCUT, one[0][1], -one[0][2]))
    rest = bars * length_mm - sum(length * count for (_, _, length), count in ordered)
    if rest < 0:
        raise ValueError(f"{bars} bars of {length_mm} mm of lot {lot_id} give {-rest} mm more than they are")
    kerf_mm = min(rest, int(kerf.to_integral_value(rounding=ROUND_HALF_UP)))
    return SawnLot(
        lot_id=lot_id,
        bars=bars,
        length_mm=length_mm,
        parts=tuple(
            SawnPart(
                kind=kind,
                requirement_id=UUID(requirement) if requirement else None,
                length_mm=length,
                count=count,
            )
            for (kind, requirement, length), count in ordered
        ),
        kerf_mm=kerf_mm,
        scrap_mm=rest - kerf_mm,
    )


def _rows(table: Mapping[str, Any], *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(table[name] for name in names), strict=True))
