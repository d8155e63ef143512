# SPDX-License-Identifier: EUPL-1.2
"""Turn the reference tables of places and roads into rows: regions, municipalities, towns, the road graph."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable

from inventory.actions.seed.reference import Row, Values, order_by_parent, read_reference, refuse_twice
from inventory.tables import RoadEdgeKind


def read_regions(folder: Traversable) -> list[Values]:
    """Read the rows of table region, each after the region it became part of."""
    rows = read_reference("regions", columns="code name valid_from valid_to successor source", folder=folder)
    refuse_twice(rows, "code")
    return [
        {
            "code": row.text("code"),
            "name": row.text("name"),
            "valid_from": row.optional_day("valid_from"),
            "valid_to": row.optional_day("valid_to"),
            "successor": row.optional("successor"),
            "source": row.text("source"),
        }
        for row in order_by_parent(rows, key="code", parent="successor")
    ]


def read_municipalities(folder: Traversable, *, regions: Mapping[str, Values]) -> list[Values]:
    """Read the rows of table municipality."""
    rows = read_reference("municipalities", columns="code name region_code x y source", folder=folder)
    refuse_twice(rows, "code")
    return [
        {
            "code": row.text("code"),
            "name": row.text("name"),
            "region_code": row.optional_reference("region_code", regions),
            "geom": row.point(),
            "source": row.text("source"),
        }
        for row in rows
    ]


def read_towns(folder: Traversable, *, municipalities: Mapping[str, Values]) -> list[Values]:
    """Read the rows of table town."""
    rows = read_reference("towns", columns="id name x y municipality_code population source", folder=folder)
    refuse_twice(rows, "id")
    return [
        {
            "id": row.whole("id"),
            "name": row.text("name"),
            "geom": row.point(),
            "municipality_code": row.optional_reference("municipality_code", municipalities),
            "population": row.optional_whole("population"),
            "source": row.text("source"),
        }
        for row in rows
    ]


def read_road_nodes(folder: Traversable) -> list[Values]:
    """Read the rows of table road_node."""
    rows = read_reference("road_nodes", columns="id name x y land_mass source", folder=folder)
    refuse_twice(rows, "id")
    return [
        {
            "id": row.text("id"),
            "name": row.text("name"),
            "geom": row.point(),
            "land_mass": row.text("land_mass"),
            "source": row.text("source"),
        }
        for row in rows
    ]


def read_road_edges(folder: Traversable, *, nodes: Mapping[str, Values]) -> list[Values]:
    """Read the rows of table road_edge; an edge goes both ways and comes once.

    Raises
    ------
    ReferenceTableError
        Where two edges join the same nodes, in whatever order, or a length is not above 0.
    """
    rows = read_reference("road_edges", columns="a b metres kind name source", folder=folder)
    seen: dict[frozenset[str], Row] = {}
    for row in rows:
        ends = frozenset((row.reference("a", nodes), row.reference("b", nodes)))
        if len(ends) == 1 or ends in seen:
            row.refuse("b", "a node not yet joined to a")
        if row.whole("metres") <= 0:
            row.refuse("metres", "a length above 0")
        seen[ends] = row
    return [
        {
            "a": row.text("a"),
            "b": row.text("b"),
            "metres": row.whole("metres"),
            "kind": row.code("kind", RoadEdgeKind),
            "name": row.optional("name"),
            "source": row.text("source"),
        }
        for row in rows
    ]
