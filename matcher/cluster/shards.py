# SPDX-License-Identifier: EUPL-1.2
"""A task as a shard: one Arrow message with every column of a family, the same bytes for the same family."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.problem.columns import TABLES, Params, list_columns, read_column
from matcher.problem.problem import Problem, list_params
from matcher.space import Fees
from matcher.task import Limits, Task

ROWS = ("lots", "requirements", "projects", "weights", "quanta")
FEES = ("area", "before", "month_of")
"""The arrays of a task beside its problem."""


def pack_task(task: Task) -> bytes:
    """Write a task as an Arrow stream of one row, a list of values in each column.

    Parameters
    ----------
    task
        Any task.
    """
    arrays = dict(_list_arrays(task))
    facts = {
        "number": task.number,
        "limits": asdict(task.limits),
        "params": list_params(task.problem.params),
        "first_day": 0 if task.fees is None else task.fees.first_day,
        "attributes": task.problem.attributes,
        "shapes": {name: array.shape for name, array in arrays.items()},
    }
    columns = [_make_list(array) for array in arrays.values()]
    schema = pa.schema(
        [pa.field(name, column.type, nullable=False) for name, column in zip(arrays, columns, strict=True)],
        metadata={"genbro": json.dumps(facts, sort_keys=True)},
    )
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, schema, options=options) as writer:  # type: ignore[no-untyped-call]  # pyarrow has no types
        writer.write_batch(pa.record_batch(columns, schema=schema))
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def unpack_task(shard: bytes) -> Task:
    """Read a task that `pack_task` wrote.

    Parameters
    ----------
    shard
        Its bytes.
    """
    with pa.ipc.open_stream(shard) as reader:  # type: ignore[no-untyped-call]  # as above
        batch = reader.read_next_batch()
    facts = json.loads(batch.schema.metadata[b"genbro"])
    arrays = {
        name: _take_list(batch.column(place)).reshape(facts["shapes"][name])
        for place, name in enumerate(batch.schema.names)
    }
    problem = Problem(
        params=Params(**facts["params"]),
        attributes=tuple(facts["attributes"]),
        digest="",
        **{name: _build_table(name, arrays) for name in TABLES},
    )
    fees = None
    if "fees.area" in arrays:
        area, before, month_of = (arrays[f"fees.{name}"] for name in FEES)
        for array in (area, before, month_of):
            array.setflags(write=False)
        fees = Fees(area, before, month_of, facts["first_day"])
    return Task(
        number=facts["number"],
        fees=fees,
        problem=problem,
        limits=Limits(**facts["limits"]),
        **{name: arrays[name].copy() for name in ROWS},
    )


def _list_arrays(task: Task) -> Iterator[tuple[str, NDArray[Any]]]:
    for name in ROWS:
        yield name, getattr(task, name)
    for name in FEES if task.fees is not None else ():
        yield f"fees.{name}", getattr(task.fees, name)
    for table, kind in TABLES.items():
        rows = getattr(task.problem, table)
        if rows is not None:
            for column in list_columns(kind):
                yield f"{table}.{column}", read_column(rows, name=column)


def _build_table(table: str, arrays: dict[str, NDArray[Any]]) -> Any:
    kind = TABLES[table]
    names = list(list_columns(kind))
    if f"{table}.{names[0]}" not in arrays:
        return None
    columns = {}
    for name in names:
        array = arrays[f"{table}.{name}"]
        array.setflags(write=False)
        columns["class_" if name == "class" else name] = array
    return kind(**columns)


def _make_list(array: NDArray[Any]) -> pa.Array:
    """Return an array of any shape as one list; texts each once, and numbers for them."""
    flat = array.reshape(-1)
    if array.dtype == np.object_:
        values = pa.array(flat.tolist(), type=pa.string()).dictionary_encode()
    else:
        values = pa.array(flat)
    return pa.LargeListArray.from_arrays(pa.array([0, len(flat)], type=pa.int64()), values)


def _take_list(column: pa.Array) -> NDArray[Any]:
    values = column.flatten()
    if pa.types.is_dictionary(values.type):
        texts = np.empty(len(values), dtype=np.object_)
        texts[:] = values.dictionary_decode().to_pylist()
        return texts
    taken: NDArray[Any] = values.to_numpy(zero_copy_only=False)
    return taken
