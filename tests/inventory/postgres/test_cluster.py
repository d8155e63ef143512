# SPDX-License-Identifier: EUPL-1.2
"""Start, stop and look at a private PostGIS."""

from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from inventory.postgres.address import cluster_url
from inventory.postgres.cluster import (
    EXTENSIONS,
    ensure_database,
    read_status,
    start_cluster,
    stop_cluster,
)
from inventory.postgres.paths import Cluster

Query = Callable[[Cluster, str], object]


def test_a_cluster_is_made_started_stopped_and_started_again(new_cluster: Cluster, query: Query) -> None:
    """Status follows each step, a second call changes nothing, and what is stored stays."""
    assert read_status(new_cluster).major is None
    assert not new_cluster.home.exists(), "looking makes nothing"
    assert start_cluster(new_cluster)
    running = read_status(new_cluster)
    assert running.answering
    assert running.pid is not None
    assert running.major is not None
    assert not start_cluster(new_cluster)
    assert read_status(new_cluster) == running
    query(new_cluster, "CREATE TABLE kept AS SELECT 7 AS value")
    assert stop_cluster(new_cluster)
    assert not stop_cluster(new_cluster)
    stopped = read_status(new_cluster)
    assert (stopped.pid, stopped.answering, stopped.major) == (None, False, running.major)
    assert start_cluster(new_cluster)
    assert query(new_cluster, "SELECT value FROM kept") == 7


def test_no_port_is_open(cluster: Cluster) -> None:
    """No process of the server listens on TCP or UDP: only the socket's file leads to it."""
    server = read_status(cluster).pid
    assert server is not None
    links = [str(entry.readlink()) for entry in Path(f"/proc/{server}/fd").iterdir() if entry.is_symlink()]
    sockets = {link[len("socket:[") : -1] for link in links if link.startswith("socket:[")}
    assert sockets, "the server must listen on something for this test to say anything"
    inet: set[str] = set()
    for table in ("tcp", "tcp6"):
        lines = Path(f"/proc/{server}/net/{table}").read_text().splitlines()[1:]
        inet |= {line.split()[9] for line in lines}
    assert not sockets & inet


def test_only_its_owner_may_enter(cluster: Cluster) -> None:
    """The folders of data and socket are closed to everybody else, and belong to the server's account."""
    for folder in (cluster.data, cluster.sockets, cluster.log):
        found = folder.stat()
        assert found.st_mode & 0o077 == 0, folder
        assert found.st_uid == cluster.owner.uid, folder


def test_a_database_is_made_once_with_its_extensions(cluster: Cluster) -> None:
    """The address leads to a database with PostGIS; asking again gives the same one."""
    url = ensure_database(cluster, name="æske_på_loft")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS value")
    assert ensure_database(cluster, name="æske_på_loft") == url
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT value FROM kept").fetchone() == (7,)
        found = connection.execute("SELECT extname FROM pg_extension").fetchall()
        assert {name for (name,) in found} >= set(EXTENSIONS)
        version = connection.execute("SELECT postgis_lib_version()").fetchone()
        assert version is not None
        assert version[0] >= "3.3"


def test_half_made_databases_are_completed(cluster: Cluster) -> None:
    """A program killed between making a database and its extensions leaves one that is mended later."""
    with psycopg.connect(cluster_url(cluster, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier("halfway")))
    with psycopg.connect(ensure_database(cluster, name="halfway")) as connection:
        assert connection.execute("SELECT count(*) FROM spatial_ref_sys WHERE srid = 25832").fetchone() == (
            1,
        )


def test_text_is_utf8_and_knows_danish_letters(cluster: Cluster, query: Query) -> None:
    """Case folding knows the Danish letters, whatever the machine's locale is."""
    assert query(cluster, "SHOW server_encoding") == "UTF8"
    assert query(cluster, "SELECT lower('ÆØÅ')") == "æøå"
    assert query(cluster, "SHOW timezone") == "UTC"


def test_only_throw_away_clusters_spare_the_disk(
    cluster: Cluster, durable_cluster: Cluster, query: Query
) -> None:
    """People's own cluster syncs what it commits."""
    assert query(cluster, "SHOW fsync") == "off"
    start_cluster(durable_cluster)
    assert query(durable_cluster, "SHOW fsync") == "on"
    assert query(durable_cluster, "SHOW synchronous_commit") == "on"
