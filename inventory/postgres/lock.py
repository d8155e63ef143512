# SPDX-License-Identifier: EUPL-1.2
"""One at a time: the lock under which a cluster is made, started or stopped."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inventory.postgres.errors import ClusterBusyError

PAUSE_S = 0.05


@contextmanager
def hold_lock(path: Path, *, patience_s: float = 120.0) -> Iterator[None]:
    """Hold a file lock; the kernel lets go of it when the process ends, however it ends.

    Raises
    ------
    ClusterBusyError
        Somebody else held it for longer than `patience_s` seconds.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + patience_s
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise ClusterBusyError(folder=path.parent, seconds=round(patience_s)) from error
                time.sleep(PAUSE_S)
        yield
    finally:
        os.close(descriptor)
