# SPDX-License-Identifier: EUPL-1.2
"""A decision on what a lot is in law: kept with its reason, followed by savings and runs, not by files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.lots.move import split_lot
from inventory.actions.product import ProductOfEstimateError, decide_lot
from inventory.actions.screen import add_samples, screen_lot
from inventory.documentation.product import ProductAnswers
from inventory.imports.lots.importing import import_lots
from inventory.matching.read_lots import read_lots
from inventory.queries.lots.listing import read_lot
from inventory.queries.product import read_product_decision
from inventory.queries.savings import Saving, compute_saving
from inventory.tables import Basis, Event, Lot, ProductStatus
from inventory.tables.product_decision import Processing, Waste
from tests.inventory.conftest import NYBORG, SLAGELSE, TODAY, Country
from tests.inventory.sampling import make_sample

USED = ProductAnswers(installed=True, processing=Processing.LIGHT, waste=Waste.NEVER)
SURPLUS = ProductAnswers(installed=False, processing=Processing.NONE, waste=Waste.NEVER)
UNKNOWN = ProductAnswers(installed=True, processing=None, waste=None)


@pytest.fixture
def country(session: Session, make_country: Callable[[Session], Country]) -> Country:
    """A country with nothing in it yet."""
    return make_country(session)


def save(session: Session, lot: Lot) -> Saving:
    """Compute what a lot saves."""
    session.flush()
    facts = read_lot(session, lot_id=lot.id)
    assert facts is not None
    return compute_saving(
        session, lot=facts.lot, material=facts.material, amount=facts.place.amount, today=date(2027, 1, 1)
    )


def counts_zero(session: Session, lot: Lot) -> object:
    """Read what a run is told of a lot."""
    rows = read_lots(session.connection(), quantile="p10").to_pylist()
    return next(row["counts_zero"] for row in rows if row["id"] == str(lot.id))


def test_only_a_used_product_counts_zero(session: Session, country: Country) -> None:
    """Undecided, surplus and used: savings and run follow each decision, and the log keeps its reason."""
    lot = country.lot("b", country.site("S", SLAGELSE))
    assert lot.product_status is None
    assert save(session, lot).co2e_regulatory_kg == 0
    assert not counts_zero(session, lot)
    for answers, status, zero in (
        (USED, ProductStatus.USED, True),
        (SURPLUS, ProductStatus.SURPLUS, False),
        (UNKNOWN, None, False),
    ):
        decide_lot(session, lot_id=lot.id, answers=answers, today=TODAY)
        session.refresh(lot)
        assert lot.product_status == status
        assert counts_zero(session, lot) == zero
        saved = save(session, lot)
        assert saved.co2e_regulatory_kg is not None
        assert (saved.co2e_regulatory_kg > 0) == zero
        assert saved.co2e_real_kg is not None
        assert saved.co2e_real_kg > 0
    events = list(session.scalars(select(Event.data).where(Event.kind == "lot_product_decided")))
    assert [event["reason"] for event in events] == ["used", "never_installed", "processing_unknown"]
    assert events[1]["changes"] == {"product_status": ["used", "surplus"]}
    row = read_product_decision(session, lot_id=lot.id)
    assert row is not None
    assert (row.reason, row.decided_on) == ("processing_unknown", TODAY)


def test_same_decision_twice_is_one_event(session: Session, country: Country) -> None:
    """Deciding the same again writes nothing in the log."""
    lot = country.lot("b", country.site("S", SLAGELSE))
    for _time in range(2):
        decide_lot(session, lot_id=lot.id, answers=USED, today=TODAY)
    assert len(list(session.scalars(select(Event.id).where(Event.kind == "lot_product_decided")))) == 1


def test_estimate_is_not_decided(session: Session, country: Country) -> None:
    """An estimate is what its rule says."""
    lot = country.lot(
        "e",
        country.site("E", NYBORG),
        basis=Basis.ESTIMATED,
        quantity_low=1,
        quantity_high=2000,
        rule="r",
        rule_source="s",
    )
    with pytest.raises(ProductOfEstimateError):
        decide_lot(session, lot_id=lot.id, answers=USED, today=TODAY)


def test_file_overwrites_no_judgement(session: Session, tmp_path: Path) -> None:
    """Sampled and decided, a lot keeps both whatever a file says, and the report names each cell."""
    head = (
        "ref;site_ref;site_name;x;y;class;quantity;unit;available_from;available_to;firmness;screening;"
        "product_status;year\n"
    )
    row = "A;Y;Yard;588000;6139700;{};500;{};2027-03-01;2027-06-01;permit_given;{};{};1950\n"

    def take(screening: str, status: str) -> Any:
        path = tmp_path / "lots.csv"
        path.write_text(head + row.format("brick_lime_mortar", "piece", screening, status), encoding="utf-8")
        return import_lots(session, path)

    take("unknown", "")
    lot = session.scalars(select(Lot)).one()
    assert lot.product_status is None
    sample = make_sample(lot.id, "lead", "9000")
    add_samples(session, samples=[sample])
    screen_lot(session, lot_id=lot.id, today=TODAY)
    decide_lot(session, lot_id=lot.id, answers=SURPLUS, today=TODAY)
    session.flush()
    report = take("clean", "used")
    told = {finding.code: finding for finding in report.findings}
    assert set(told) >= {"screening_kept", "product_status_kept"}
    assert told["screening_kept"].column == "screening"
    assert "bedømt efter prøver: hazardous" in told["screening_kept"].message_da
    session.refresh(lot)
    assert (lot.screening, lot.product_status) == ("hazardous", "surplus")
    assert report.unchanged == 1
    assert {"screening_kept", "product_status_kept"}.isdisjoint(
        finding.code for finding in take("hazardous", "surplus").findings
    )


def test_part_of_a_lot_is_what_the_lot_is(session: Session, country: Country) -> None:
    """Split off, a part carries the decision and its reason."""
    lot = country.lot("b", country.site("S", SLAGELSE))
    decide_lot(session, lot_id=lot.id, answers=SURPLUS, today=TODAY)
    part = split_lot(session, lot_id=lot.id, quantity=100)
    row = read_product_decision(session, lot_id=part)
    assert row is not None
    assert row.reason == "never_installed"
    assert session.get_one(Lot, part).product_status is ProductStatus.SURPLUS
