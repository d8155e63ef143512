# SPDX-License-Identifier: EUPL-1.2
"""The pages about Genbro: what it is and does not do, and the sources of its figures and maps."""

from flask import render_template

from inventory.queries.factors import read_factor_sources
from web.clock import current_day
from web.session import get_session


def show_about() -> str:
    """Show what Genbro is, how its answers are to be read, and how to see one's own data."""
    return render_template("about.html")


def show_sources() -> str:
    """Show the source of every factor in force, and of map, registers and software."""
    return render_template("sources.html", sources=read_factor_sources(get_session(), today=current_day()))
