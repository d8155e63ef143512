# SPDX-License-Identifier: EUPL-1.2
"""The data folder: made once and whole, marked as Genbro's, configured anew at each start."""

import json
import os
import shutil
import tempfile
from pathlib import Path

from inventory.postgres.address import ROLE
from inventory.postgres.binaries import Binaries, find_binaries
from inventory.postgres.errors import (
    DamagedDataError,
    ForeignDataError,
    HomeUnusableError,
    NotOurDataError,
    OtherVersionError,
)
from inventory.postgres.owner import run_as, write_as
from inventory.postgres.paths import PORT, Cluster
from inventory.postgres.processes import end_workers

MARKER = "made_by_genbro.json"
MAKING = "data.making-"


def read_major(cluster: Cluster) -> int | None:
    """Read which major version of PostgreSQL the data are of; None where nothing was made yet.

    Raises
    ------
    ForeignDataError
        The data folder belongs to another user.
    NotOurDataError
        There is something in the data folder's place that Genbro did not make.
    DamagedDataError
        Genbro made it, but it no longer says of which version it is.
    HomeUnusableError
        Nobody may look there.
    """
    data = cluster.data
    try:
        owner = data.stat().st_uid
    except FileNotFoundError:
        return None
    except OSError as error:
        raise HomeUnusableError(folder=cluster.home, why=error.strerror or str(error)) from error
    if owner != cluster.owner.uid:
        raise ForeignDataError(folder=data, uid=owner)
    if not data.is_dir() or (any(data.iterdir()) and not (data / MARKER).is_file()):
        raise NotOurDataError(folder=data)
    if not (data / MARKER).is_file():
        return None
    try:
        return int((data / "PG_VERSION").read_text())
    except (OSError, ValueError) as error:
        raise DamagedDataError(folder=data, what="its file PG_VERSION cannot be read") from error


def choose_binaries(cluster: Cluster) -> Binaries:
    """Choose the programs for the cluster: those that made its data, else the newest.

    Raises
    ------
    OtherVersionError
        The data are of a version that is not installed.
    """
    installed = find_binaries()
    major = read_major(cluster)
    if major is None:
        return installed[0]
    for binaries in installed:
        if binaries.major == major:
            return binaries
    raise OtherVersionError(folder=cluster.data, found=major, installed=installed[0].major)


def make_data(cluster: Cluster) -> None:
    """Make the data folder beside its place and move it there whole, so a kill leaves no half of one."""
    for half_made in cluster.home.glob(f"{MAKING}*"):
        end_workers(half_made)
        shutil.rmtree(half_made)
    binaries = choose_binaries(cluster)
    making = Path(tempfile.mkdtemp(prefix=MAKING, dir=cluster.home))
    os.chown(making, cluster.owner.uid, cluster.owner.gid)
    initdb = [binaries.path("initdb"), "-D", str(making), "--username", ROLE, "--encoding", "UTF8"]
    # Bytes order the same everywhere; C.UTF-8 still knows the Danish letters' upper and lower case.
    initdb += ["--lc-collate", "C", "--lc-ctype", "C.UTF-8", "--locale", "C", "--auth", "reject"]
    run_as(cluster.owner, initdb if cluster.durable else [*initdb, "--no-sync"], folder=making)
    settings = (making / "postgresql.conf").read_text()
    write_as(cluster.owner, making / "postgresql.conf", text=f"{settings}\ninclude 'genbro.conf'\n")
    marker = {"made_by": "genbro", "home": str(cluster.home), "postgresql": binaries.major}
    write_as(cluster.owner, making / MARKER, text=json.dumps(marker, indent=1) + "\n")
    making.rename(cluster.data)


def write_configuration(cluster: Cluster) -> None:
    """Write where the server listens, whom it lets in and what it may spare."""
    write_as(cluster.owner, cluster.data / "genbro.conf", text=server_settings(cluster))
    write_as(cluster.owner, cluster.data / "pg_hba.conf", text="local all all peer map=genbro\n")
    # Root becomes the role too: the server runs as postgres then, and its socket admits nobody else.
    users = dict.fromkeys(["root", cluster.owner.name])
    lines = [f'genbro "{user}" {ROLE}\n' for user in users]
    write_as(cluster.owner, cluster.data / "pg_ident.conf", text="".join(lines))


def server_settings(cluster: Cluster) -> str:
    """Write the server's settings as PostgreSQL reads them."""
    folder = '"' + str(cluster.sockets).replace('"', '""') + '"'
    settings = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": folder,
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": "256MB",
        "maintenance_work_mem": "256MB",
        "work_mem": "16MB",
        "random_page_cost": "1.1",
        "jit": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_checkpoints": "off",
        "logging_collector": "off",
    }
    if not cluster.durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    quoted = {name: value.replace("'", "''") for name, value in settings.items()}
    return "".join(f"{name} = '{value}'\n" for name, value in quoted.items())
