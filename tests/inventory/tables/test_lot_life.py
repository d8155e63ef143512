# SPDX-License-Identifier: EUPL-1.2
"""The database itself holds the life of a lot: which step may follow, and that no quantity comes or goes."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inventory.queries.supply import NotCounted, judged_lots
from inventory.tables import LotStatus
from tests.inventory.tables.rows import LOT, MOVE, OTHER_LOT, SQUARE

CHANGE = "UPDATE lot SET {} WHERE ref = 'a'"
ORIGIN: dict[str, Any] = {"parent_id": LOT, "child_id": OTHER_LOT, "quantity": 3, "move_id": MOVE}
NOW = text("SET CONSTRAINTS ALL IMMEDIATE")


def refused(session: Session, *statements: str) -> str:
    """Carry out statements up to the end of the transaction and tell which rule refused them."""
    with pytest.raises(IntegrityError) as caught, session.begin_nested():
        for statement in statements:
            session.execute(text(statement))
        session.execute(NOW)
    return str(caught.value.orig.diag.constraint_name)  # type: ignore[union-attr]


def change(session: Session, what: str) -> None:
    """Change the world's lot past all our code."""
    session.execute(text(CHANGE.format(what)))


def test_step_not_listed_is_refused(world: Session) -> None:
    """Nothing is installed that was never delivered, however it is written."""
    assert refused(world, CHANGE.format("status = 'installed'")) == "ck_lot_step_allowed"
    assert refused(world, CHANGE.format("status = 'delivered'")) == "ck_lot_step_allowed"
    world.execute(text("DELETE FROM lot_step WHERE to_status = 'withdrawn'"))
    assert refused(world, CHANGE.format("status = 'withdrawn'")) == "ck_lot_step_allowed"


def test_step_that_has_ended_is_refused(world: Session) -> None:
    """A step counts within its dates alone."""
    world.execute(text("UPDATE lot_step SET valid_to = current_date WHERE to_status = 'withdrawn'"))
    assert refused(world, CHANGE.format("status = 'withdrawn'")) == "ck_lot_step_allowed"


@pytest.mark.parametrize(
    "lack",
    ["reuse = NULL", "screening = 'hazardous'", "asbestos_suspect = true", "quantity = 0"],
)
def test_offer_needs_what_it_needs(world: Session, lack: str) -> None:
    """Nothing is offered undecided, hazardous, suspected of asbestos or of no amount."""
    change(world, "status = 'withdrawn'")
    change(world, "status = 'surveyed'")
    change(world, "reuse = 'direct'")
    offer = CHANGE.format("status = 'offered'")
    assert refused(world, CHANGE.format(lack), offer) == "ck_lot_step_needs"
    world.execute(text(offer))


def test_waste_moves_with_its_number(world: Session) -> None:
    """What is prepared for reuse is waste: it goes nowhere without running number and receiver."""
    change(world, "reuse = 'preparation'")
    change(world, "status = 'agreed'")
    assert refused(world, CHANGE.format("status = 'delivered'")) == "ck_lot_step_needs"
    change(world, "waste_number = '2027-1'")
    assert refused(world, CHANGE.format("status = 'delivered'")) == "ck_lot_step_needs"
    change(world, "waste_receiver = 'Anlæg'")
    change(world, "status = 'delivered'")


def test_need_nobody_knows_is_never_met(world: Session) -> None:
    """A need that came with a later version stops the step rather than being passed over."""
    missing = text("SELECT genbro_lot_missing(lot, ARRAY['amount', 'luck']) FROM lot WHERE ref = 'a'")
    assert world.scalars(missing).one() == ["luck"]


def test_step_keeps_the_quantity(world: Session) -> None:
    """A step does not change the quantity on the way."""
    both = CHANGE.format("status = 'withdrawn', quantity = 6")
    assert refused(world, both) == "ck_lot_step_keeps_quantity"


def test_split_keeps_the_quantity(world: Session, insert: Callable[..., None]) -> None:
    """What leaves one lot must come to another, with its origin, all in one transaction."""
    out = CHANGE.format("quantity = 4, moved = -3")
    into = "UPDATE lot SET quantity = 3, moved = 3 WHERE ref = 'o'"
    origin = (
        "INSERT INTO lot_origin (parent_id, child_id, quantity, move_id)"
        f" VALUES ('{LOT}', '{OTHER_LOT}', 3, '{MOVE}')"
    )
    assert refused(world, CHANGE.format("quantity = 5, moved = -3")) == "ck_lot_moved_is_quantity"
    assert refused(world, CHANGE.format("moved = -3")) == "ck_lot_moved_is_quantity"
    for left_out in (0, 1, 2):
        statements = [one for at, one in enumerate((out, into, origin)) if at != left_out]
        assert refused(world, *statements) == "ck_lot_moved_by_origins"
    for statement in (out, into, origin):
        world.execute(text(statement))
    world.execute(NOW)
    assert refused(world, "DELETE FROM lot_origin") == "ck_lot_moved_by_origins"
    assert refused(world, "UPDATE lot_origin SET quantity = 2") == "ck_lot_moved_by_origins"
    assert refused(world, "DELETE FROM lot WHERE ref = 'o'") == "fk_lot_origin_child_id"


def test_lot_is_not_made_of_nothing(
    world: Session, insert: Callable[..., None], valid: dict[str, Any]
) -> None:
    """A lot that says it came from another comes with that other's quantity."""
    row = valid["lot"] | {"quantity": 5, "moved": 4}
    with (
        pytest.raises(IntegrityError, match="but the quantity changed by 5"),
        world.begin_nested(),
    ):
        insert("lot", **row)
    with pytest.raises(IntegrityError, match="its origins make 0"), world.begin_nested():
        insert("lot", **(row | {"moved": 5}))
        world.execute(NOW)


def test_only_like_goes_into_like(world: Session, insert: Callable[..., None]) -> None:
    """Bricks never become floorboards by a split."""
    other = f"UPDATE lot SET class_id = {SQUARE}, unit = 'm2' WHERE ref = 'o'"
    world.execute(text(other))
    with pytest.raises(IntegrityError) as caught, world.begin_nested():
        insert("lot_origin", **ORIGIN)
    assert caught.value.orig.diag.constraint_name == "ck_lot_origin_alike"  # type: ignore[union-attr]


def test_only_offered_lots_are_free_to_match(world: Session) -> None:
    """In every other state a lot counts nothing, and says which state that is."""
    codes = {status.value for status in LotStatus} - {"offered"}
    assert codes <= {code.value for code in NotCounted}
    world.execute(text("ALTER TABLE lot DISABLE TRIGGER lot_step"))
    for status in LotStatus:
        change(world, f"status = '{status}'")
        found = {row.ref: row.not_counted for row in world.execute(judged_lots())}
        assert found["a"] == (None if status is LotStatus.OFFERED else status.value)


def test_lot_moved_into_another_says_so(world: Session, insert: Callable[..., None]) -> None:
    """A lot of which all is in another now is not merely nothing."""
    assert {row.ref: row.not_counted for row in world.execute(judged_lots())}["o"] == NotCounted.NOTHING
    change(world, "quantity = 0, moved = -7")
    world.execute(text("UPDATE lot SET quantity = 7, moved = 7 WHERE ref = 'o'"))
    insert("lot_origin", **(ORIGIN | {"quantity": 7}))
    world.execute(NOW)
    found = {row.ref: row.not_counted for row in world.execute(judged_lots())}
    assert found == {"a": NotCounted.MOVED, "o": None}
