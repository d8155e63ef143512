# SPDX-License-Identifier: EUPL-1.2
"""Compiling loops with Numba, and where the compiled code is kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

_CONFIG: Any = numba.config
_F = TypeVar("_F", bound=Callable[..., Any])


def compiled(function: _F) -> _F:
    """Compile a function of arrays and scalars, and keep the machine code for the next process.

    Parameters
    ----------
    function
        A function in the part of Python that Numba knows.

    Notes
    -----
    Numba renews a kept function when the file it stands in changes, but not when a function it calls in
    *another* file does. So the code is kept in a folder named by a hash of all the matcher's sources:
    ``NUMBA_CACHE_DIR`` where that is set, else ``__pycache__`` beside the sources, else ``~/.cache/genbro``.
    Where none of them can be written the code is compiled anew in each process.
    """
    folder = find_cache()
    if folder is None:
        return cast("_F", numba.njit(function))
    before = _CONFIG.CACHE_DIR
    _CONFIG.CACHE_DIR = folder
    try:
        return cast("_F", numba.njit(cache=True)(function))
    finally:
        _CONFIG.CACHE_DIR = before


@lru_cache(maxsize=1)
def find_cache() -> str | None:
    """Return the folder compiled code is kept in, or None where none can be written."""
    here = Path(__file__).parent
    sources = hashlib.sha256()
    for path in sorted(here.rglob("*.py")):
        sources.update(str(path.relative_to(here)).encode() + path.read_bytes())
    name = f"numba-{sources.hexdigest()[:16]}"
    given = [Path(_CONFIG.CACHE_DIR)] if _CONFIG.CACHE_DIR else []
    for base in [*given, here / "__pycache__", *_find_home()]:
        folder = base / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return str(folder)
    return None


def _find_home() -> list[Path]:
    try:
        return [Path.home() / ".cache" / "genbro"]
    except RuntimeError:  # an account without a home
        return []
