# SPDX-License-Identifier: EUPL-1.2
"""Measuring a model in a process of its own: run as a module, it writes the rows as JSON."""

import json
import resource
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inventory.takeoff.choice import choose_elements, find_copies
from inventory.takeoff.declared import Dimensions, read_bar, read_declared, read_opening, read_plate, to_mm
from inventory.takeoff.georeference import read_georeference
from inventory.takeoff.grouping import Element, group_elements
from inventory.takeoff.mesh import Body, measure_mesh
from inventory.takeoff.naming import (
    find_profile,
    is_external,
    list_codes,
    list_layers,
    name_element,
    name_entity,
    name_material,
    name_predefined,
    name_type,
)
from inventory.takeoff.refusal import DAMAGED

MOST_MEMORY = 4 * 2**30  # bytes of address space; a model that wants more ends this process alone
_OPENINGS = {"IfcDoor", "IfcWindow"}
_BARS = {"IfcBeam", "IfcColumn", "IfcMember", "IfcPile", "IfcKerb", "IfcRailing"}
_PLATES = {"IfcWall", "IfcSlab", "IfcRoof", "IfcCovering", "IfcPlate", "IfcCurtainWall", "IfcPavement"}
# What is never traded by area or by length; what is declared of it is measured otherwise than its body.
_NEVER_BY = {"area": _OPENINGS | _BARS, "length": _OPENINGS | _PLATES}
_UNITS = {"area": "AREAUNIT", "length": "LENGTHUNIT", "volume": "VOLUMEUNIT"}


def measure_model(path: Path) -> dict[str, Any]:
    """Measure the building elements of a model.

    Parameters
    ----------
    path
        An IFC file that `refuse_foreign` let pass.

    Returns
    -------
    dict
        What `inventory.takeoff.rows.read_takeoff` reads.
    """
    import ifcopenshell  # noqa: PLC0415 - heavy, and only this process needs it
    import ifcopenshell.util.unit as units  # noqa: PLC0415

    read_log: Any = ifcopenshell.get_log
    read_log()  # what it holds of other files
    model: Any = ifcopenshell.open(str(path))
    lost = str(read_log()).count("[error]")
    if lost:  # read all the same, the model would be short of parts, and nobody would know
        raise SystemExit(f"{DAMAGED} {lost}")
    scales = {kind: float(units.calculate_unit_scale(model, unit)) for kind, unit in _UNITS.items()}
    left_out: Counter[str] = Counter()
    chosen, repeated = choose_elements(model, left_out)
    bodies, corners, middle = _measure_shapes(model, chosen)
    copies = find_copies(chosen, corners)
    if copies:
        left_out["copy"] += len(copies)
    kept = [element for element in chosen if element.id() not in copies]
    read = [_read_element(element, body=bodies.get(element.id()), scales=scales) for element in kept]
    rows, layers = group_elements(read)
    projects = model.by_type("IfcProject")
    return {
        "schema": str(model.schema),
        "project": str(projects[0].GlobalId) if projects else "",
        "rows": rows,
        "layers": layers,
        "left_out": dict(left_out),
        "repeated": repeated - len(copies),
        "place": read_georeference(model, metres=scales["length"], middle=middle),
    }


def _read_element(element: Any, *, body: Body | None, scales: dict[str, float]) -> Element:
    import ifcopenshell.util.element as elements  # noqa: PLC0415 - as above
    from ifcopenshell.util import classification  # noqa: PLC0415

    kind = elements.get_type(element)
    sets = elements.get_psets(element, qtos_only=True)
    material = elements.get_material(element, should_skip_usage=True)
    entity, type_name = name_entity(element, kind), name_type(element, kind)
    layers = list_layers(material)
    metres = scales["length"]
    size = Dimensions()
    if entity in _OPENINGS:
        size = read_opening(element, sets=sets, scale=metres)
    elif entity in _PLATES:
        size = read_plate(layers, sets=sets, scale=metres)
    elif entity in _BARS:
        size = read_bar(find_profile(element, material), name=type_name, scale=metres)
    return Element(
        ifc_class=str(element.is_a()),
        entity=entity,
        predefined=name_predefined(elements.get_predefined_type(element), type_name=type_name),
        type_name=type_name,
        material=name_material(material),
        name=name_element(element),
        codes=tuple(list_codes(classification.get_references(element))),
        external=is_external(elements.get_psets(element, psets_only=True)),
        dimensions=size,
        layers=tuple((name, to_mm(thickness, scale=metres) or 0) for name, thickness in layers),
        declared={
            name: None if entity in _NEVER_BY.get(name, ()) else read_declared(sets, kind=name, scale=scale)
            for name, scale in scales.items()
        },
        body=body,
    )


def _measure_shapes(
    model: Any, chosen: list[Any]
) -> tuple[dict[int, Body], dict[int, tuple[int, ...]], tuple[float, float] | None]:
    """Measure each body, and say where in the world it and all of them lie."""
    import ifcopenshell.geom  # noqa: PLC0415 - as above

    bodies: dict[int, Body] = {}
    corners: dict[int, tuple[int, ...]] = {}
    shown = [element for element in chosen if element.Representation is not None]
    if not shown:
        return bodies, corners, None
    geom: Any = ifcopenshell.geom
    iterator = geom.iterator(geom.settings(), model, 1, include=shown)
    more = iterator.initialize()
    while more:
        shape = iterator.get()
        points = np.array(shape.geometry.verts, dtype=np.float64).reshape(-1, 3)
        faces = np.array(shape.geometry.faces, dtype=np.intp).reshape(-1, 3)
        if len(faces):
            bodies[shape.id] = measure_mesh(points, faces)
            corners[shape.id] = _find_corners(points, shape.transformation.matrix)
        more = iterator.next()
    if not corners:
        return bodies, corners, None
    middles = np.array(list(corners.values()), dtype=np.float64).reshape(-1, 2, 3).mean(axis=1)
    east, north = np.median(middles[:, :2], axis=0) / 1000
    return bodies, corners, (float(east), float(north))


def _find_corners(points: NDArray[np.float64], matrix: Any) -> tuple[int, ...]:
    turned = np.array(matrix, dtype=np.float64).reshape(4, 4, order="F")
    world = points @ turned[:3, :3].T + turned[:3, 3]
    corners = np.concatenate([world.min(axis=0), world.max(axis=0)]) * 1000
    return tuple(round(value) for value in corners.tolist())


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    document = measure_model(Path(sys.argv[1]))
    Path(sys.argv[2]).write_text(json.dumps(document), encoding="utf-8")
