# SPDX-License-Identifier: EUPL-1.2
"""The application over a database of the test's choice."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from inventory.database import Purpose
from inventory.settings import Settings
from web.app import create_app
from web.session import get_reader


class Compiled(BytecodeCache):
    """Templates compiled once in a process, though each module of tests makes an application of its own."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled from the very same source."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@contextmanager
def open_app(
    url: str, *, database: Purpose | None = None, files: Path | None = None, answers_mb: int = 16
) -> Iterator[Flask]:
    """Make the application over a database and close its connections at the end."""
    settings = Settings(database_url=url, files=files, answers_mb=answers_mb)
    app = create_app(settings, database=database)
    app.testing = True
    app.jinja_env.bytecode_cache = COMPILED
    # What a page does with a fault is shown as in use, not raised into the test.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    with app.app_context():
        get_reader().dispose()
