# SPDX-License-Identifier: EUPL-1.2
"""The list of projects."""

from flask import render_template, request

from inventory.queries.projects.projects import list_projects
from web.page_turn import read_turn
from web.session import get_session

_LONGEST = 100


def show_projects() -> str:
    """Show the projects there are, those that answer a few words where some were given."""
    words = " ".join(request.args.get("q", "").replace("\x00", "").split())[:_LONGEST]
    shown = list_projects(get_session(), words=words, turn=read_turn(request.args))
    return render_template("projects.html", shown=shown, words=words)
