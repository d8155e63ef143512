# SPDX-License-Identifier: EUPL-1.2
"""The form of a building model: where it goes, when, and which type is which class."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from inventory.imports.model.mapping import FORMAT, VERSION, ModelKind, ModelMapping, parse_model_mapping
from inventory.imports.model.mapping import describe_key as describe_type
from inventory.imports.model.types import ModelType
from inventory.imports.refusal import FileRefusedError

LEFT_OUT = "-"
"""What the form sends for a type that is not to be taken; an open one sends nothing."""
_FARTHEST = 1e8  # no coordinate on earth, in metres or degrees, is larger
_MOST_DIGITS, _MOST_SHOWN = 6, 60
MOST_TYPES = 400
"""How many types have a field of their own; those beyond stay as proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelForm:
    """The fields as they were sent, to be shown again where one of them will not do."""

    target: str = ""
    name: str = ""
    point: str = ""
    first: str = ""
    end: str = ""
    firmness: str = ""
    tolerance: str = ""
    classes: dict[int, str] = field(default_factory=dict)


def fill_form(mapping: ModelMapping | None, *, types: Sequence[ModelType]) -> ModelForm:
    """Fill the form with what was decided before; empty where nothing was."""
    if mapping is None:
        return ModelForm()
    return ModelForm(
        target=mapping.target or "",
        name=mapping.name or "",
        point="" if mapping.point is None else f"{mapping.point[0]:g}, {mapping.point[1]:g}",
        first="" if mapping.window is None else mapping.window[0].isoformat(),
        end="" if mapping.window is None else mapping.window[1].isoformat(),
        firmness=mapping.firmness or "",
        tolerance=str(mapping.tolerance_mm),
        classes={
            at: mapping.classes[one.key] or LEFT_OUT
            for at, one in enumerate(types)
            if one.key in mapping.classes
        },
    )


def read_form(sent: MultiDict[str, str]) -> ModelForm:
    """Read the form as it was sent; what a database cannot hold was put there by hand."""
    told = {name: value.replace("\x00", "").strip() for name, value in sent.items()}
    classes = {}
    for name, value in told.items():
        kind, _dash, number = name.partition("-")
        if kind == "class" and number.isascii() and number.isdigit() and len(number) < 6:
            classes[int(number)] = value
    return ModelForm(
        **{
            name: told.get(name, "")
            for name in ("target", "name", "point", "first", "end", "firmness", "tolerance")
        },
        classes=classes,
    )


def decide_mapping(
    form: ModelForm, *, kind: ModelKind, types: Sequence[ModelType], file: str
) -> ModelMapping:
    """Make a mapping of a form.

    Parameters
    ----------
    form
        From `read_form`.
    kind
        What the parts become.
    types
        The types of the model, in the order of their fields.
    file
        Name of the model, for errors.

    Raises
    ------
    FileRefusedError
        ``target_unknown``, ``point_wrong``, ``window_empty`` or ``mapping_wrong``.
    """
    if not form.target:
        words = ("sted", "site") if kind == "lots" else ("projekt", "project")
        raise FileRefusedError(file=file, code="target_unknown", found='""', expected=words)
    digits = form.tolerance.isascii() and form.tolerance.isdigit() and len(form.tolerance) <= _MOST_DIGITS
    if form.tolerance and not digits:
        raise FileRefusedError(
            file=file,
            code="model_form_wrong",
            found=repr(form.tolerance[:_MOST_SHOWN]),
            expected=("hele millimeter, 0 eller flere", "whole millimetres, 0 or more"),
        )
    return parse_model_mapping(
        {
            "version": VERSION,
            "format": FORMAT,
            "kind": kind,
            "target": form.target,
            "name": form.name or None,
            "point": _read_point(form.point, file=file),
            "window": [form.first, form.end],
            "firmness": form.firmness or None,
            **({"tolerance_mm": int(form.tolerance)} if form.tolerance else {}),
            "types": [
                {**describe_type(types[at].key), "class": None if code == LEFT_OUT else code}
                for at, code in form.classes.items()
                if code and at < len(types)
            ],
        },
        kind=kind,
        file=file,
    )


def _read_point(told: str, *, file: str) -> list[float] | None:
    """Read a point by hand: two numbers parted by a comma, a semicolon or a space."""
    if not told:
        return None
    parts = told.replace(";", " ").replace(", ", " ").split()
    if len(parts) == 1:
        parts = told.split(",")
    try:
        x, y = (float(part.replace(",", ".")) for part in parts)
    except ValueError:
        x = y = float("nan")
    if not (abs(x) <= _FARTHEST and abs(y) <= _FARTHEST):  # neither nan nor inf is
        raise FileRefusedError(
            file=file, code="point_wrong", found=told[:_MOST_SHOWN], expected="588000, 6139700"
        )
    return [x, y]
