# SPDX-License-Identifier: EUPL-1.2
"""Real clusters on this machine: a scheduler and workers, each a process of its own."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from distributed import Client

from benchmarks.make_problem import draw_tables
from benchmarks.mix import NATIONAL
from matcher.problem.problem import Problem, make_problem


@dataclass
class Machines:
    """A scheduler and its workers.

    Parameters
    ----------
    folder
        For what the processes write.
    """

    folder: Path
    address: str = ""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _stack: ExitStack = field(default_factory=ExitStack)
    _strange: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _folders: Iterator[int] = field(default_factory=itertools.count)

    def start(self) -> None:
        """Start the scheduler, on any free port."""
        told = self.folder / "scheduler.json"
        words = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self._run([*words, "--scheduler-file", str(told)])
        with Client(scheduler_file=str(told), set_as_default=False, timeout=30) as client:
            self.address = client.scheduler.address

    def settle(self, *, workers: int) -> None:
        """Have so many workers of our own sources: those alive stay, for a process takes seconds to start."""
        for place, worker in enumerate(self.workers):
            if worker in self._strange and worker.poll() is None:
                self.kill_worker(place)
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) > workers:
            self.kill_worker(-1)
            self.workers.pop()
        with Client(self.address, set_as_default=False, timeout=30) as client:
            while len(client.scheduler_info(n_workers=-1)["workers"]) > len(self.workers):
                time.sleep(0.01)  # a killed one is missed as soon as its connection breaks
        while len(self.workers) < workers:
            self.add_worker()

    def add_worker(self, *, path: Path | None = None) -> None:
        """Start a worker, from sources of its own if a path is given, and wait for it."""
        words = ["worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        folder = ["--local-directory", str(self.folder / str(next(self._folders)))]
        self.workers.append(self._run([*words, *folder, "--memory-limit", "0"], path=path))
        if path is not None:
            self._strange.append(self.workers[-1])
        alive = sum(worker.poll() is None for worker in self.workers)
        with Client(self.address, set_as_default=False, timeout=30) as client:
            client.wait_for_workers(alive, timeout=30)

    def kill_worker(self, place: int) -> None:
        """Kill a worker so that it can say nothing more."""
        os.kill(self.workers[place].pid, signal.SIGKILL)
        self.workers[place].wait()

    def stop(self) -> None:
        """End all of it."""
        self._stack.close()

    def _run(self, words: list[str], *, path: Path | None = None) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            cwd=path,  # what lies there is found before what is installed
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Give a scheduler, whose workers each test has to its wish."""
    machines = Machines(tmp_path_factory.mktemp("machines"))
    try:
        machines.start()
        yield machines
    finally:
        machines.stop()


@pytest.fixture
def pair(machines: Machines) -> Machines:
    """Give a cluster of two workers."""
    machines.settle(workers=2)
    return machines


@pytest.fixture
def single(machines: Machines) -> Machines:
    """Give a cluster of one worker, which may be killed."""
    machines.settle(workers=1)
    return machines


@pytest.fixture(scope="session")
def mixed() -> Problem:
    """Give a problem of some families, a few requirements with a side rule."""
    tables = draw_tables(mix=NATIONAL, n_lots=1500, n_requirements=150, n_classes=20)
    donors = np.zeros(150, dtype=np.int64)
    donors[:3] = 2
    tables["requirements"]["most_donors"] = donors
    return make_problem(**tables)
