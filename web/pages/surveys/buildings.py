# SPDX-License-Identifier: EUPL-1.2
"""The buildings whose survey is begun, with what is missing, and those one may survey."""

from flask import render_template, request

from inventory.queries.surveys.pages import LACKS, read_begun, read_surveyable
from web.page_turn import read_turn, write_turn
from web.session import get_session

_MOST_WORDS = 100


def show_surveys() -> str:
    """Show both lists, narrowed to the words looked for."""
    session = get_session()
    words = request.args.get("q", "").replace("\x00", "").strip()[:_MOST_WORDS]
    turns = {name: read_turn(request.args, name=name) for name in ("page", "more")}
    begun = read_begun(session, words=words, turn=turns["page"])
    return render_template(
        "surveys.html",
        begun=begun,
        missing={
            row.id: [(code, count) for code in LACKS if (count := getattr(row, code))] for row in begun.rows
        },
        others=read_surveyable(session, words=words, turn=turns["more"]),
        keep={name: write_turn(turn, name=name) for name, turn in turns.items()},
        words=words,
    )
