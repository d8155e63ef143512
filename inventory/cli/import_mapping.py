# SPDX-License-Identifier: EUPL-1.2
"""Proposing a mapping on the command line, and the files an import reads or writes beside the data."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.orm import Session

from inventory.actions.imports.records import remember_mapping
from inventory.errors import BadInputError
from inventory.imports.cells.classes import ClassIndex
from inventory.imports.cells.municipalities import MunicipalityIndex
from inventory.imports.cells.spelling import suggest_words
from inventory.imports.contents import ContentsJudge
from inventory.imports.kinds import LAYOUTS
from inventory.imports.mapping import FileMapping
from inventory.imports.proposal import Proposal, propose_mapping
from inventory.imports.refused_rows import choose_suffix, make_refused_file
from inventory.imports.report import ImportReport
from inventory.queries.imports.keys import list_known_classes, map_municipalities
from inventory.queries.imports.records import find_organisation, list_organisation_names, map_past_headers
from inventory.tables import ImportKind

_WHY = {
    "past": ("tidligere", "earlier"),
    "name": ("navn", "name"),
    "spelling": ("stavning", "spelling"),
    "contents": ("indhold", "contents"),
    "none": ("læses ikke", "not read"),
}


class OutputPlaceError(BadInputError):
    """The file {path} cannot be written: {why}. Nothing was imported."""


class OrganisationUnknownError(BadInputError):
    """There is no organisation {name}. Near: {near}."""


class RefusedRowsNameError(BadInputError):
    """The refused rows of this file are written as {suffix}, not as {name}. Nothing was imported."""


def write_proposal(
    session: Session,
    *,
    kind: str,
    file: Path,
    to: Path,
    mapping: FileMapping | None,
    organisation: str | None,
    language: str,
) -> Proposal:
    """Propose a mapping of a file, write it as JSON and show it on standard error.

    Raises
    ------
    FileRefusedError
        If the file as a whole cannot be used.
    OutputPlaceError
        If the mapping cannot be written.
    """
    judge = ContentsJudge(
        classes=ClassIndex(list_known_classes(session)),
        municipalities=MunicipalityIndex(map_municipalities(session)),
    )
    owner = find_owner(session, name=organisation)
    past = map_past_headers(session, kind=kind, organisation_id=owner)
    proposal = propose_mapping(file, layout=LAYOUTS[kind], judge=judge, past=past, mapping=mapping)
    text = json.dumps(proposal.mapping.make_document(), ensure_ascii=False, indent=1) + "\n"
    write_output(to, text.encode())
    show_proposal(proposal, language=language)
    return proposal


def find_owner(session: Session, *, name: str | None) -> UUID | None:
    """Find the organisation whose import it is; None where none is named.

    Raises
    ------
    OrganisationUnknownError
        If there is no organisation of that name.
    """
    if name is None:
        return None
    owner = find_organisation(session, name=name)
    if owner is None:
        near = suggest_words(name, known=list_organisation_names(session))
        raise OrganisationUnknownError(name=name, near=", ".join(near) or "-")
    return owner


def keep_mapping(session: Session, *, kind: str, mapping: FileMapping, organisation: str | None) -> None:
    """Remember what the headers of a mapping were taken for."""
    remember_mapping(
        session,
        kind=ImportKind(kind),
        columns=mapping.fold_headers(),
        organisation_id=find_owner(session, name=organisation),
        at=datetime.now(tz=UTC),
    )


def show_proposal(proposal: Proposal, *, language: str) -> None:
    """Show a proposal on standard error: each header with its column and why, then what else was guessed."""
    at = 0 if language == "da" else 1
    console = Console(stderr=True, markup=False, emoji=False)
    table = Table()
    for name in (("overskrift", "kolonne", "hvorfor", "værdier"), ("header", "column", "why", "values"))[at]:
        table.add_column(name, overflow="fold")
    for one in proposal.columns:
        cells = (one.header, one.column or "-", _WHY[one.why][at], ", ".join(one.samples))
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    guessed = proposal.mapping.make_document()
    names = ("sheet", "encoding", "separator", "header_row", "decimal", "date_form", "epsg", "swapped")
    console.print(", ".join(f"{name}: {guessed[name]!r}" for name in names if guessed[name] is not None))
    if proposal.missing:
        console.print(("Mangler", "Missing")[at] + ": " + ", ".join(proposal.missing))


def write_refused(report: ImportReport, *, to: Path, language: str) -> None:
    """Write the rows that were not taken; no file where there are none.

    Raises
    ------
    RefusedRowsNameError
        If the name says another kind of file.
    OutputPlaceError
        If it cannot be written.
    """
    if not report.refused:
        return
    suffix = choose_suffix(report)
    if to.suffix.lower() != suffix:
        raise RefusedRowsNameError(suffix=suffix, name=to.name)
    write_output(to, make_refused_file(report, language=language))


def write_output(path: Path, data: bytes) -> None:
    """Write a file whole.

    Raises
    ------
    OutputPlaceError
        If it cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutputPlaceError(path=path, why=error.strerror or str(error)) from error


def mapping_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of mappings and of refused rows."""
    for option in (
        click.option(
            "--mapping",
            type=click.Path(dir_okay=False, exists=True, path_type=Path),
            help="Which header is which column, as --propose-mapping writes it.",
        ),
        click.option(
            "--propose-mapping",
            "propose",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write a proposed mapping to this .json file and import nothing.",
        ),
        click.option(
            "--organisation",
            help="Whose import it is: its earlier mappings are proposed, and this one is remembered.",
        ),
        click.option(
            "--refused-rows",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write the refused rows to this file (.csv of text, else .xlsx), to mend and import.",
        ),
    ):
        command = option(command)
    return command
