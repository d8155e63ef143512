# SPDX-License-Identifier: EUPL-1.2
"""The account that owns and runs the cluster: the caller, or postgres when the caller is root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from inventory.postgres.errors import NoServerUserError, PostgresFailedError

SERVER_USER = "postgres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """An account of this machine."""

    name: str
    uid: int
    gid: int


def find_owner(data: Path | None = None) -> Owner:
    """Find the account the server runs as; PostgreSQL itself refuses to run as root.

    Parameters
    ----------
    data
        The data folder: root runs the server of one that is there as the user it belongs to.

    Raises
    ------
    NoServerUserError
        The caller is root and there is no user postgres.
    """
    uid = os.geteuid()
    if uid == 0 and data is not None and data.is_dir():
        uid = data.stat().st_uid
    try:
        account = pwd.getpwnam(SERVER_USER) if uid == 0 else pwd.getpwuid(uid)
    except KeyError as error:
        if uid == 0:
            raise NoServerUserError from error
        return Owner(name=str(uid), uid=uid, gid=os.getegid())
    return Owner(name=account.pw_name, uid=account.pw_uid, gid=account.pw_gid)


def caller_name() -> str:
    """Name the account of the calling process, as peer authentication will see it."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def run_as(owner: Owner, command: list[str], *, text: str = "", folder: Path = Path("/")) -> str:
    """Run a program as the owner and return what it printed.

    Parameters
    ----------
    owner
        The account.
    command
        The program and its arguments.
    text
        What it reads on standard input.
    folder
        Where it works: the caller's own folder may be closed to the owner.

    Raises
    ------
    PostgresFailedError
        The program ended with another code than 0.
    """
    done = subprocess.run(
        as_owner(owner) + command,
        input=text,
        capture_output=True,
        text=True,
        cwd=folder,
        env=clean_environment(),
        check=False,
    )
    if done.returncode != 0:
        output = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").strip()
        raise PostgresFailedError(program=Path(command[0]).name, output=output)
    return done.stdout


def as_owner(owner: Owner) -> list[str]:
    """Say the words before a command that make it run as the owner."""
    if os.geteuid() == owner.uid:
        return []
    return ["setpriv", f"--reuid={owner.uid}", f"--regid={owner.gid}", "--init-groups", "--"]


def clean_environment() -> dict[str, str]:
    """Keep of the environment only what PostgreSQL's programs need; a stray PGPORT would mislead them."""
    return {"PATH": os.defpath + ":/usr/sbin:/sbin", "LC_ALL": "C", "HOME": "/"}


def write_as(owner: Owner, path: Path, *, text: str) -> None:
    """Write a file in a folder of the owner with the owner's rights, never with root's."""
    run_as(owner, ["sh", "-c", 'umask 077; cat > "$1"', "sh", str(path)], text=text)
