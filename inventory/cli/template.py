# SPDX-License-Identifier: EUPL-1.2
"""genbro template: an empty workbook of lots, requirements, buildings, hubs or demolitions to fill in."""

import json
import sys
from pathlib import Path

import click

from inventory.cli.options import json_option
from inventory.errors import BadInputError
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


class TemplatePlaceError(BadInputError):
    """The template cannot be written to {path}: {why}."""


class TerminalError(BadInputError):
    """A workbook cannot be shown in a terminal: write genbro template {kind} > {kind}.xlsx, or --to FILE."""


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


@click.command()
@click.argument("kind", type=click.Choice(list(LAYOUTS)))
@click.option(
    "--language",
    type=click.Choice(["da", "en"]),
    default="da",
    show_default=True,
    help="Language of headers and guide; the importer reads both.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write instead of standard output.",
)
@json_option
def template(*, kind: str, language: Language, target: Path | None, as_json: bool) -> None:
    """Write an empty workbook to fill in: genbro template lots > lots.xlsx.

    With --json, describe the columns instead.
    """
    layout = LAYOUTS[kind]
    if as_json:
        click.echo(json.dumps({"version": 1, "kind": kind, "columns": _describe(layout)}, ensure_ascii=False))
        return
    if target is None and sys.stdout.isatty():
        raise TerminalError(kind=kind)
    data = make_template(
        TITLES[kind][0 if language == "da" else 1],
        columns=describe_columns(layout, language=language),
        classes=list_template_classes(language=language) if "class" in layout.by_name else [],
        language=language,
    )
    if target is None:
        sys.stdout.buffer.write(data)
    else:
        try:
            target.write_bytes(data)
        except OSError as error:
            raise TemplatePlaceError(path=target, why=error.strerror or str(error)) from error
        click.echo(str(target), err=True)


def _describe(layout: Layout) -> list[dict[str, object]]:
    return [
        {
            "name": column.name,
            "header_da": column.da,
            "header_en": column.en,
            "also": list(column.also),
            "kind": column.kind,
            "required": column.name in layout.required,
            "one_of": [name for group in layout.one_of if column.name in group for name in group],
            "codes": list(WORDS.get(column.words or "", {})),
            "help_da": column.help_da,
            "help_en": column.help_en,
        }
        for column in layout.columns
    ]
