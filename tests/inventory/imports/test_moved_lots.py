# SPDX-License-Identifier: EUPL-1.2
"""A file of lots imported again after some of them were split."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from inventory.actions.lots.move import split_lot
from inventory.imports.lots.importing import import_lots
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
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_a_lot_counted_as_less_than_what_went_elsewhere_is_refused_alone(
    session: Session, write_csv: Callable[..., Path], yard: dict[str, Any]
):
    """The row is refused with both amounts and left as it was; the rest of its file comes in."""
    import_lots(session, write_csv([yard]))
    whole = session.scalars(select(Lot.id)).one()
    split_lot(session, lot_id=whole, quantity=2000)
    other = {**yard, "ref": "L2", "quantity": "7"}
    report = import_lots(session, write_csv([{**yard, "quantity": "1999"}, other]))
    (finding,) = [one for one in report.findings if one.severity == "error"]
    assert (finding.code, finding.row, finding.column) == ("moved_more", 2, "quantity")
    assert "counted as 1999, but 2000 of it" in finding.message_en
    session.expire_all()
    assert session.get_one(Lot, whole).quantity == 10_000
    assert session.scalars(select(Lot.quantity).where(Lot.ref == "L2")).all() == [7]
