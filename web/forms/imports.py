# SPDX-License-Identifier: EUPL-1.2
"""The form of a mapping: what it offers, and reading it back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict

from inventory.imports.cells.classes import ClassIndex
from inventory.imports.cells.municipalities import MunicipalityIndex
from inventory.imports.contents import ContentsJudge
from inventory.imports.encoding import ENCODINGS
from inventory.imports.kinds import LAYOUTS
from inventory.imports.mapping import VERSION, FileMapping, parse_mapping
from inventory.imports.perform import unpack_file
from inventory.imports.placing import Placing, look_at_placing
from inventory.imports.proposal import Proposal, propose_mapping
from inventory.queries.imports.keys import list_known_classes, map_municipalities
from inventory.queries.imports.records import ImportRecord, map_past_headers, read_parts
from web.session import get_reader, get_session

_ = lazy_gettext

_WHOLE = re.compile(r"[0-9]{1,9}")
# Of text the first 4 MB are enough for a look; the other formats are read from end to end or not at all.
_TEXT_PARTS = 1
_TEXT_NAMES = (".csv", ".txt", ".tsv", ".tab")

# What the form lets a person decide of what was guessed: value -> words.
GUESS_CHOICES: Mapping[str, Mapping[str, Any]] = {
    "encoding": {name: name.upper() for name in ENCODINGS},
    "separator": {";": _("Semicolon ;"), ",": _("Comma ,"), "\t": _("Tab"), "|": _("Bar |")},
    "decimal": {",": _("Comma: 12,5"), ".": _("Point: 12.5")},
    "date_form": {"day_first": _("Day first: 31-05-2027"), "month_first": _("Month first: 05/31/2027")},
    "epsg": {
        "25832": _("UTM zone 32 (EPSG:25832)"),
        "25833": _("UTM zone 33 (EPSG:25833)"),
        "4326": _("Degrees (EPSG:4326)"),
        "3857": "Web Mercator (EPSG:3857)",
    },
    "swapped": {"no": _("x is east, y is north"), "yes": _("x and y are swapped")},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is proposed of an upload, and how its rows are placed where it has no coordinates.

    `hopeless` says that the file was read to its end and not one of its rows can be placed.
    """

    proposal: Proposal
    placing: Placing | None
    hopeless: bool


def propose_upload(record: ImportRecord, *, mapping: FileMapping | None) -> Outlook:
    """Propose a mapping of an uploaded file, and look at how its rows are placed.

    Parameters
    ----------
    record
        The import.
    mapping
        What is decided already.

    Raises
    ------
    FileRefusedError
        If the file as a whole cannot be used.
    """
    session = get_session()
    judge = ContentsJudge(
        classes=ClassIndex(list_known_classes(session)),
        municipalities=MunicipalityIndex(map_municipalities(session)),
    )
    past = map_past_headers(session, kind=record.kind, organisation_id=record.organisation_id)
    most = _TEXT_PARTS if record.file.lower().endswith(_TEXT_NAMES) else None
    with unpack_file(get_reader().engine, record=record, most=most) as path:
        proposal = propose_mapping(path, layout=LAYOUTS[record.kind], judge=judge, past=past, mapping=mapping)
    placing = look_at_placing(
        session,
        kind=record.kind,
        columns=[*filter(None, (proposal.mapping.columns or {}).values()), *proposal.mapping.fixed],
        cells=proposal.place_cells,
        rows=proposal.rows,
    )
    whole = most is None or len(read_parts(session, import_id=record.id)) <= most
    hopeless = placing is not None and placing.placed == 0 and whole
    return Outlook(proposal=proposal, placing=placing, hopeless=hopeless)


def read_mapping_form(form: MultiDict[str, str], *, record: ImportRecord) -> FileMapping:
    """Read the form of a mapping.

    Parameters
    ----------
    form
        ``header-N`` and ``column-N`` name the headers and what each is; ``fixed-COLUMN`` gives a value for
        all rows; the rest are guesses as they were decided, empty where they are to be guessed again.

    Raises
    ------
    FileRefusedError
        ``mapping_wrong``: two headers are one column, or a choice is none.
    """
    # What a database cannot hold was put there by hand: no browser sends it.
    form = MultiDict(
        (name.replace("\x00", ""), value.replace("\x00", "")) for name, value in form.items(multi=True)
    )
    columns: dict[str, str | None] = {}
    for name, header in form.items():
        kind, _dash, number = name.partition("-")
        if kind == "header":
            columns[header] = form.get(f"column-{number}") or None
    fixed = {
        name.removeprefix("fixed-"): value.strip()
        for name, value in form.items()
        if name.startswith("fixed-") and value.strip()
    }
    row, epsg = form.get("header_row", ""), form.get("epsg", "")
    told: dict[str, Any] = {
        "version": VERSION,
        "kind": record.kind,
        "columns": columns or None,
        "fixed": {name: value for name, value in fixed.items() if name not in columns.values()},
        "sheet": form.get("sheet") or None,
        "encoding": form.get("encoding") or None,
        "separator": form.get("separator") or None,
        "header_row": _read_whole(row),
        "decimal": form.get("decimal") or None,
        "date_form": form.get("date_form") or None,
        "epsg": _read_whole(epsg),
        "swapped": {"yes": True, "no": False}.get(form.get("swapped", "")),
    }
    return parse_mapping(told, layout=LAYOUTS[record.kind], file=record.file)


def _read_whole(text: str) -> int | None:
    """Read a whole number of up to nine digits; anything else is guessed again."""
    return int(text) if _WHOLE.fullmatch(text) else None
