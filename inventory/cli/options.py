# SPDX-License-Identifier: EUPL-1.2
"""The options every command shares."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from inventory.database import Purpose, database_url
from inventory.readiness import ready_database_url
from inventory.settings import get_settings

P = ParamSpec("P")
R = TypeVar("R")


def json_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add ``--json``; the command gets ``as_json: bool``."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print JSON on standard output, and nothing else there."
    )(command)


def database_option(command: Callable[..., R]) -> Callable[..., R]:
    """Add ``--database``; the command gets ``url: str`` of a database that is ready to work with."""

    @wraps(command)
    def with_url(*args: object, database: Purpose, **kwargs: object) -> R:
        return command(*args, url=ready_database_url(get_settings(), purpose=database), **kwargs)

    return add_database(with_url)


def raw_database_option(command: Callable[..., R]) -> Callable[..., R]:
    """Add ``--database``; the command gets ``url: str`` of a database that may have no tables yet."""

    @wraps(command)
    def with_url(*args: object, database: Purpose, **kwargs: object) -> R:
        return command(*args, url=database_url(get_settings(), purpose=database), **kwargs)

    return add_database(with_url)


def scheduler_option(command: Callable[..., R]) -> Callable[..., R]:
    """Add ``--scheduler``; the command gets ``scheduler: str | None`` and ``shards: Path | None``."""

    @wraps(command)
    def with_scheduler(*args: object, scheduler: str | None, **kwargs: object) -> R:
        settings = get_settings()
        return command(*args, scheduler=scheduler or settings.scheduler, shards=settings.shards, **kwargs)

    return click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Solve on the Dask cluster of this scheduler, tcp://HOST:PORT; the plan is the same. "
        "GENBRO_SCHEDULER where left out.",
    )(with_scheduler)


def add_database(command: Callable[..., R]) -> Callable[..., R]:
    """Add the option ``--database`` itself."""
    return click.option(
        "--database",
        type=click.Choice(["own", "demo"]),
        default="own",
        show_default=True,
        help="Which database of the private PostGIS; GENBRO_DATABASE_URL overrides both.",
    )(command)
