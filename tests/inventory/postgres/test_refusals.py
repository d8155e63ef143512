# SPDX-License-Identifier: EUPL-1.2
"""What the private PostGIS refuses to touch, and what it says then."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from inventory.postgres import binaries
from inventory.postgres.binaries import find_binaries
from inventory.postgres.cluster import read_status, start_cluster, stop_cluster
from inventory.postgres.data import MARKER
from inventory.postgres.errors import (
    DamagedDataError,
    FolderClosedError,
    ForeignDataError,
    HomeUnusableError,
    NotOurDataError,
    OtherVersionError,
    PostgresFailedError,
    PostgresMissingError,
    UnsafeFolderError,
)
from inventory.postgres.owner import Owner, run_as, write_as
from inventory.postgres.paths import Cluster


def list_files(folder: Path) -> dict[str, int]:
    """List what lies in a folder, with the time each was written."""
    return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*")) if path.is_file()}


def test_data_of_another_major_version_are_left_alone(new_cluster: Cluster) -> None:
    """The message names both versions, the folder and what to do; no file changes."""
    start_cluster(new_cluster)
    stop_cluster(new_cluster)
    write_as(new_cluster.owner, new_cluster.data / "PG_VERSION", text="9\n")
    before = list_files(new_cluster.data)
    with pytest.raises(OtherVersionError) as refused:
        start_cluster(new_cluster)
    installed = find_binaries()[0].major
    assert str(refused.value) == (
        f"The data folder {new_cluster.data} was made by PostgreSQL 9, and this machine has PostgreSQL "
        f"{installed}. Install PostgreSQL 9 with PostGIS again, or, to begin afresh with PostgreSQL "
        f"{installed}, "
        "move the folder away (it is left as it is) or set GENBRO_HOME to another one."
    )
    assert list_files(new_cluster.data) == before


def test_a_cluster_somebody_else_made_is_left_alone(new_cluster: Cluster) -> None:
    """A data folder without Genbro's mark is neither started nor configured, however real it is."""
    start_cluster(new_cluster)
    stop_cluster(new_cluster)
    (new_cluster.data / MARKER).unlink()
    before = list_files(new_cluster.data)
    for action in (start_cluster, stop_cluster, read_status):
        with pytest.raises(NotOurDataError, match=re.escape(str(new_cluster.data))):
            action(new_cluster)
    assert list_files(new_cluster.data) == before


def test_a_folder_of_other_things_is_left_alone(new_cluster: Cluster) -> None:
    """A home whose `data` is somebody's documents is refused and keeps them."""
    new_cluster.data.mkdir(parents=True)
    os.chown(new_cluster.data, new_cluster.owner.uid, new_cluster.owner.gid)
    letter = new_cluster.data / "letter.txt"
    letter.write_text("Dear Sir")
    with pytest.raises(NotOurDataError):
        start_cluster(new_cluster)
    assert letter.read_text() == "Dear Sir"


def test_data_of_another_user_are_refused(new_cluster: Cluster) -> None:
    """The message names whose they are."""
    start_cluster(new_cluster)
    stop_cluster(new_cluster)
    stranger = replace(new_cluster, owner=Owner(name="stranger", uid=54321, gid=54321))
    with pytest.raises(ForeignDataError, match=f"number {new_cluster.owner.uid}"):
        start_cluster(stranger)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_a_home_the_server_may_not_enter_is_refused(new_cluster: Cluster) -> None:
    """As root, a home below a closed folder is refused with a word on where it may lie."""
    new_cluster.home.parent.chmod(0o700)
    with pytest.raises(FolderClosedError, match="may not enter"):
        start_cluster(new_cluster)
    new_cluster.home.parent.chmod(0o755)
    assert start_cluster(new_cluster)


def test_a_socket_folder_open_to_others_is_refused(new_cluster: Cluster) -> None:
    """Somebody who may write there could put a socket of their own in the server's place."""
    new_cluster.home.mkdir()
    new_cluster.sockets.mkdir()
    os.chown(new_cluster.sockets, new_cluster.owner.uid, new_cluster.owner.gid)
    new_cluster.sockets.chmod(0o777)
    with pytest.raises(UnsafeFolderError, match=re.escape(str(new_cluster.sockets))):
        start_cluster(new_cluster)


def test_a_link_in_the_socket_folders_place_is_refused(new_cluster: Cluster, tmp_path: Path) -> None:
    """A link could lead anywhere."""
    new_cluster.home.mkdir()
    new_cluster.sockets.symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(UnsafeFolderError):
        start_cluster(new_cluster)


def test_a_machine_without_postgis_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A PostgreSQL without PostGIS's library does not count; the message names the packages."""
    folder = tmp_path / "99" / "bin"
    folder.mkdir(parents=True)
    for program in ("initdb", "pg_ctl", "postgres"):
        (folder / program).touch()
    (tmp_path / "extension").mkdir()
    (tmp_path / "extension" / "postgis.control").touch()
    lines = ["PostgreSQL 99.1", str(tmp_path), "/nowhere"]
    (folder / "pg_config").write_text("#!/bin/sh\n" + "".join(f"echo '{line}'\n" for line in lines))
    (folder / "pg_config").chmod(0o755)
    monkeypatch.setattr(binaries, "INSTALLED", ((tmp_path, "*/bin"),))
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(PostgresMissingError, match=r"apt-get install .*postgis"):
        find_binaries()


def test_a_server_that_cannot_start_says_why(new_cluster: Cluster) -> None:
    """The server's own words, which its log holds, are in the message."""
    start_cluster(new_cluster)
    stop_cluster(new_cluster)
    control = new_cluster.data / "global" / "pg_control"
    run_as(new_cluster.owner, ["rm", str(control)])
    with pytest.raises(PostgresFailedError, match="could not open file"):
        start_cluster(new_cluster)


@pytest.mark.parametrize("version", ["fifteen\n", ""])
def test_damaged_data_are_named_and_left_alone(new_cluster: Cluster, version: str) -> None:
    """A data folder of ours that no longer says its version is called damaged, and nothing in it changes."""
    start_cluster(new_cluster)
    stop_cluster(new_cluster)
    write_as(new_cluster.owner, new_cluster.data / "PG_VERSION", text=version)
    before = list_files(new_cluster.data)
    for action in (start_cluster, stop_cluster, read_status):
        with pytest.raises(DamagedDataError, match="PG_VERSION"):
            action(new_cluster)
    assert list_files(new_cluster.data) == before


@pytest.mark.parametrize("place", ["a file", "a folder of the kernel"])
def test_a_home_nobody_can_write_to_is_refused(new_cluster: Cluster, tmp_path: Path, place: str) -> None:
    """A file where the folder should be, or a place no folder can be made in, is named with the way out."""
    home = tmp_path / "file" if place == "a file" else Path("/proc/genbro")
    if place == "a file":
        home.write_text("in the way")
    with pytest.raises(HomeUnusableError, match="Set GENBRO_HOME"):
        start_cluster(replace(new_cluster, home=home))
