# SPDX-License-Identifier: EUPL-1.2
"""Where compiled code is kept, and that it works where nothing can be kept."""

import subprocess
import sys
from pathlib import Path

import pytest

from matcher import compiling

ROOT = Path(__file__).parents[2]


def add_one(number: int) -> int:
    """Add one."""
    return number + 1


def test_kept_code_is_named_by_the_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder given by NUMBA_CACHE_DIR is used, and inside it one for exactly these sources."""
    monkeypatch.setattr(compiling._CONFIG, "CACHE_DIR", str(tmp_path))
    compiling.find_cache.cache_clear()
    try:
        folder = compiling.find_cache(Path(__file__))
        assert folder is not None
        assert Path(folder).parent == tmp_path
        assert not compiling.is_kept(Path(__file__))
        assert compiling.compiled(add_one)(2) == 3
        assert compiling.is_kept(Path(__file__))
    finally:
        compiling.find_cache.cache_clear()


def test_a_folder_that_cannot_be_made_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the folder given cannot be made, the next one is taken."""
    monkeypatch.setattr(compiling._CONFIG, "CACHE_DIR", "/dev/null/nowhere")
    compiling.find_cache.cache_clear()
    try:
        folder = compiling.find_cache(Path(__file__))
        assert folder is not None
        assert folder.startswith(str(ROOT / "matcher" / "__pycache__"))
    finally:
        compiling.find_cache.cache_clear()


def test_a_file_is_kept_with_all_it_imports() -> None:
    """A loop over pairs is kept under a name made of all it calls in other files, and of nothing else."""
    sources = {path.name for path in compiling.find_sources(ROOT / "matcher" / "candidates.py")}
    assert {"candidates.py", "compatibility.py", "value.py", "distance.py", "window.py"} <= sources
    assert "solve.py" not in sources


def test_without_any_folder_it_compiles_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing writable at all costs time, not function."""
    monkeypatch.setattr(compiling, "find_cache", lambda _: None)
    assert compiling.compiled(add_one)(2) == 3


def test_checking_and_explaining_load_no_solver() -> None:
    """Neither OR-Tools nor HiGHS is in memory after importing what a web process needs."""
    program = (
        "import sys, matcher.check.check, matcher.explain.explain, matcher.figures.figures\n"
        "import matcher.document, matcher.read_plan\n"
        "print(sorted({'ortools', 'highspy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
