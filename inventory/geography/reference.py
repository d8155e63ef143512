# SPDX-License-Identifier: EUPL-1.2
"""The packaged geography: land masses, the trunk-road graph, towns and municipalities as arrays."""

import csv
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import shapely
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class LandMasses:
    """Land masses as polygons in EPSG:25832; two of them are never joined by ground alone.

    Attributes
    ----------
    ids, shapes
        Equal length; a shape is a polygon or multipolygon.
    corrected_ids, corrections
        Polygons that overrule the shapes: a point inside one belongs to its id.
    """

    ids: NDArray[np.str_]
    shapes: NDArray[np.object_]
    corrected_ids: NDArray[np.str_]
    corrections: NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadGraph:
    """The trunk-road graph: ``ids``, ``lands`` of shape (n,), ``xy`` of shape (n, 2) in metres of
    EPSG:25832, ``edges`` of shape (m, 2) as rows of nodes, ``metres`` of shape (m,), ``kinds`` of
    shape (m,): road, bridge, tunnel or ferry.
    """

    ids: NDArray[np.str_]
    lands: NDArray[np.str_]
    xy: NDArray[np.int64]
    edges: NDArray[np.int32]
    metres: NDArray[np.int32]
    kinds: NDArray[np.str_]


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityAnchors:
    """Points known to lie in a municipality: ``codes`` of shape (n,), ``xy`` of shape (n, 2)."""

    codes: NDArray[np.str_]
    xy: NDArray[np.int64]


def read_reference(name: str) -> list[dict[str, str]]:
    """Read a packaged reference table, e.g. ``"towns.csv"``, as a list of rows."""
    text = files("inventory").joinpath("reference", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def read_land_masses() -> LandMasses:
    """The land masses of Denmark with their corrections."""
    masses, corrections = (
        read_reference("land_masses.csv"),
        read_reference("land_corrections.csv"),
    )
    return LandMasses(
        ids=np.array([row["id"] for row in masses]),
        shapes=shapely.from_wkt([row["wkt"] for row in masses]),
        corrected_ids=np.array([row["land_mass"] for row in corrections]),
        corrections=shapely.from_wkt([row["wkt"] for row in corrections]),
    )


def read_road_graph() -> RoadGraph:
    """The trunk-road graph, nodes in ascending id."""
    nodes = sorted(read_reference("road_nodes.csv"), key=lambda row: row["id"])
    edges = read_reference("road_edges.csv")
    row_of = {node["id"]: row for row, node in enumerate(nodes)}
    return RoadGraph(
        ids=np.array([node["id"] for node in nodes]),
        lands=np.array([node["land_mass"] for node in nodes]),
        xy=np.array([(int(node["x"]), int(node["y"])) for node in nodes], dtype=np.int64),
        edges=np.array([(row_of[e["a"]], row_of[e["b"]]) for e in edges], dtype=np.int32),
        metres=np.array([int(e["metres"]) for e in edges], dtype=np.int32),
        kinds=np.array([e["kind"] for e in edges]),
    )


def read_municipality_anchors() -> MunicipalityAnchors:
    """Towns, and the point inside each municipality."""
    towns, centres = read_reference("towns.csv"), read_reference("municipalities.csv")
    known = [(r["municipality_code"], r) for r in towns if r["municipality_code"]]
    known += [(row["code"], row) for row in centres]
    return MunicipalityAnchors(
        codes=np.array([code for code, _ in known]),
        xy=np.array([(int(row["x"]), int(row["y"])) for _, row in known], dtype=np.int64),
    )
