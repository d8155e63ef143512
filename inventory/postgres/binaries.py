# SPDX-License-Identifier: EUPL-1.2
"""Where PostgreSQL's programs lie, for a version that has PostGIS too."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from inventory.postgres.errors import PostgresMissingError

# Debian and Ubuntu; Homebrew on Apple and on Intel machines; Postgres.app. The PATH is asked last.
INSTALLED = (
    (Path("/usr/lib/postgresql"), "*/bin"),
    (Path("/opt/homebrew/opt"), "postgresql@*/bin"),
    (Path("/usr/local/opt"), "postgresql@*/bin"),
    (Path("/Applications/Postgres.app/Contents/Versions"), "*/bin"),
)
HINT = "On Debian 12: apt-get install --no-install-recommends postgresql-15 postgresql-15-postgis-3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """One installed PostgreSQL: its major version and the folder of its programs."""

    major: int
    folder: Path

    def path(self, program: str) -> str:
        """Say where a program lies."""
        return str(self.folder / program)


def find_binaries() -> list[Binaries]:
    """Find every installed PostgreSQL that has PostGIS, the newest first.

    Raises
    ------
    PostgresMissingError
        There is none.
    """
    folders = [folder for root, pattern in INSTALLED for folder in sorted(root.glob(pattern))]
    on_path = shutil.which("pg_ctl")
    if on_path is not None:
        folders.append(Path(on_path).resolve().parent)
    found: dict[int, Binaries] = {}
    for folder in folders:
        binaries = read_binaries(folder)
        if binaries is not None:
            found.setdefault(binaries.major, binaries)
    if not found:
        raise PostgresMissingError(hint=HINT)
    return [found[major] for major in sorted(found, reverse=True)]


def read_binaries(folder: Path) -> Binaries | None:
    """Read which PostgreSQL a folder of programs is; None where it cannot run a server with PostGIS."""
    if not all((folder / program).is_file() for program in ("initdb", "pg_ctl", "postgres", "pg_config")):
        return None
    asked = [str(folder / "pg_config"), "--version", "--sharedir", "--pkglibdir"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.splitlines()
    if len(told) != len(asked) - 1:
        return None
    version, shared, libraries = told
    # PostGIS's scripts and its library are two packages on Debian.
    if not (Path(shared) / "extension" / "postgis.control").is_file() or not any(
        Path(libraries).glob("postgis-3.*")
    ):
        return None
    major = re.search(r"\d+", version)
    if major is None:
        return None
    return Binaries(major=int(major.group()), folder=folder)
