# SPDX-License-Identifier: EUPL-1.2
"""A small world of valid rows, written past the models so that the database alone judges them."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from inventory.database import make_engine, session_factory
from tests.inventory.tables.rows import VALID, WORLD, Values


def insert_row(session: Session, table: str, **values: Any) -> None:
    """Insert a row in plain SQL."""
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    sent = {
        name: json.dumps(value) if isinstance(value, dict) or name == "evidence" else value
        for name, value in values.items()
    }
    session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), sent)


def insert_world(session: Session) -> None:
    """Insert one of everything."""
    for table, values in WORLD:
        insert_row(session, table, **values)


@pytest.fixture
def world(session: Session) -> Session:
    """A session whose database holds one of everything, rolled back after the test."""
    insert_world(session)
    return session


@pytest.fixture(scope="module")
def standing_world(database_url: str) -> Iterator[Connection]:
    """A connection that holds one of everything in a transaction left open for the tests of a module."""
    engine = make_engine(database_url)
    with engine.connect() as connection, connection.begin() as transaction:
        with (
            session_factory(engine)(bind=connection, join_transaction_mode="create_savepoint") as session,
            session.begin(),
        ):
            insert_world(session)
        yield connection
        transaction.rollback()
    engine.dispose()


@pytest.fixture
def insert(world: Session) -> Callable[..., None]:
    """Insert a row into a table of the world: ``insert(table, **values)``."""
    return partial(insert_row, world)


@pytest.fixture
def valid() -> dict[str, Values]:
    """For each table a row the database takes beside the world's own."""
    return VALID
