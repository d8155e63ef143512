# SPDX-License-Identifier: EUPL-1.2
"""Which version of the matcher a process runs, so that only equal ones solve together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from matcher.account import list_versions
from matcher.cluster.errors import OtherVersionError


@cache
def describe_version() -> dict[str, str]:
    """Return the hash of the matcher's sources and the versions of what it computes with.

    Notes
    -----
    Read once in a process and early: sources that change on the disk later do not change what runs.
    """
    return {"matcher": hash_sources(Path(__file__).parents[1]), **list_versions()}


def hash_sources(folder: Path) -> str:
    """Return the SHA-256 of all Python sources below a folder, their names included.

    Parameters
    ----------
    folder
        A package.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).as_posix()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def refuse_other(theirs: Mapping[str, str], *, ours: Mapping[str, str], where: str) -> None:
    """Refuse a worker whose version is not ours.

    Parameters
    ----------
    theirs, ours
        As `describe_version` gives them.
    where
        The worker's address.

    Raises
    ------
    OtherVersionError
        Saying what differs and what to do.
    """
    other = [
        f"{name} {theirs.get(name, 'none')[:16]} (here {ours[name][:16]})"
        for name in ours
        if theirs.get(name) != ours[name]
    ]
    if other:
        raise OtherVersionError(
            f"The worker at {where} runs another version: {', '.join(other)}. Plans would no longer be the "
            "same everywhere: install the same release of Genbro there, start the worker again, then the run."
        )
