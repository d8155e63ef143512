# SPDX-License-Identifier: EUPL-1.2
"""The way to a cluster for whoever was asked for one; nothing of Dask is loaded otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matcher.cluster.errors import ClusterError
from matcher.decompose import Executor
from matcher.errors import InputError

_ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):\d{1,5}")


@contextmanager
def open_executor(address: str | None, *, folder: Path | None = None) -> Iterator[Executor | None]:
    """Connect to the cluster of an address; without one there is none, and processes of one's own solve.

    Parameters
    ----------
    address
        ``tcp://HOST:PORT`` or ``tls://HOST:PORT`` of a Dask scheduler, or None.
    folder
        As in `matcher.cluster.executor.connect_cluster`.

    Raises
    ------
    InputError
        Where it is no such address.
    ClusterError
        Where Dask is not installed, or nobody is there.
    """
    if address is None:
        yield None
        return
    if not _ADDRESS.fullmatch(address):
        raise InputError(
            f"the address of a scheduler as tcp://HOST:PORT or tls://HOST:PORT, found {address!r}"
        )
    try:
        # loaded only where a cluster is asked for: it takes seconds, and is not installed everywhere
        from matcher.cluster.executor import connect_cluster  # noqa: PLC0415
    except ImportError as error:
        raise ClusterError(
            f"Solving on a cluster needs Dask distributed, which is not installed here ({error}): install "
            "Genbro with its extra `cluster`."
        ) from error
    with connect_cluster(address, folder=folder) as executor:
        yield executor
