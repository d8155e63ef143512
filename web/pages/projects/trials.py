# SPDX-License-Identifier: EUPL-1.2
"""Changes of requirements as addresses and buttons carry them: ``requirement~column~value``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from inventory.matching.tried import TRIABLE
from inventory.tables import ATTRIBUTES, Documentation
from web.errors import FilterError

_MARK = "~"
_YES, _NO = "yes", "no"
_FLAGS = ("unknown_screening_ok", "substitutes_ok")
_DAYS = ("wanted_from", "wanted_to")
_LARGEST = 2_000_000

Tries = dict[UUID, dict[str, Any]]


def write_try(requirement_id: object, column: str, value: Any) -> str:
    """Write a change of one column as an address carries it; `read_tries` reads it back."""
    if value is None:
        text = ""
    elif isinstance(value, bool):
        text = _YES if value else _NO
    elif isinstance(value, list | tuple):
        text = ",".join(value)
    else:
        text = value.isoformat() if isinstance(value, date) else str(value)
    return _MARK.join((str(requirement_id), column, text))


def read_tries(texts: Iterable[str]) -> Tries:
    """Read changes; of two of the same column the later counts, attributes that may be unknown add up.

    Raises
    ------
    FilterError
        One is no change that can be tried.
    """
    tried: Tries = {}
    for text in texts:
        requirement, _mark, rest = text.partition(_MARK)
        column, _mark, value = rest.partition(_MARK)
        try:
            found = tried.setdefault(UUID(requirement), {})
            read = _read_value(column, value)
        except ValueError as error:
            raise FilterError(why=text[:80]) from error
        if column == "unknown_ok":
            read = [*found.get(column, []), *(one for one in read if one not in found.get(column, []))]
        found[column] = read
    return tried


def _read_value(column: str, text: str) -> Any:
    if column not in TRIABLE:
        raise ValueError(column)
    if column in _FLAGS:
        if text not in {_YES, _NO}:
            raise ValueError(text)
        return text == _YES
    if column in _DAYS:
        return date.fromisoformat(text)
    if column == "documentation_min":
        return Documentation(text).value
    if column == "unknown_ok":
        names = text.split(",")
        if not set(names) <= set(ATTRIBUTES):
            raise ValueError(text)
        return names
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > len(str(_LARGEST)) or int(text) > _LARGEST:
        raise ValueError(text)
    return int(text)


def list_tries(tried: Mapping[UUID, Mapping[str, Any]]) -> list[str]:
    """List changes as addresses carry them."""
    return [
        write_try(requirement_id, column, value)
        for requirement_id, values in tried.items()
        for column, value in values.items()
    ]


def join_values(present: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the columns to write: as tried, the attributes that may be unknown beside those that may already.

    Parameters
    ----------
    present
        The requirement as it stands, by column.
    values
        What is tried of it.
    """
    joined = dict(values)
    if "unknown_ok" in joined:
        added = {*present["unknown_ok"], *joined["unknown_ok"]}
        joined["unknown_ok"] = [name for name in ATTRIBUTES if name in added]
    return joined
