# SPDX-License-Identifier: EUPL-1.2
"""JSON files that are whole or not there, and that say nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from matcher.errors import InputError


def write_object(document: dict[str, Any], path: Path) -> None:
    """Write a JSON object that is the same for the same content, whole or not at all.

    Parameters
    ----------
    document
        What to write.
    path
        The file.
    """
    partial = path.with_name(path.name + ".part")
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)


def read_object(path: Path, *, take_decimal: Callable[[str], Any] = float) -> dict[str, Any]:
    """Read a JSON object, refusing what JSON does not know: repeated names, NaN.

    Parameters
    ----------
    path
        The file.
    take_decimal
        What makes a number of the text of a decimal.

    Raises
    ------
    InputError
        Where it cannot be read as one.
    """
    try:
        document = json.loads(
            path.read_text(encoding="utf-8"),
            object_pairs_hook=_refuse_repeats,
            parse_constant=_refuse_constant,
            parse_float=take_decimal,
        )
    except OSError as error:
        raise InputError(f"a file that can be read: {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"JSON in UTF-8: {path}: {error}") from error
    if not isinstance(document, dict):
        raise InputError(f"a JSON object: {path}")
    return document


def _refuse_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name '{repeated}' stands twice")
    return made


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
