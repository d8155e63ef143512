# SPDX-License-Identifier: EUPL-1.2
"""Clusters to start, kill and spoil, each in a folder of its own."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from inventory.postgres.address import cluster_url
from inventory.postgres.paths import Cluster
from inventory.postgres.throwaway import PREFIX, describe_throwaway, remove_cluster

MakeCluster = Callable[..., Cluster]


@pytest.fixture
def make_cluster() -> Iterator[MakeCluster]:
    """Describe clusters in new folders, `below` of which may be given; all are removed at the end."""
    made: list[Cluster] = []

    def make(below: str = "home") -> Cluster:
        parent = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir="/tmp"))
        parent.chmod(0o755)
        cluster = describe_throwaway(parent / below)
        made.append(cluster)
        return cluster

    yield make
    for cluster in made:
        remove_cluster(cluster)
        for folder in cluster.home.parents:
            if folder.name.startswith(PREFIX) and folder.is_dir():
                remove_cluster(describe_throwaway(folder))


@pytest.fixture
def new_cluster(make_cluster: MakeCluster) -> Cluster:
    """One cluster that has not been made yet."""
    return make_cluster()


@pytest.fixture
def durable_cluster(new_cluster: Cluster) -> Cluster:
    """One cluster that has not been made yet and keeps what it committed, as people's own does."""
    return replace(new_cluster, durable=True)


@pytest.fixture
def query() -> Callable[[Cluster, str], object]:
    """Run one statement in a cluster and give the first value, if there is one."""

    def run(cluster: Cluster, statement: str) -> object:
        with psycopg.connect(cluster_url(cluster, "postgres"), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    return run


@pytest.fixture
def genbro() -> list[str]:
    """The words that call the genbro command of this checkout in another process."""
    return [sys.executable, "-c", "from inventory.cli.main import main; main()"]
