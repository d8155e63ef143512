# SPDX-License-Identifier: EUPL-1.2
"""The genbro command: a group that loads a subcommand only when it is used."""

import logging
from importlib import import_module
from importlib.metadata import version
from typing import Any

import click

from inventory.errors import GenbroError
from inventory.settings import get_settings

# Name of the command -> (module, attribute, line shown by --help without loading the module).
COMMANDS: dict[str, tuple[str, str, str]] = {
    "cut": ("inventory.cli.cut", "cut", "Plan which bars are cut to the pieces of a project."),
    "db": ("inventory.cli.db", "db", "Start, stop, look at and upgrade the private PostGIS."),
    "decide-by": ("inventory.cli.decide_by", "decide_by", "List the lots to decide on soon."),
    "demo": ("inventory.cli.demo", "demo", "Load the demo data, run it and write the plan to out/demo."),
    "documentation": (
        "inventory.cli.documentation",
        "documentation",
        "Show how complete the papers of a building's lots are.",
    ),
    "estimate": ("inventory.cli.estimate", "estimate", "Estimate probable lots from buildings."),
    "explain": ("inventory.cli.explain", "explain", "Say why a requirement got what it did."),
    "export": (
        "inventory.cli.export",
        "export",
        "Write a plan, lots, or the papers of a project or a lot, as a file.",
    ),
    "import": (
        "inventory.cli.imports",
        "import_",
        "Import a file of buildings, lots, requirements, hubs or demolitions.",
    ),
    "imports": ("inventory.cli.import_undo", "imports", "List the imports there were."),
    "instant": ("inventory.cli.instant", "instant", "Show at once what could serve a project."),
    "labels": ("inventory.cli.labels", "labels", "Print the QR labels of a building's surveyed lots."),
    "lot": ("inventory.cli.lot", "lot", "Show a lot and carry it through its life."),
    "papers": (
        "inventory.cli.papers",
        "papers",
        "Write a survey on the sheets of plan, notification and offer.",
    ),
    "plan": ("inventory.cli.plan_why", "plan", "Show a plan, and why it is as it is."),
    "replay": (
        "inventory.cli.replay",
        "replay",
        "Replay a plan in scenarios of what surveys may find.",
    ),
    "run": ("inventory.cli.run", "run", "Match lots with requirements."),
    "screen": ("inventory.cli.screen", "screen", "Take laboratory results and judge lots by them."),
    "sweep": ("inventory.cli.sweep", "sweep", "Show what CO2e costs: money against CO2e at several prices."),
    "takeoff": ("inventory.cli.takeoff", "takeoff", "Write what a building model (IFC) holds, per type."),
    "template": ("inventory.cli.template", "template", "Write an empty file to fill in."),
    "worker": ("inventory.cli.worker", "worker", "Carry out the runs that are waiting."),
}


class LazyGroup(click.Group):
    """A group whose subcommands are imported on use, so `genbro --help` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """List the names of the commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the registry alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command; show a Genbro error, or the database's own, without a traceback."""
        try:
            return super().invoke(ctx)
        except GenbroError as error:
            click.echo(f"Error: {error}", err=True)
            raise click.exceptions.Exit(error.exit_code) from error
        except Exception as error:
            # Loaded late, with the drivers it looks at: `genbro --help` needs none.
            from inventory.database_failure import explain_failure  # noqa: PLC0415

            told = explain_failure(error)
            if told is None:
                raise
            click.echo(f"Error: {told}", err=True)
            raise click.exceptions.Exit(told.exit_code) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("genbro"), prog_name="genbro")
def main() -> None:
    """Match reclaimed building components with the buildings that need them."""
    logging.basicConfig(level=get_settings().log_level, format="%(levelname)s %(name)s: %(message)s")
