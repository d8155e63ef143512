# SPDX-License-Identifier: EUPL-1.2
"""What a lot inherits: what was said of it by copy, what was seen of it from where it was, nothing else."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from inventory.actions.attachments import add_attachment
from inventory.actions.lots.move import merge_lots, split_lot
from inventory.actions.lots.tests import NewTest, record_test
from inventory.actions.lots.undo import undo_lot
from inventory.actions.materialepas import keep_pass
from inventory.actions.sample_changes import remove_sample
from inventory.actions.screen import add_samples, screen_made_of
from inventory.files.store import FileStore
from inventory.queries.attachments import read_attachments
from inventory.queries.documentation import read_completeness, read_tests
from inventory.queries.lots.judged import map_judged_lots
from inventory.queries.lots.origins import list_made_of
from inventory.queries.lots.terms import list_papers
from inventory.queries.materialepas import read_pass
from inventory.queries.samples import judge_lot, list_sampled_lots, read_samples
from inventory.queries.surveys.pages import read_begun, read_survey_lots
from inventory.tables import Documentation, Lot, Screening, Site, TestOutcome
from tests.inventory.conftest import SLAGELSE, TODAY, Country
from tests.inventory.files.test_intake import PDF, draw
from tests.inventory.sampling import make_sample

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def country(session: Session, make_country: Callable[[Session], Country]) -> Country:
    """A country with nothing in it yet."""
    return make_country(session)


@pytest.fixture
def lot(country: Country) -> UUID:
    """A thousand surveyed bricks of a known year, without papers."""
    site = country.site("S", SLAGELSE)
    return country.lot("7", site, year=1932, documentation=Documentation.NONE).id


@pytest.fixture
def photograph(session: Session, tmp_path: Path) -> Callable[[UUID, bytes, str], UUID | None]:
    """Add a file to a lot."""

    def add(lot_id: UUID, content: bytes, name: str) -> UUID | None:
        store = FileStore(folder=tmp_path)
        return add_attachment(
            session, store=store, owner="lot", owner_id=lot_id, content=content, name=name, at=AT
        )

    return add


def strength(lot_id: UUID) -> NewTest:
    """Make a result of a test."""
    return NewTest(
        lot_id=lot_id,
        test="brick_strength",
        outcome=TestOutcome.MEASURED,
        result="24,3 MPa",
        value=24,
        laboratory="Prøvelab",
        answered_by=None,
        tested_on=date(2026, 11, 2),
    )


def list_files(session: Session, lot_id: UUID) -> list[str]:
    """List the names of a lot's photos and papers, as a page reads them."""
    return [row.name for row in read_attachments(session, owner="lot", owner_id=lot_id)]


def test_split_twice_and_merged_reads_all_it_was_made_of(
    session: Session, country: Country, lot: UUID, photograph: Callable[[UUID, bytes, str], UUID | None]
) -> None:
    """Whoever reads a part finds what was recorded of the whole and of the other part merged into it."""
    keep_pass(session, lot_id=lot, said={"product_information.manufacturer": "Teglværket"}, at=AT)
    first = split_lot(session, lot_id=lot, quantity=300)
    second = split_lot(session, lot_id=first, quantity=100)
    photograph(lot, draw(), "facade.jpg")
    photograph(lot, PDF, "kort.pdf")
    photograph(first, draw(size=(50, 40)), "palle.jpg")
    record_test(session, new=strength(lot), today=TODAY)
    add_samples(session, samples=[make_sample(lot), make_sample(first, "cadmium", "0,1")])
    screen_made_of(session, lot_id=lot, today=TODAY)
    for part, files in ((first, 3), (second, 3), (lot, 2)):
        assert len(list_files(session, part)) == files
    merge_lots(session, into=second, sources=[first])

    assert sorted(list_files(session, second)) == ["facade.jpg", "kort.pdf", "palle.jpg"]
    assert [row.name for row in list_papers(session, lot_id=second)] == ["kort.pdf"]
    assert {row.substance for row in read_samples(session, lot_id=second)} == {"lead", "cadmium"}
    assert [row.test for row in read_tests(session, lot_id=second)] == ["brick_strength"]
    assert set(list_sampled_lots(session)) == {lot, first, second}
    assert {one for one, judged in map_judged_lots(session).items() if judged["screening"]} == {
        lot,
        first,
        second,
    }
    assert list_made_of(session, lot_id=lot)[0] == lot
    assert set(list_made_of(session, lot_id=lot)) == {lot, first, second}
    known = read_completeness(session, lot_ids=[lot, second])
    missing = {one.item.code for one in known[second].missing}
    assert missing == {one.item.code for one in known[lot].missing}
    assert "photos" not in missing
    state = read_pass(session, lot_id=second, base_url="https://genbro.example")
    assert state is not None
    assert state.values["product_information.manufacturer"] == "Teglværket"
    assert len(state.values["construction_item_description.images"]) == 2
    row = next(
        row
        for row in read_survey_lots(session, site_id=session.get_one(Lot, lot).site_id)
        if row.id == second
    )
    assert row.photo_id is not None
    assert "photo" not in row.lacks
    assert read_begun(session).rows[0].photo == 0
    assert session.get_one(Lot, second, populate_existing=True).documentation is not Documentation.NONE


def test_what_is_found_later_holds_for_the_parts(session: Session, lot: UUID) -> None:
    """A result that comes after the split judges the part at once, and taken away it judges it again."""
    part = split_lot(session, lot_id=lot, quantity=300)
    add_samples(session, samples=[lead := make_sample(lot, text="9000")])
    screen_made_of(session, lot_id=lot, today=TODAY)
    assert session.get_one(Lot, part, populate_existing=True).screening is Screening.HAZARDOUS
    remove_sample(session, lot_id=lot, sample_id=lead.id, why="byttet om", today=TODAY)
    assert session.get_one(Lot, part, populate_existing=True).screening is not Screening.HAZARDOUS


def test_asbestos_is_suspected_again_of_the_parts(session: Session, country: Country) -> None:
    """The sample that cleared the whole is taken away: the part is suspected as the whole was."""
    site = country.site("A", SLAGELSE)
    slates = country.lot("s", site, code="roof_slate", asbestos_suspect=True)
    clear = make_sample(slates.id, "asbestos", "ikke påvist", "presence")
    add_samples(session, samples=[clear])
    screen_made_of(session, lot_id=slates.id, today=TODAY)
    assert not slates.asbestos_suspect
    part = split_lot(session, lot_id=slates.id, quantity=10)
    remove_sample(session, lot_id=slates.id, sample_id=clear.id, why="forkert parti", today=TODAY)
    for one in (slates.id, part):
        assert session.get_one(Lot, one, populate_existing=True).asbestos_suspect


def test_an_undone_merge_makes_no_origin(
    session: Session, country: Country, lot: UUID, photograph: Callable[[UUID, bytes, str], UUID | None]
) -> None:
    """Parted again by undo, neither lot reads the other's; the part of an undone split is read again."""
    other = country.lot(
        "8",
        session.get_one(Site, session.get_one(Lot, lot).site_id),
        year=1932,
        documentation=Documentation.NONE,
    ).id
    photograph(lot, draw(), "egen.jpg")
    photograph(other, draw(size=(50, 40)), "anden.jpg")
    merge_lots(session, into=lot, sources=[other])
    assert len(list_files(session, lot)) == 2
    undo_lot(session, lot_id=lot)
    assert list_files(session, lot) == ["egen.jpg"]
    assert list_files(session, other) == ["anden.jpg"]
    part = split_lot(session, lot_id=lot, quantity=10)
    add_samples(session, samples=[make_sample(part, text="9000")])
    undo_lot(session, lot_id=lot)
    assert judge_lot(session, lot_id=lot, today=TODAY).result == Screening.HAZARDOUS
    assert read_samples(session, lot_id=other) == []
