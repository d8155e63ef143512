# SPDX-License-Identifier: EUPL-1.2
"""What is asked of the database to make an answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident

from flask import Flask
from sqlalchemy import event

from web.session import get_reader


@contextmanager
def note_questions(app: Flask) -> Iterator[list[str]]:
    """Note the statements of this thread: neither the moment's own, nor those lots are kept in memory by."""
    statements: list[str] = []
    here = get_ident()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if get_ident() == here:
            statements.append(statement)

    with app.app_context():
        engine = get_reader().engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)
