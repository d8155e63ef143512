# SPDX-License-Identifier: EUPL-1.2
"""Labels with a QR code for lots, 24 to a sheet of A4, as PDF."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import segno
from fpdf import FPDF

COLUMNS, ROWS = 3, 8
"""A sheet of 24 labels of 70 x 37 mm without gaps, sold for ordinary printers."""

LABEL_MM = (70.0, 37.0)
TOP_MM = 0.5  # 8 labels of 37 mm are 296 of the 297 mm of A4
QR_MM, EDGE_MM = 27.0, 5.0
_TEXT_SIZE, _NUMBER_SIZE = 8, 16
_LINE_MM = 4.0
_MOST_LETTERS = 60
_UNITS = {"piece": ("stk.", "pcs"), "m2": ("m²", "m²"), "m3": ("m³", "m³")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands on one label: number, class and quantity as people read them."""

    lot_id: UUID
    ref: str
    material: str
    quantity: str


def lot_address(base_url: str, lot_id: UUID) -> str:
    """Write the address of a lot's page, which scanning the label opens."""
    return f"{base_url.rstrip('/')}/lots/{lot_id}"


def list_labels(rows: Iterable[Any], *, language: str) -> list[Label]:
    """List the labels of lots in a language, ``da`` or ``en``, by their numbers.

    Parameters
    ----------
    rows
        Each with id, ref, name_da, name_en, quantity (steps), step and unit.
    language
        What material and quantity are written in.
    """
    at = 0 if language == "da" else 1
    labels = [
        Label(
            lot_id=row.id,
            ref=row.ref,
            material=(row.name_da, row.name_en)[at],
            quantity=_write_quantity(row.quantity * row.step, row.unit, comma=at == 0),
        )
        for row in rows
    ]
    return sorted(labels, key=lambda label: _count_up(label.ref))


def _count_up(ref: str) -> tuple[tuple[int, str], ...]:
    """Order numbers in names as people count: 9 before 10, A-9 before A-10."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", ref))


def _write_quantity(value: object, unit: str, *, comma: bool) -> str:
    number = f"{value:f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return (
        f"{number.replace('.', ',') if comma else number} {_UNITS.get(unit, (unit, unit))[0 if comma else 1]}"
    )


def write_labels(labels: Sequence[Label], *, base_url: str) -> bytes:
    """Write labels as PDF, a page for each 24, row by row.

    Parameters
    ----------
    labels
        In the order to be printed.
    base_url
        Where telephones find the server, such as ``https://genbro.example.dk``.

    Returns
    -------
    bytes
        The PDF; of no labels a page that is empty.
    """
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_title("Genbro")
    for place, label in enumerate(labels):
        at = place % (COLUMNS * ROWS)
        if at == 0:
            pdf.add_page()
        row, column = divmod(at, COLUMNS)
        _draw(
            pdf,
            label,
            x=column * LABEL_MM[0],
            y=TOP_MM + row * LABEL_MM[1],
            address=lot_address(base_url, label.lot_id),
        )
    if not labels:
        pdf.add_page()
    return bytes(pdf.output())


def _draw(pdf: FPDF, label: Label, *, x: float, y: float, address: str) -> None:
    code = io.BytesIO()
    # Level M survives a smear on site; four modules of white around it are the standard's (ISO/IEC 18004).
    segno.make(address, error="m", micro=False).save(code, kind="png", scale=6, border=4)
    pdf.image(code, x=x + EDGE_MM, y=y + EDGE_MM, w=QR_MM, h=QR_MM)
    left = x + EDGE_MM + QR_MM + 1
    width = LABEL_MM[0] - 2 * EDGE_MM - QR_MM - 1
    pdf.set_xy(left, y + EDGE_MM + 1)
    pdf.set_font("helvetica", "B", _NUMBER_SIZE if len(label.ref) <= 8 else _TEXT_SIZE)
    pdf.multi_cell(width, _LINE_MM * 1.5, _fit(label.ref[:24]), align="L", new_x="LEFT", new_y="NEXT")
    pdf.set_font("helvetica", "", _TEXT_SIZE)
    for text in (label.material, label.quantity):
        pdf.multi_cell(width, _LINE_MM, _fit(text), align="L", new_x="LEFT", new_y="NEXT")


def _fit(text: str) -> str:
    """Cut a text, and put a question mark for letters the font has none of: it has the Danish ones."""
    short = text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 3]}..."
    return short.encode("latin-1", errors="replace").decode("latin-1")
