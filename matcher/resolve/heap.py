# SPDX-License-Identifier: EUPL-1.2
"""A heap of nodes by distance; a node whose distance fell is simply pushed again."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray, RowArray


@compiled
def make_room(keys: IntArray, nodes: RowArray, size: int) -> tuple[IntArray, RowArray]:
    """Return the heap with room for one more node."""
    if size < len(keys):
        return keys, nodes
    larger_keys, larger_nodes = np.empty(2 * size + 64, np.int64), np.empty(2 * size + 64, np.int32)
    larger_keys[:size], larger_nodes[:size] = keys[:size], nodes[:size]
    return larger_keys, larger_nodes


@compiled
def push_node(keys: IntArray, nodes: RowArray, size: int, key: int, node: int) -> int:
    """Put a node into a heap that has room for it, and return its new size.

    Parameters
    ----------
    keys, nodes
        The heap: distances and nodes.
    size
        How many there are.
    key, node
        What to put in.
    """
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        if keys[parent] <= key:
            break
        keys[place], nodes[place] = keys[parent], nodes[parent]
        place = parent
    keys[place], nodes[place] = key, node
    return size + 1


@compiled
def drop_top(keys: IntArray, nodes: RowArray, size: int) -> int:
    """Take the nearest node off the heap and return its new size."""
    size -= 1
    key, node = keys[size], nodes[size]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[place], nodes[place] = keys[child], nodes[child]
        place = child
    keys[place], nodes[place] = key, node
    return size
