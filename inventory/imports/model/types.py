# SPDX-License-Identifier: EUPL-1.2
"""The types of a building model: what is given one material class, whatever its sizes."""

from collections.abc import Iterable
from dataclasses import dataclass

from inventory.imports.cells.spelling import fold_text
from inventory.queries.imports.ifc_rules import RuleKey
from inventory.takeoff.naming import MANY
from inventory.takeoff.rows import Takeoff, TakeoffRow

BUILT = frozenset({"IfcWall", "IfcSlab", "IfcRoof", "IfcCovering", "IfcBuildingElementPart", "IfcPlate"})
"""Of these a class of pieces is not a number of parts but what the parts are built of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeKey:
    """What tells a type from another; `layer` is empty for the whole of it."""

    entity: str
    predefined: str
    type_name: str
    material: str
    layer: str

    def fold(self) -> RuleKey:
        """Give the key as rules remember it."""
        return (
            self.entity,
            self.predefined,
            fold_text(self.type_name),
            fold_text(self.material),
            fold_text(self.layer),
        )

    @property
    def whole(self) -> "TypeKey":
        """The key of the type that a layer is part of; its own where it is a whole."""
        return TypeKey(
            entity=self.entity,
            predefined=self.predefined,
            type_name=self.type_name,
            material=self.material,
            layer="",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelType:
    """A type with its rows, one per size; `layered` where it is the whole of several layers."""

    key: TypeKey
    rows: tuple[TakeoffRow, ...]
    layered: bool

    @property
    def composite(self) -> bool:
        """Whether it is built of several materials, so that none of them says what the whole is."""
        return self.layered or (self.key.entity in BUILT and MANY in self.key.material and not self.key.layer)

    @property
    def elements(self) -> int:
        """How many elements there are of it."""
        return sum(row.elements for row in self.rows)

    @property
    def external(self) -> bool | None:
        """Whether they stand outdoors; None where the model does not say, or says both."""
        said = {row.external for row in self.rows}
        return said.pop() if len(said) == 1 else None


def list_types(takeoff: Takeoff) -> list[ModelType]:
    """List the types of a model, each whole before its layers."""
    wholes = _gather(takeoff.rows)
    layers = _gather(takeoff.layers)
    below: dict[TypeKey, list[TypeKey]] = {}
    for key in layers:
        below.setdefault(key.whole, []).append(key)
    types: list[ModelType] = []
    for key, rows in wholes.items():
        types.append(ModelType(key=key, rows=tuple(rows), layered=key in below))
        types += [
            ModelType(key=layer, rows=tuple(layers[layer]), layered=False) for layer in below.get(key, ())
        ]
    return types


def _gather(rows: Iterable[TakeoffRow]) -> dict[TypeKey, list[TakeoffRow]]:
    found: dict[TypeKey, list[TakeoffRow]] = {}
    for row in rows:
        key = TypeKey(
            entity=row.entity,
            predefined=row.predefined,
            type_name=row.type_name,
            material=row.material,
            layer=row.layer,
        )
        found.setdefault(key, []).append(row)
    return found
