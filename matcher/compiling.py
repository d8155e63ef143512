# SPDX-License-Identifier: EUPL-1.2
"""Compiling loops with Numba, and where the compiled code is kept."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

_CONFIG: Any = numba.config
_IMPORT = re.compile(r"^(?:from|import) (matcher(?:\.\w+)*)(?: import \(?([\w, ]*))?", re.MULTILINE)
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
    *another* file does. So the code is kept in a folder named by a hash of that file and of all it imports
    from the matcher: ``NUMBA_CACHE_DIR`` where that is set, else ``__pycache__`` beside the matcher, else
    ``~/.cache/genbro``. Where none of them can be written the code is compiled anew in each process.
    """
    folder = find_cache(Path(function.__code__.co_filename))
    if folder is None:
        return cast("_F", numba.njit(nogil=True)(function))
    before = _CONFIG.CACHE_DIR
    _CONFIG.CACHE_DIR = folder
    try:
        return cast("_F", numba.njit(cache=True, nogil=True)(function))
    finally:
        _CONFIG.CACHE_DIR = before


@lru_cache
def find_cache(path: Path) -> str | None:
    """Return the folder compiled code of a file is kept in, or None where none can be written.

    Parameters
    ----------
    path
        A source file.
    """
    here = Path(__file__).parent
    sources = hashlib.sha256()
    for source in sorted(find_sources(path)):
        sources.update(source.name.encode() + source.read_bytes())
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


def is_kept(path: Path) -> bool:
    """Return whether compiled code of a file is kept already, so that it has not to be compiled first.

    Parameters
    ----------
    path
        A source file.
    """
    folder = find_cache(path)
    return folder is not None and any(Path(folder).rglob("*.nbi"))


def find_sources(path: Path) -> set[Path]:
    """Return a file and every file of the matcher that it imports, at any remove.

    Parameters
    ----------
    path
        A source file.
    """
    root, found, left = Path(__file__).parents[1], set[Path](), [path]
    while left:
        source = left.pop()
        if source in found or not source.is_file():
            continue
        found.add(source)
        for module, names in _IMPORT.findall(source.read_text(encoding="utf-8")):
            place = root.joinpath(*module.split("."))
            inner = [place / f"{name.strip()}.py" for name in names.split(",")]
            left += [place.with_suffix(".py"), place / "__init__.py", *inner]
    return found


def _find_home() -> list[Path]:
    try:
        return [Path.home() / ".cache" / "genbro"]
    except RuntimeError:  # an account without a home
        return []
