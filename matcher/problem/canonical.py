# SPDX-License-Identifier: EUPL-1.2
"""The digest of a problem: SHA-256 of its canonical columns, so that a plan names exactly what it answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray


def digest_tables(params: dict[str, Any], tables: Iterator[tuple[str, str, NDArray[Any]]]) -> str:
    """Return the SHA-256 of params and columns as 64 hexadecimal digits.

    Parameters
    ----------
    params
        The params by name; written as JSON with sorted keys.
    tables
        Table, column and array, in the canonical order: tables as in the file, columns as in the table, rows
        by id.

    Notes
    -----
    Each column is hashed with its name, type, shape and little-endian bytes; text as UTF-8 with the length of
    every value before it, so that no two different tables give the same bytes.
    """
    digest = hashlib.sha256()
    digest.update(b"genbro problem 1\n")
    digest.update(json.dumps(params, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())
    for table, column, array in tables:
        text = array.dtype == np.object_
        kind = "text" if text else array.dtype.newbyteorder("<").str
        digest.update(f"\n{table}.{column} {kind} {array.shape}\n".encode())
        if text:
            encoded = [value.encode() for value in array.tolist()]
            digest.update(np.array([len(value) for value in encoded], dtype="<i8").tobytes())
            digest.update(b"".join(encoded))
        else:
            digest.update(np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).tobytes())
    return digest.hexdigest()
