# SPDX-License-Identifier: EUPL-1.2
"""Explanations as JSON values and back; no engine is loaded for it."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from matcher.explain.told import Explanation, RequirementExplanation


@cache
def _adapter() -> TypeAdapter[RequirementExplanation]:
    return TypeAdapter(RequirementExplanation)


@cache
def _any_adapter() -> TypeAdapter[Explanation]:
    return TypeAdapter(Explanation)


def write_told(told: Explanation) -> dict[str, Any]:
    """Turn an explanation into what JSON knows; money in 1/1000 øre, quantities in steps of the class."""
    document: dict[str, Any] = _any_adapter().dump_python(told, mode="json")
    return document


def read_told(document: dict[str, Any]) -> RequirementExplanation:
    """Read the explanation of a requirement as `write_told` wrote it."""
    return _adapter().validate_python(document)
