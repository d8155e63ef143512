# SPDX-License-Identifier: EUPL-1.2
"""Check the values of a Materialepas against the fields of version 1.0; everything wrong is named."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from inventory.documentation.materialepas.fields import (
    FieldKind,
    ListStatus,
    PassField,
    list_record_fields,
    read_values,
)
from inventory.documentation.materialepas.problems import PassProblem

MOST_LETTERS = 2_000
MOST_PICTURE = 5_000_000  # a photo written out in base64
MOST_ENTRIES = 200
_YEARS = range(1001, 2201)  # 1000 stands for "not known" in the register
_LARGEST = 1e15
_LONGEST_NAME = 100
_MOST_PROBLEMS = (
    100  # of one object: a file of nothing but wrong names is not worth the time to name them all
)

Wrong = tuple[str, dict[str, Any]]


def find_near(name: str, *, known: Collection[str]) -> str:
    """Find the known word nearest to one that is not; of very different ones the first."""
    near = difflib.get_close_matches(name[:_LONGEST_NAME], sorted(known), n=1, cutoff=0.0)
    return near[0] if near else ""


def check_value(field: PassField, value: Any, *, path: str) -> list[PassProblem]:
    """Check one value; nothing (``None``) is always right."""
    if value is None:
        return []
    if field.kind is FieldKind.RECORDS:
        return _check_records(field, value, path=path)
    wrong = _CHECKS[field.kind](field, value)
    if wrong is None:
        return []
    code, details = wrong
    return [PassProblem(path=path, value=value, code=code, details=details)]


def _check_text(_field: PassField, value: Any) -> Wrong | None:
    return None if _is_text(value, most=MOST_LETTERS) else ("not_a_text", {"most": MOST_LETTERS})


def _check_picture(_field: PassField, value: Any) -> Wrong | None:
    return None if _is_text(value, most=MOST_PICTURE) else ("not_a_text", {"most": MOST_PICTURE})


def _is_text(value: Any, *, most: int) -> bool:
    if not isinstance(value, str) or len(value) > most:
        return False
    # Neither can a database hold: nothing at all, and half of a letter that JSON lets through.
    return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _check_texts(_field: PassField, value: Any, *, most: int = MOST_LETTERS) -> Wrong | None:
    right = (
        isinstance(value, list)
        and len(value) <= MOST_ENTRIES
        and all(_is_text(one, most=most) for one in value)
    )
    return None if right else ("not_a_list", {"most": MOST_ENTRIES})


def _check_pictures(field: PassField, value: Any) -> Wrong | None:
    return _check_texts(field, value, most=MOST_PICTURE)


def _check_yes_no(_field: PassField, value: Any) -> Wrong | None:
    return None if isinstance(value, bool) else ("not_yes_no", {})


def _check_whole(_field: PassField, value: Any) -> Wrong | None:
    right = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST
    return None if right else ("not_a_whole_number", {})


def _check_year(field: PassField, value: Any) -> Wrong | None:
    return None if _check_whole(field, value) is None and value in _YEARS else ("not_a_year", {})


def _check_number(_field: PassField, value: Any) -> Wrong | None:
    right = (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 0 <= value <= _LARGEST  # neither NaN nor infinity is
    )
    return None if right else ("not_a_number", {})


def _check_choice(field: PassField, value: Any) -> Wrong | None:
    known = [one.code for one in read_values()[str(field.list)]]
    if isinstance(value, str) and value in known:
        return None
    return "not_in_list", {"known": ", ".join(known), "near": find_near(str(value), known=known)}


def _check_choices(field: PassField, value: Any) -> Wrong | None:
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        return "not_a_list", {"most": MOST_ENTRIES}
    return next((wrong for one in value if (wrong := _check_choice(field, one)) is not None), None)


_CHECKS: Mapping[FieldKind, Callable[[PassField, Any], Wrong | None]] = {
    FieldKind.TEXT: _check_text,
    FieldKind.TEXTS: _check_texts,
    FieldKind.PICTURE: _check_picture,
    FieldKind.PICTURES: _check_pictures,
    FieldKind.YES_NO: _check_yes_no,
    FieldKind.WHOLE: _check_whole,
    FieldKind.YEAR: _check_year,
    FieldKind.NUMBER: _check_number,
    FieldKind.CHOICE: _check_choice,
    FieldKind.CHOICES: _check_choices,
}


def _check_records(field: PassField, value: Any, *, path: str) -> list[PassProblem]:
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        return [PassProblem(path=path, value=value, code="not_records", details={"most": MOST_ENTRIES})]
    fields = {one.name: one for one in list_record_fields(field.name)}
    problems: list[PassProblem] = []
    for number, record in enumerate(value):
        if len(problems) > _MOST_PROBLEMS:
            break
        at = f"{path}[{number}]"
        if not isinstance(record, dict):
            problems.append(PassProblem(path=at, value=record, code="not_an_object"))
            continue
        problems += check_object(record, fields=fields, path=at)
    return problems


def check_object(
    values: Mapping[str, Any], *, fields: Mapping[str, PassField], path: str
) -> list[PassProblem]:
    """Check every value of an object, and name each that is no field."""
    problems: list[PassProblem] = []
    for name, value in values.items():
        if len(problems) > _MOST_PROBLEMS:
            break
        at = f"{path}.{name}"
        if name not in fields:
            near = find_near(name, known=fields)
            problems.append(PassProblem(path=at, value=value, code="unknown_field", details={"near": near}))
        else:
            problems += check_value(fields[name], value, path=at)
    return problems


def list_unlisted(field: PassField, value: Any) -> Sequence[str]:
    """List the texts of a field outside what we know of its list; an open list binds nobody."""
    if field.list is None or field.list_status is not ListStatus.PART or value is None:
        return ()
    known = {one.code for one in read_values()[field.list]}
    return [one for one in (value if isinstance(value, list) else [value]) if one not in known]
