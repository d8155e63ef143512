# SPDX-License-Identifier: EUPL-1.2
"""Pieces of requirements from a file: read, kept, refused by row, and put back when the import is undone."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.imports.records import begin_import, finish_import
from inventory.actions.imports.undo import ImportHeldError, undo_import
from inventory.actions.projects.pieces import set_pieces
from inventory.imports.pieces import parse_pieces, write_cell
from inventory.imports.requirements.importing import import_requirements
from inventory.queries.cutting.cuttings import read_pieces
from inventory.tables import ImportKind, Requirement

Write = Callable[..., Path]
Row = dict[str, Any]
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
BEAM: Row = {"class": "joist_timber", "unit": "m", "quantity": "60"}


def bring(session: Session, path: Path) -> tuple[UUID, Any]:
    """Import a file as the commands do; give its record and its report."""
    import_id = begin_import(session, kind=ImportKind("requirements"), file=path.name, at=NOW)
    report = import_requirements(session, path)
    finish_import(session, import_id=import_id, counts=report.count())
    return import_id, report


def read(session: Session) -> dict[int, int]:
    """Read the pieces of the one requirement there is."""
    one = session.scalars(select(Requirement.id)).one()
    return read_pieces(session, requirement_ids=[one]).get(one, {})


@pytest.mark.parametrize("header", ["pieces", "Stykker", "Pieces", "Skæreliste"])
def test_pieces_land_and_go_back(session: Session, write_csv: Write, school: Row, header: str):
    """The same again changes nothing, an empty cell leaves them, others replace them, undoing puts back."""
    row = {**school, **BEAM}
    first, report = bring(session, write_csv([{**row, header: "2400 x 12; 900mm × 3 stk.\n1500 x 2"}]))
    assert (report.findings, report.inserted) == ((), 1)
    assert read(session) == {2400: 12, 900: 3, 1500: 2}
    assert bring(session, write_csv([{**row, header: "900 x 3; 1500 x 2; 2400 x 12"}]))[1].unchanged == 1
    assert bring(session, write_csv([row]))[1].unchanged == 1
    assert read(session) == {2400: 12, 900: 3, 1500: 2}
    second, report = bring(session, write_csv([{**row, header: "1800 x 4"}]))
    assert (report.updated, read(session)) == (1, {1800: 4})
    with pytest.raises(ImportHeldError, match="pieces changed since"):
        undo_import(session, import_id=first)
    undo_import(session, import_id=second)
    assert read(session) == {2400: 12, 900: 3, 1500: 2}
    undo_import(session, import_id=first)
    assert session.scalars(select(Requirement)).all() == []


def test_pieces_said_by_hand_since_hold_the_import(session: Session, write_csv: Write, school: Row):
    """What a person said of the requirement afterwards is not undone with the file."""
    first, _ = bring(session, write_csv([{**school, **BEAM, "pieces": "2400 x 12"}]))
    one = session.scalars(select(Requirement.id)).one()
    set_pieces(session, requirement_id=one, pieces={2400: 11})
    with pytest.raises(ImportHeldError, match=r"1 × pieces changed since \(R1\)") as held:
        undo_import(session, import_id=first)
    assert "stykker er ændret siden" in held.value.details["why_da"]


@pytest.mark.parametrize(
    ("changes", "code", "da", "en"),
    [
        ({"pieces": "2400 x 12; to meter"}, "pieces_unreadable", "“to meter” er ikke", "“to meter” is not"),
        ({"pieces": "2400"}, "pieces_unreadable", "“2400”", "“2400”"),
        ({"pieces": "-5 x 3"}, "pieces_unreadable", "“-5 x 3”", "“-5 x 3”"),
        ({"pieces": "99 x 1"}, "piece_length", "99 mm kan ikke skæres", "99 mm cannot be cut"),
        ({"pieces": "2400 x 0"}, "piece_count", "0 stykker på 2400 mm", "0 pieces of 2400 mm"),
        ({"pieces": "900 x 99999; 900 x 2"}, "piece_count", "100001 stykker", "100001 pieces"),
        (
            {"pieces": "; ".join(f"{length} x 1" for length in range(100, 301))},
            "pieces_many",
            "201 forskellige",
            "201 different",
        ),
        (
            {"pieces": "2400 x 2", "class": "brick_lime_mortar", "unit": "piece"},
            "pieces_not_metres",
            "ikke i meter",
            "not in metres",
        ),
    ],
)
def test_wrong_pieces_refuse_their_row(
    session: Session, write_csv: Write, school: Row, changes: Row, code: str, da: str, en: str
):
    """Each wrong cell is named in both languages with how to mend it; the other row is taken whole."""
    good = {**school, **BEAM, "ref": "GOOD", "project_ref": "OTHER", "pieces": "2400 x 12"}
    _, report = bring(session, write_csv([good, {**school, **BEAM, **changes}]))
    (found,) = [finding for finding in report.findings if finding.severity == "error"]
    assert (found.code, found.column, found.row) == (code, "pieces", 3)
    assert da in found.message_da
    assert en in found.message_en
    assert found.mend_da
    assert found.mend_en
    assert (report.inserted, report.refused, read(session)) == (1, 1, {2400: 12})


@given(st.dictionaries(st.integers(100, 100_000), st.integers(1, 100_000), min_size=1, max_size=200))
def test_what_is_written_is_read(pieces: dict[int, int]):
    """Any pieces a requirement may have go into a cell and come back the same."""
    parsed = parse_pieces(write_cell(sorted(pieces.items(), reverse=True)))
    assert dict(parsed.value or ()) == pieces
