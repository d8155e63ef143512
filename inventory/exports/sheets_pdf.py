# SPDX-License-Identifier: EUPL-1.2
"""Plain tables as PDF, lying, ready to print: the same sheets a workbook is written from."""

from __future__ import annotations

from collections.abc import Sequence

from fpdf import FPDF
from fpdf.fonts import FontFace

from inventory.exports.pdf_paper import HEAD, LINE, NEXT, SMALL, TITLE, Paper, fit_letters
from inventory.exports.sheets import Cell, Sheet

_EDGE = 10.0
_TABLE_SIZE, _TABLE_LINE = 7, 3.6
_FACT_WIDTHS = (60, 217)
_LONGEST_WORD, _WIDEST, _PADDING = 30.0, 70.0, 4.6


def write_sheets_pdf(sheets: Sequence[Sheet], *, foot: str, language: str) -> bytes:
    """Write tables as PDF, one after the other.

    Parameters
    ----------
    sheets
        The first line of the first is the title of the whole.
    foot
        Stands at the foot of each page, before its number.
    language
        ``da`` or ``en``: how numbers are written.
    """
    pdf = Paper(foot=fit_letters(foot), orientation="landscape", edge=_EDGE)
    pdf.set_title(sheets[0].lines[0] if sheets[0].lines else sheets[0].title)
    pdf.set_lang(language)
    pdf.add_page()
    for number, sheet in enumerate(sheets):
        _write_sheet(pdf, sheet, first=number == 0, language=language)
    return bytes(pdf.output())


def _write_sheet(pdf: FPDF, sheet: Sheet, *, first: bool, language: str) -> None:
    title, *lines = sheet.lines or (sheet.title,)
    if not first and pdf.will_page_break(8 * LINE):
        pdf.add_page()
    elif not first:
        pdf.ln(LINE)
    pdf.set_font("helvetica", "B", TITLE if first else HEAD)
    pdf.multi_cell(0, LINE * 1.5, fit_letters(title), align="L", **NEXT)
    pdf.set_font("helvetica", "", SMALL)
    for line in lines:
        pdf.multi_cell(0, LINE, fit_letters(line), align="L", **NEXT)
    pdf.ln(1)
    pdf.set_draw_color(200, 208, 213)
    pdf.set_fill_color(255, 255, 255)
    if sheet.facts:
        with pdf.table(
            col_widths=_FACT_WIDTHS,
            first_row_as_headings=False,
            borders_layout="HORIZONTAL_LINES",
            line_height=LINE - 0.5,
            text_align="LEFT",
            align="LEFT",
        ) as table:
            for label, fact in sheet.facts:
                row = table.row()
                row.cell(fit_letters(label), style=FontFace(emphasis="BOLD"))
                row.cell(fit_letters(fact))
        pdf.ln(2)
    if sheet.rows:
        _write_table(pdf, sheet, language=language)


def _write_table(pdf: FPDF, sheet: Sheet, *, language: str) -> None:
    cells = [[_show(cell, language=language) for cell in row] for row in sheet.rows]
    pdf.set_font("helvetica", "B", _TABLE_SIZE)
    heads = [fit_letters(head) for head in sheet.heads]
    widths = _share_width(pdf, heads=heads, cells=cells)
    aligned = tuple(
        "RIGHT" if any(isinstance(row[column], int | float) for row in sheet.rows) else "LEFT"
        for column in range(len(sheet.heads))
    )
    pdf.set_font("helvetica", "", _TABLE_SIZE)
    with pdf.table(
        col_widths=widths,
        width=min(sum(widths), pdf.epw),
        borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(emphasis="BOLD", fill_color=(231, 236, 239)),
        line_height=_TABLE_LINE,
        text_align=aligned,
        align="LEFT",
        padding=(0.6, 1.2),
    ) as table:
        table.row(heads)
        for row in cells:
            table.row(row)


def _share_width(pdf: FPDF, *, heads: Sequence[str], cells: Sequence[Sequence[str]]) -> list[float]:
    """Share the width of the page: no column is narrower than its longest word, long texts get the rest."""
    least, wanted = [], []
    for column, head in enumerate(heads):
        texts = [head, *(row[column] for row in cells)]
        words = [word for text in texts for word in text.split()] or [""]
        least.append(min(max(pdf.get_string_width(word) for word in words), _LONGEST_WORD) + _PADDING)
        wanted.append(min(max(pdf.get_string_width(text) for text in texts), _WIDEST) + _PADDING)
    more = [max(one - other, 0.0) for one, other in zip(wanted, least, strict=True)]
    room = max(pdf.epw - sum(least), 0.0)
    share = min(1.0, room / sum(more)) if sum(more) else 0.0
    return [one + share * extra for one, extra in zip(least, more, strict=True)]


def _show(cell: Cell, *, language: str) -> str:
    """Write a cell: numbers as the language writes them, at most two decimals; an empty one as a dash."""
    if cell is None or cell == "":
        return "-"
    if isinstance(cell, str):
        return fit_letters(cell)
    text = f"{cell:,.2f}".rstrip("0").rstrip(".") if isinstance(cell, float) else f"{cell:,}"
    return text.translate(str.maketrans(",.", ".,")) if language == "da" else text
