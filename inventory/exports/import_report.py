# SPDX-License-Identifier: EUPL-1.2
"""Writing the report of an import as JSON or CSV."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inventory.errors import BadInputError
from inventory.files.formula import disarm

REPORT_SUFFIXES = (".json", ".csv")
CSV_COLUMNS = (
    "file",
    "sheet",
    "row",
    "column",
    "value",
    "severity",
    "code",
    "message_da",
    "message_en",
    "mend_da",
    "mend_en",
)
_COUNTS = ("rows", "inserted", "updated", "unchanged", "refused", "warned", "blank")


class ReportNameError(BadInputError):
    """A report is written as .json or .csv, not as {name}."""


class ReportPlaceError(BadInputError):
    """The report cannot be written to {path}: {why}. Nothing was imported."""


def check_report_name(path: Path) -> None:
    """Refuse a report name of another kind, or in a folder that is not there, before any work is done.

    Raises
    ------
    ReportNameError
        If the name ends neither in .json nor in .csv.
    ReportPlaceError
        If there is no such folder.
    """
    if path.suffix.lower() not in REPORT_SUFFIXES:
        raise ReportNameError(name=path.name)
    if not path.parent.is_dir():
        raise ReportPlaceError(path=path, why=f"there is no folder {path.parent}")


def write_import_report(document: Mapping[str, Any], path: Path) -> None:
    """Write the report of an import.

    Parameters
    ----------
    document
        From `inventory.imports.report.ImportReport.make_document`, or a refusal's.
    path
        ``.json``: the whole document. ``.csv``: a line of counts (severity ``summary``), then a line
        per finding; UTF-8 with mark, so that Excel shows Danish letters; a value that a spreadsheet
        would take for a formula gets an apostrophe before it.

    Raises
    ------
    ReportNameError
        If the name ends otherwise.
    ReportPlaceError
        If the file cannot be written.
    """
    check_report_name(path)
    try:
        if path.suffix.lower() == ".json":
            text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
            path.write_text(text, encoding="utf-8")
        else:
            path.write_text(format_report_csv(document), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ReportPlaceError(path=path, why=error.strerror or str(error)) from error


def format_report_csv(document: Mapping[str, Any]) -> str:
    """Format the report of an import as CSV text with the columns `CSV_COLUMNS`."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, CSV_COLUMNS)
    writer.writeheader()
    writer.writerow(_summarise(document))
    for finding in document["findings"]:
        writer.writerow({name: disarm(finding[name]) for name in CSV_COLUMNS})
    return out.getvalue()


def _summarise(document: Mapping[str, Any]) -> dict[str, Any]:
    row = dict.fromkeys(CSV_COLUMNS, "")
    if document["refused_file"]:
        words = {"message_da": document["message_da"], "message_en": document["message_en"]}
        return {**row, "file": document["file"], "severity": "error", "code": document["code"], **words}
    counts = ", ".join(f"{name} {document[name]}" for name in _COUNTS)
    return {
        **row,
        "file": document["file"],
        "sheet": document["sheet"],
        "severity": "summary",
        "code": "counts",
        "message_da": counts,
        "message_en": counts,
    }
