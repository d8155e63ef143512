# SPDX-License-Identifier: EUPL-1.2
"""How much memory a run needs: the most that a process and all below it hold, each page counted once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

PROC = Path("/proc")
PAUSE_S = 0.2
"""Seconds between two looks; a look at 2 GiB takes the kernel about 20 ms."""
KIB_PER_GIB = 2**20


class Peak:
    """The most seen so far.

    Attributes
    ----------
    gib
        In GiB.
    """

    def __init__(self) -> None:
        self.gib = 0.0

    def look(self, process: int) -> None:
        """Look at what a process and all below it hold now."""
        self.gib = max(self.gib, sum(read_share(one) for one in list_tree(process)) / KIB_PER_GIB)


@contextmanager
def watch_memory(process: int) -> Iterator[Peak]:
    """Watch what a process and all below it hold together.

    Parameters
    ----------
    process
        Its number.

    Notes
    -----
    The proportional set size of Linux: a page that n processes share counts 1 / n for each, so that a sum
    over processes counts it once. A sum of peaks of each, or of resident sets, would count it n times.
    """
    peak, ended = Peak(), Event()

    def watch() -> None:
        while not ended.wait(PAUSE_S):
            peak.look(process)

    peak.look(process)
    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()
        peak.look(process)


def list_tree(process: int) -> list[int]:
    """List a process and all below it; those that have ended meanwhile are left out."""
    tree, left = [], [process]
    while left:
        one = left.pop()
        tree.append(one)
        for told in (PROC / str(one) / "task").glob("*/children"):
            try:
                left += [int(child) for child in told.read_text(encoding="ascii").split()]
            except OSError:
                continue
    return tree


def read_share(process: int) -> int:
    """Return the proportional set size of one process in KiB; 0 once it has ended."""
    try:
        told = (PROC / str(process) / "smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    for line in told.splitlines():
        name, _, value = line.partition(":")
        if name == "Pss":
            return int(value.split()[0])
    return 0
