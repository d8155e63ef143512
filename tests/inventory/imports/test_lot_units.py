# SPDX-License-Identifier: EUPL-1.2
"""Lots whose unit is not given: a class is counted in one unit alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.imports.lots.importing import import_lots
from inventory.tables import Lot

Write = Callable[..., Path]
Row = dict[str, Any]


def test_the_unit_of_the_class_is_taken_and_said(session: Session, write_csv: Write, yard: Row):
    """A cell without a unit takes that of its class and says so; a file without the column says it once."""
    report = import_lots(session, write_csv([{**yard, "unit": ""}, {**yard, "ref": "B"}]))
    (note,) = (finding for finding in report.findings if finding.code == "unit_of_class")
    assert (note.row, note.column, note.severity) == (2, "unit", "warning")
    assert note.message_da == "Enheden er ikke angivet; Mursten i kalkmørtel regnes i stk."
    assert (report.inserted, report.refused) == (2, 0)

    bare = [
        {name: cell for name, cell in yard.items() if name != "unit"} | {"ref": ref} for ref in ("C", "D")
    ]
    report = import_lots(session, write_csv(bare))
    (note,) = (finding for finding in report.findings if finding.code == "units_of_classes")
    assert note.row is None
    assert "stk: Mursten i kalkmørtel." in note.message_da
    assert "piece: Clay brick in lime mortar." in note.message_en
    assert (report.inserted, report.refused) == (2, 0)
    assert set(session.scalars(select(Lot.quantity))) == {12000}
