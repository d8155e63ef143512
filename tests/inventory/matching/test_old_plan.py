# SPDX-License-Identifier: EUPL-1.2
"""A plan reads the same for ever, whatever later becomes of the lots it used."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import Engine, select, text

from inventory.database import session_factory
from inventory.matching.perform import perform_run
from inventory.queries.plans.pages import read_plan_matches
from inventory.queries.plans.tables import read_plan_tables
from inventory.tables import Match, MaterialClass


def test_a_lot_that_changes_its_class_leaves_old_plans_as_they_were(
    built: Engine, ask: Callable[..., UUID]
) -> None:
    """Bricks that a later import calls floorboards, of another unit and step, stay bricks in the plan."""
    run_id = ask()
    perform_run(built, run_id=run_id)
    with session_factory(built).begin() as session:
        before = read_plan_tables(session, run_id=run_id)
        bricks = session.scalars(
            select(MaterialClass.id).where(MaterialClass.code == "brick_lime_mortar")
        ).one()
        assert set(session.scalars(select(Match.class_id))) == {bricks}
        session.execute(
            text(
                "UPDATE lot SET class_id = c.id, unit = c.unit FROM material_class c"
                " WHERE c.code = 'floorboard_timber'"
            )
        )
    with session_factory(built)() as session:
        after = read_plan_tables(session, run_id=run_id)
        for name in ("lot_class", "lot_name_en", "unit", "steps", "quantity"):
            assert after.matches[name].tolist() == before.matches[name].tolist(), name
        assert after.lots[["class", "unit", "matched"]].equals(before.lots[["class", "unit", "matched"]])
        rows = read_plan_matches(session, run_id=run_id, total=2).rows
        assert {(row.name_en, row.unit) for row in rows} == {("Clay brick in lime mortar", "piece")}
