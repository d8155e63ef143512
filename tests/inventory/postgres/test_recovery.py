# SPDX-License-Identifier: EUPL-1.2
"""After a kill -9, of the server or of the program, the next start recovers."""

import os
import signal
import subprocess
import time
from collections.abc import Callable

import psycopg
import pytest

from inventory.postgres.address import cluster_url
from inventory.postgres.cluster import call_pg_ctl, is_answering, read_status, start_cluster, stop_cluster
from inventory.postgres.data import MAKING
from inventory.postgres.owner import write_as
from inventory.postgres.paths import Cluster
from inventory.postgres.processes import find_server, find_workers, is_alive

Query = Callable[[Cluster, str], object]


def kill_server(cluster: Cluster) -> int:
    """Kill the server's first process as the kernel does when memory runs out."""
    pid = read_status(cluster).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while is_alive(pid):
        time.sleep(0.01)
    return pid


def test_committed_rows_outlive_a_killed_server(durable_cluster: Cluster, query: Query) -> None:
    """A server killed with kill -9 starts again with all that was committed."""
    start_cluster(durable_cluster)
    query(durable_cluster, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS value")
    kill_server(durable_cluster)
    assert (durable_cluster.data / "postmaster.pid").exists(), (
        "the kill must leave its trace to test anything"
    )
    assert not read_status(durable_cluster).answering
    assert start_cluster(durable_cluster)
    assert query(durable_cluster, "SELECT sum(value) FROM kept") == 500500


def test_a_query_that_outlives_its_server_does_not_stop_the_next(new_cluster: Cluster) -> None:
    """A backend deep in a computation does not notice its server's death; it is ended first."""
    start_cluster(new_cluster)
    connection = psycopg.connect(cluster_url(new_cluster, "postgres"), autocommit=True)
    backend = connection.info.backend_pid
    connection.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 4000000000)")
    connection.pgconn.flush()
    time.sleep(0.3)
    kill_server(new_cluster)
    time.sleep(0.3)
    assert backend in find_workers(new_cluster.data), "the backend must be alive to test anything"
    assert start_cluster(new_cluster)
    assert not is_alive(backend)
    connection.close()


def test_a_stale_number_that_is_somebody_elses_now(new_cluster: Cluster) -> None:
    """A postmaster.pid naming a living stranger neither counts as our server nor stops the next start."""
    start_cluster(new_cluster)
    stop_cluster(new_cluster)
    stranger = os.getpid()
    lines = [stranger, new_cluster.data, 0, 5432, new_cluster.sockets, "", "1 1", "ready"]
    text = "\n".join(str(line) for line in lines) + "\n"
    write_as(new_cluster.owner, new_cluster.data / "postmaster.pid", text=text)
    assert find_server(new_cluster) is None
    assert not stop_cluster(new_cluster)
    assert start_cluster(new_cluster)
    assert find_server(new_cluster) not in {None, stranger}


@pytest.mark.parametrize("text", ["", "\n", "not a number\n"])
def test_a_spoilt_number_counts_as_none(new_cluster: Cluster, text: str) -> None:
    """A postmaster.pid cut short by a full disk is overcome."""
    start_cluster(new_cluster)
    stop_cluster(new_cluster)
    write_as(new_cluster.owner, new_cluster.data / "postmaster.pid", text=text)
    assert find_server(new_cluster) is None
    assert start_cluster(new_cluster)


def test_a_program_killed_while_making_leaves_nothing_in_the_way(
    new_cluster: Cluster, genbro: list[str], query: Query
) -> None:
    """`genbro db start` killed at ten moments, then once let through: the cluster is whole."""
    environment = {"PATH": os.environ["PATH"], "GENBRO_HOME": str(new_cluster.home)}
    seen = set()
    for moment in range(10):
        program = subprocess.Popen([*genbro, "db", "start"], env=environment, start_new_session=True)
        deadline = time.monotonic() + 20
        while not new_cluster.home.exists() and program.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(moment**2 * 0.03)
        # The last one waits on a busy machine, where all others may fall before the making begins.
        while moment == 9 and state_of(new_cluster) == "home" and time.monotonic() < deadline:
            time.sleep(0.005)
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()
        seen.add(state_of(new_cluster))
    assert len(seen) > 1, f"the kills fell all into one state: {seen}"
    start_cluster(new_cluster)
    assert query(new_cluster, "SELECT 1") == 1
    assert not list(new_cluster.home.glob(f"{MAKING}*"))


def state_of(cluster: Cluster) -> str:
    """Name how far a start had come."""
    if not cluster.home.exists():
        return "nothing"
    if not cluster.data.exists():
        return "making" if list(cluster.home.glob(f"{MAKING}*")) else "home"
    return "running" if find_server(cluster) else "made"


def test_starting_waits_for_a_server_that_recovers(durable_cluster: Cluster, query: Query) -> None:
    """While somebody else's start replays the log, a second one waits instead of failing."""
    start_cluster(durable_cluster)
    query(durable_cluster, "CREATE TABLE kept AS SELECT generate_series(1, 200000) AS value")
    kill_server(durable_cluster)
    # Started by hand, without waiting: the state in which a second program finds it.
    call_pg_ctl(durable_cluster, ["start", "-W", "-s", "-l", "../log/by_hand.log"])
    start_cluster(durable_cluster)
    assert is_answering(durable_cluster)
    assert query(durable_cluster, "SELECT count(*) FROM kept") == 200000
