# SPDX-License-Identifier: EUPL-1.2
"""What an element is called and made of: entity, type, material, layers, codes, indoors or out."""

import re
from typing import Any

# Of these the element says less than its type: IFC2x3 has no other elements of sanitary ware and radiators.
_GENERIC = {
    "IfcFlowTerminal", "IfcFlowController", "IfcFlowFitting", "IfcFlowSegment", "IfcFlowMovingDevice",
    "IfcFlowStorageDevice", "IfcFlowTreatmentDevice", "IfcEnergyConversionDevice", "IfcDistributionElement",
    "IfcDistributionFlowElement", "IfcDistributionControlElement", "IfcFurnishingElement",
}  # fmt: skip
_SAYS_NOTHING = {"NOTDEFINED", "USERDEFINED", "STANDARD"}
_NUMBERED = re.compile(r"(?:[\s_:.#-]*\d+)+$")
_AIR = re.compile(r"\b(air|luft|luftlag|hulrum|cavity)\b", re.IGNORECASE)
_ELEMENT_ID = re.compile(r":\d{4,}$")
_PREDEFINED = re.compile(r"[A-Z][A-Z0-9_]*")
LONGEST_NAME = 200
MANY = " + "
"""Joins the materials of what is made of several."""


def name_entity(element: Any, kind: Any) -> str:
    """Name what an element is: its entity, or its type's where that says more."""
    entity = str(element.is_a())
    if kind is not None and entity in _GENERIC:
        entity = str(kind.is_a()).removesuffix("Type")
    return entity.removesuffix("StandardCase").removesuffix("ElementedCase")


def name_type(element: Any, kind: Any) -> str:
    """Name an element's type; where it has none, its own name without the number at the end."""
    name = (kind.Name if kind else None) or element.ObjectType or _NUMBERED.sub("", element.Name or "")
    return _ELEMENT_ID.sub("", tidy(name))  # some programs put the id of an element behind the type's name


def name_predefined(predefined: str | None, *, type_name: str) -> str:
    """Name the predefined type, where it is one of the standard's words and says something."""
    known = predefined is not None and _PREDEFINED.fullmatch(predefined) is not None
    known = known and predefined != type_name  # IFC2x3 has the name of the type in its place
    return predefined or "" if known and predefined not in _SAYS_NOTHING else ""


def name_element(element: Any) -> str:
    """Name an element without the number at the end, as further evidence of what it is."""
    return tidy(_NUMBERED.sub("", element.Name or ""))


def tidy(name: str) -> str:
    """Bring a name of a model onto one line of at most 200 letters, without what no database holds."""
    return " ".join(name.replace("\x00", " ").split())[:LONGEST_NAME]


def list_layers(material: Any) -> list[tuple[str, float]]:
    """List the layers of a wall, slab or board: material and thickness in the model's unit.

    Layers of air and those without thickness (membranes) are left out of what can be traded, but not of the
    thickness of the whole: they have an empty name.
    """
    if material is None or not material.is_a("IfcMaterialLayerSet"):
        return []
    layers = []
    for layer in material.MaterialLayers:
        name = layer.Material.Name if layer.Material is not None else ""
        air = getattr(layer, "IsVentilated", None) is True or _AIR.search(name or "") is not None
        layers.append(("" if air else tidy(name or ""), float(layer.LayerThickness or 0)))
    return layers


def name_material(material: Any) -> str:
    """Name the material of an element; of several each once, joined by plus signs."""
    if material is None:
        return ""
    if material.is_a("IfcMaterialLayerSet"):
        parts = [layer.Material for layer in material.MaterialLayers]
    elif material.is_a("IfcMaterialList"):
        parts = list(material.Materials)
    elif material.is_a("IfcMaterialConstituentSet"):
        parts = [one.Material for one in material.MaterialConstituents or ()]
    elif material.is_a("IfcMaterialProfileSet"):
        parts = [one.Material for one in material.MaterialProfiles]
    else:
        parts = [material]
    return tidy(MANY.join(dict.fromkeys(part.Name or "" for part in parts if part is not None)))


def find_profile(element: Any, material: Any) -> Any:
    """Find the profile of a bar: of its material, else of its extruded body; None where there is none."""
    if material is not None and material.is_a("IfcMaterialProfileSet"):
        for one in material.MaterialProfiles:
            if one.Profile is not None:
                return one.Profile
    if element.Representation is None:
        return None
    for representation in element.Representation.Representations:
        if representation.RepresentationIdentifier == "Body" and representation.Items:
            return getattr(_unwrap(representation.Items[0]), "SweptArea", None)
    return None


def _unwrap(item: Any) -> Any:
    """Go from a mapped or cut body to the one it was made of."""
    for _ in range(20):  # a model may name itself
        if item.is_a("IfcMappedItem"):
            items = item.MappingSource.MappedRepresentation.Items
            if not items:
                return item
            item = items[0]
        elif item.is_a("IfcBooleanResult"):
            item = item.FirstOperand
        else:
            return item
    return item


def is_external(sets: dict[str, dict[str, Any]]) -> bool | None:
    """Tell whether the model says that an element stands outdoors; None where it does not say."""
    for properties in sets.values():
        value = properties.get("IsExternal")
        if isinstance(value, bool):
            return value
    return None


def list_codes(references: Any) -> list[str]:
    """List an element's classification codes, each after the name of its system."""
    codes = set()
    for reference in references:
        code = getattr(reference, "Identification", None) or getattr(reference, "ItemReference", None)
        system = getattr(reference, "ReferencedSource", None)
        name = getattr(system, "Name", None) if system is not None else None
        if code:
            codes.add(tidy(f"{name or '?'} {code}"))
    return sorted(codes)
