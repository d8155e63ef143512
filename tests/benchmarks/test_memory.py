# SPDX-License-Identifier: EUPL-1.2
"""Memory is what a run needs: of all its processes, each page once, and nothing of before."""

import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from benchmarks.memory import KIB_PER_GIB, list_tree, read_share, watch_memory

MIB_PER_GIB = 1024


def hold(mib: int, inner: int) -> int:
    """Hold so much, and let a process of its own hold some more meanwhile; return the own number."""
    held = np.ones(1 + mib * 2**20, dtype=np.uint8)
    if inner:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            pool.submit(hold, inner, 0).result()
    else:
        time.sleep(0.6)  # three looks
    return os.getpid() if held[0] else 0


def test_the_peak_is_that_of_the_run_and_of_all_below_it() -> None:
    """What the measuring process holds does not count; what a grandchild holds for a moment does."""
    ours = np.ones(600 * 2**20, dtype=np.uint8)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        process = pool.submit(hold, 0, 0).result()
        with watch_memory(process) as peak:
            pool.submit(hold, 200, 150).result()
        assert process in list_tree(os.getpid())
    assert 350 / MIB_PER_GIB < peak.gib < 600 / MIB_PER_GIB
    assert read_share(os.getpid()) / KIB_PER_GIB > len(ours) / 2**30
    assert read_share(process) == 0, "it has ended"
