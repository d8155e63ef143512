# SPDX-License-Identifier: EUPL-1.2
"""JSON Schemas and the reference page of problem and plan, made from the columns in the code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from matcher.check.rulebook import list_rules
from matcher.figures.figures import MEANINGS, TOTALS
from matcher.plan import Designs, Matches, Termination, Unmet
from matcher.problem.column import Column, Kind, Required
from matcher.problem.columns import ATTRIBUTE_PREFIXES, TABLES, Params, list_columns
from matcher.reasons import REASONS

ALWAYS = ("classes", "sites", "lots", "requirements")
"""Tables that a problem cannot do without."""
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MONTHS = {"type": "array", "items": {"type": "string", "pattern": "^[0-9]{4}-[01][0-9]$"}}
_INTRODUCTION = """# Problem and plan, version 1

<!-- Made by `python -m matcher schema page`; a test keeps it, the schemas and the code together. -->

`python -m matcher solve P -o PLAN` reads a problem and writes a plan; `check P PLAN` proves the plan against
the problem; `explain P PLAN ID` says what became of a lot or a requirement, `explain P PLAN ID --lot LOT` of
a pair. They exit with 0 if all is well, 1 if a rule is broken, 2 if a file cannot be read as what it should
be.

Each table is an object of columns of equal length. Ids are strings, days ISO dates, the end of a window is
exclusive, quantities are whole steps of the class, money and emissions are per step, `null` means none.
Columns without a default must be given; columns, tables or parts not named here are refused. A large problem
may hold its tables in Arrow files beside the JSON: `"arrow": {"lots": "NAME.lots.arrow", ...}`, same columns,
days as date32.

The digest is the SHA-256 of the canonical columns: rows by id, references as row numbers, with params,
classes, roads.
"""


def make_problem_schema() -> dict[str, Any]:
    """Return the JSON Schema of a problem."""
    params = {name: _describe_value(spec, kind=spec.kind) for name, spec in list_columns(Params).items()}
    params["selection"] = {"type": "object", "description": list_columns(Params)["selection"].text}
    properties: dict[str, Any] = {
        "version": {"const": 1},
        "params": {"type": "object", "properties": params, "additionalProperties": False},
        "arrow": {
            "type": "object",
            "propertyNames": {"enum": list(TABLES)},
            "additionalProperties": {"type": "string"},
        },
    }
    for name, table in TABLES.items():
        properties[name] = _describe_table(table, required=True)
    return {
        "$schema": _DRAFT,
        "title": "Genbro problem, version 1",
        "type": "object",
        "required": ["version"],
        "properties": properties,
        "additionalProperties": False,
        "allOf": [
            {
                "anyOf": [
                    {"required": [name]},
                    {"properties": {"arrow": {"required": [name]}}, "required": ["arrow"]},
                ]
            }
            for name in ALWAYS
        ],
    }


def make_plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of a plan."""
    unmet = _describe_table(Unmet, required=True)
    unmet["properties"]["stopped"] = {
        "type": "array",
        "description": list_columns(Unmet)["stopped"].text,
        "items": {
            "type": "object",
            "propertyNames": {"enum": [str(reason) for reason in REASONS]},
            "additionalProperties": {"type": "integer", "minimum": 1},
        },
    }
    text, whole = {"type": "string"}, {"type": "integer"}
    certificate = {
        "lot_prices": _describe_prices(
            "lot",
            "price of a step of each lot, 1/1000 øre, the least optimal one where the plan is optimal;"
            " lots not named have 0",
        ),
        "project_prices": _describe_prices(
            "project", "price of the budget of each project, permille; projects not named have 0"
        ),
        "hub_prices": _describe_prices(
            "hub", "price of a cm2 for a month, 1/1000 øre; hubs and months not named have 0", month=_MONTHS
        ),
        "relaxed": {"type": "array", "items": text}
        | {"description": "requirements bounded by the relaxed formula, all others exactly"},
        "cost": whole | {"description": "C, 1/1000 øre, of any size"},
        "bound": whole | {"description": "LB, 1/1000 øre, of any size"},
        "baseline": whole | {"description": "B, 1/1000 øre, of any size"},
        "gap": {"type": "number", "description": "(C - LB) / (B - LB), rounded up; 0 where B = LB"},
        "quantum": {
            "type": "object",
            "description": "of each class: costs are multiples of it, in 1/1000 øre",
            "additionalProperties": {"type": "integer", "minimum": 1},
        },
    }
    figures = {name: {"type": "number", "description": _join(*entry)} for name, entry in MEANINGS.items()}
    totals = {name: {"type": "number", "description": _join(*entry)} for name, entry in TOTALS.items()}
    figures["totals"] = _close(totals) | {"description": MEANINGS["totals"][1]}
    params = make_problem_schema()["properties"]["params"]
    return {
        "$schema": _DRAFT,
        "title": "Genbro plan, version 1",
        **_close(
            {
                "version": {"const": 1},
                "digest": {
                    "type": "string",
                    "pattern": "^[0-9a-f]{64}$",
                    "description": "digest of the problem",
                },
                "params": params,
                "versions": {"type": "object", "additionalProperties": text, "description": "what took part"},
                "termination": {
                    "enum": [str(one) for one in Termination],
                    "description": "how the solve ended",
                },
                "designs": _describe_table(Designs, required=True),
                "matches": _describe_table(Matches, required=True),
                "unmet": unmet,
                "certificate": _close(certificate),
                "tiers": {"type": "object", "additionalProperties": whole}
                | {"description": "requirements by engine"},
                "figures": _close(figures),
            }
        ),
    }


def make_page() -> str:
    """Return the reference page in Markdown."""
    return "\n".join([_INTRODUCTION, *_list_problem(), *_list_plan(), *list_rules()])


def write_text(document: dict[str, Any]) -> str:
    """Return a schema as the text of its file.

    Parameters
    ----------
    document
        A schema.
    """
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _list_problem() -> Iterator[str]:
    yield "## Problem\n"
    yield "### params\n"
    yield from _list_columns(list_columns(Params))
    for name, table in TABLES.items():
        needed = "" if name in ALWAYS else " (may be left out)"
        yield f"### {name}{needed}\n"
        yield f"{table.__doc__}\n"
        yield from _list_columns(list_columns(table))


def _list_plan() -> Iterator[str]:
    yield "## Plan\n"
    schema = make_plan_schema()["properties"]
    yield "| part | meaning |\n|---|---|"
    for name in ("version", "digest", "params", "versions", "termination", "tiers"):
        meaning = schema[name].get("description", "as in the problem" if name == "params" else "1")
        words = ", ".join(f"`{one}`" for one in schema[name].get("enum", ()))
        yield f"| `{name}` | {meaning}{': ' + words if words else ''} |"
    for name, table in (("designs", Designs), ("matches", Matches), ("unmet", Unmet)):
        yield f"\n### {name}\n"
        yield f"{table.__doc__}\n"
        yield from _list_columns(list_columns(table))
    yield (
        "\nReasons, in the order in which a pair gets further: "
        + ", ".join(f"`{one}`" for one in REASONS)
        + ".\n"
    )
    yield "### certificate\n"
    yield "| part | meaning |\n|---|---|"
    for name, entry in schema["certificate"]["properties"].items():
        yield f"| `{name}` | {entry['description']} |"
    for title, entries in (("figures", MEANINGS), ("figures.totals", TOTALS)):
        yield f"\n### {title}\n"
        yield "| figure | unit | meaning |\n|---|---|---|"
        for name, (unit, text) in entries.items():
            yield f"| `{name}` | {unit} | {text} |"
    yield ""


def _list_columns(columns: dict[str, Column]) -> Iterator[str]:
    yield "| column | kind | unit | default | meaning |\n|---|---|---|---|---|"
    for name, spec in columns.items():
        shown = f"{ATTRIBUTE_PREFIXES[name]}NAME" if spec.kind == "attributes" else name
        kind = spec.item if spec.kind == "attributes" else spec.kind
        words = f" of {spec.refers}" if spec.refers else ""
        words += ": " + ", ".join(f"`{code}`" for code in spec.codes) if spec.codes else ""
        yield f"| `{shown}` | {kind}{words} | {spec.unit} | {_show_default(spec)} | {spec.text} |"
    yield ""


def _show_default(spec: Column) -> str:
    if spec.default is Required:
        return ""
    if spec.null is not None and spec.default == spec.null:
        return "null"
    if spec.codes:
        return f"`{spec.codes[spec.default]}`"
    if spec.default is None:
        return "{}"
    return f"`{json.dumps(spec.default, ensure_ascii=False)}`"


def _describe_table(table: type, *, required: bool) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    patterns: dict[str, Any] = {}
    needed = []
    for name, spec in list_columns(table).items():
        if spec.kind == "attributes":
            patterns["^" + ATTRIBUTE_PREFIXES[name].replace(".", r"\.") + ".+$"] = {
                "type": "array",
                "description": spec.text,
                "items": _describe_value(spec, kind=spec.item),
            }
            continue
        properties[name] = {
            "type": "array",
            "description": _join(spec.unit, spec.text),
            "items": _describe_value(spec, kind=spec.kind),
        }
        if spec.default is Required:
            needed.append(name)
    described: dict[str, Any] = {
        "type": "object",
        "description": table.__doc__,
        "properties": properties,
        "additionalProperties": False,
    }
    if patterns:
        described["patternProperties"] = patterns
    if required:
        described["anyOf"] = [{"required": needed}, {"maxProperties": 0}]
    return described


def _describe_value(spec: Column, *, kind: Kind) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "id": {"type": "string", "minLength": 1},
        "text": {"type": "string"},
        "reference": {"type": "string"},
        "int32": {"type": "integer"},
        "int64": {"type": "integer"},
        "float": {"type": "number"},
        "bool": {"type": "boolean"},
        "day": {"type": "string", "format": "date"},
        "code": {"enum": list(spec.codes)},
        "matrix": {"type": "array", "items": {"type": "integer", "minimum": -1}},
    }
    described = kinds[kind]
    if kind in ("int32", "int64", "float"):
        for name in ("minimum", "maximum"):
            limit = getattr(spec, name)
            if limit is not None and limit != -1:
                described[name] = limit
    if spec.null is not None and kind != "bool":
        return {"anyOf": [described, {"type": "null"}]}
    return described


def _describe_prices(of: str, meaning: str, **more: Any) -> dict[str, Any]:
    prices = {
        of: {"type": "array", "items": {"type": "string"}},
        **more,
        "price": {"type": "array", "items": {"type": "integer", "minimum": 0}},
    }
    return _close(prices) | {"description": meaning}


def _close(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _join(unit: str, text: str) -> str:
    return f"{text} ({unit})" if unit else text
