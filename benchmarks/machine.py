# SPDX-License-Identifier: EUPL-1.2
"""What a row was measured on and with: the machine, and the versions that decide the figure."""

import hashlib
import os
import platform
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from inventory.postgres.binaries import find_binaries

ROOT = Path(__file__).resolve().parent.parent
POSTGIS = "postgis"
OURS = ("numpy", "numba", "ortools")


@lru_cache(maxsize=1)
def describe_machine() -> str:
    """Describe processor, cores, memory and system in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.machine()}"
    return f"{_name_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}"


def list_versions(packages: tuple[str, ...]) -> dict[str, str]:
    """List the versions of Genbro's own code, of what it rests on, and of a peer.

    Parameters
    ----------
    packages
        Distributions of the peer; ``postgis`` stands for the server found on this machine.
    """
    versions = {"genbro": version("genbro"), "sources": hash_sources(), "python": platform.python_version()}
    versions.update({name: version(name) for name in OURS})
    for name in packages:
        versions[name] = f"PostgreSQL {find_binaries()[0].major}" if name == POSTGIS else version(name)
    return versions


@lru_cache(maxsize=1)
def hash_sources() -> str:
    """Hash the sources of the matcher and of the benchmarks: a row of other code is another row."""
    digest = hashlib.sha256()
    for package in ("matcher", "benchmarks"):
        for path in sorted((ROOT / package).rglob("*.py")):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _name_processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
