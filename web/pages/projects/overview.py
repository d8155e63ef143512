# SPDX-License-Identifier: EUPL-1.2
"""The page of a project: its facts, what it requires, and for each what a looser bound would let in."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext

from inventory.errors import GenbroError
from inventory.matching.instant import InstantAnswer, NothingAskedError, answer_project
from inventory.queries.projects.change_log import find_undoable_change, list_undoable, read_project_history
from inventory.queries.projects.projects import list_design_options, list_wanted
from inventory.tables import RequirementStatus
from web.clock import current_day
from web.kept import get_kept_lots, is_warming
from web.momentary import be_momentary
from web.pages.projects.finding import find_project
from web.pages.projects.history import tell_lines
from web.pages.projects.history_words import gather_words
from web.pages.projects.served import serve_parts
from web.session import get_reader, get_session


def show_project(project_id: UUID) -> str:
    """Show a project with its requirements.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    project, session = find_project(project_id), get_session()
    rows = list_wanted(session, project_id=project_id)
    wanted = [row for row in rows if row.status == RequirementStatus.OPEN]
    answer, trouble = _answer(project_id) if wanted else (None, "")
    words = gather_words(session, project_id=project_id)
    undoable = list_undoable(session, requirement_ids=[row.id for row in wanted])
    return render_template(
        "project.html",
        project=project,
        wanted=wanted,
        groups=[(name, list(rows)) for name, rows in groupby(wanted, key=lambda row: row.option_name)],
        removed=[row for row in rows if row.status == RequirementStatus.WITHDRAWN],
        options=list_design_options(session, project_id=project_id),
        served={} if answer is None else {one.id: one for one in serve_parts(answer, today=current_day())},
        answer=answer,
        trouble=trouble,
        undoable=undoable,
        project_undoable=find_undoable_change(session, subject=("project", project_id)),
        done=request.args.get("done", ""),
        lines=tell_lines(
            read_project_history(session, project_id=project_id),
            words=words,
            material={
                row.ref: words.materials[row.class_id] for row in rows if row.class_id in words.materials
            },
        ),
        attributes=words.attributes,
        codes=words.codes,
    )


def _answer(project_id: UUID) -> tuple[InstantAnswer | None, str]:
    """Answer what could serve the project; where that cannot be, the page stands without, and says why."""
    if is_warming():
        return None, gettext(
            "The server has just started and reads what is on offer. Load the page again soon."
        )
    try:
        found = answer_project(
            get_reader().engine,
            project=str(project_id),
            as_of=current_day(),
            alternatives=0,
            kept=get_kept_lots(),
        )
    except NothingAskedError:
        return None, ""
    except GenbroError as error:
        be_momentary()
        return None, str(error)
    return found, ""
