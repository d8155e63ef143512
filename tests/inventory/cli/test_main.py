# SPDX-License-Identifier: EUPL-1.2
"""The genbro command itself."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from inventory.cli.main import COMMANDS, main

LOOK = """
import sys
from inventory.cli.main import main
try:
    main(["--help"])
except SystemExit:
    pass
heavy = {"sqlalchemy", "pandas", "ortools", "matcher"}
print(sorted({name.partition(".")[0] for name in sys.modules} & heavy))
"""


def test_help_lists_every_command_and_loads_none() -> None:
    """`genbro --help` names all commands without importing the libraries they need."""
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    *text, loaded = done.stdout.strip().splitlines()
    assert loaded == "[]"
    listed = {line.split()[0] for line in text if line.startswith("  ") and line.split()}
    assert set(COMMANDS) <= listed


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_loads_and_takes_json(name: str) -> None:
    """Each registered command exists, has help, and it or each of its own commands takes --json."""
    with click.Context(main) as context:
        command = main.get_command(context, name)
    assert command is not None
    assert command.help
    leaves = list(command.commands.values()) if isinstance(command, click.Group) else [command]
    for leaf in leaves:
        options = [option for parameter in leaf.params for option in parameter.opts]
        assert "--json" in options, f"{name} {leaf.name}"
        assert leaf.help, f"{name} {leaf.name}"


def test_an_unknown_command_is_bad_input() -> None:
    """It ends with code 2 and names what is wrong."""
    result = CliRunner().invoke(main, ["fly"])
    assert result.exit_code == 2
    assert "fly" in result.stderr


def test_a_wrong_setting_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that cannot be read ends with code 2 and its name, not with a traceback."""
    monkeypatch.setenv("GENBRO_LOG_LEVEL", "LOUD")
    result = CliRunner().invoke(main, ["db", "status"])
    assert result.exit_code == 2
    assert "GENBRO_LOG_LEVEL" in result.stderr
    assert "Traceback" not in result.output
