# SPDX-License-Identifier: EUPL-1.2
"""Start and stop the private PostGIS, and recover it after a kill."""

import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from inventory.postgres.address import cluster_url
from inventory.postgres.data import choose_binaries, make_data, read_major, write_configuration
from inventory.postgres.errors import PostgresFailedError
from inventory.postgres.lock import hold_lock
from inventory.postgres.owner import run_as
from inventory.postgres.paths import Cluster, prepare_home, prepare_sockets
from inventory.postgres.processes import (
    await_starting,
    end_workers,
    find_server,
    forget_stale_server,
)

# A crash recovery replays the log first; a large one may take minutes.
START_PATIENCE_S = 600
EXTENSIONS = ("postgis", "btree_gist", "pg_trgm")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterStatus:
    """What is known of a cluster without starting it."""

    major: int | None
    pid: int | None
    answering: bool


def read_status(cluster: Cluster) -> ClusterStatus:
    """Look at a cluster; nothing is made, started or changed.

    Raises
    ------
    NotOurDataError, ForeignDataError
        The data folder is not this cluster's.
    """
    major = read_major(cluster)
    pid = None if major is None else find_server(cluster)
    return ClusterStatus(major=major, pid=pid, answering=pid is not None and is_answering(cluster))


def is_answering(cluster: Cluster) -> bool:
    """Tell whether the server takes connections."""
    try:
        psycopg.connect(cluster_url(cluster, "postgres"), connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def start_cluster(cluster: Cluster) -> bool:
    """Make the cluster if it is not there, and start its server if it does not run.

    Safe to call at once from many processes, and after a kill -9 of any of them or of the server.

    Returns
    -------
    bool
        Whether this call started it.

    Raises
    ------
    PostgresMissingError
        PostgreSQL with PostGIS is not installed.
    NotOurDataError, ForeignDataError, OtherVersionError, DamagedDataError
        The data folder cannot be used, and is left alone.
    FolderClosedError, UnsafeFolderError, HomeUnusableError
        The home or the socket's folder does not fit.
    ClusterBusyError
        Another process holds the lock for too long.
    PostgresFailedError
        PostgreSQL itself refused.
    """
    if read_major(cluster) is not None and is_answering(cluster):
        return False
    prepare_home(cluster)
    with hold_lock(cluster.lock, patience_s=START_PATIENCE_S):
        prepare_sockets(cluster)
        if read_major(cluster) is None:
            make_data(cluster)
        await_starting(cluster)
        if find_server(cluster) is not None:
            await_answer(cluster)
            return False
        start_server(cluster)
        return True


def start_server(cluster: Cluster) -> None:
    """Start the server of a made cluster, under the lock, cleaning up after one that was killed."""
    choose_binaries(cluster)  # refuses data of another version before anything is touched
    end_workers(cluster.data)
    forget_stale_server(cluster)
    write_configuration(cluster)
    log = cluster.log / "server.log"
    told_before = len(read_log(log))
    try:
        call_pg_ctl(cluster, ["start", "-w", "-s", "-t", str(START_PATIENCE_S), "-l", "../log/server.log"])
    except PostgresFailedError as error:
        told = read_log(log)[told_before:].strip()
        raise PostgresFailedError(program="pg_ctl start", output=told or error.details["output"]) from error


def call_pg_ctl(cluster: Cluster, words: list[str]) -> None:
    """Call pg_ctl from inside the data folder.

    It hands paths to a shell, which would trip over a quote in one; and by its working folder it is found
    again if this program is killed meanwhile.
    """
    program = choose_binaries(cluster).path("pg_ctl")
    run_as(cluster.owner, [program, *words, "-D", "."], folder=cluster.data)


def read_log(log: Path) -> str:
    """Read what the server has told so far."""
    return log.read_text(errors="replace") if log.exists() else ""


def await_answer(cluster: Cluster) -> None:
    """Wait for a server that runs but does not answer yet, as while it recovers from a crash.

    Raises
    ------
    PostgresFailedError
        It ended, or does not answer in ten minutes.
    """
    deadline = time.monotonic() + START_PATIENCE_S
    while not is_answering(cluster):
        if find_server(cluster) is None or time.monotonic() > deadline:
            told = read_log(cluster.log / "server.log").strip()[-1000:]
            raise PostgresFailedError(program="postgres", output=told or "it does not answer")
        time.sleep(0.1)


def stop_cluster(cluster: Cluster, *, mode: str = "fast") -> bool:
    """Stop the server: running work is rolled back, what is committed stays.

    Parameters
    ----------
    cluster
        Which one.
    mode
        ``fast``, or ``immediate`` for a cluster that is thrown away.

    Returns
    -------
    bool
        Whether it ran.
    """
    if read_major(cluster) is None:
        return False
    with hold_lock(cluster.lock):
        if find_server(cluster) is None:
            return False
        call_pg_ctl(cluster, ["stop", "-w", "-s", "-m", mode])
        return True


def ensure_database(cluster: Cluster, *, name: str) -> str:
    """Make a database with PostGIS in a running cluster, if it is not there.

    Returns
    -------
    str
        Its address.
    """
    url = cluster_url(cluster, name)
    if has_extensions(url):
        return url
    with hold_lock(cluster.lock):
        with psycopg.connect(cluster_url(cluster, "postgres"), autocommit=True) as connection:
            there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if there is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        with psycopg.connect(url) as connection:
            for extension in EXTENSIONS:
                statement = sql.SQL("CREATE EXTENSION IF NOT EXISTS {}")
                connection.execute(statement.format(sql.Identifier(extension)))
    return url


def has_extensions(url: str) -> bool:
    """Tell whether a database is there with every extension Genbro needs."""
    question = "SELECT count(*) FROM pg_extension WHERE extname = ANY(%s)"
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            found = connection.execute(question, [list(EXTENSIONS)]).fetchone()
    except psycopg.OperationalError:
        return False
    return found == (len(EXTENSIONS),)
