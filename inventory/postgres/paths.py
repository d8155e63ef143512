# SPDX-License-Identifier: EUPL-1.2
"""Where a cluster lives: its data folder, its log and a socket folder short enough for the kernel."""

import hashlib
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from inventory.postgres.errors import (
    FolderClosedError,
    HomeUnusableError,
    PostgresFailedError,
    UnsafeFolderError,
)
from inventory.postgres.owner import Owner, find_owner, run_as
from inventory.settings import Settings

PORT = 5432  # names the socket's file only: no port is opened
SOCKET_PATH_BYTES = 107  # sun_path of unix(7), less its closing zero
ROOT_HOMES = Path("/var/lib/genbro")
ROOT_SOCKETS = Path("/run/genbro")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A private PostGIS: who runs it and where it lies, whether it has been made yet or not."""

    home: Path
    sockets: Path
    owner: Owner
    durable: bool

    @property
    def data(self) -> Path:
        """The data folder, PostgreSQL's PGDATA."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The folder of the server's log."""
        return self.home / "log"

    @property
    def lock(self) -> Path:
        """The file whose lock guards making, starting and stopping."""
        return self.home / "lock"


def find_cluster(settings: Settings) -> Cluster:
    """Say where the private PostGIS of this clone lives; nothing is made or started.

    Raises
    ------
    NoServerUserError
        The caller is root and there is no user postgres.
    """
    home = settings.home or default_home(settings)
    return locate_cluster(home, owner=find_owner(home / "data"), settings=settings)


def locate_cluster(home: Path, *, owner: Owner, settings: Settings, durable: bool = True) -> Cluster:
    """Describe the cluster of a home folder.

    Parameters
    ----------
    home
        The folder that holds everything of the cluster.
    owner
        Who runs the server.
    settings
        Where sockets may lie, if the home's own path is too long.
    durable
        Whether what is committed survives a power cut; a throw-away cluster is faster without.
    """
    home = home.expanduser().resolve()
    return Cluster(home=home, sockets=socket_folder(home, settings=settings), owner=owner, durable=durable)


def default_home(settings: Settings) -> Path:
    """Choose the home folder of this clone, keyed by the clone's path so that two clones never meet."""
    clone = Path(__file__).resolve().parents[2]
    if os.geteuid() == 0:
        # The clone may lie in a home the postgres user may not enter; /var/lib is open to everybody.
        return ROOT_HOMES / key_of(clone)
    data_home = settings.xdg_data_home or Path("~/.local/share").expanduser()
    return data_home / "genbro" / key_of(clone)


def key_of(folder: Path) -> str:
    """Make a short, readable and unique name of a folder's path."""
    name = re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-")[:20] or "genbro"
    return f"{name}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"


def socket_folder(home: Path, *, settings: Settings) -> Path:
    """Choose the socket's folder: inside the home, else the first short enough one of the user's."""
    inside = home / "run"
    if fits_socket(inside):
        return inside
    key = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    if os.geteuid() == 0:
        return ROOT_SOCKETS / key
    runtime = settings.xdg_runtime_dir
    if runtime is not None and fits_socket(runtime / "genbro" / key):
        return runtime / "genbro" / key
    return Path("/tmp") / f"genbro-{os.geteuid()}" / key  # noqa: S108 - checked by prepare_sockets


def fits_socket(folder: Path) -> bool:
    """Tell whether a socket in the folder has a path that the kernel and libpq take.

    A comma separates two hosts for libpq.
    """
    return "," not in str(folder) and len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_BYTES


def prepare_home(cluster: Cluster) -> None:
    """Make the home folder and the folders in it that the server writes to.

    Raises
    ------
    FolderClosedError
        The server's user may not enter the home.
    HomeUnusableError
        The folders cannot be made, as where the disk is full or may only be read.
    """
    try:
        cluster.home.mkdir(mode=0o755, parents=True, exist_ok=True)
        try:
            run_as(cluster.owner, ["test", "-x", str(cluster.home)])
        except PostgresFailedError as error:
            raise FolderClosedError(owner=cluster.owner.name, folder=cluster.home) from error
        give_folder(cluster.log, owner=cluster.owner)
    except OSError as error:
        raise HomeUnusableError(folder=cluster.home, why=error.strerror or str(error)) from error


def prepare_sockets(cluster: Cluster) -> None:
    """Make the socket's folder, which only its owner may enter.

    Raises
    ------
    UnsafeFolderError
        The folder, or the one around it outside the home, is somebody else's or open to others.
    """
    if cluster.sockets.parent != cluster.home:
        around = cluster.sockets.parent
        around.mkdir(mode=0o755 if os.geteuid() == 0 else 0o700, exist_ok=True)
        check_folder(around, uid=os.geteuid())
    give_folder(cluster.sockets, owner=cluster.owner)
    check_folder(cluster.sockets, uid=cluster.owner.uid)


def give_folder(folder: Path, *, owner: Owner) -> None:
    """Make a folder that only the owner may enter, if it is not there."""
    if folder.is_dir():
        return
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    os.chown(making, owner.uid, owner.gid)
    making.rename(folder)


def check_folder(folder: Path, *, uid: int) -> None:
    """Refuse a folder that is a link, somebody else's, or one others may write to."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or found.st_mode & 0o022:
        raise UnsafeFolderError(folder=folder)
