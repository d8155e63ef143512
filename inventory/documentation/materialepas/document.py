# SPDX-License-Identifier: EUPL-1.2
"""A Materialepas as JSON: read with everything wrong named, and written so that reading gives it back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from inventory.documentation.materialepas.check import check_object, find_near
from inventory.documentation.materialepas.fields import (
    FORMAT,
    VERSION,
    FieldKind,
    PassField,
    list_plain_fields,
    list_record_fields,
)
from inventory.documentation.materialepas.problems import PassProblem
from inventory.errors import BadInputError

MOST_BYTES = 20_000_000

MOST_PROBLEMS = 100
"""So many wrong fields are named at once; who has more mends these first."""

# Why a file is no JSON, in Danish and in English.
_UNREADABLE = {
    "large": ("den er større end {most} MB", "it is larger than {most} MB"),
    "empty": ("den er tom", "it is empty"),
    "encoding": (
        "den er ikke skrevet i UTF-8; gem den igen som UTF-8",
        "it is not written in UTF-8; save it again as UTF-8",
    ),
    "syntax": (
        "linje {line}, tegn {column} passer ikke; er filen hel?",
        "line {line}, character {column} does not fit; is the file whole?",
    ),
    "deep": ("den er pakket ind i alt for mange lag", "it is wrapped in far too many layers"),
    "constant": (
        "{word} er ikke et tal i JSON; skriv null, hvor tallet ikke kendes",
        "{word} is no number of JSON; write null where the number is not known",
    ),
    "number": ("et tal i den har alt for mange cifre", "a number in it has far too many digits"),
}

WHY = {
    "da": "har felter, der ikke kan bruges. Intet er gemt; ret dem, og send den igen:",
    "en": "has fields that cannot be taken. Nothing was taken; mend them and send it again:",
}

Values = dict[str, Any]
"""What a pass says, by path; None where it says nothing."""


class PassUnreadableError(BadInputError):
    """{name} cannot be read as JSON: {why}. Nothing was taken."""


class PassProblemsError(BadInputError):
    """{name} {why}
    {lines}
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """A pass as it was read: whose it is, where it says so, and every field of version 1.0 by its path."""

    lot_id: UUID | None
    values: Values


def parse_pass(content: bytes, *, name: str, language: str = "en") -> Pass:
    """Read a Materialepas from JSON; a field it leaves out says nothing.

    Parameters
    ----------
    content
        The bytes, UTF-8.
    name
        What to call it in an error.
    language
        Of the lines that say what is wrong.

    Raises
    ------
    PassUnreadableError
        If it is no JSON, or larger than 20 MB.
    PassProblemsError
        If a field cannot be taken; each is named with its path, value, what was expected and how to mend it.
        The problems stand in `details["problems"]`.
    """
    document = _parse_json(content, name=name, language=language)
    problems, found = _read(document)
    if problems:
        problems = problems[:MOST_PROBLEMS]
        lines = "\n".join(problem.describe(language) for problem in problems)
        raise PassProblemsError(name=name, why=WHY[language], lines=f"\n{lines}", problems=problems)
    return found


def write_pass(values: Mapping[str, Any], *, lot_id: UUID | None) -> dict[str, Any]:
    """Write a pass as a document of every field, in the order of the standard; empty ones are null."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "lot": None if lot_id is None else str(lot_id),
    }
    for field in list_plain_fields():
        value = values.get(field.path)
        if field.kind is FieldKind.RECORDS and value is not None:
            names = [one.name for one in list_record_fields(field.name)]
            value = [{name: record.get(name) for name in names} for record in value]
        document.setdefault(field.group, {})[field.name] = value
    return document


class _ConstantError(ValueError):
    """A word that Python reads as a number and JSON does not know."""


def _parse_json(content: bytes, *, name: str, language: str) -> Any:
    def refuse(code: str, **told: object) -> PassUnreadableError:
        why = _UNREADABLE[code][0 if language == "da" else 1].format_map(told)
        return PassUnreadableError(name=name, why=why)

    if len(content) > MOST_BYTES:
        raise refuse("large", most=MOST_BYTES // 1_000_000)
    if not content.strip():
        raise refuse("empty")
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise refuse("encoding") from error
    except json.JSONDecodeError as error:
        raise refuse("syntax", line=error.lineno, column=error.colno) from error
    except _ConstantError as error:
        raise refuse("constant", word=error) from error
    except ValueError as error:  # more digits than Python makes a number of
        raise refuse("number") from error
    except RecursionError as error:
        raise refuse("deep") from error


def _refuse_constant(word: str) -> NoReturn:
    raise _ConstantError(word)


def _read(document: Any) -> tuple[list[PassProblem], Pass]:
    nothing = Pass(lot_id=None, values={})
    if not isinstance(document, dict):
        return [PassProblem(path="$", value=document, code="not_an_object")], nothing
    problems: list[PassProblem] = []
    if document.get("format") != FORMAT:
        problems.append(PassProblem(path="format", value=document.get("format"), code="wrong_format"))
    if document.get("version") != VERSION:
        problems.append(PassProblem(path="version", value=document.get("version"), code="wrong_version"))
    lot_id = None
    if document.get("lot") is not None:
        try:
            lot_id = UUID(document["lot"])
        except (ValueError, AttributeError, TypeError):
            problems.append(PassProblem(path="lot", value=document["lot"], code="not_a_lot"))
    groups: dict[str, dict[str, PassField]] = {}
    for field in list_plain_fields():
        groups.setdefault(field.group, {})[field.name] = field
    values: Values = dict.fromkeys(field.path for field in list_plain_fields())
    for group, told in document.items():
        if len(problems) > MOST_PROBLEMS:
            break
        if group in {"format", "version", "lot"}:
            continue
        if group not in groups:
            details = {"near": find_near(group, known=groups)}
            problems.append(PassProblem(path=group, value=told, code="unknown_field", details=details))
        elif told is not None and not isinstance(told, dict):
            problems.append(PassProblem(path=group, value=told, code="not_an_object"))
        elif told is not None:
            problems += check_object(told, fields=groups[group], path=group)
            values |= {f"{group}.{name}": value for name, value in told.items()}
    return problems, Pass(lot_id=lot_id, values=values)
