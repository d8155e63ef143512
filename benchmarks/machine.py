# SPDX-License-Identifier: EUPL-1.2
"""What a row was measured on and with: the machine, and the versions that decide the figure."""

import hashlib
import os
import platform
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import grimp

from inventory.postgres.binaries import find_binaries

ROOT = Path(__file__).resolve().parent.parent
POSTGIS = "postgis"
OURS = ("numpy", "numba", "ortools")
PACKAGES = ("benchmarks", "matcher", "inventory")
FIGURELESS = frozenset({"benchmarks.bars", "benchmarks.budgets", "benchmarks.scale", "inventory.settings"})
"""Modules that change no figure: what a row must reach, how long it may take, which sizes there are."""


@lru_cache(maxsize=1)
def describe_machine() -> str:
    """Describe processor, cores, memory and system in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.machine()}"
    return f"{_name_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}"


def list_versions(group: str, packages: tuple[str, ...]) -> dict[str, str]:
    """List the versions of Genbro's own code, of what it rests on, and of a peer.

    Parameters
    ----------
    group
        Of the row: the name of a module of `benchmarks.groups`.
    packages
        Distributions of the peer; ``postgis`` stands for the server found on this machine.
    """
    told = {"genbro": version("genbro"), "sources": hash_sources(group), "python": platform.python_version()}
    told.update({name: version(name) for name in OURS})
    for name in packages:
        told[name] = f"PostgreSQL {find_binaries()[0].major}" if name == POSTGIS else version(name)
    return told


@lru_cache(maxsize=32)
def hash_sources(group: str) -> str:
    """Hash the sources that a group of rows rests on: a row of other code is another row.

    Parameters
    ----------
    group
        Name of a module of `benchmarks.groups`; what it imports, and what that imports, counts.
    """
    digest = hashlib.sha256()
    for module in list_upstream(group):
        path = ROOT.joinpath(*module.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        digest.update(module.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def list_upstream(group: str) -> list[str]:
    """List the modules of our own that may change a group's figures, in the order of their names."""
    top = f"benchmarks.groups.{group}"
    return sorted({top, *_draw_imports().find_upstream_modules(top)} - FIGURELESS)


@lru_cache(maxsize=1)
def _draw_imports() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, cache_dir=None)


def _name_processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
