# SPDX-License-Identifier: EUPL-1.2
"""Who may import whom."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

SENTENCES = {
    "Imports point one way: web, inventory, matcher",
    "The matcher is pure",
    "SQL stays in inventory",
    "HTTP stays in web",
    "Only matching knows the matcher",
    "The checker is independent",
    "The web process loads no solver",
}
# What the checker shares with the solver: the words a problem and a plan are written in, and the two
# calculations whose answers are tested by hand. Whatever else it needs it restates.
SHARED_WITH_CHECKER = {
    "problem.columns", "problem.problem", "distance", "value", "measure", "plan", "window", "reasons",
    "errors",
}  # fmt: skip


def test_every_contract_is_kept(root: Path) -> None:
    """import-linter finds no import against the drawing of the house."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_every_rule_of_the_house_is_a_contract(root: Path) -> None:
    """No rule is dropped from the configuration unnoticed."""
    configuration = tomllib.loads((root / "pyproject.toml").read_text())
    names = {contract["name"] for contract in configuration["tool"]["importlinter"]["contracts"]}
    assert names >= SENTENCES


def test_the_checker_shares_only_what_is_tested_by_hand() -> None:
    """Beside what a problem is made of, the checker reaches distance and value, and nothing that solves."""
    graph = grimp.build_graph("matcher", cache_dir=None)
    shared = {f"matcher.{name}" for name in SHARED_WITH_CHECKER}
    allowed = shared.union(*(graph.find_upstream_modules(name) for name in shared))
    own = graph.find_descendants("matcher.check")
    reached = own.union(*(graph.find_upstream_modules(name) for name in own))
    assert "matcher.value" in reached
    assert own | allowed | {"matcher.check"} >= reached


@pytest.mark.parametrize("package", ["matcher", "inventory", "inventory/matching", "inventory/cli"])
def test_a_package_loads_nothing_by_itself(root: Path, package: str) -> None:
    """Importing one small module must not drag in its neighbours through the package."""
    tree = ast.parse((root / package / "__init__.py").read_text())
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_the_web_process_loads_no_solver(own_database_url: str) -> None:
    """An application that has been made and has answered holds neither OR-Tools nor HiGHS."""
    program = (
        "import sys\n"
        "from inventory.settings import Settings\n"
        "from web import create_app\n"
        f"client = create_app(Settings(database_url={own_database_url!r})).test_client()\n"
        "assert client.get('/').status_code == 200\n"
        "print({name.partition('.')[0] for name in sys.modules} & {'ortools', 'highspy', 'pulp'})\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "set()"
