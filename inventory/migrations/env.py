# SPDX-License-Identifier: EUPL-1.2
"""Alembic's environment: finds the database, leaves alone what is not ours, runs the steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection, create_engine, pool

from inventory.tables import Base
from inventory.tables.base import Code

QUEUE_PREFIX = "procrastinate_"

# geoalchemy2 gives these no types.
INCLUDE_OBJECT: Callable[..., Any] = alembic_helpers.include_object
RENDER_ITEM: Callable[..., Any] = alembic_helpers.render_item


def include_object(obj: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:  # noqa: FBT001  alembic calls it
    """Tell whether a table is ours: not the queue's, not PostGIS's."""
    if kind == "table" and name is not None and name.startswith(QUEUE_PREFIX):
        return False
    return bool(INCLUDE_OBJECT(obj, name, kind, reflected, compare_to))


def render_item(kind: str, obj: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our code columns as plain text, so that a step never depends on today's code."""
    if kind == "type" and isinstance(obj, Code):
        return "sa.Text()"
    rendered: str | Literal[False] = RENDER_ITEM(kind, obj, autogen)
    return rendered


def find_url() -> str:
    """Find the database: the attribute ``url`` of the config, else ``-x url=...``.

    Raises
    ------
    LookupError
        Where neither is given.
    """
    url = context.config.attributes.get("url")
    if url is None:
        url = context.get_x_argument(as_dictionary=True).get("url")
    if not isinstance(url, str) or not url:
        raise LookupError("no database given: set config.attributes['url'] or pass -x url=...")
    return url


def run_steps(connection: Connection) -> None:
    """Run the steps asked for in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=include_object,
        render_item=render_item,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Run on the connection given in the config, else on one of our own."""
    given = context.config.attributes.get("connection")
    if given is not None:
        run_steps(given)
        return
    engine = create_engine(find_url(), poolclass=pool.NullPool)
    try:
        with engine.connect() as connection:
            run_steps(connection)
    finally:
        engine.dispose()


run()
