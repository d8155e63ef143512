# SPDX-License-Identifier: EUPL-1.2
"""The application over a database of the test's choice."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from inventory.database import Purpose
from inventory.settings import Settings
from web.app import create_app
from web.session import get_reader


@contextmanager
def open_app(url: str, *, database: Purpose | None = None, files: Path | None = None) -> Iterator[Flask]:
    """Make the application over a database and close its connections at the end."""
    app = create_app(Settings(database_url=url, files=files), database=database)
    app.testing = True
    # What a page does with a fault is shown as in use, not raised into the test.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    with app.app_context():
        get_reader().dispose()
