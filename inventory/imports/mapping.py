# SPDX-License-Identifier: EUPL-1.2
"""How a file is to be read: which header is which column, and what would else be guessed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from inventory.imports.cells.spelling import fold_text
from inventory.imports.encoding import ENCODINGS
from inventory.imports.headers import Layout
from inventory.imports.refusal import FileRefusedError

DateForm = Literal["day_first", "month_first"]
DATE_FORMS: tuple[DateForm, ...] = ("day_first", "month_first")
DECIMALS = (",", ".")
SYSTEMS = (25832, 25833, 4326, 3857)
"""EPSG codes that a file's x and y may be in: UTM zone 32 and 33, degrees, Web Mercator."""
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """What is decided about a file; None leaves it to be guessed.

    `columns` gives each header its column, None where it is not to be read; headers not named are not
    read either. `fixed` gives columns the file lacks one value for every row.
    """

    kind: str
    columns: Mapping[str, str | None] | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    header_row: int | None = None
    decimal: Literal[",", "."] | None = None
    date_form: DateForm | None = None
    epsg: int | None = None
    swapped: bool | None = None

    def make_document(self) -> dict[str, Any]:
        """Give the mapping as plain values for JSON."""
        names = [name for name in self.__dataclass_fields__ if name not in ("columns", "fixed")]
        return {
            "version": VERSION,
            **{name: getattr(self, name) for name in names},
            "columns": None if self.columns is None else dict(self.columns),
            "fixed": dict(self.fixed),
        }

    def fold_headers(self) -> dict[str, str]:
        """Give the folded headers that are read, each with its column, to remember them by."""
        columns = self.columns or {}
        return {fold_text(header): name for header, name in columns.items() if name is not None}


_CHOICES: Mapping[str, tuple[object, ...]] = {
    "encoding": ENCODINGS,
    "separator": (";", ",", "\t", "|"),
    "decimal": DECIMALS,
    "date_form": DATE_FORMS,
    "epsg": SYSTEMS,
    "swapped": (True, False),
}


def read_mapping(path: Path, *, layout: Layout) -> FileMapping:
    """Read a mapping from a JSON file.

    Raises
    ------
    FileRefusedError
        ``mapping_wrong``: it is no mapping, is for another kind of file, or names what is not there.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileRefusedError(
            file=path.name, code="file_unreadable", found=error.strerror or str(error)
        ) from error
    except (ValueError, RecursionError) as error:  # the latter of far too many layers
        raise FileRefusedError(
            file=path.name, code="mapping_wrong", found=str(error), expected="JSON"
        ) from error
    return parse_mapping(told, layout=layout, file=path.name)


def parse_mapping(told: object, *, layout: Layout, file: str) -> FileMapping:
    """Read a mapping from the plain values of `FileMapping.make_document`.

    Parameters
    ----------
    told
        What the JSON held.
    layout
        The columns there are.
    file
        Name of the mapping, for errors.

    Raises
    ------
    FileRefusedError
        ``mapping_wrong``.
    """
    if not isinstance(told, dict) or told.get("version") != VERSION:
        raise FileRefusedError(file=file, code="mapping_wrong", found="version", expected=str(VERSION))
    if told.get("kind") != layout.kind:
        raise FileRefusedError(
            file=file, code="mapping_wrong", found=f"kind: {told.get('kind')}", expected=layout.kind
        )
    unknown = set(told) - {"version", *FileMapping.__dataclass_fields__}
    if unknown:
        raise FileRefusedError(
            file=file,
            code="mapping_wrong",
            found=", ".join(sorted(map(str, unknown))),
            expected=", ".join(FileMapping.__dataclass_fields__),
        )
    values: dict[str, Any] = {name: told.get(name) for name in FileMapping.__dataclass_fields__}
    for name, allowed in _CHOICES.items():
        if values[name] is not None and values[name] not in allowed:
            listed = ", ".join(repr(choice) for choice in allowed)
            raise FileRefusedError(
                file=file, code="mapping_wrong", found=f"{name}: {values[name]!r}", expected=listed
            )
    row = values["header_row"]
    if row is not None and (not isinstance(row, int) or isinstance(row, bool) or row < 1):
        raise FileRefusedError(
            file=file, code="mapping_wrong", found=f"header_row: {row!r}", expected="1, 2, ..."
        )
    if values["sheet"] is not None and not isinstance(values["sheet"], str):
        raise FileRefusedError(
            file=file, code="mapping_wrong", found=f"sheet: {values['sheet']!r}", expected='"..."'
        )
    columns = _check_names(values["columns"], name="columns", layout=layout, file=file)
    fixed = _check_names(values["fixed"], name="fixed", layout=layout, file=file) or {}
    values |= {"columns": columns, "fixed": fixed}
    return FileMapping(**values)


def _check_names(told: Any, *, name: str, layout: Layout, file: str) -> dict[str, Any] | None:
    if told is None:
        return None
    if not isinstance(told, dict):
        raise FileRefusedError(file=file, code="mapping_wrong", found=f"{name}: {told!r}", expected="{...}")
    names = [at for at in (told if name == "fixed" else told.values()) if at is not None]
    wrong = sorted({str(at) for at in names if at not in layout.by_name})
    if name == "columns":
        wrong += sorted({str(at) for at in names if names.count(at) > 1})
    if wrong:
        raise FileRefusedError(
            file=file,
            code="mapping_wrong",
            found=f"{name}: {', '.join(wrong)}",
            expected=", ".join(layout.by_name),
        )
    return {str(key): None if value is None else str(value) for key, value in told.items()}
