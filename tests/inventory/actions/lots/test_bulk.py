# SPDX-License-Identifier: EUPL-1.2
"""Changing many lots at once: each by its own rules, those that refuse left out, and undone as a whole."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from inventory.actions.lots.bulk import (
    BulkRestedOnError,
    BulkUndoneError,
    BulkUnknownError,
    change_lots,
    digest_outcomes,
    undo_bulk,
)
from inventory.actions.lots.move import split_lot
from inventory.actions.lots.undo import undo_lot
from inventory.queries.lots.bulk_edits import list_bulk_edits, read_bulk_edit
from inventory.queries.surveys.surveys import read_history
from inventory.tables import (
    Attachment,
    AttachmentKind,
    Basis,
    Crane,
    Lot,
    LotStatus,
    LotSurvey,
    Party,
    PriceAt,
    Proves,
    Reuse,
    Screening,
)
from tests.inventory.conftest import NYBORG, SLAGELSE, Country

FIRM = uuid4()
CHANGE: dict[str, Any] = {
    "price_ore": Decimal("3.50"),
    "price_at": PriceAt.SITE,
    "dismantled_by": Party.SELLER,
    "owner": "Nedriver A/S",
    "sellable_from": date(2027, 2, 1),
    "storage_place": "Rack 4",
    "reuse": Reuse.DIRECT,
    "status": LotStatus.OFFERED,
}


@pytest.fixture
def country(session: Session, make_country: Callable[[Session], Country]) -> Country:
    """A country with nothing in it yet."""
    return make_country(session)


@pytest.fixture
def lots(country: Country) -> list[Lot]:
    """Three surveyed lots of one site, one of them hazardous, and an estimate."""
    site = country.site("S", SLAGELSE)
    more = {"quantity_low": 1, "quantity_high": 9000, "rule": "r", "rule_source": "s"}
    return [
        country.lot("1", site, status=LotStatus.SURVEYED),
        country.lot("2", site, status=LotStatus.SURVEYED, code="door_inner"),
        country.lot("3", site, status=LotStatus.SURVEYED, screening=Screening.HAZARDOUS),
        country.lot("E", site, basis=Basis.ESTIMATED, **more),
    ]


def photograph(session: Session) -> list[Any]:
    """Everything of lots and their surveys and papers, as the database has it."""
    session.flush()
    query = (
        "SELECT (SELECT jsonb_agg(to_jsonb(lot) - 'updated_at' ORDER BY id) FROM lot),"
        " (SELECT jsonb_agg(to_jsonb(lot_survey) ORDER BY lot_id) FROM lot_survey),"
        " (SELECT jsonb_agg(to_jsonb(attachment) ORDER BY id) FROM attachment)"
    )
    return list(session.execute(text(query)).one())


def test_change_names_what_refuses_and_undo_takes_it_back(session: Session, lots: list[Lot]):
    """Good lots change wholly, each refusing one not at all; histories say so; undo leaves all as it was."""
    before = photograph(session)
    ids = [lot.id for lot in lots]
    edit_id, outcomes = change_lots(
        session, lot_ids=ids, change=CHANGE, organisation_id=FIRM, by="AB", why="Season"
    )
    assert edit_id is not None
    assert [one.changed for one in outcomes] == [True, True, False, False]
    assert [type(one.refusal).__name__ for one in outcomes if one.refusal] == [
        "StepMissingError",
        "EstimateUnchangedError",
    ]
    session.expire_all()
    first, _, hazardous, estimate = lots
    assert (first.status, first.price_ore, first.reuse) == (LotStatus.OFFERED, 350, Reuse.DIRECT)
    assert session.get_one(LotSurvey, first.id).storage_place == "Rack 4"
    assert (hazardous.price_at, hazardous.reuse, estimate.price_ore) == (None, None, 100)
    kinds = [line.kind for line in read_history(session, lot_id=first.id)]
    assert kinds == ["lot_terms_set", "lot_reuse_decided", "lot_corrected", "lot_step"]
    assert read_history(session, lot_id=hazardous.id) == []
    (edit,) = list_bulk_edits(session, organisation_id=FIRM, most=5)
    assert (edit.id, edit.data["changed"], edit.data["refused"]) == (edit_id, 2, 2)
    assert undo_bulk(session, edit_id=edit_id, by="AB") == 2
    assert photograph(session) == before
    line = read_history(session, lot_id=first.id)[-1]
    assert (line.kind, line.by, line.changes["status"]) == ("lot_undone", "AB", ("offered", "surveyed"))
    with pytest.raises(BulkUndoneError):
        undo_bulk(session, edit_id=edit_id)
    assert read_bulk_edit(session, edit_id=edit_id).undone_at is not None  # type: ignore[union-attr]


def test_nothing_is_undone_where_a_lot_changed_since(session: Session, lots: list[Lot]):
    """A lot that changed or was split on its way stands in the way of the whole, by its number."""
    ids = [lots[0].id, lots[1].id]
    edit_id, _ = change_lots(session, lot_ids=ids, change=CHANGE, organisation_id=FIRM)
    assert edit_id is not None
    part = split_lot(session, lot_id=lots[0].id, quantity=100)
    lots[1].crane = Crane.HIRE  # no field of the change: no matter
    with pytest.raises(BulkRestedOnError, match="undone as a whole: 1 changed since"):
        undo_bulk(session, edit_id=edit_id)
    session.expire_all()
    assert lots[1].status is LotStatus.OFFERED
    undo_lot(session, lot_id=part)
    assert undo_bulk(session, edit_id=edit_id) == 2
    with pytest.raises(BulkUnknownError):
        undo_bulk(session, edit_id=uuid4())


def test_same_again_changes_nothing(session: Session, lots: list[Lot]):
    """What is so already is told as such, and a change of nothing leaves nothing in the log."""
    ids = [lots[0].id]
    change_lots(session, lot_ids=ids, change=CHANGE, organisation_id=FIRM)
    edit_id, outcomes = change_lots(session, lot_ids=ids, change=CHANGE, organisation_id=FIRM)
    assert (edit_id, outcomes[0].changed, outcomes[0].refusal) == (None, False, None)


def test_a_number_needs_preparation(session: Session, lots: list[Lot]):
    """A running number goes with preparation for reuse, chosen now or before; direct reuse refuses it."""
    ids = [lots[0].id]
    number = {"waste_number": "7"}
    _, (outcome,) = change_lots(session, lot_ids=ids, change=number, organisation_id=FIRM)
    assert type(outcome.refusal).__name__ == "WasteUndecidedError"
    change_lots(session, lot_ids=ids, change={"reuse": Reuse.PREPARATION} | number, organisation_id=FIRM)
    assert (lots[0].reuse, lots[0].waste_number) == (Reuse.PREPARATION, "7")
    _, (outcome,) = change_lots(
        session, lot_ids=ids, change={"reuse": Reuse.DIRECT} | number, organisation_id=FIRM
    )
    assert type(outcome.refusal).__name__ == "DirectReuseIsNoWasteError"
    change_lots(session, lot_ids=ids, change={"reuse": Reuse.DIRECT}, organisation_id=FIRM)
    assert lots[0].waste_number is None


def test_a_paper_of_the_site_is_marked_once_and_put_back(session: Session, country: Country, lots: list[Lot]):
    """A document of the site shows the right of its lots; a lot elsewhere refuses; undo marks as before."""
    other = country.lot("9", country.site("T", NYBORG), status=LotStatus.SURVEYED)
    for at, proves in enumerate((Proves.RIGHT_TO_SELL, None)):
        paper = Attachment(
            id=uuid4(),
            kind=AttachmentKind.DOCUMENT,
            site_id=lots[0].site_id,
            content_hash=f"{at:064x}",
            media_type="application/pdf",
            bytes=1,
            name=f"paper{at}.pdf",
            proves=proves,
        )
        session.add(paper)
    session.flush()
    before = photograph(session)
    ids = [lots[0].id, lots[1].id, other.id]
    edit_id, outcomes = change_lots(
        session, lot_ids=ids, change={"right_paper": "paper1.pdf"}, organisation_id=FIRM
    )
    assert edit_id is not None
    assert [type(one.refusal).__name__ for one in outcomes if one.refusal] == ["PaperNotHereError"]
    shown = select(Attachment.name).where(Attachment.proves.is_not(None))
    assert session.scalars(shown).all() == ["paper1.pdf"]
    undo_bulk(session, edit_id=edit_id)
    assert photograph(session) == before


PARTS = st.fixed_dictionaries(
    {},
    optional={
        "price_ore": st.none() | st.decimals(Decimal(0), Decimal(9999), places=2),
        "price_at": st.none() | st.sampled_from(PriceAt),
        "loaded_by": st.none() | st.sampled_from(Party),
        "crane": st.none() | st.sampled_from(Crane),
        "minimum_hire_hours": st.none() | st.integers(0, 99),
        "storage_place": st.none() | st.sampled_from(["A", "B"]),
        "owner": st.none() | st.sampled_from(["A", "B"]),
        "sellable_from": st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
        "reuse": st.sampled_from(Reuse),
        "waste_number": st.sampled_from(["1", "2"]),
        "status": st.sampled_from([LotStatus.OFFERED, LotStatus.WITHDRAWN, LotStatus.DISCARDED]),
    },
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(PARTS, min_size=1, max_size=4))
def test_any_changes_are_undone_to_the_last_field(
    session: Session, lots: list[Lot], changes: list[dict[str, Any]]
):
    """Whatever was changed, one after the other: undone from the last back, every lot is as it began."""
    ids = [lot.id for lot in lots]
    with session.begin_nested() as nested:
        states = [photograph(session)]
        edits = []
        for change in changes:
            edit_id, outcomes = change_lots(session, lot_ids=ids, change=change, organisation_id=FIRM)
            assert digest_outcomes(outcomes) == digest_outcomes(list(outcomes))
            assert (edit_id is not None) == any(one.changed for one in outcomes)
            states.append(photograph(session))
            edits.append(edit_id)
        for edit_id, state in zip(reversed(edits), reversed(states[:-1]), strict=True):
            if edit_id is not None:
                undo_bulk(session, edit_id=edit_id)
            assert photograph(session) == state
        nested.rollback()
    session.expire_all()
