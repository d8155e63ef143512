# SPDX-License-Identifier: EUPL-1.2
"""One measured row, and the file of rows that a second run goes on from."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.bars import Bar

VERSION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A measured row; the fields of `benchmarks/latest.json`.

    Parameters
    ----------
    name, size, peer
        What was measured, on how much, against whom.
    ours, theirs, unit
        Medians of seconds, or answers; the unit says which.
    ratio
        How many times better Genbro is: theirs / ours of seconds, ours / theirs of savings.
    bar, met
        What the ratio or Genbro's own figure must reach, and whether it does; empty and null where the row is
        for information.
    runs
        Timed runs of each side; a published figure is one, and `peer` says so.
    machine, versions
        Measured on, and with.
    figures
        What else was measured, by name.
    answer
        What both sides found: an optimum in the unit of the group, or a count of pairs.
    measured
        Day, ISO.
    """

    name: str
    size: str
    peer: str
    ours: float
    theirs: float
    unit: str
    ratio: float
    bar: str
    met: bool | None
    runs: int
    machine: str
    versions: dict[str, str]
    figures: dict[str, float]
    answer: float
    measured: str


def judge_row(row: Row, *, bar: Bar) -> Row:
    """Hold a row measured before to a bar that may have moved since."""
    met = bar.is_met(ours=row.ours, ratio=row.ratio, figures=row.figures)
    return replace(row, bar=bar.describe(), met=met)


def read_rows(path: Path) -> list[Row]:
    """Read the rows of a file; none where it is not there or of another version."""
    if not path.exists():
        return []
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return [Row(**row) for row in told["rows"]] if told.get("version") == VERSION else []


def write_rows(path: Path, *, rows: Iterable[Row]) -> None:
    """Write the rows whole: a kill leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"version": VERSION, "rows": [asdict(row) for row in rows]}
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(path)
