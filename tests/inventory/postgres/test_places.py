# SPDX-License-Identifier: EUPL-1.2
"""Where clusters live: apart from each other, within the kernel's limits, run by an ordinary user too."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inventory.postgres.cluster import ensure_database, is_answering, read_status, start_cluster, stop_cluster
from inventory.postgres.owner import find_owner
from inventory.postgres.paths import (
    ROOT_HOMES,
    SOCKET_PATH_BYTES,
    Cluster,
    default_home,
    find_cluster,
    key_of,
    locate_cluster,
)
from inventory.postgres.throwaway import PREFIX
from inventory.settings import Settings, get_settings

Query = Callable[[Cluster, str], object]
MakeCluster = Callable[..., Cluster]


def test_two_homes_never_meet(make_cluster: MakeCluster, query: Query) -> None:
    """What one writes the other does not see, and stopping one leaves the other."""
    one, other = make_cluster(), make_cluster()
    start_cluster(one)
    start_cluster(other)
    query(one, "CREATE TABLE mine AS SELECT 1 AS value")
    assert query(other, "SELECT to_regclass('mine')::text") is None
    assert stop_cluster(one)
    assert is_answering(other)
    assert not is_answering(one)


def test_two_clones_have_two_homes() -> None:
    """The key tells clones of the same name apart, and stays the same for the same clone."""
    assert key_of(Path("/home/a/genbro")) != key_of(Path("/home/b/genbro"))
    assert key_of(Path("/home/a/genbro")) == key_of(Path("/home/a/genbro"))
    assert key_of(Path("/srv/Gen Bro/æ")).isascii()


def test_the_home_is_where_the_account_may_keep_data(tmp_path: Path) -> None:
    """Root keeps it where the server's user may enter, anybody else among their own data."""
    home = default_home(Settings(xdg_data_home=tmp_path))
    assert home.parent == (ROOT_HOMES if os.geteuid() == 0 else tmp_path / "genbro")


def test_genbro_home_wins(tmp_path: Path) -> None:
    """GENBRO_HOME, where set, is the home itself."""
    assert find_cluster(Settings(home=tmp_path / "mine")).home == tmp_path / "mine"


def test_a_long_path_gets_a_short_socket(make_cluster: MakeCluster, query: Query) -> None:
    """A home deeper than a socket's path may be long still works, with its socket elsewhere."""
    cluster = make_cluster("/".join(["a-rather-long-name-of-a-folder"] * 5))
    assert not cluster.sockets.is_relative_to(cluster.home)
    assert len(os.fsencode(cluster.sockets / ".s.PGSQL.5432")) <= SOCKET_PATH_BYTES
    start_cluster(cluster)
    assert query(cluster, "SELECT 1") == 1
    assert cluster.sockets.stat().st_mode & 0o077 == 0


def test_a_home_with_odd_letters_works(make_cluster: MakeCluster, query: Query) -> None:
    """Spaces, quotes, commas and Danish letters in the path do no harm."""
    cluster = make_cluster('Søren\'s "gen, bro" %20+')
    start_cluster(cluster)
    assert query(cluster, "SELECT 1") == 1
    ensure_database(cluster, name="genbro")


@pytest.fixture
def ordinary_home() -> Iterator[tuple[Path, int]]:
    """A folder of an account that is not root, and the account's number."""
    uid = os.geteuid() or pwd.getpwnam("nobody").pw_uid
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir="/tmp"))
    os.chown(home, uid, -1)
    yield home, uid
    shutil.rmtree(home, ignore_errors=True)


def test_an_ordinary_user_runs_it_alone(ordinary_home: tuple[Path, int]) -> None:
    """An account with no rights makes, starts, uses and stops its cluster, and the server is its own."""
    home, uid = ordinary_home
    told = run_as_account(uid, home)
    assert told == {"owner": uid, "server": uid, "url_works": True, "stopped": True}


def test_root_looks_after_an_ordinary_users_cluster(ordinary_home: tuple[Path, int]) -> None:
    """Root, given an ordinary user's home, runs the server as that user and not as postgres."""
    home, uid = ordinary_home
    run_as_account(uid, home)
    cluster = locate_cluster(home, owner=find_owner(home / "data"), settings=get_settings(), durable=False)
    assert start_cluster(cluster)
    pid = read_status(cluster).pid
    assert Path(f"/proc/{pid}").stat().st_uid == uid
    assert stop_cluster(cluster)


def run_as_account(uid: int, home: Path) -> dict[str, object]:
    """Start, use and stop a cluster in a child process that has given up all other rights.

    The child is a copy of this process: the account need not be able to read Python's own folders.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(*[pwd.getpwuid(uid).pw_gid] * 3)
                os.setresuid(uid, uid, uid)
            os.write(writing, json.dumps(use_cluster(home)).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as answers:
        text = answers.read()
    assert os.waitpid(child, 0)[1] == 0, "the child failed; its traceback is on stderr"
    answer: dict[str, object] = json.loads(text)
    return answer


def use_cluster(home: Path) -> dict[str, object]:
    """Do with a cluster what a person does."""
    cluster = locate_cluster(home, owner=find_owner(), settings=Settings(), durable=False)
    start_cluster(cluster)
    url = ensure_database(cluster, name="genbro")
    works = subprocess.run(
        ["psql", url, "-Atc", "SELECT postgis_lib_version()"], check=False, cwd="/"
    ).returncode
    server = Path(f"/proc/{read_status(cluster).pid}").stat().st_uid
    return {
        "owner": cluster.owner.uid,
        "server": server,
        "url_works": works == 0,
        "stopped": stop_cluster(cluster),
    }
