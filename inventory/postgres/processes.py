# SPDX-License-Identifier: EUPL-1.2
"""The server's processes: is it alive, and what a kill -9 of it left behind."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from inventory.postgres.paths import Cluster

PROCESSES = Path("/proc")
ORPHAN_PATIENCE_S = 2.0


def find_server(cluster: Cluster) -> int | None:
    """Find the process number of the running server; None where it does not run.

    The number in `postmaster.pid` may be stale and now be somebody else's, so the process must also work
    in the data folder, as each of PostgreSQL's does. Machines without /proc have only the number.
    """
    try:
        first = (cluster.data / "postmaster.pid").read_text().split("\n", 1)[0].strip()
    except FileNotFoundError:
        return None
    # A server in single-user mode writes its number negated.
    pid = abs(int(first)) if first.lstrip("-").isdigit() else 0
    if pid == 0 or not is_alive(pid):
        return None
    if not PROCESSES.is_dir() or works_in(pid, folder=cluster.data):
        return pid
    return None


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits for its parent does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return (PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return not PROCESSES.is_dir()


def works_in(pid: int, *, folder: Path) -> bool:
    """Tell whether a process's working folder is this one."""
    try:
        return (PROCESSES / str(pid) / "cwd").readlink() == folder
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return False


def end_orphans(cluster: Cluster) -> None:
    """End the children of a server that was killed: a new one does not start beside them.

    They end by themselves when they notice; one in the middle of a long query notices too late.
    """
    steps = ((signal.SIGQUIT, ORPHAN_PATIENCE_S), (signal.SIGKILL, ORPHAN_PATIENCE_S))
    await_end(cluster, patience_s=ORPHAN_PATIENCE_S)
    for way, patience_s in steps:
        for pid in find_orphans(cluster):
            with suppress(ProcessLookupError):
                os.kill(pid, way)
        await_end(cluster, patience_s=patience_s)


def await_end(cluster: Cluster, *, patience_s: float) -> None:
    """Wait until no orphan is left, `patience_s` seconds at most."""
    deadline = time.monotonic() + patience_s
    while find_orphans(cluster) and time.monotonic() < deadline:
        time.sleep(0.02)


def find_orphans(cluster: Cluster) -> list[int]:
    """Find the living processes that work in the data folder."""
    if not PROCESSES.is_dir():
        return []
    numbers = [int(entry.name) for entry in PROCESSES.iterdir() if entry.name.isdigit()]
    return [pid for pid in numbers if works_in(pid, folder=cluster.data) and is_alive(pid)]


def forget_stale_server(cluster: Cluster) -> None:
    """Remove a killed server's `postmaster.pid`: its number may by now be another process's.

    Only called under the lock, when no process works in the data folder any more.
    """
    if PROCESSES.is_dir():
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)
