# SPDX-License-Identifier: EUPL-1.2
"""The form of a Materialepas: filled from what is known, read back with what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from inventory.documentation.materialepas.check import check_value
from inventory.documentation.materialepas.document import Values
from inventory.documentation.materialepas.fields import (
    FieldKind,
    ListStatus,
    PassField,
    PassValue,
    list_plain_fields,
    list_record_fields,
    read_values,
)
from inventory.documentation.materialepas.problems import PassProblem
from inventory.queries.materialepas import PassState
from web.language import current_language

NOT_IN_FORM = (FieldKind.PICTURE, FieldKind.PICTURES)
"""Pictures come from the lot's photos, or from a file."""

_SPARE_RECORDS = 2
_MOST_RECORDS = 200
_NUMBER = re.compile(r"[0-9]{1,15}([.,][0-9]{1,10})?")
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownField:
    """A field as the page shows it.

    `shown` is what stands in it: a text, or of a field with boxes the codes that are ticked; `from_genbro`
    says that nobody but Genbro has said it; `hidden` that something is said that the public does not see.
    """

    field: PassField
    name: str
    shown: Any
    values: Sequence[PassValue]
    error: str | None
    from_genbro: bool = False
    hidden: bool = False
    records: Sequence[Sequence[ShownField]] = ()

    @property
    def free(self) -> bool:
        """Say whether anything may be written beside the values of the list."""
        return self.field.list_status is not ListStatus.CLOSED


def read_pass_form(sent: MultiDict[str, str], *, state: PassState) -> tuple[Values, dict[str, str]]:
    """Read the form.

    Returns
    -------
    said : dict
        What is said beyond what Genbro knows: a field left as Genbro fills it goes on following the lot.
    errors : dict
        What is wrong, by the name of the field, in the language of the page.
    """
    said: Values = {}
    errors: dict[str, str] = {}
    for field in list_plain_fields():
        if field.kind in NOT_IN_FORM:
            if field.path in state.said:
                said[field.path] = state.said[field.path]
            continue
        typed = _read(field, sent, name=field.path)
        if field.personal and typed is None and not sent.get(f"clear-{field.path}"):
            typed = state.values.get(field.path)
        for problem in check_value(field, typed, path=field.path):
            errors.setdefault(_name_of(problem.path), _say(problem))
        if typed != _empty_as_none(state.known.get(field.path)):
            said[field.path] = typed
    return said, errors


def _read(field: PassField, sent: MultiDict[str, str], *, name: str) -> Any:
    """Read one field as the value it means; what cannot be read stays the text that was typed."""
    if field.kind is FieldKind.RECORDS:
        return list(_read_records(field, sent)) or None
    if field.kind is FieldKind.CHOICES:
        return [code for code in sent.getlist(name) if code] or None
    text = sent.get(name, "").replace("\x00", "").strip()
    if not text:
        return None
    if field.kind is FieldKind.TEXTS:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if field.kind is FieldKind.YES_NO:
        return _YES_NO.get(text, text)
    if field.kind in {FieldKind.WHOLE, FieldKind.YEAR}:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else text
    if field.kind is FieldKind.NUMBER and _NUMBER.fullmatch(text):
        plain = text.replace(",", ".")
        return float(plain) if "." in plain else int(plain)
    return text


def _read_records(field: PassField, sent: MultiDict[str, str]) -> Iterator[dict[str, Any]]:
    for number in range(_MOST_RECORDS):
        record = {
            one.name: _read(one, sent, name=f"{field.path}.{number}.{one.name}")
            for one in list_record_fields(field.name)
        }
        if any(value is not None for value in record.values()):
            yield record


def _name_of(path: str) -> str:
    """Turn the path of a value into the name of its field: records are numbered with points."""
    return path.replace("[", ".").replace("]", "")


def _say(problem: PassProblem) -> str:
    return gettext("Expected %(what)s.", what=problem.expected(current_language()))


def _empty_as_none(value: Any) -> Any:
    return None if value == [] else value


def show_pass_form(
    state: PassState, *, sent: MultiDict[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> dict[int, list[ShownField]]:
    """Lay out the form by section: as the pass stands, or as it was sent with what is wrong."""
    errors = errors or {}
    sections: dict[int, list[ShownField]] = {}
    for field in list_plain_fields():
        value = state.values.get(field.path)
        if field.kind in NOT_IN_FORM:
            shown: Any = [value] if isinstance(value, str) else value or []
        elif field.kind is FieldKind.RECORDS:
            shown = list(_read_records(field, sent)) if sent is not None else value or []
        elif sent is not None:
            shown = sent.getlist(field.path) if field.kind is FieldKind.CHOICES else sent.get(field.path, "")
        else:
            shown = "" if field.personal else _write(field, value)
        sections.setdefault(field.section, []).append(
            ShownField(
                field=field,
                name=field.path,
                shown=shown,
                values=read_values().get(field.list or "", ()),
                error=errors.get(field.path),
                from_genbro=field.path not in state.said and value not in (None, []),
                hidden=field.personal and value is not None,
                records=_show_records(field, shown, errors=errors) if field.kind is FieldKind.RECORDS else (),
            )
        )
    return sections


def _show_records(
    field: PassField, records: Sequence[Mapping[str, Any]], *, errors: Mapping[str, str]
) -> list[list[ShownField]]:
    """Show each record there is, and some empty ones to fill."""
    shown: list[list[ShownField]] = []
    for number, record in enumerate([*records, *[{}] * _SPARE_RECORDS]):
        names = {one.name: f"{field.path}.{number}.{one.name}" for one in list_record_fields(field.name)}
        shown.append(
            [
                ShownField(
                    field=one,
                    name=names[one.name],
                    shown=_write(one, record.get(one.name)),
                    values=read_values().get(one.list or "", ()),
                    error=errors.get(names[one.name]),
                )
                for one in list_record_fields(field.name)
            ]
        )
    return shown


def _write(field: PassField, value: Any) -> Any:
    """Write a value as it stands in its field."""
    if field.kind is FieldKind.CHOICES:
        return value or []
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    if isinstance(value, float):
        text = f"{value:.10f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") if current_language() == "da" else text
    return str(value)
