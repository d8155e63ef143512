# SPDX-License-Identifier: EUPL-1.2
"""Whether what is shown is demo data, which every page then says."""

from flask import Flask, g

from inventory.database import Purpose
from inventory.queries.demo_rows import holds_demo_rows
from inventory.queries.reading import DatabaseAwayError, SchemaMissingError
from web.session import get_session


def init_demo(app: Flask, *, database: Purpose | None) -> None:
    """Give templates `is_demo()`.

    Parameters
    ----------
    app
        The application.
    database
        Which database of the private PostGIS is shown; None where an address of one's own was given: only
        its rows tell what it holds.
    """

    def is_demo() -> bool:
        if database is not None:
            return database == "demo"
        # The page of an error asks nothing more of a database that may be what is wrong.
        if g.get("shows_error"):
            return False
        try:
            return holds_demo_rows(get_session())
        except (DatabaseAwayError, SchemaMissingError):
            return False  # a page that needs no database is shown without one

    app.jinja_env.globals["is_demo"] = is_demo
