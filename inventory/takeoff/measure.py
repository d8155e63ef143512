# SPDX-License-Identifier: EUPL-1.2
"""Measuring a model in a process of its own: run as a module, it writes the rows as JSON."""

import json
import resource
import sys
from collections import Counter
from pathlib import Path
from typing import Any

MOST_MEMORY = 4 * 2**30  # bytes of address space; a model that wants more ends this process alone
_VOLUMES = ("NetVolume", "GrossVolume", "Volume")


def measure_model(path: Path) -> dict[str, Any]:
    """Measure the building elements of a model.

    Parameters
    ----------
    path
        An IFC file that `refuse_foreign` let pass.

    Returns
    -------
    dict
        ``schema``, ``rows`` (fields of `TakeoffRow`) and ``left_out`` (reason to count).
    """
    import ifcopenshell  # noqa: PLC0415 - heavy, and only this process needs it
    import ifcopenshell.util.element as elements  # noqa: PLC0415
    import ifcopenshell.util.unit as units  # noqa: PLC0415

    model: Any = ifcopenshell.open(str(path))
    cubic = units.calculate_unit_scale(model, "VOLUMEUNIT")
    left_out: Counter[str] = Counter()
    kept = _choose_elements(model, left_out)
    volumes = _measure_shapes(model, kept)
    groups: dict[tuple[str, str, str], dict[str, float]] = {}
    for element in kept:
        kind = elements.get_type(element)
        name = (kind.Name if kind else None) or element.ObjectType or ""
        key = (element.is_a(), name, _name_material(elements.get_material(element, should_skip_usage=True)))
        group = groups.setdefault(
            key,
            dict.fromkeys(("elements", "shapes", "both", "declared", "beside", "measured", "volume"), 0.0),
        )
        declared = _read_declared(elements.get_psets(element, qtos_only=True)) * cubic
        measured = volumes.get(element.id(), 0.0)
        group["elements"] += 1
        group["shapes"] += measured > 0
        group["measured"] += measured
        group["volume"] += measured or declared
        if declared > 0 and measured > 0:
            group["both"] += 1
            group["declared"] += declared
            group["beside"] += measured
    rows = [
        {
            "ifc_class": key[0],
            "type_name": key[1],
            "material": key[2],
            "elements": int(group["elements"]),
            "shapes": int(group["shapes"]),
            "both": int(group["both"]),
            "declared_m3": group["declared"],
            "declared_geometry_m3": group["beside"],
            "geometry_m3": group["measured"],
            "volume_m3": group["volume"],
        }
        for key, group in sorted(groups.items())
    ]
    return {"schema": str(model.schema), "rows": rows, "left_out": dict(left_out)}


def _choose_elements(model: Any, left_out: Counter[str]) -> list[Any]:
    seen: set[str] = set()
    kept = []
    for element in model.by_type("IfcElement"):
        if element.is_a("IfcFeatureElement"):
            left_out["opening"] += 1
        elif element.is_a("IfcVirtualElement"):
            left_out["virtual"] += 1
        elif element.Representation is None and element.IsDecomposedBy:
            left_out["made_of_parts"] += 1  # its parts are counted themselves
        elif element.GlobalId in seen:
            left_out["same_guid"] += 1
        else:
            seen.add(element.GlobalId)
            kept.append(element)
    return kept


def _measure_shapes(model: Any, kept: list[Any]) -> dict[int, float]:
    import ifcopenshell.geom  # noqa: PLC0415
    import ifcopenshell.util.shape as shapes  # noqa: PLC0415

    volumes: dict[int, float] = {}
    shown = [element for element in kept if element.Representation is not None]
    if not shown:
        return volumes
    geom: Any = ifcopenshell.geom
    iterator = geom.iterator(geom.settings(), model, 1, include=shown)
    more = iterator.initialize()
    while more:
        shape = iterator.get()
        volumes[shape.id] = float(shapes.get_volume(shape.geometry))
        more = iterator.next()
    return volumes


def _read_declared(sets: dict[str, dict[str, Any]]) -> float:
    for name in _VOLUMES:
        for quantities in sets.values():
            value = quantities.get(name)
            if isinstance(value, int | float) and value > 0:
                return float(value)
    return 0.0


def _name_material(material: Any) -> str:
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
    return " + ".join(dict.fromkeys(part.Name or "" for part in parts if part is not None))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    document = measure_model(Path(sys.argv[1]))
    Path(sys.argv[2]).write_text(json.dumps(document), encoding="utf-8")
