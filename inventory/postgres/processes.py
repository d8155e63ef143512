# SPDX-License-Identifier: EUPL-1.2
"""The server's processes: is it alive, and what a kill -9 of it or of the program left behind."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from inventory.postgres.paths import PORT, Cluster

PROCESSES = Path("/proc")
PROGRAMS = {"postgres", "pg_ctl", "initdb", "setpriv"}
ORPHAN_PATIENCE_S = 1.0
STARTING_PATIENCE_S = 10.0


def find_server(cluster: Cluster) -> int | None:
    """Find the process number of the running server; None where it does not run.

    The number in `postmaster.pid` may be stale and now be somebody else's, so the process must also work
    in the data folder, as each of PostgreSQL's does. Machines without /proc have only the number.
    """
    try:
        first = (cluster.data / "postmaster.pid").read_text().split("\n", 1)[0].strip()
    except FileNotFoundError:
        return None
    pid = int(first) if first.isdigit() else 0
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


def names_folder(pid: int, *, folder: Path) -> bool:
    """Tell whether a process is a program of PostgreSQL that was called with this folder."""
    try:
        words = (PROCESSES / str(pid) / "cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return False
    return Path(os.fsdecode(words[0])).name in PROGRAMS and os.fsencode(folder) in words[1:]


def find_workers(folder: Path) -> list[int]:
    """Find the living processes that work in a data folder or were called with it."""
    if not PROCESSES.is_dir():
        return []
    numbers = [int(entry.name) for entry in PROCESSES.iterdir() if entry.name.isdigit()]
    return [
        pid
        for pid in numbers
        if (works_in(pid, folder=folder) or names_folder(pid, folder=folder)) and is_alive(pid)
    ]


def await_starting(cluster: Cluster) -> None:
    """Wait while a start goes on whose program was killed: it becomes the server, or ends."""
    deadline = time.monotonic() + STARTING_PATIENCE_S
    while find_server(cluster) is None and time.monotonic() < deadline:
        if not any(names_folder(pid, folder=cluster.data) for pid in find_workers(cluster.data)):
            return
        time.sleep(0.02)


def end_workers(folder: Path) -> None:
    """End what is left of a killed server or of a killed making: nothing new goes well beside it.

    A server's children end by themselves when they notice; one in the middle of a long query notices too
    late.
    """
    await_end(folder, patience_s=ORPHAN_PATIENCE_S)
    for way in (signal.SIGQUIT, signal.SIGKILL):
        for pid in find_workers(folder):
            with suppress(ProcessLookupError):
                os.kill(pid, way)
        await_end(folder, patience_s=ORPHAN_PATIENCE_S)


def await_end(folder: Path, *, patience_s: float) -> None:
    """Wait until no process is left, `patience_s` seconds at most."""
    deadline = time.monotonic() + patience_s
    while find_workers(folder) and time.monotonic() < deadline:
        time.sleep(0.02)


def forget_stale_server(cluster: Cluster) -> None:
    """Remove a killed server's lock files, which PostgreSQL believes as long as their number is in use.

    It may be in use by a stranger, or by the killed server itself where nobody collects it, as in a
    container without an init. Only called under the lock, when no process works in the data folder.
    """
    if PROCESSES.is_dir():
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)
        (cluster.sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
