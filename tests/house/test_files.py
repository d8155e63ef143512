# SPDX-License-Identifier: EUPL-1.2
"""How every file of the project begins, how long it may be and what it must not say."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = {".py", ".js", ".mjs", ".css", ".sh", ".html"}
LINES = 300
# Longer files, each with why it is still one concept.
LONGER = {
    "inventory/migrations/versions/0001_all_tables.py": "the first step makes every table, once",
    "tests/inventory/tables/test_constraints.py": "one case per constraint of the database",
    "tests/inventory/tables/test_seed.py": "one case per reference table",
}
DRAWERS = re.compile(r"(^|_)(utils?|helpers?|common|misc|tools?)$")
UNFINISHED = re.compile(r"NotImplementedError|\bTODO\b|\bFIXME\b|\bXXX\b")
# A word of this machine or of a package registry has no place in the project; written so that this file
# does not hold them either.
FOREIGN = re.compile(
    "|".join(["/wo" + "rk/", r"py" + r"pi\.org", "python" + "hosted", r"registry\.np" + "mjs"])
)
LOCKS = {"uv.lock", "package-lock.json"}


def is_text(path: Path) -> bool:
    """Tell whether a file holds text people write."""
    return path.suffix in SOURCE | {
        ".md",
        ".toml",
        ".yml",
        ".yaml",
        ".csv",
        ".po",
        ".json",
        ".ini",
        ".ipynb",
        "",
    }


def test_every_source_file_names_its_licence(root: Path, files: list[Path]) -> None:
    """The SPDX line is among the first two (a script's first line names its interpreter)."""
    missing = [
        str(path)
        for path in files
        if (path.suffix in SOURCE - {".html"} or path.name in {"Makefile", "Dockerfile"})
        and "SPDX-License-Identifier: EUPL-1.2" not in "".join((root / path).read_text().splitlines(True)[:2])
    ]
    assert not missing


def test_every_module_says_its_purpose(root: Path, files: list[Path]) -> None:
    """Each Python file has a docstring whose first line is a whole sentence on one line."""
    missing = []
    for path in files:
        if path.suffix == ".py":
            docstring = ast.get_docstring(ast.parse((root / path).read_text())) or ""
            if not docstring.splitlines() or not docstring.splitlines()[0].strip():
                missing.append(str(path))
    assert not missing


def test_every_test_says_what_it_shows(root: Path, files: list[Path]) -> None:
    """Each test function has a docstring."""
    silent = [
        f"{path}::{node.name}"
        for path in files
        if path.parts[0] == "tests" and path.name.startswith("test_") and path.suffix == ".py"
        for node in ast.walk(ast.parse((root / path).read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert not silent


def test_no_file_grows_without_a_reason(root: Path, files: list[Path]) -> None:
    """A file over 300 lines is listed with why it is one concept; the list holds no file that shrank."""
    long = {
        str(path)
        for path in files
        if path.suffix in SOURCE and len((root / path).read_text().splitlines()) > LINES
    }
    assert long == set(LONGER)


def test_no_drawers(files: list[Path]) -> None:
    """utils, helpers and common are concepts nobody has named yet."""
    assert not [str(path) for path in files for part in path.with_suffix("").parts if DRAWERS.search(part)]


def test_nothing_is_left_unfinished(root: Path, modules: list[Path]) -> None:
    """No stub or note to oneself is in the packages."""
    assert not [str(path) for path in modules if UNFINISHED.search((root / path).read_text())]


def test_only_ci_knows_where_real_data_lie(root: Path, files: list[Path]) -> None:
    """Programs and tests take the folder from GENBRO_REAL_DATA; .ci/run alone sets it."""
    neighbour = "../" + "shared"
    named = [
        str(path)
        for path in files
        if is_text(path) and neighbour in (root / path).read_text(errors="replace")
    ]
    assert named == [".ci/run"]


def test_nothing_names_this_machine_or_a_registry(root: Path, files: list[Path]) -> None:
    """No folder of one machine and no host of a package registry is in a file; locks are their tools'."""
    named = [
        str(path)
        for path in files
        if is_text(path)
        and path.name not in LOCKS
        and FOREIGN.search((root / path).read_text(errors="replace"))
    ]
    assert not named


def test_settings_alone_read_the_environment(root: Path, modules: list[Path]) -> None:
    """Nobody else asks os.environ or getenv."""
    reading = re.compile(r"os\.environ|getenv\(|from os import environ")
    found = [str(path) for path in modules if reading.search((root / path).read_text())]
    assert not found


@pytest.mark.parametrize("word", ["skip", "xfail"])
def test_a_test_skips_for_want_of_real_data_alone(root: Path, files: list[Path], word: str) -> None:
    """`real_data` skips for everybody; whatever else is skipped never fails and so shows nothing."""
    marks = re.compile(rf"pytest\.{word}\(|mark\.{word}\b")
    found = {
        str(path)
        for path in files
        if path.suffix == ".py" and path.parts[0] == "tests" and marks.search((root / path).read_text())
    }
    assert found - {"tests/conftest.py"} == set()


def test_every_exception_says_its_message(root: Path, modules: list[Path]) -> None:
    """An exception's docstring is what people read, so every one has it."""
    silent = [
        f"{path}: {node.name}"
        for path in modules
        for node in ast.walk(ast.parse((root / path).read_text()))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error") and not ast.get_docstring(node)
    ]
    assert not silent
