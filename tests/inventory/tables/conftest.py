# SPDX-License-Identifier: EUPL-1.2
"""A small world of valid rows, written past the models so that the database alone judges them."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

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


@pytest.fixture
def world(session: Session) -> Session:
    """A session whose database holds one of everything, rolled back after the test."""
    for table, values in WORLD:
        insert_row(session, table, **values)
    return session


@pytest.fixture
def insert(world: Session) -> Callable[..., None]:
    """Insert a row into a table of the world: ``insert(table, **values)``."""
    return partial(insert_row, world)


@pytest.fixture
def valid() -> dict[str, Values]:
    """For each table a row the database takes beside the world's own."""
    return VALID
