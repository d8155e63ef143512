# SPDX-License-Identifier: EUPL-1.2
"""How a building model is to be imported: which type is which class, to where, and when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from inventory.imports.cells.dates import parse_date
from inventory.imports.model.types import TypeKey
from inventory.imports.refusal import FileRefusedError
from inventory.tables import Firmness

ModelKind = Literal["lots", "requirements"]
KINDS: tuple[ModelKind, ...] = ("lots", "requirements")
VERSION = 1
FORMAT = "ifc"
TOLERANCE_MM = 10
"""How far a dimension may be from the model's, where nobody says; own assumption."""
_MOST_TOLERANCE_MM = 1000
_LONGEST = 200
_KEY = ("entity", "predefined", "type", "material", "layer")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelMapping:
    """What is decided about a model; `classes` has a class's code per type, None where it is not to be taken.

    Types not in `classes` are proposed. `target` is the site (lots) or project (requirements) by id,
    reference or address; `point` is x, y in EPSG:25832 or longitude, latitude, given by hand.
    """

    kind: ModelKind
    classes: Mapping[TypeKey, str | None] = field(default_factory=dict)
    target: str | None = None
    name: str | None = None
    point: tuple[float, float] | None = None
    window: tuple[date, date] | None = None
    firmness: str | None = None
    tolerance_mm: int = TOLERANCE_MM

    def make_document(self) -> dict[str, Any]:
        """Give the mapping as plain values for JSON."""
        return {
            "version": VERSION,
            "format": FORMAT,
            "kind": self.kind,
            "target": self.target,
            "name": self.name,
            "point": None if self.point is None else list(self.point),
            "window": None if self.window is None else [day.isoformat() for day in self.window],
            "firmness": self.firmness,
            "tolerance_mm": self.tolerance_mm,
            "types": [{**describe_key(key), "class": code} for key, code in self.classes.items()],
        }


def describe_key(key: TypeKey) -> dict[str, str]:
    """Give a type as it stands in a mapping."""
    return dict(zip(_KEY, (key.entity, key.predefined, key.type_name, key.material, key.layer), strict=True))


def is_model_mapping(told: Mapping[str, Any] | None) -> bool:
    """Tell whether a kept mapping is one of a model."""
    return told is not None and told.get("format") == FORMAT


def read_model_mapping(path: Path, *, kind: ModelKind) -> ModelMapping:
    """Read a mapping from a JSON file.

    Raises
    ------
    FileRefusedError
        ``mapping_wrong``, or ``file_unreadable``.
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
    return parse_model_mapping(told, kind=kind, file=path.name)


def parse_model_mapping(told: object, *, kind: ModelKind, file: str) -> ModelMapping:
    """Read a mapping from the plain values of `ModelMapping.make_document`.

    Raises
    ------
    FileRefusedError
        ``mapping_wrong``, ``window_empty`` or ``point_wrong``.
    """

    def refuse(found: object, expected: str) -> FileRefusedError:
        return FileRefusedError(file=file, code="mapping_wrong", found=str(found)[:200], expected=expected)

    if not isinstance(told, dict) or told.get("version") != VERSION or told.get("format") != FORMAT:
        raise refuse("version, format", f"{VERSION}, {FORMAT!r}")
    if told.get("kind") != kind:
        raise refuse(f"kind: {told.get('kind')}", kind)
    known = {"version", "format", "types", *ModelMapping.__dataclass_fields__} - {"classes"}
    if set(told) - known:
        raise refuse(", ".join(sorted(map(str, set(told) - known))), ", ".join(sorted(known)))
    tolerance = told.get("tolerance_mm", TOLERANCE_MM)
    if (
        not isinstance(tolerance, int)
        or isinstance(tolerance, bool)
        or not 0 <= tolerance <= _MOST_TOLERANCE_MM
    ):
        raise refuse(f"tolerance_mm: {tolerance!r}", f"0 ... {_MOST_TOLERANCE_MM}")
    firmness = told.get("firmness")
    if firmness is not None and firmness not in set(Firmness):
        raise refuse(f"firmness: {firmness!r}", ", ".join(Firmness))
    for name in ("target", "name"):
        value = told.get(name)
        if value is not None and (not isinstance(value, str) or not 0 < len(value.strip()) <= _LONGEST):
            raise refuse(f"{name}: {value!r}", '"..."')
    return ModelMapping(
        kind=kind,
        classes=_read_classes(told.get("types"), refuse=refuse),
        target=None if told.get("target") is None else told["target"].strip(),
        name=None if told.get("name") is None else told["name"].strip(),
        point=_read_point(told.get("point"), refuse=refuse),
        window=read_window(told.get("window"), file=file),
        firmness=firmness,
        tolerance_mm=tolerance,
    )


def read_window(told: Any, *, file: str) -> tuple[date, date] | None:
    """Read a window: its first day and the first day after it, as text or days; None for neither.

    Raises
    ------
    FileRefusedError
        ``window_empty`` where one of the two is missing or no day, or the end is not after the start.
    """
    ends = list(told) if isinstance(told, list | tuple) else [told]
    if not any(ends):
        return None
    days = [parse_date(end).value if isinstance(end, str | date) else None for end in ends]
    if len(days) != 2 or days[0] is None or days[1] is None or days[0] >= days[1]:
        found = " - ".join("?" if end is None else str(end) for end in ends)
        raise FileRefusedError(file=file, code="window_empty", found=found[:100])
    return days[0], days[1]


def _read_classes(told: Any, *, refuse: Any) -> dict[TypeKey, str | None]:
    classes: dict[TypeKey, str | None] = {}
    if told is None:
        return classes
    if not isinstance(told, list):
        raise refuse("types", "[...]")
    for one in told:
        if not isinstance(one, dict) or not isinstance(one.get("entity"), str) or "class" not in one:
            raise refuse(one, '{"entity": "IfcDoor", ..., "class": "door_inner"}')
        if not all(isinstance(one.get(name, ""), str) for name in _KEY):
            raise refuse(one, ", ".join(_KEY))
        code = one["class"]
        if code is not None and not isinstance(code, str):
            raise refuse(f"class: {code!r}", '"...", null')
        key = TypeKey(
            entity=one["entity"],
            predefined=one.get("predefined", ""),
            type_name=one.get("type", ""),
            material=one.get("material", ""),
            layer=one.get("layer", ""),
        )
        if key in classes:
            raise refuse(f"{describe_key(key)}, 2 ×", "1 ×")
        classes[key] = code
    return classes


def _read_point(told: Any, *, refuse: Any) -> tuple[float, float] | None:
    if told is None:
        return None
    if (
        not isinstance(told, list | tuple)
        or len(told) != 2
        or not all(isinstance(one, int | float) and not isinstance(one, bool) for one in told)
    ):
        raise refuse(f"point: {told!r}", "[x, y]")
    return float(told[0]), float(told[1])
