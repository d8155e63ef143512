# SPDX-License-Identifier: EUPL-1.2
"""The fields and value lists of the Materialepas, each from its table of reference."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

FORMAT, VERSION = "materialepas", "1.0"


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    TEXTS = "texts"
    PICTURE = "picture"
    PICTURES = "pictures"
    YES_NO = "yes_no"
    WHOLE = "whole"
    YEAR = "year"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    RECORDS = "records"


class ListStatus(StrEnum):
    """How the list of a field binds: nothing else, part of it is known to us, or only a proposal."""

    CLOSED = "closed"
    PART = "part"
    OPEN = "open"


RECORDS = ("dangerous_substances", "emissions")
"""Groups that may be there several times; the group `pollution` holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassField:
    """One field of version 1.0.

    `personal` marks what names a person: it is never shown to the public. `leksikon_id` is the field's own
    id in the published lexicon.
    """

    section: int
    group: str
    name: str
    kind: FieldKind
    unit: str | None
    list: str | None
    list_status: ListStatus | None
    personal: bool
    name_da: str
    name_en: str
    leksikon_id: str | None
    source: str

    @property
    def path(self) -> str:
        """Its place in the document, such as ``dimensions.width_mm``."""
        return f"{self.group}.{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassValue:
    """One value of a list."""

    code: str
    name_da: str
    name_en: str


@cache
def read_fields() -> tuple[PassField, ...]:
    """Read the fields in the order of the standard."""
    return tuple(_read_field(row) for row in _read_rows("materialepas_fields"))


def _read_field(row: Mapping[str, str]) -> PassField:
    return PassField(
        section=int(row["section"]),
        group=row["group"],
        name=row["field"],
        kind=FieldKind(row["kind"]),
        unit=row["unit"] or None,
        list=row["list"] or None,
        list_status=ListStatus(row["list_status"]) if row["list_status"] else None,
        personal=row["personal"] == "yes",
        name_da=row["name_da"],
        name_en=row["name_en"],
        leksikon_id=row["leksikon_id"] or None,
        source=row["source"],
    )


@cache
def read_values() -> dict[str, tuple[PassValue, ...]]:
    """Read the values of each list."""
    found: dict[str, tuple[PassValue, ...]] = {}
    for row in _read_rows("materialepas_values"):
        value = PassValue(code=row["code"], name_da=row["name_da"], name_en=row["name_en"])
        found[row["list"]] = (*found.get(row["list"], ()), value)
    return found


@cache
def read_class_materials() -> dict[str, tuple[str, ...]]:
    """Read the materials each class of goods is made of; our own mapping, marked so in its table."""
    return {row["class"]: tuple(row["materials"].split()) for row in _read_rows("materialepas_materials")}


@cache
def list_plain_fields() -> tuple[PassField, ...]:
    """List the fields that are there once: lists of records among them, not what stands in a record."""
    return tuple(field for field in read_fields() if field.group not in RECORDS)


@cache
def list_record_fields(records: str) -> tuple[PassField, ...]:
    """List the fields of one kind of record."""
    return tuple(field for field in read_fields() if field.group == records)


def _read_rows(name: str) -> list[dict[str, str]]:
    text = resources.files("inventory").joinpath("reference", f"{name}.csv")
    return list(csv.DictReader(io.StringIO(text.read_text(encoding="utf-8"), newline="")))
