# SPDX-License-Identifier: EUPL-1.2
"""What a worker of the cluster does: take a shard, make its pairs, solve it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from distributed import get_worker

from matcher.cluster.errors import ClusterError
from matcher.cluster.shards import unpack_task
from matcher.cluster.versions import describe_version, refuse_other
from matcher.engines import solve_family
from matcher.task import Answer, Signal, Task

__all__ = ["solve_family", "solve_shard"]  # the engine is loaded with the version that is told


def solve_shard(
    shard: bytes | str,
    engine: Callable[[Task, Signal], Answer],
    line: Signal,
    *,
    digest: str,
    version: Mapping[str, str],
) -> Answer:
    """Solve the family of a shard; the same answer whoever does it, and however often.

    Parameters
    ----------
    shard
        Its bytes, or the path of a file that holds them.
    engine
        Solves a task.
    line
        To the solve that waits.
    digest
        SHA-256 of the shard.
    version
        Of the matcher whose solve it is.

    Raises
    ------
    OtherVersionError
        Where this worker runs another one: it came after the solve had begun.
    ClusterError
        Where the shard cannot be read here, or is not the one meant.
    """
    where = get_worker().address
    refuse_other(describe_version(), ours=version, where=where)
    content = shard if isinstance(shard, bytes) else _read_shard(Path(shard), where=where)
    if hashlib.sha256(content).hexdigest() != digest:
        raise ClusterError(f"A shard reached the worker at {where} with other bytes than were written.")
    return engine(unpack_task(content), line)


def _read_shard(path: Path, *, where: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ClusterError(
            f"The worker at {where} cannot read {path}: {error.strerror}. The folder of shards must be there "
            "on every machine under the same path; or leave the folder out, and shards are sent."
        ) from error
