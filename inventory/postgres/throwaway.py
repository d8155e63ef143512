# SPDX-License-Identifier: EUPL-1.2
"""A throw-away cluster in a temporary folder: for tests and benchmarks, gone when they end."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inventory.postgres.cluster import start_cluster, stop_cluster
from inventory.postgres.data import MARKER
from inventory.postgres.errors import ClusterError
from inventory.postgres.owner import find_owner
from inventory.postgres.paths import Cluster, locate_cluster
from inventory.postgres.processes import end_workers, is_alive
from inventory.settings import get_settings

PREFIX = "genbro-throwaway-"


@contextmanager
def open_throwaway_cluster() -> Iterator[Cluster]:
    """Start a cluster nobody else uses and remove it at the end, whatever the settings say.

    Those of processes that were killed are removed first.

    Raises
    ------
    ClusterError
        It cannot be made or started.
    """
    # The server's own user must be able to enter, which a TMPDIR inside root's home would prevent.
    parent = Path("/tmp") if os.geteuid() == 0 else Path(tempfile.gettempdir())  # noqa: S108 - mkdtemp below
    remove_abandoned(parent)
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent))
    home.chmod(0o755)
    cluster = describe_throwaway(home)
    try:
        start_cluster(cluster)
        yield cluster
    finally:
        remove_cluster(cluster)


def describe_throwaway(home: Path) -> Cluster:
    """Describe the cluster of a temporary folder."""
    return locate_cluster(home, owner=find_owner(), settings=get_settings(), durable=False)


def remove_abandoned(parent: Path) -> None:
    """Remove the throw-away clusters of processes of this user that are no more."""
    for home in parent.glob(f"{PREFIX}*"):
        pid = home.name.removeprefix(PREFIX).partition("-")[0]
        with suppress(FileNotFoundError):
            if pid.isdigit() and not is_alive(int(pid)) and home.lstat().st_uid == os.geteuid():
                remove_cluster(describe_throwaway(home))


def remove_cluster(cluster: Cluster) -> None:
    """Stop a throw-away cluster and remove its folder."""
    with suppress(ClusterError):
        stop_cluster(cluster, mode="immediate")
    if (cluster.data / MARKER).exists():
        end_workers(cluster.data)
    shutil.rmtree(cluster.home, ignore_errors=True)
    if cluster.sockets.parent != cluster.home:
        shutil.rmtree(cluster.sockets, ignore_errors=True)
