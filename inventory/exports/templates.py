# SPDX-License-Identifier: EUPL-1.2
"""Writing an empty workbook to fill in, with a guide and the lists of words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

Language = Literal["da", "en"]

_LAST_ROW = 5000
_REQUIRED = PatternFill("solid", fgColor="FFD9E8F5")
_OPTIONAL = PatternFill("solid", fgColor="FFF2F2F2")
_WORDS = {
    "guide": ("Vejledning", "Guide"),
    "classes": ("Klasser", "Classes"),
    "lists": ("Lister", "Lists"),
    "column": ("Kolonne", "Column"),
    "other": ("Engelsk", "Danish"),
    "required": ("Skal udfyldes", "Required"),
    "what": ("Hvad", "What"),
    "example": ("Eksempel", "Example"),
    "code": ("Kode", "Code"),
    "name": ("Navn", "Name"),
    "other_name": ("Engelsk navn", "Danish name"),
    "class_unit": ("Klassens enhed", "Unit of the class"),
    "yes": ("ja", "yes"),
    "one": ("en af: ", "one of: "),
}
# The same workbook each time: openpyxl would write the moment of making into it.
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateColumn:
    """A column of a template in one language; `words` are offered as a list, `list_name` names it."""

    header: str
    other_header: str
    required: bool
    one_of: tuple[str, ...]
    help: str
    example: str
    kind: str
    words: tuple[str, ...] = ()
    list_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateClass:
    """A material class as the template's list shows it."""

    code: str
    name: str
    other_name: str
    unit: str


def make_template(
    title: str,
    *,
    columns: Sequence[TemplateColumn],
    classes: Sequence[TemplateClass],
    language: Language,
) -> bytes:
    """Make a workbook to fill in.

    Parameters
    ----------
    title
        Name of the sheet to fill in.
    columns
        Its columns, in order.
    classes
        Material classes for the sheet of classes; may be empty.
    language
        Of the guide.

    Returns
    -------
    bytes
        XLSX: the sheet to fill in, a guide, the classes, and the lists behind the drop-downs.
    """
    workbook = Workbook()
    sheet = workbook.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = title
    names = _write_lists(workbook, columns=columns, classes=classes, language=language)
    _write_headers(sheet, columns=columns, names=names)
    _write_guide(workbook, columns=columns, language=language)
    workbook.move_sheet(_word("guide", language), offset=-1 - bool(classes))
    workbook.properties.created = workbook.properties.modified = _MADE
    workbook.properties.creator = "Genbro"
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def _word(key: str, language: Language) -> str:
    return _WORDS[key][0 if language == "da" else 1]


def _write_lists(
    workbook: Workbook,
    *,
    columns: Sequence[TemplateColumn],
    classes: Sequence[TemplateClass],
    language: Language,
) -> dict[str, str]:
    names: dict[str, str] = {}
    if classes:
        sheet = workbook.create_sheet(_word("classes", language))
        sheet.append([_word(key, language) for key in ("code", "name", "other_name", "class_unit")])
        for known in classes:
            sheet.append([known.code, known.name, known.other_name, known.unit])
        _finish(sheet, widths=(28, 36, 36, 16))
        names["class"] = _name_range(workbook, sheet, name="genbro_class", column=2, count=len(classes))
    lists = workbook.create_sheet(_word("lists", language))
    for at, (name, words) in enumerate(
        sorted({column.list_name: column.words for column in columns if column.words}.items()), start=1
    ):
        lists.cell(row=1, column=at, value=name)
        for row, word in enumerate(words, start=2):
            lists.cell(row=row, column=at, value=word)
        names[name] = _name_range(workbook, lists, name=f"genbro_{name}", column=at, count=len(words))
    lists.sheet_state = "hidden"
    return names


def _name_range(workbook: Workbook, sheet: Worksheet, *, name: str, column: int, count: int) -> str:
    letter = get_column_letter(column)
    target = f"{quote_sheetname(sheet.title)}!${letter}$2:${letter}${count + 1}"
    workbook.defined_names[name] = DefinedName(name, attr_text=target)
    return name


def _write_headers(sheet: Worksheet, *, columns: Sequence[TemplateColumn], names: dict[str, str]) -> None:
    sheet.append([column.header for column in columns])
    for at, column in enumerate(columns, start=1):
        sheet.cell(row=1, column=at).fill = _REQUIRED if column.required or column.one_of else _OPTIONAL
        letter = get_column_letter(at)
        cells = f"{letter}2:{letter}{_LAST_ROW}"
        listed = names.get("class" if column.kind == "class" else column.list_name)
        if listed is not None and column.kind != "words":
            # no error is raised on other words: the importer also takes codes and the other language
            choice = DataValidation(
                type="list", formula1=f"={listed}", allow_blank=True, showErrorMessage=False
            )
            choice.add(cells)
            sheet.add_data_validation(choice)
    _finish(sheet, widths=[max(12, len(column.header) + 2) for column in columns])


def _write_guide(workbook: Workbook, *, columns: Sequence[TemplateColumn], language: Language) -> None:
    sheet = workbook.create_sheet(_word("guide", language))
    sheet.append([_word(key, language) for key in ("column", "other", "required", "what", "example")])
    for column in columns:
        required = _word("yes", language) if column.required else ""
        if column.one_of:
            required = _word("one", language) + ", ".join(column.one_of)
        words = f" ({', '.join(column.words)})" if column.words else ""
        sheet.append([column.header, column.other_header, required, column.help + words, column.example])
    _finish(sheet, widths=(34, 34, 22, 80, 24))


def _finish(sheet: Worksheet, *, widths: Sequence[int]) -> None:
    sheet.freeze_panes = "A2"
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
        cell = sheet.cell(row=1, column=at)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
