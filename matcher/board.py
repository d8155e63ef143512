# SPDX-License-Identifier: EUPL-1.2
"""The board: where tasks write how far they are and read whether to end, in this process or in others."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matcher.problem.columns import FloatArray

Watch = Callable[[Sequence[float]], bool]
"""Told the share done of every task, in the process and thread of the caller; returns whether to stop."""


@dataclass(frozen=True, slots=True)
class Line:
    """A task's line to a board in a file: the signal of a task in another process on this machine.

    Parameters
    ----------
    path
        The board.
    place
        Number of the task.
    """

    path: str
    place: int

    def tell(self, share: float) -> bool:
        """Say which share of the task is done; return whether it should come to an end."""
        try:
            shares = np.memmap(self.path, dtype=np.float64, mode="r+")
        except OSError:  # whoever waited is gone, or on another machine
            return False
        shares[self.place + 1] = share
        return bool(shares[0])


@dataclass(frozen=True, slots=True)
class Whisper:
    """A task's line to those who wait for it in the same process.

    Parameters
    ----------
    shares
        Share done of every task.
    place
        Number of the task.
    watch
        Who waits.
    """

    shares: list[float]
    place: int
    watch: Watch

    def tell(self, share: float) -> bool:
        """Say which share of the task is done; return whether it should come to an end."""
        self.shares[self.place] = share
        return self.watch(self.shares)


class Board:
    """Shares done of many tasks, in a file that other processes write.

    Parameters
    ----------
    path
        The file.
    count
        How many tasks.
    """

    def __init__(self, path: Path, *, count: int) -> None:
        """Make the file."""
        self._path = str(path)
        self._shares: FloatArray = np.memmap(self._path, dtype=np.float64, mode="w+", shape=count + 1)

    def draw_line(self, place: int) -> Line:
        """Return the line of a task."""
        return Line(self._path, place)

    def read(self) -> list[float]:
        """Return the share done of every task."""
        shares: list[float] = self._shares[1:].tolist()
        return shares

    def stop(self) -> None:
        """Tell every task to come to an end."""
        self._shares[0] = 1.0


@contextmanager
def open_board(count: int) -> Iterator[Board]:
    """Open a board for so many tasks; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="genbro-") as folder:
        yield Board(Path(folder) / "board", count=count)
