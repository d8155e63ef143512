# SPDX-License-Identifier: EUPL-1.2
"""Surveyed goods that may hold asbestos."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.imports.lots.importing import import_lots
from inventory.tables import Lot

Write = Callable[..., Path]
Row = dict[str, Any]


@pytest.mark.parametrize(
    ("changes", "suspect"),
    [
        ({"screening": "", "year": ""}, True),
        ({"screening": "ukendt", "year": "1986"}, True),
        ({"screening": "ukendt", "year": "1987"}, False),
        ({"screening": "ren", "year": "1960"}, False),
        ({"screening": "", "year": "", "class": "roof_slate"}, False),
    ],
)
def test_fibre_cement_is_suspected_of_asbestos(
    session: Session, write_csv: Write, yard: Row, changes: Row, *, suspect: bool
):
    """Surveyed fibre cement that may be from before 1987 is marked and told, unless screened clean."""
    sheets = {**yard, "class": "fibre_cement_sheet", "unit": "m2", "quantity": "500", **changes}
    path = write_csv([sheets])
    report = import_lots(session, path)
    assert ("asbestos_suspect" in {finding.code for finding in report.findings}) == suspect
    lot = session.scalars(select(Lot)).one()
    assert lot.asbestos_suspect == suspect
    assert lot.suspicion == (["asbestos_fibre_cement"] if suspect else [])
    assert import_lots(session, path).unchanged == 1
