# SPDX-License-Identifier: EUPL-1.2
"""The empty table of each kind to fill in: its columns in one language, the classes, and its title."""

from inventory.exports.templates import Language, TemplateClass, TemplateColumn, make_template
from inventory.geography.reference import read_reference
from inventory.imports.cells.words import WORDS, list_words
from inventory.imports.headers import Column, Layout
from inventory.imports.layouts.buildings import BUILDING_LAYOUT
from inventory.imports.layouts.demolitions import DEMOLITION_LAYOUT
from inventory.imports.layouts.hubs import HUB_LAYOUT
from inventory.imports.layouts.lots import LOT_LAYOUT
from inventory.imports.layouts.requirements import REQUIREMENT_LAYOUT

LAYOUTS = {
    layout.kind: layout
    for layout in (LOT_LAYOUT, REQUIREMENT_LAYOUT, BUILDING_LAYOUT, HUB_LAYOUT, DEMOLITION_LAYOUT)
}
TITLES: dict[str, tuple[str, str]] = {
    "lots": ("Partier", "Lots"),
    "requirements": ("Behov", "Requirements"),
    "buildings": ("Bygninger", "Buildings"),
    "hubs": ("Hubber", "Hubs"),
    "demolitions": ("Nedrivninger", "Demolitions"),
}


def describe_columns(layout: Layout, *, language: Language) -> list[TemplateColumn]:
    """Describe the columns of a layout in one language."""
    danish = language == "da"
    return [
        TemplateColumn(
            header=column.da if danish else column.en,
            other_header=column.en if danish else column.da,
            required=column.name in layout.required,
            one_of=next(
                (
                    tuple(getattr(layout.by_name[name], language) for name in group)
                    for group in layout.one_of
                    if column.name in group
                ),
                (),
            ),
            help=column.help_da if danish else column.help_en,
            example=column.example_da if danish else column.example_en,
            kind=column.kind,
            words=_list_choices(column, language=language),
            list_name=column.words or "",
        )
        for column in layout.columns
    ]


def _list_choices(column: Column, *, language: Language) -> tuple[str, ...]:
    if column.words is None:
        return ()
    if column.words in WORDS:
        words = list_words(column.words, language=language)
        return words[:2] if column.words == "yes_no" else words
    name = "name_da" if language == "da" else "name_en"
    return tuple(row[name] for row in read_reference("code_lists.csv") if row["list"] == column.words)


def list_template_classes(*, language: Language) -> list[TemplateClass]:
    """List the tradable material classes of the reference data, by name."""
    mine, other = ("name_da", "name_en") if language == "da" else ("name_en", "name_da")
    units = dict(zip(WORDS["unit"], list_words("unit", language=language), strict=True))
    return sorted(
        (
            TemplateClass(code=row["code"], name=row[mine], other_name=row[other], unit=units[row["unit"]])
            for row in read_reference("material_classes.csv")
            if row["tradable"] == "true"
        ),
        key=lambda known: known.name,
    )


def make_empty_table(kind: str, *, language: Language) -> bytes:
    """Make the empty workbook of a kind of table, which is one of `LAYOUTS`; XLSX."""
    layout = LAYOUTS[kind]
    return make_template(
        TITLES[kind][0 if language == "da" else 1],
        columns=describe_columns(layout, language=language),
        classes=list_template_classes(language=language) if "class" in layout.by_name else [],
        language=language,
    )
