# SPDX-License-Identifier: EUPL-1.2
"""Rules between columns: windows not empty, bounds in order, substitutes that convert, no pair twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.problem.column import NONE
from matcher.problem.hubs import MOST_HUBS


def check_columns(
    taken: Mapping[str, Mapping[str, NDArray[Any]]], *, rows: Mapping[str, NDArray[np.int64]]
) -> None:
    """Refuse tables whose columns contradict each other.

    Parameters
    ----------
    taken
        Tables by name, each a mapping of column to array, sorted.
    rows
        Of each table, the row each of its rows was given in.

    Raises
    ------
    InputError
        Naming table, column, the row as it was given and its id, of the first row that is wrong.
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
            rows=rows,
            expected=f"a day after {start} (windows are half-open and not empty)",
        )
    _refuse(
        np.any(wanted["minimum"] > wanted["maximum"], axis=1),
        table="requirements",
        column="maximum.*",
        ids=wanted["id"],
        rows=rows,
        expected="no maximum below its minimum",
    )
    _check_estimates(lots, rows=rows)
    _refuse(
        (wanted["design_option"] != "") & (wanted["project"] == NONE),
        table="requirements",
        column="design_option",
        ids=wanted["id"],
        rows=rows,
        expected="a project, where a design option is named",
    )
    _check_hubs(taken["hubs"], rows=rows)
    roads = taken["roads"]["metres"]
    _refuse(
        np.diagonal(roads) != 0,
        table="roads",
        column="metres",
        ids=taken["roads"]["id"],
        rows=rows,
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
    unlike = np.zeros(len(labels), dtype=np.bool_)
    for column in ("unit", "step"):
        unlike |= classes[column][swaps["class"]] != classes[column][swaps["substitute"]]
    _refuse(
        unlike & (swaps["p"] == swaps["q"]),
        table="substitutes",
        column="substitute",
        ids=labels,
        rows=rows,
        expected="a class of the same unit and step, or p and q that convert",
    )
    _refuse(
        swaps["class"] == swaps["substitute"],
        table="substitutes",
        column="substitute",
        ids=labels,
        rows=rows,
        expected="another class than the one wanted",
    )
    _refuse_repeats(swaps, ("class", "substitute"), table="substitutes", ids=labels, rows=rows)
    if "pairs" in taken:
        pairs = taken["pairs"]
        names = wanted["id"][pairs["requirement"]] if len(pairs["requirement"]) else wanted["id"][:0]
        _refuse_repeats(pairs, ("requirement", "lot"), table="pairs", ids=names, rows=rows)


def _check_hubs(hubs: Mapping[str, NDArray[Any]], *, rows: Mapping[str, NDArray[np.int64]]) -> None:
    if len(hubs["id"]) > MOST_HUBS:
        raise InputError(f"at most {MOST_HUBS} hubs", table="hubs", column="id", value=len(hubs["id"]))
    _refuse(
        hubs["open_to"] <= hubs["open_from"],
        table="hubs",
        column="open_to",
        ids=hubs["id"],
        rows=rows,
        expected="a day after open_from (windows are half-open and not empty)",
    )


def _check_estimates(lots: Mapping[str, NDArray[Any]], *, rows: Mapping[str, NDArray[np.int64]]) -> None:
    for below, above in (("low", "likely"), ("likely", "high"), ("low", "high")):
        known = (lots[below] != NONE) & (lots[above] != NONE)
        _refuse(
            known & (lots[below] > lots[above]),
            table="lots",
            column=above,
            ids=lots["id"],
            rows=rows,
            expected=f"at least as much as {below}",
        )


def _refuse(
    wrong: NDArray[np.bool_],
    *,
    table: str,
    column: str,
    ids: NDArray[Any],
    rows: Mapping[str, NDArray[np.int64]],
    expected: str,
) -> None:
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise InputError(expected, table=table, column=column, row=int(rows[table][row]), value=str(ids[row]))


def _refuse_repeats(
    columns: Mapping[str, NDArray[Any]],
    keys: tuple[str, str],
    *,
    table: str,
    ids: NDArray[Any],
    rows: Mapping[str, NDArray[np.int64]],
) -> None:
    first, second = columns[keys[0]], columns[keys[1]]
    repeats = np.zeros(len(first), dtype=np.bool_)
    repeats[1:] = (first[1:] == first[:-1]) & (second[1:] == second[:-1])
    _refuse(repeats, table=table, column=keys[1], ids=ids, rows=rows, expected="each pair of ids once")
