# SPDX-License-Identifier: EUPL-1.2
"""The pieces a requirement in metres is to be cut to: said in lines of length and number."""

from collections.abc import Mapping
from uuid import UUID

from flask import make_response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.projects.pieces import MOST_LENGTHS, set_pieces
from inventory.imports.pieces import read_piece
from inventory.queries.cutting.cuttings import read_pieces
from inventory.queries.projects.requirements import RequirementFacts, read_requirement
from inventory.tables import Unit
from inventory.tables.requirement_piece import LONGEST_MM, MOST_PIECES, SHORTEST_MM
from web.errors import PageNotFoundError
from web.language import page_url
from web.session import get_reader, get_session

REFUSED = 422
_MOST_LETTERS = 20_000


def show_pieces(requirement_id: UUID) -> str:
    """Show the form of a requirement's pieces.

    Raises
    ------
    PageNotFoundError
        There is no such requirement, or it is not counted in metres.
    """
    facts = _find(requirement_id)
    pieces = read_pieces(get_session(), requirement_ids=[requirement_id]).get(requirement_id, {})
    return _show(facts, typed=write_pieces(pieces), pieces=pieces, errors=[])


def save_pieces(requirement_id: UUID) -> BaseResponse:
    """Keep the pieces, or show the form again with each line that is to be mended.

    Raises
    ------
    PageNotFoundError
        As `show_pieces`.
    """
    facts, typed = _find(requirement_id), request.form.get("pieces", "").replace("\x00", "")[:_MOST_LETTERS]
    pieces, errors = parse_pieces(typed)
    if errors:
        return make_response(_show(facts, typed=typed, pieces=pieces, errors=errors), REFUSED)
    with get_reader().write() as session:
        set_pieces(session, requirement_id=requirement_id, pieces=pieces)
    return redirect(page_url("cutting", project_id=facts.project.id), 303)


def write_pieces(pieces: Mapping[int, int]) -> str:
    """Write pieces as the lines of the form."""
    return "\n".join(f"{length} x {count}" for length, count in pieces.items())


def parse_pieces(typed: str) -> tuple[dict[int, int], list[str]]:
    """Read lines such as ``2400 x 12``.

    Returns
    -------
    tuple
        Length in mm -> how many, and what is wrong, line by line, in the language of the page.
    """
    pieces: dict[int, int] = {}
    errors: list[str] = []
    for number, line in enumerate(typed.splitlines(), start=1):
        if not line.strip():
            continue
        found = read_piece(line)
        if found is None:
            errors.append(
                gettext(
                    "Line %(line)s, “%(text)s”: write the length in whole millimetres, x, and how many, such"
                    " as 2400 x 12.",
                    line=number,
                    text=line.strip()[:60],
                )
            )
            continue
        length, count = found
        if not SHORTEST_MM <= length <= LONGEST_MM:
            errors.append(
                gettext(
                    "Line %(line)s: a length of %(length)s mm cannot be cut; give from %(least)s to"
                    " %(most)s mm.",
                    line=number,
                    length=length,
                    least=SHORTEST_MM,
                    most=LONGEST_MM,
                )
            )
        elif not 1 <= pieces.get(length, 0) + count <= MOST_PIECES:
            errors.append(
                gettext(
                    "Line %(line)s: %(count)s pieces; give from 1 to %(most)s of one length.",
                    line=number,
                    count=count,
                    most=MOST_PIECES,
                )
            )
        else:
            pieces[length] = pieces.get(length, 0) + count
    if len(pieces) > MOST_LENGTHS:
        errors.append(gettext("Give at most %(most)s different lengths.", most=MOST_LENGTHS))
    return pieces, errors


def _find(requirement_id: UUID) -> RequirementFacts:
    facts = read_requirement(get_session(), requirement_id=requirement_id)
    if facts is None or facts.requirement.unit != Unit.M:
        raise PageNotFoundError(what="requirement", name=requirement_id)
    return facts


def _show(facts: RequirementFacts, *, typed: str, pieces: Mapping[int, int], errors: list[str]) -> str:
    return render_template(
        "pieces.html",
        requirement=facts.requirement,
        material=facts.material,
        project=facts.project,
        amount=facts.requirement.quantity * facts.material.step,
        made=sum(length * count for length, count in pieces.items()) / 1000,
        typed=typed,
        errors=errors,
    )
