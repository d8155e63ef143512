# SPDX-License-Identifier: EUPL-1.2
"""A Materialepas as PDF, to read and to print: section by section, empty fields too."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import segno
from fpdf import FPDF

from inventory.documentation.materialepas.check import list_unlisted
from inventory.documentation.materialepas.fields import (
    VERSION,
    FieldKind,
    PassField,
    list_plain_fields,
    list_record_fields,
    read_values,
)
from inventory.exports.labels import lot_address
from inventory.exports.pdf_paper import EDGE, HEAD, LINE, NEXT, PLAIN, TITLE, Paper, fit_letters
from inventory.queries.materialepas import PassState

SECTIONS = {
    1: ("Ejer", "Owner"),
    2: ("Byggevaren", "The product"),
    3: ("Produktoplysninger", "Product information"),
    4: ("Certifikater, godkendelser og erklæringer", "Certificates, approvals and declarations"),
    5: ("Mål", "Dimensions"),
    6: ("Tilstand", "Condition"),
    7: ("Forurening: indhold og afgasning", "Pollution: content and emissions"),
    8: ("Miljø og ressourcer", "Environment and resources"),
    9: ("Brand", "Fire"),
    10: ("Historik", "History"),
}
"""Names of the sections, our own wording."""

_WORDS = {
    "title": ("Materialepas for genbrugte byggevarer", "Materialepas for reused building products"),
    "lot": ("Parti", "Lot"),
    "written": ("Skrevet", "Written"),
    "unknown": ("ikke oplyst", "not said"),
    "yes": ("ja", "yes"),
    "no": ("nej", "no"),
    "picture": ("billede i filen", "picture in the file"),
    "unlisted": ("står ikke i den del af listen, vi kender", "not in the part of the list we know"),
    "page": ("Side", "Page"),
}
_UNITS = {"years": ("år", "years"), "m2": ("m²", "m²"), "m3": ("m³", "m³")}
_QR_MM = 26.0
_WIDTHS_MM = (62, 118)


def write_pass_pdf(state: PassState, *, base_url: str, today: date, language: str) -> bytes:
    """Write the pass of a lot as PDF; its QR code leads to the lot's page.

    Parameters
    ----------
    state
        The pass, without what names a person where strangers read it.
    base_url
        Where the server is found.
    today
        The day that stands on it.
    language
        ``da`` or ``en``, of the labels; values are as they were said.
    """
    at = 0 if language == "da" else 1
    pdf = Paper(foot=f"Materialepas v{VERSION} · {fit_letters(state.ref[:40])} · {_WORDS['page'][at]}")
    pdf.set_title(_WORDS["title"][at])
    pdf.set_lang(language)
    pdf.add_page()
    _write_head(pdf, state, base_url=base_url, today=today, at=at)
    fields = list_plain_fields()
    for section, names in SECTIONS.items():
        _write_heading(pdf, f"{section}. {names[at]}")
        rows = [
            row
            for field in fields
            if field.section == section
            for row in _list_rows(field, state.values.get(field.path), at=at)
        ]
        _write_rows(pdf, rows)
    return bytes(pdf.output())


def _write_head(pdf: FPDF, state: PassState, *, base_url: str, today: date, at: int) -> None:
    code = io.BytesIO()
    segno.make(lot_address(base_url, state.lot_id), error="m", micro=False).save(
        code, kind="png", scale=6, border=4
    )
    pdf.image(code, x=pdf.w - EDGE - _QR_MM, y=EDGE, w=_QR_MM, h=_QR_MM)
    width = pdf.w - 2 * EDGE - _QR_MM - LINE
    pdf.set_font("helvetica", "B", TITLE)
    pdf.multi_cell(width, LINE * 1.5, fit_letters(f"{_WORDS['title'][at]}, v{VERSION}"), align="L", **NEXT)
    pdf.set_font("helvetica", "", PLAIN)
    for text in (
        f"{_WORDS['lot'][at]} {state.ref}: {(state.name_da, state.name_en)[at]}",
        f"{_WORDS['written'][at]} {today.isoformat()} · {state.lot_id}",
    ):
        pdf.multi_cell(width, LINE, fit_letters(text), align="L", **NEXT)
    pdf.set_y(max(pdf.get_y(), EDGE + _QR_MM) + 2)


def _write_heading(pdf: FPDF, text: str) -> None:
    if pdf.will_page_break(4 * LINE):
        pdf.add_page()
    pdf.ln(3)
    pdf.set_font("helvetica", "B", HEAD)
    pdf.set_fill_color(231, 236, 239)
    pdf.multi_cell(0, LINE * 1.4, fit_letters(text), align="L", fill=True, **NEXT)
    pdf.ln(1)


def _list_rows(field: PassField, value: Any, *, at: int) -> list[tuple[str, str]]:
    """List what stands of a field: one line, or one for each record."""
    unit = _UNITS.get(field.unit or "", (field.unit, field.unit))[at]
    name = (field.name_da, field.name_en)[at] + (f" ({unit})" if unit else "")
    if field.kind is FieldKind.RECORDS and value:
        return [
            (f"{name} {number}", _describe_record(field.name, record, at=at))
            for number, record in enumerate(value, start=1)
        ]
    return [(name, _describe(field, value, at=at))]


def _write_rows(pdf: FPDF, rows: Sequence[tuple[str, str]]) -> None:
    pdf.set_font("helvetica", "", PLAIN)
    pdf.set_draw_color(200, 208, 213)
    pdf.set_fill_color(255, 255, 255)
    with pdf.table(
        col_widths=_WIDTHS_MM,
        first_row_as_headings=False,
        borders_layout="HORIZONTAL_LINES",
        line_height=LINE,
        text_align="LEFT",
        align="LEFT",
    ) as table:
        for row in rows:
            table.row([fit_letters(text) for text in row])


def _describe_record(records: str, record: Mapping[str, Any], *, at: int) -> str:
    told = [
        f"{(field.name_da, field.name_en)[at]}: {_describe(field, record[field.name], at=at)}"
        + (f" {field.unit}" if field.unit else "")
        for field in list_record_fields(records)
        if record.get(field.name) is not None
    ]
    return "; ".join(told) or _WORDS["unknown"][at]


def _describe(field: PassField, value: Any, *, at: int) -> str:
    if value is None or value == []:
        return _WORDS["unknown"][at]
    if isinstance(value, bool):
        return _WORDS["yes" if value else "no"][at]
    if field.kind in {FieldKind.PICTURE, FieldKind.PICTURES}:
        pictures = value if isinstance(value, list) else [value]
        return "\n".join(one if one.startswith("http") else _WORDS["picture"][at] for one in pictures)
    if isinstance(value, list):
        return ", ".join(_name(field, one, at=at) for one in value)
    if isinstance(value, float | int):
        text = f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        return text.replace(".", ",") if at == 0 else text
    text = _name(field, str(value), at=at)
    unlisted: Sequence[str] = list_unlisted(field, value)
    return f"{text} ({_WORDS['unlisted'][at]})" if unlisted else text


def _name(field: PassField, code: str, *, at: int) -> str:
    """Name a value of a list; what is in none stands as it was said."""
    values = {one.code: one for one in read_values().get(field.list or "", ())}
    return (values[code].name_da, values[code].name_en)[at] if code in values else code
