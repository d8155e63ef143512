# SPDX-License-Identifier: EUPL-1.2
"""Sites with their point, land mass and road node, and the road graph as metres between all its nodes."""

from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, Text, cast, func, select

from inventory.geography.roads import all_pairs_metres
from inventory.matching.copy_out import copy_columns
from inventory.tables.road_edge import RoadEdge
from inventory.tables.road_node import RoadNode
from inventory.tables.site import Site

Table = dict[str, Any]

_SITE_TYPES: dict[str, pa.DataType] = {
    "id": pa.string(),
    "x_m": pa.int64(),
    "y_m": pa.int64(),
    "land": pa.string(),
    "node": pa.string(),
    "storage_days": pa.int32(),
}


# So many sites are asked for by name; of more, all are read and the rest thrown away.
FEW = 2000


def read_sites(connection: Connection, *, ids: set[str]) -> Table:
    """Read the sites among `ids` that have a point, as the sites table of a problem (EPSG:25832).

    With it, as `storage_days`, how many days materials may wait at each, None where it says nothing.
    """
    statement = (
        select(
            cast(Site.id, Text).label("id"),
            func.round(func.ST_X(Site.geom)).label("x_m"),
            func.round(func.ST_Y(Site.geom)).label("y_m"),
            Site.land_mass.label("land"),
            Site.road_node.label("node"),
            Site.storage_days.label("storage_days"),
        )
        .where(Site.geom.isnot(None))
        .order_by(Site.id)
    )
    if len(ids) <= FEW:
        statement = statement.where(Site.id.in_([UUID(one) for one in sorted(ids)]))
    table = copy_columns(connection, statement, types=_SITE_TYPES)
    keep = pa.array([site in ids for site in table["id"].to_pylist()], type=pa.bool_())
    table = table.filter(keep)
    return {
        "id": table["id"].to_pylist(),
        "x_m": table["x_m"].to_numpy(),
        "y_m": table["y_m"].to_numpy(),
        "land": [land or "" for land in table["land"].to_pylist()],
        "node": table["node"].to_pylist(),
        "storage_days": table["storage_days"].to_pylist(),
    }


def read_roads(connection: Connection) -> Table:
    """Read the trunk-road graph as the roads table of a problem: nodes, and metres between all of them."""
    nodes = connection.execute(
        select(
            RoadNode.id,
            func.round(func.ST_X(RoadNode.geom)).label("x"),
            func.round(func.ST_Y(RoadNode.geom)).label("y"),
        ).order_by(RoadNode.id)
    ).all()
    rows = {node.id: row for row, node in enumerate(nodes)}
    edges = connection.execute(
        select(RoadEdge.a, RoadEdge.b, RoadEdge.metres, RoadEdge.kind).order_by(RoadEdge.a, RoadEdge.b)
    ).all()
    metres = all_pairs_metres(
        len(nodes),
        edges=np.array([(rows[edge.a], rows[edge.b]) for edge in edges], dtype=np.int32).reshape(-1, 2),
        metres=np.array([edge.metres for edge in edges], dtype=np.int32),
        kinds=np.array([str(edge.kind) for edge in edges], dtype=np.str_),
    )
    return {
        "id": [node.id for node in nodes],
        "x_m": [int(node.x) for node in nodes],
        "y_m": [int(node.y) for node in nodes],
        "metres": metres,
    }
