# SPDX-License-Identifier: EUPL-1.2
"""Which lots count, how much, and why the others do not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from inventory.queries.supply import NotCounted, Quantile, counted_lots, judged_lots
from inventory.tables import Basis, Firmness, MaterialClass
from inventory.tables.ids import stable_id

GROUP, PARENT, CHILD = 9001, 9002, 9003
AddLot = Callable[..., Any]


@pytest.fixture
def add_lot(world: Session, insert: Callable[..., None]) -> AddLot:
    """Add a lot to the world's donor site, whose own lot is taken away first; gives its id."""
    world.execute(text("DELETE FROM lot"))

    def add(ref: str, **values: Any) -> Any:
        row: dict[str, Any] = {
            "id": stable_id("lot", "test", ref),
            "site_id": stable_site(world, "x"),
            "ref": ref,
            "class_id": CHILD,
            "unit": "piece",
            "quantity": 50,
            "basis": "estimated",
        }
        if values.get("basis", "estimated") == "estimated":
            row |= {"quantity_low": 10, "quantity_high": 90, "rule": "r", "rule_source": "s"}
        insert("lot", **(row | values))
        return row["id"]

    return add


def stable_site(session: Session, ref: str) -> Any:
    """Find the id of a donor site."""
    query = text("SELECT id FROM site WHERE kind = 'donor' AND ref = :ref")
    return session.execute(query, {"ref": ref}).scalar_one()


def counted(session: Session, quantile: str = "p10") -> dict[str, Row[Any]]:
    """Read the lots that count, by reference."""
    return {row.ref: row for row in session.execute(counted_lots(Quantile(quantile)))}


def reasons(session: Session) -> dict[str, str | None]:
    """Read why each lot does not count, by reference."""
    return {row.ref: row.not_counted for row in session.execute(judged_lots())}


def set_site(session: Session, **values: Any) -> None:
    """Change the world's donor site."""
    changes = ", ".join(f"{name} = :{name}" for name in values)
    session.execute(text(f"UPDATE site SET {changes} WHERE kind = 'donor' AND ref = 'x'"), values)


@pytest.mark.parametrize(("quantile", "steps"), [("p10", 10), ("p50", 50), ("p90", 90)])
def test_quantile_chooses_of_an_estimate(world: Session, add_lot: AddLot, quantile: str, steps: int) -> None:
    """An estimate counts at the quantile asked for; a survey as surveyed, whatever is asked."""
    add_lot("estimate")
    add_lot(
        "survey",
        basis="surveyed",
        quantity=33,
        class_id=PARENT,
        site_id=stable_site(world, "y"),
        available_from=date(2027, 1, 1),
        available_to=date(2027, 2, 1),
        firmness="possible",
    )
    found = counted(world, quantile)
    assert (found["estimate"].quantity, found["survey"].quantity) == (steps, 33)


def test_p10_counts_where_nothing_is_said(world: Session, add_lot: AddLot) -> None:
    """Without a quantile the cautious quantity counts, and all three are there to show."""
    add_lot("estimate")
    row = world.execute(counted_lots()).one()
    assert (row.quantity, row.quantity_low, row.quantity_likely, row.quantity_high) == (10, 10, 50, 90)


def test_unknown_quantile_is_refused() -> None:
    """A quantile that no estimate has is refused."""
    with pytest.raises(ValueError, match="p95"):
        counted_lots("p95")  # type: ignore[arg-type]


@pytest.mark.parametrize("case", [(CHILD, True), (PARENT, True), (9100, False)])
def test_survey_replaces_the_estimate(
    world: Session,
    insert: Callable[..., None],
    valid: dict[str, Any],
    add_lot: AddLot,
    case: tuple[int, bool],
) -> None:
    """A survey of the same class, or of its parent, replaces the estimate; of another class it does not."""
    surveyed, replaced = case
    insert("material_class", **(valid["material_class"] | {"parent_id": PARENT}))
    add_lot("estimate")
    add_lot("survey", basis="surveyed", class_id=surveyed)
    assert reasons(world) == {"estimate": NotCounted.REPLACED if replaced else None, "survey": None}
    assert set(counted(world)) == ({"survey"} if replaced else {"estimate", "survey"})


@pytest.mark.parametrize("case", [("brick_lime_mortar", True), ("roof_tile_clay", False)])
def test_survey_of_the_same_part_replaces_the_estimate(
    world: Session, add_lot: AddLot, case: tuple[str, bool]
) -> None:
    """Bricks estimated in unknown mortar and found in lime mortar count once; tiles replace no bricks."""
    found, replaced = case
    ids = {row.code: row.id for row in world.execute(select(MaterialClass.code, MaterialClass.id))}
    add_lot("estimate", class_id=ids["brick_unknown_mortar"])
    add_lot("survey", basis="surveyed", class_id=ids[found])
    assert reasons(world)["estimate"] == (NotCounted.REPLACED if replaced else None)


def test_survey_of_a_child_leaves_the_estimate_of_the_parent(world: Session, add_lot: AddLot) -> None:
    """A survey of one kind says nothing of the other kinds an estimate of the parent holds."""
    add_lot("estimate", class_id=PARENT)
    add_lot("survey", basis="surveyed", class_id=CHILD)
    assert set(counted(world)) == {"estimate", "survey"}


def test_survey_elsewhere_replaces_nothing(world: Session, add_lot: AddLot) -> None:
    """A survey of another site leaves the estimate as it is."""
    add_lot("estimate")
    add_lot("survey", basis="surveyed", site_id=stable_site(world, "y"))
    assert reasons(world) == {"estimate": None, "survey": NotCounted.NO_WINDOW}


@pytest.mark.parametrize("change", [{"status": "withdrawn"}, {"quantity": 0}])
def test_survey_that_offers_nothing_still_replaces(
    world: Session, add_lot: AddLot, change: dict[str, Any]
) -> None:
    """A survey that found nothing, or whose lot was withdrawn, does not bring the estimate back."""
    add_lot("estimate")
    add_lot("survey", basis="surveyed", **change)
    assert counted(world) == {}
    assert reasons(world)["estimate"] == NotCounted.REPLACED


def test_withdrawn_counts_nothing(world: Session, add_lot: AddLot) -> None:
    """A withdrawn lot is not there."""
    add_lot("a", status="withdrawn")
    assert reasons(world) == {"a": NotCounted.WITHDRAWN}


def test_gone_counts_nothing(world: Session, add_lot: AddLot) -> None:
    """Where the building is gone nothing counts, even a lot said to be firmer; a lot may be gone alone."""
    add_lot("a")
    add_lot("b", firmness="gone")
    add_lot("c", firmness="started")
    assert reasons(world) == {"a": None, "b": NotCounted.GONE, "c": None}
    set_site(world, firmness="gone")
    assert set(reasons(world).values()) == {NotCounted.GONE}


def test_no_window_counts_nothing(world: Session, add_lot: AddLot) -> None:
    """Without a demolition window nothing counts, unless the lot has its own."""
    add_lot("site's")
    add_lot("own", available_from=date(2028, 1, 1), available_to=date(2028, 2, 1))
    set_site(world, available_from=None, available_to=None)
    assert reasons(world) == {"site's": NotCounted.NO_WINDOW, "own": None}
    assert (row := counted(world)["own"]).available_from == date(2028, 1, 1)
    assert row.available_to == date(2028, 2, 1)


def test_half_a_window_is_filled_from_the_site(world: Session, add_lot: AddLot) -> None:
    """A lot with a first day of its own ends with the site; one that would begin after it has no window."""
    add_lot("later", available_from=date(2027, 3, 1))
    add_lot("too_late", available_from=date(2027, 7, 1))
    assert reasons(world) == {"later": None, "too_late": NotCounted.NO_WINDOW}
    row = counted(world)["later"]
    assert (row.available_from, row.available_to) == (date(2027, 3, 1), date(2027, 7, 1))


def test_no_firmness_counts_nothing(world: Session, add_lot: AddLot) -> None:
    """A window of the lot's own without any firmness counts nothing."""
    add_lot("a", available_from=date(2027, 1, 1), available_to=date(2027, 2, 1))
    set_site(world, available_from=None, available_to=None, firmness=None)
    assert reasons(world) == {"a": NotCounted.NO_FIRMNESS}


def test_firmness_of_the_lot_wins(world: Session, add_lot: AddLot) -> None:
    """The lot's own firmness is in force before the site's."""
    add_lot("a", firmness="started")
    add_lot("b")
    found = counted(world)
    assert found["a"].firmness == Firmness.STARTED.value
    assert found["b"].firmness == Firmness.PERMIT_GIVEN.value


@pytest.mark.parametrize("firmness", ["possible", "permit_applied", "permit_given", "started"])
def test_outbuilding_counts_once_it_is_due(
    world: Session, insert: Callable[..., None], valid: dict[str, Any], add_lot: AddLot, firmness: str
) -> None:
    """An outbuilding's estimate counts only when its demolition is at least applied for."""
    add_lot("estimate")
    add_lot("survey", basis="surveyed", class_id=9004, unit="m2")
    site = {"site_id": stable_site(world, "x"), "outbuilding": True}
    insert("building", **(valid["building"] | site))
    set_site(world, firmness=firmness)
    expected = NotCounted.NOT_DUE if firmness == "possible" else None
    assert reasons(world) == {"estimate": expected, "survey": None}


def test_building_not_standing_gives_no_estimate(
    world: Session, insert: Callable[..., None], valid: dict[str, Any], add_lot: AddLot
) -> None:
    """A building closed in the register offers no estimate; a survey there is believed."""
    add_lot("estimate")
    add_lot("survey", basis="surveyed", class_id=9004, unit="m2")
    site = {"site_id": stable_site(world, "x"), "standing": False, "status_code": 9}
    insert("building", **(valid["building"] | site))
    assert reasons(world) == {"estimate": NotCounted.NOT_STANDING, "survey": None}


def test_nothing_counts_nothing(world: Session, add_lot: AddLot) -> None:
    """An estimate whose cautious quantity is none counts at the likely one alone."""
    add_lot("a", quantity_low=0)
    assert reasons(world) == {"a": NotCounted.NOTHING}
    assert counted(world, "p50")["a"].quantity == 50


def test_lot_without_place_still_counts(world: Session, add_lot: AddLot) -> None:
    """A site without coordinate has no point, but its lots are there and can be listed."""
    add_lot("a")
    set_site(world, geom=None)
    assert counted(world)["a"].geom is None


def test_row_tells_all_a_run_needs(world: Session, add_lot: AddLot) -> None:
    """The row carries the class, the place, the basis and the prices of the lot itself."""
    key = add_lot("a", price_ore=1250.5, length_mm=4800)
    set_site(world, land_mass="test", road_node="test_a", municipality_code="9996")
    row = counted(world)["a"]
    assert (row.id, row.class_code, row.unit, row.step) == (key, "test_child", "piece", 1)
    assert (row.land_mass, row.road_node, row.municipality_code) == ("test", "test_a", "9996")
    assert (row.basis, row.price_ore, row.length_mm) == (Basis.ESTIMATED, 1250.5, 4800)
    assert row.geom is not None


@pytest.mark.parametrize(
    ("survey", "suspect"),
    [
        ({}, True),
        ({"screening": "contaminated"}, True),
        ({"screening": "clean"}, False),
        ({"class_id": PARENT}, False),
    ],
)
def test_a_survey_does_not_clear_suspected_asbestos_by_itself(
    world: Session, add_lot: AddLot, *, survey: dict[str, Any], suspect: bool
) -> None:
    """What the estimate suspects stays suspected in its survey until a screening clears it."""
    set_site(world, available_from=date(2027, 1, 1), available_to=date(2027, 2, 1), firmness="possible")
    add_lot("estimate", asbestos_suspect=True, suspicion=["asbestos_registered_wall"])
    add_lot("survey", **({"basis": "surveyed"} | survey))
    assert counted(world)["survey"].asbestos_suspect is suspect
