# SPDX-License-Identifier: EUPL-1.2
"""What every test may ask for: real data, and real PostGIS databases of its own."""

import gc
import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from inventory.database import make_engine, normalise_url, session_factory
from inventory.postgres.address import cluster_url
from inventory.postgres.cluster import ensure_database, start_cluster
from inventory.postgres.paths import Cluster
from inventory.postgres.throwaway import (
    PREFIX,
    describe_throwaway,
    open_throwaway_cluster,
    remove_abandoned,
    remove_cluster,
)
from inventory.settings import get_settings
from inventory.upgrade import upgrade_database

TEMPLATE = "template_genbro"
NUMBERS = itertools.count()
MEMORY, MEMORY_BYTES = Path("/dev/shm"), 6 << 30
"""Where Linux keeps files in memory, and the room there that is enough for each process of the tests."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first: begun last, one of them leaves a core idle at the end.

    A worker takes a file as a whole, in this order. Notebooks cannot be marked, and are long.
    """
    long = {item.path for item in items if item.path.suffix == ".ipynb" or item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among what has been imported: a tenth of the processor's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@contextmanager
def open_cluster() -> Iterator[Cluster]:
    """Start a throw-away cluster, its files in memory where there is room: a copy then costs a tenth."""
    if not (os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= MEMORY_BYTES):
        with open_throwaway_cluster() as cluster:
            yield cluster
        return
    remove_abandoned(MEMORY)
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=MEMORY))
    home.chmod(0o755)  # the server's own user must be able to enter
    cluster = describe_throwaway(home)
    try:
        start_cluster(cluster)
        yield cluster
    finally:
        remove_cluster(cluster)


@contextmanager
def copy_database(cluster: Cluster, *, template: str, name: str) -> Iterator[str]:
    """Copy a database, give the copy's address and drop it at the end."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    run_as_admin(cluster, statement.format(sql.Identifier(name), sql.Identifier(template)))
    yield normalise_url(cluster_url(cluster, name))
    drop_database(cluster, name=name)


def drop_database(cluster: Cluster, *, name: str) -> None:
    """Drop a database, whoever is still connected."""
    run_as_admin(cluster, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run_as_admin(cluster: Cluster, statement: sql.Composed) -> None:
    """Run a statement that no transaction may hold."""
    with psycopg.connect(cluster_url(cluster, "postgres"), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real registers, where the machine has one."""
    folder = get_settings().real_data
    if folder is None:
        pytest.skip("GENBRO_REAL_DATA is not set: no real registers on this machine")
    assert folder.is_dir(), f"GENBRO_REAL_DATA is {folder}, which is not a folder"
    return folder


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A throw-away PostGIS of this test process, whatever GENBRO_DATABASE_URL says."""
    with open_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def template_database(cluster: Cluster) -> str:
    """The name of a database with all tables and reference data, to copy and never to write to."""
    upgrade_database(ensure_database(cluster, name=TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="module")
def database_url(cluster: Cluster, template_database: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh database with tables and reference data, one per test module."""
    stem = re.sub(r"\W+", "_", request.path.stem)[:40]
    with copy_database(cluster, template=template_database, name=f"{stem}_{next(NUMBERS)}") as url:
        yield url


@pytest.fixture
def own_database_url(cluster: Cluster, template_database: str) -> Iterator[str]:
    """The address of a fresh database with tables and reference data, for one test alone."""
    with copy_database(cluster, template=template_database, name=f"one_test_{next(NUMBERS)}") as url:
        yield url


@pytest.fixture
def empty_database_url(cluster: Cluster) -> Iterator[str]:
    """The address of a database with PostGIS and nothing else, for one test alone."""
    name = f"empty_{next(NUMBERS)}"
    yield normalise_url(ensure_database(cluster, name=name))
    drop_database(cluster, name=name)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on the module's database."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on the module's database whose work is rolled back, commits too."""
    with engine.connect() as connection, connection.begin() as transaction:
        with session_factory(engine)(bind=connection, join_transaction_mode="create_savepoint") as session:
            yield session
        transaction.rollback()
