# SPDX-License-Identifier: EUPL-1.2
"""The executor that gives families to the workers of a Dask cluster, and again where a worker is lost."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from distributed import Client, Future, KilledWorker
from distributed.security import Security

from matcher.cluster.board import ClusterBoard
from matcher.cluster.errors import ClusterError
from matcher.cluster.line import ClusterLine
from matcher.cluster.shards import pack_task
from matcher.cluster.versions import describe_version, refuse_other
from matcher.cluster.work import solve_shard
from matcher.task import Answer, Signal, Task

CONNECT_S = 5.0
"""Seconds a scheduler has to answer, and a first worker to be there."""
PATIENCE_S = 60.0
"""Seconds a solve waits for a worker where the last one was lost."""
ATTEMPTS = 5
"""Times a family is given out before it is called the reason why workers die."""
PAUSE_S = 0.1
"""Seconds between two looks at whether workers are there."""


class ClusterExecutor:
    """Gives tasks to a cluster.

    Parameters
    ----------
    client
        Connected to the scheduler.
    address
        Of the scheduler, for messages.
    folder
        Where shards are written; None = they are sent.
    """

    def __init__(self, client: Client, *, address: str, folder: Path | None) -> None:
        self._client, self._address, self._folder = client, address, folder
        self._version = describe_version()
        self.given_again = 0
        """Families given out once more because what was known of them was lost."""

    @contextmanager
    def open_board(self, count: int) -> Iterator[ClusterBoard]:
        """Open a board for so many tasks, which other machines reach."""
        board = ClusterBoard(self._client, count=count)
        yield board
        board.take_down()  # after an error it stays: tasks that still run are to end

    def submit(
        self, function: Callable[[Task, Signal], Answer], task: Task, line: ClusterLine, /
    ) -> ClusterPromise:
        """Give out a task; return the promise of its answer."""
        return ClusterPromise(self, function, task, line)

    def give_out(
        self, function: Callable[[Task, Signal], Answer], task: Task, line: ClusterLine, *, attempt: int
    ) -> Future[Answer]:
        """Bring the shard of a task to the cluster and the task after it.

        Parameters
        ----------
        function, task, line
            As to `submit`.
        attempt
            Which one this is: no name is used twice, so a late word about a lost task cannot meet a new one.
        """
        shard = pack_task(task)
        digest = hashlib.sha256(shard).hexdigest()
        name = f"{line.run}-{task.number}-{attempt}"
        if self._folder is None:
            key = f"genbro-shard-{name}"
            held: Any = self._client.scatter({key: shard}, hash=False, timeout=PATIENCE_S)[key]
        else:
            path = self._folder / f"{task.number}-{digest}.arrow"
            if not path.exists():
                path.write_bytes(shard)
            held = str(path)
        return self._client.submit(
            solve_shard,
            held,
            function,
            line,
            digest=digest,
            version=self._version,
            key=f"genbro-family-{name}",
            priority=-task.number,
            pure=False,
        )

    def has_workers(self) -> bool:
        """Return whether any worker is there.

        Raises
        ------
        ClusterError
            Where the scheduler is not.
        """
        if self._client.status != "running":
            raise ClusterError(
                f"The scheduler at {self._address} is gone, and what it knew with it. Nothing was written: "
                "start it and its workers again, then the run."
            )
        return bool(self._client.scheduler_info(n_workers=1)["workers"])


class ClusterPromise:
    """An answer to come from a cluster.

    Parameters
    ----------
    executor, function, task, line
        What is given out, and again where it is lost.
    """

    def __init__(
        self,
        executor: ClusterExecutor,
        function: Callable[[Task, Signal], Answer],
        task: Task,
        line: ClusterLine,
    ) -> None:
        self._executor, self._given = executor, (function, task, line)
        self._attempt = 0
        self._alone_since: float | None = None
        self._answer: Answer | None = None
        self._error: Exception | None = None
        self._future: Future[Answer] | None = None
        self._give_out()

    def done(self) -> bool:
        """Return whether it is there; give the task out again where it was lost."""
        if self._answer is not None or self._error is not None:
            return True
        try:
            if self._future is None:
                self._give_again()
            elif self._future.status != "pending":
                self._answer = self._future.result()
                self._future = None  # the cluster need not keep it
        except CancelledError:  # lost with a worker, or the shard was
            self._lose()
        except KilledWorker as error:
            self._error = _tell_deadly(self._given[1])
            self._error.__cause__ = error
        except Exception as error:  # noqa: BLE001 - whatever went wrong there is raised by `result`
            self._error = error
        return self._answer is not None or self._error is not None

    def result(self) -> Answer:
        """Return it, or raise what went wrong."""
        while not self.done():
            time.sleep(PAUSE_S)
        if self._error is not None:
            raise self._error
        assert self._answer is not None
        return self._answer

    def _give_out(self) -> None:
        with suppress(
            OSError, TimeoutError
        ):  # the worker that was to have the shard is gone: once more, later
            self._future = self._executor.give_out(*self._given, attempt=self._attempt)
            self._alone_since = None

    def _give_again(self) -> None:
        now = time.monotonic()
        self._alone_since = now if self._alone_since is None else self._alone_since
        if now > self._alone_since + PATIENCE_S:
            raise ClusterError(
                f"All workers are gone, and none came back in {PATIENCE_S:.0f} s. Nothing was written: start "
                "workers, then the run again."
            )
        if self._executor.has_workers():
            self._give_out()

    def _lose(self) -> None:
        self._future = None
        self._attempt += 1
        self._executor.given_again += 1
        if self._attempt >= ATTEMPTS:
            self._error = _tell_deadly(self._given[1])


def _tell_deadly(task: Task) -> ClusterError:
    return ClusterError(
        f"Several workers died at the same family ({len(task.lots)} lots, {len(task.requirements)} "
        "requirements), most likely for want of memory. Give each worker more (fewer workers on a machine, "
        "or `--memory-limit`), then start the run again."
    )


@contextmanager
def connect_cluster(address: str, *, folder: Path | None) -> Iterator[ClusterExecutor]:
    """Connect to a scheduler, refuse workers of other versions, and leave nothing behind.

    Parameters
    ----------
    address
        ``tcp://HOST:PORT`` or ``tls://HOST:PORT``.
    folder
        A folder that every machine sees under this path: shards go there instead of through the scheduler.
        None = they are sent.

    Raises
    ------
    ClusterError
        Where no scheduler or no worker is there.
    OtherVersionError
        Where a worker runs another version.
    """
    try:
        _find_certificate(address)
        client = Client(address, timeout=CONNECT_S, set_as_default=False, name="genbro")
    except (OSError, RuntimeError, TypeError) as error:
        raise ClusterError(
            f"No scheduler answers at {address} ({error}). Is it running (`dask scheduler`), is this its "
            "address, may this machine reach that port, and do both sides use TLS or neither?"
        ) from error
    try:
        _await_worker(client, address=address)
        _compare_versions(client)
        if folder is None:
            yield ClusterExecutor(client, address=address, folder=None)
        else:
            with _open_folder(folder) as own:
                yield ClusterExecutor(client, address=address, folder=own)
    finally:
        client.close()  # whatever still waits there is dropped with it


def _find_certificate(address: str) -> None:
    if address.startswith("tls:") and not Security().get_connection_args("client").get("ssl_context"):
        raise ClusterError(
            f"{address} asks for TLS, and Dask's configuration here names no certificate: set "
            "distributed.comm.tls.ca-file, and client.cert and client.key below it."
        )


def _await_worker(client: Client, *, address: str) -> None:
    end = time.monotonic() + CONNECT_S
    while not client.scheduler_info(n_workers=1)["workers"]:
        if time.monotonic() > end:
            raise ClusterError(
                f"The scheduler at {address} has no workers. Start some on each machine "
                f"(`dask worker {address} --nthreads 1 --nworkers auto`), then the run again."
            )
        time.sleep(PAUSE_S)


def _compare_versions(client: Client) -> None:
    ours = describe_version()
    told = client.run(describe_version, on_error="return")
    for where, theirs in sorted(told.items()):
        if isinstance(theirs, BaseException):
            raise ClusterError(
                f"The worker at {where} cannot load Genbro's matcher ({theirs}). Start it from an "
                "environment in which this release of Genbro is installed."
            )
        refuse_other(theirs, ours=ours, where=where)


@contextmanager
def _open_folder(folder: Path) -> Iterator[Path]:
    try:
        own = TemporaryDirectory(prefix="genbro-shards-", dir=folder)
    except OSError as error:
        raise ClusterError(f"Shards cannot be written to {folder}: {error.strerror}.") from error
    with own as path:
        Path(path).chmod(0o755)  # workers may run under another account
        yield Path(path)
