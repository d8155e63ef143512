# SPDX-License-Identifier: EUPL-1.2
"""Saying which pieces a requirement is to be cut to."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.errors import BadInputError, StateError
from inventory.tables import Requirement, RequirementPiece, Unit
from inventory.tables.requirement_piece import LONGEST_MM, MOST_PIECES, SHORTEST_MM

MOST_LENGTHS = 200


class PieceError(BadInputError):
    """Pieces of {length} mm, {count} of them, cannot be cut: lengths go from 100 to 100,000 mm, counts from 1
    to 100,000, and a requirement has at most 200 lengths.
    """


class NotInMetresError(StateError):
    """Requirement {ref} is counted in {unit}, not in metres: it has no pieces to be cut to."""


def set_pieces(
    session: Session, *, requirement_id: UUID, pieces: Mapping[int, int], by: str | None = None
) -> bool:
    """Say which pieces a requirement is to be cut to, instead of those said before.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    requirement_id
        A requirement there is.
    pieces
        Length in mm -> how many; none takes them away.
    by
        Who, for the history.

    Returns
    -------
    bool
        Whether that changes anything.

    Raises
    ------
    PieceError, NotInMetresError
        See there.
    """
    wanted = session.get_one(Requirement, requirement_id, with_for_update=True)
    if wanted.unit is not Unit.M:
        raise NotInMetresError(ref=wanted.ref, unit=wanted.unit)
    for number, (length, count) in enumerate(pieces.items()):
        if not (SHORTEST_MM <= length <= LONGEST_MM and 1 <= count <= MOST_PIECES) or number >= MOST_LENGTHS:
            raise PieceError(length=length, count=count)
    known = select(RequirementPiece.length_mm, RequirementPiece.count).where(
        RequirementPiece.requirement_id == requirement_id
    )
    before = {row[0]: row[1] for row in session.execute(known)}
    if before == dict(pieces):
        return False
    session.execute(delete(RequirementPiece).where(RequirementPiece.requirement_id == requirement_id))
    rows = [
        {"requirement_id": requirement_id, "length_mm": length, "count": count}
        for length, count in sorted(pieces.items())
    ]
    if rows:
        session.execute(insert(RequirementPiece), rows)
    record_event(
        session,
        kind="requirement_pieces_set",
        subject_kind="requirement",
        subject_id=requirement_id,
        data={"by": by, "before": sorted(before.items()), "after": sorted(pieces.items())},
    )
    return True
