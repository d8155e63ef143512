# SPDX-License-Identifier: EUPL-1.2
"""A file of lots imported again after some of them were split."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from inventory.actions.import_lots import MovedMoreError
from inventory.actions.lot_move import split_lot
from inventory.imports.lots import import_lots
from inventory.tables import Lot


def test_a_file_again_does_not_bring_back_what_was_split_off(
    session: Session, write_csv: Callable[..., Path], yard: dict[str, Any]
):
    """What went to another lot stays there when the file of the whole is imported again."""
    import_lots(session, write_csv([yard]))
    whole = session.scalars(select(Lot.id)).one()
    part = split_lot(session, lot_id=whole, quantity=2000)
    for counted, left in (("12000", 10_000), ("13000", 11_000)):
        import_lots(session, write_csv([{**yard, "quantity": counted}]))
        session.expire_all()
        amounts = {row.id: row.quantity for row in session.execute(select(Lot.id, Lot.quantity))}
        assert amounts == {whole: left, part: 2000}
    with pytest.raises(MovedMoreError, match="as 1999 steps: 2000 of it went to other lots"):
        import_lots(session, write_csv([{**yard, "quantity": "1999"}]))
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
