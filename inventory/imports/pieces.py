# SPDX-License-Identifier: EUPL-1.2
"""Cells of the pieces a requirement is to be cut to: lengths in mm and how many of each."""

import re
from collections.abc import Sequence

from inventory.actions.projects.pieces import MOST_LENGTHS
from inventory.imports.cells.problem import Cell, Parsed, refuse_cell, show_cell
from inventory.imports.findings import Findings, parse_cells
from inventory.queries.imports.keys import KnownClass
from inventory.tables import Unit
from inventory.tables.requirement_piece import LONGEST_MM, MOST_PIECES, SHORTEST_MM

Pieces = tuple[tuple[int, int], ...]
"""Length in mm and how many, the longest first."""

_PIECE = re.compile(r"(\d{1,9})\s*(?:mm)?\s*[x×*;,\s]\s*(\d{1,9})\s*(?:stk\.?|pcs\.?)?", re.IGNORECASE)
_BETWEEN = re.compile(r"[;\r\n+]+")


def read_piece(words: str) -> tuple[int, int] | None:
    """Read words such as ``2400 x 12``: length in mm and how many; None where they are something else."""
    found = _PIECE.fullmatch(words.strip())
    return None if found is None else (int(found[1]), int(found[2]))


def parse_pieces(cell: Cell) -> Parsed[Pieces]:
    """Read a cell such as ``2400 x 12; 900 x 3``; the same length twice adds up.

    Returns
    -------
    Parsed of pieces
        ``pieces_unreadable``, ``piece_length``, ``piece_count`` or ``pieces_many``, with the words that are
        wrong.
    """
    if cell is None or not show_cell(cell).strip():
        return Parsed()
    pieces: dict[int, int] = {}
    for words in _BETWEEN.split(str(cell)):
        if not words.strip():
            continue
        piece = read_piece(words)
        if piece is None:
            return refuse_cell("pieces_unreadable", words=show_cell(words.strip()))
        length, count = piece
        if not SHORTEST_MM <= length <= LONGEST_MM:
            return refuse_cell("piece_length", length=length, least=SHORTEST_MM, most=LONGEST_MM)
        pieces[length] = pieces.get(length, 0) + count
        if not 1 <= pieces[length] <= MOST_PIECES:
            return refuse_cell("piece_count", length=length, count=pieces[length], most=MOST_PIECES)
    if len(pieces) > MOST_LENGTHS:
        return refuse_cell("pieces_many", found=len(pieces), most=MOST_LENGTHS)
    return Parsed(value=tuple(sorted(pieces.items(), reverse=True)))


def write_cell(pieces: Sequence[tuple[int, int]]) -> str:
    """Write pieces as `parse_pieces` reads them."""
    return "; ".join(f"{length} x {count}" for length, count in pieces)


def read_requirement_pieces(
    findings: Findings, *, classes: Sequence[KnownClass | None]
) -> list[Pieces | None]:
    """Read the pieces of each row; what is not counted in metres has none.

    Parameters
    ----------
    findings
        Told of what cannot be cut.
    classes
        The class of each row.
    """
    read = parse_cells(findings, column="pieces", parse=parse_pieces)
    for index, (pieces, known) in enumerate(zip(read, classes, strict=True)):
        if pieces and known is not None and known.unit != Unit.M:
            findings.add(index, code="pieces_not_metres", column="pieces", unit=known.unit)
    return [pieces or None for pieces in read]
