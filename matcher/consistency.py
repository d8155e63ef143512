# SPDX-License-Identifier: EUPL-1.2
"""Rules between columns: windows not empty, bounds in order, substitutes alike, no pair twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError, UnsupportedError


def check_columns(taken: Mapping[str, Mapping[str, NDArray[Any]]]) -> None:
    """Refuse tables whose columns contradict each other.

    Parameters
    ----------
    taken
        Tables by name, each a mapping of column to array, sorted.

    Raises
    ------
    InputError
        Naming table, column and the id of the first row that is wrong.
    UnsupportedError
        For substitutes that convert quantities.
    """
    classes, lots, wanted = taken["classes"], taken["lots"], taken["requirements"]
    for name, table, start, end in (
        ("lots", lots, "available_from", "available_to"),
        ("requirements", wanted, "wanted_from", "wanted_to"),
    ):
        _refuse(
            table[end] <= table[start],
            table=name,
            column=end,
            ids=table["id"],
            expected=f"a day after {start} (windows are half-open and not empty)",
        )
    _refuse(
        np.any(wanted["minimum"] > wanted["maximum"], axis=1),
        table="requirements",
        column="maximum.*",
        ids=wanted["id"],
        expected="no maximum below its minimum",
    )
    roads = taken["roads"]["metres"]
    _refuse(
        np.diagonal(roads) != 0,
        table="roads",
        column="metres",
        ids=taken["roads"]["id"],
        expected="0 metres from a node to itself",
    )
    swaps = taken["substitutes"]
    labels = np.array(
        [
            f"{classes['id'][a]} <- {classes['id'][b]}"
            for a, b in zip(swaps["class"], swaps["substitute"], strict=True)
        ],
        dtype=np.object_,
    )
    if (swaps["p"] != swaps["q"]).any():
        row = int(np.flatnonzero(swaps["p"] != swaps["q"])[0])
        raise UnsupportedError(
            "p = q: substitutes that convert quantities are not supported"
            " in the plain tier of problem version 1",
            table="substitutes",
            column="p",
            value=str(labels[row]),
        )
    unlike = np.zeros(len(labels), dtype=np.bool_)
    for column in ("unit", "step"):
        unlike |= classes[column][swaps["class"]] != classes[column][swaps["substitute"]]
    _refuse(
        unlike,
        table="substitutes",
        column="substitute",
        ids=labels,
        expected="a class of the same unit and step",
    )
    _refuse(
        swaps["class"] == swaps["substitute"],
        table="substitutes",
        column="substitute",
        ids=labels,
        expected="another class than the one wanted",
    )
    _refuse_repeats(swaps, ("class", "substitute"), table="substitutes", ids=labels)
    if "pairs" in taken:
        pairs = taken["pairs"]
        names = wanted["id"][pairs["requirement"]] if len(pairs["requirement"]) else wanted["id"][:0]
        _refuse_repeats(pairs, ("requirement", "lot"), table="pairs", ids=names)


def _refuse(wrong: NDArray[np.bool_], *, table: str, column: str, ids: NDArray[Any], expected: str) -> None:
    if wrong.any():
        raise InputError(expected, table=table, column=column, value=str(ids[int(np.flatnonzero(wrong)[0])]))


def _refuse_repeats(
    columns: Mapping[str, NDArray[Any]], keys: tuple[str, str], *, table: str, ids: NDArray[Any]
) -> None:
    first, second = columns[keys[0]], columns[keys[1]]
    repeats = np.zeros(len(first), dtype=np.bool_)
    repeats[1:] = (first[1:] == first[:-1]) & (second[1:] == second[:-1])
    _refuse(repeats, table=table, column=keys[1], ids=ids, expected="each pair of ids once")
