# SPDX-License-Identifier: EUPL-1.2
"""The pages about Genbro: what it is and does not do, whom it excludes, and the sources of its figures."""

from datetime import date

from flask import current_app, render_template

from inventory.queries.factors import read_factor_sources
from web.clock import current_day
from web.session import get_session


def show_about() -> str:
    """Show what Genbro is, how its answers are to be read, and how to see one's own data."""
    return render_template("about.html")


# The day the statement was last gone through against the tests; whoever changes either changes it.
_REVIEWED = date(2026, 11, 28)


def show_accessibility() -> str:
    """Show the accessibility statement: how the pages were tested, what was not, and whom to ask."""
    return render_template(
        "accessibility.html",
        operator=current_app.config["GENBRO_OPERATOR"],
        contact=current_app.config["GENBRO_CONTACT"],
        reviewed=_REVIEWED,
    )


def show_sources() -> str:
    """Show the source of every factor in force, and of map, registers and software."""
    return render_template("sources.html", sources=read_factor_sources(get_session(), today=current_day()))
