# SPDX-License-Identifier: EUPL-1.2
"""genbro db: start, stop, look at and upgrade the database, and make the map anew."""

import json
from dataclasses import asdict
from typing import Any

import click
from rich.console import Console

from inventory.actions.map.marks import rebuild_map
from inventory.cli.options import database_option, json_option, raw_database_option
from inventory.database import make_engine, session_factory
from inventory.postgres.cluster import read_status, start_cluster, stop_cluster
from inventory.postgres.paths import find_cluster
from inventory.settings import get_settings


@click.group()
def db() -> None:
    """Start, stop, look at and upgrade the database, and make its map anew."""


@db.command()
@json_option
def start(*, as_json: bool) -> None:
    """Start the private PostGIS, making it first if it is not there."""
    settings = get_settings()
    if settings.database_url is not None:
        show(as_json, {"started": False, "given": True}, "GENBRO_DATABASE_URL is set: nothing to start.")
        return
    cluster = find_cluster(settings)
    started = start_cluster(cluster)
    words = "Started" if started else "Running already"
    show(as_json, {"started": started, "given": False}, f"{words}: {cluster.home}")


@db.command()
@json_option
def stop(*, as_json: bool) -> None:
    """Stop the private PostGIS; what is stored stays."""
    cluster = find_cluster(get_settings())
    stopped = stop_cluster(cluster)
    show(as_json, {"stopped": stopped}, f"{'Stopped' if stopped else 'Not running'}: {cluster.home}")


@db.command()
@json_option
def status(*, as_json: bool) -> None:
    """Tell whether the private PostGIS runs, and where it lies; nothing is started."""
    settings = get_settings()
    cluster = find_cluster(settings)
    found = read_status(cluster)
    state = "not made yet" if found.major is None else "running" if found.pid is not None else "stopped"
    told = {
        "state": state,
        **asdict(found),
        "given": settings.database_url is not None,
        "home": str(cluster.home),
        "sockets": str(cluster.sockets),
        "user": cluster.owner.name,
    }
    lines = [f"{name:10} {'' if value is None else value}" for name, value in told.items()]
    if settings.database_url is not None:
        lines.append("GENBRO_DATABASE_URL is set: the database given there is used instead.")
    show(as_json, told, "\n".join(lines))


@db.command()
@raw_database_option
@json_option
def url(*, url: str, as_json: bool) -> None:
    """Print the database's address, for psql, QGIS or GENBRO_DATABASE_URL; start it if need be."""
    plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
    show(as_json, {"url": plain}, plain)


@db.command()
@raw_database_option
@json_option
def upgrade(*, url: str, as_json: bool) -> None:
    """Bring the tables and the reference data up to date."""
    # Alembic and the seeds take a second to load; the other commands do without.
    from inventory.upgrade import upgrade_database  # noqa: PLC0415

    revision = upgrade_database(url)
    show(as_json, {"revision": revision}, f"The tables are those of revision {revision}.")


@db.command("rebuild-map")
@database_option
@json_option
def rebuild(*, url: str, as_json: bool) -> None:
    """Make the map's clusters anew from lots and requirements; whoever looks meanwhile sees the old ones."""
    engine = make_engine(url)
    try:
        with session_factory(engine).begin() as session:
            marks = rebuild_map(session)
    finally:
        engine.dispose()
    show(as_json, {"marks": marks}, f"The map was made anew, of {marks:,} lots and requirements.")


def show(as_json: bool, data: dict[str, Any], words: str) -> None:
    """Print one answer, for machines or for people."""
    if as_json:
        click.echo(json.dumps(data))
    else:
        Console(soft_wrap=True).print(words, markup=False, highlight=False)
