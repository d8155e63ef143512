# SPDX-License-Identifier: EUPL-1.2
"""The server's processes: is it alive, and what a kill -9 of it or of the program left behind."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from inventory.postgres.paths import PORT, Cluster

PROCESSES = Path("/proc")
# What PostgreSQL's processes are called while they start, and how its server's children call themselves.
PROGRAMS = {"postgres", "pg_ctl", "initdb", "setpriv"}
BACKEND = "postgres: "
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
    """Tell whether a process is one of PostgreSQL's that works in a folder; a person's shell there is not."""
    try:
        if (PROCESSES / str(pid) / "cwd").readlink() != folder:
            return False
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return False
    title = read_title(pid)
    return title.startswith(BACKEND) or Path(title).name in PROGRAMS


def read_title(pid: int) -> str:
    """Read a process's first word: the path of its program, or what it calls itself."""
    try:
        return os.fsdecode((PROCESSES / str(pid) / "cmdline").read_bytes().split(b"\0")[0])
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return ""


def find_workers(folder: Path) -> list[int]:
    """Find PostgreSQL's living processes in a data folder: a server, its children, who makes or starts it."""
    if not PROCESSES.is_dir():
        return []
    numbers = [int(entry.name) for entry in PROCESSES.iterdir() if entry.name.isdigit()]
    return [pid for pid in numbers if works_in(pid, folder=folder) and is_alive(pid)]


def await_starting(cluster: Cluster) -> None:
    """Wait while a start goes on whose program was killed: it becomes the server, or ends."""
    deadline = time.monotonic() + STARTING_PATIENCE_S
    while find_server(cluster) is None and time.monotonic() < deadline:
        if all(read_title(pid).startswith(BACKEND) for pid in find_workers(cluster.data)):
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
