# SPDX-License-Identifier: EUPL-1.2
"""Who may sell a lot, on which paper and on what terms: said of the site, and otherwise of the lot."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from inventory.actions.demolitions.site_contract import (
    ContractNotLastError,
    ContractRestedOnError,
    SiteUnknownError,
    set_contract,
    undo_contract,
)
from inventory.actions.lots.terms import (
    PaperElsewhereError,
    Right,
    Terms,
    TermsOfEstimateError,
    set_terms,
)
from inventory.queries.demolitions.site_contract import read_contract, read_contract_history
from inventory.queries.lots.terms import list_papers, read_terms
from inventory.queries.surveys.surveys import read_history
from inventory.tables import Attachment, AttachmentKind, Basis, Crane, Lot, Party, PriceAt, Site
from tests.inventory.conftest import SLAGELSE, Country

TERMS = Terms(
    price_at=PriceAt.SITE,
    dismantled_by=Party.SELLER,
    loaded_by=Party.SELLER,
    unloaded_by=Party.BUYER,
    crane=Crane.HIRE,
    minimum_hire_hours=4,
)


@pytest.fixture
def country(session: Session, make_country: Callable[[Session], Country]) -> Country:
    """A country with nothing in it yet."""
    return make_country(session)


@pytest.fixture
def lot(country: Country) -> Lot:
    """A surveyed lot."""
    return country.lot("7", country.site("S", SLAGELSE))


def add_paper(session: Session, name: str, **owner: UUID) -> UUID:
    """Attach a document, of which the bytes do not matter here."""
    paper = Attachment(
        id=uuid4(),
        kind=AttachmentKind.DOCUMENT,
        content_hash=f"{len(name):064x}",
        media_type="application/pdf",
        bytes=1,
        name=name,
        **owner,
    )
    session.add(paper)
    session.flush()
    return paper.id


def test_lot_takes_what_the_site_says(session: Session, lot: Lot) -> None:
    """The contract of the site holds for its lots, until a lot says otherwise; nothing twice is nothing."""
    contract = add_paper(session, "kontrakt.pdf", site_id=lot.site_id)
    right = Right(owner="Nedriver A/S", sellable_from=date(2027, 2, 1))
    assert set_contract(session, site_id=lot.site_id, right=right, paper_id=contract, by="AB")
    assert not set_contract(session, site_id=lot.site_id, right=right, paper_id=contract)
    terms = read_terms(session, lot_id=lot.id)
    assert terms is not None
    assert (terms.owner, terms.sellable_from, terms.own_owner) == ("Nedriver A/S", date(2027, 2, 1), None)
    assert [(one.name, one.proves) for one in list_papers(session, lot_id=lot.id)] == [("kontrakt.pdf", True)]
    assert set_terms(session, lot_id=lot.id, right=Right(owner=" Ejer  ApS "), terms=TERMS, why="Solgt")
    assert not set_terms(session, lot_id=lot.id, right=Right(owner="Ejer ApS"), terms=TERMS)
    terms = read_terms(session, lot_id=lot.id)
    assert terms is not None
    assert (terms.owner, terms.site_owner, terms.sellable_from) == (
        "Ejer ApS",
        "Nedriver A/S",
        date(2027, 2, 1),
    )
    assert (terms.price_at, terms.unloaded_by, terms.minimum_hire_hours) == ("site", "buyer", 4)
    (line,) = read_history(session, lot_id=lot.id)
    assert (line.kind, line.why) == ("lot_terms_set", "Solgt")
    assert line.changes["owner"] == (None, "Ejer ApS")


def test_one_paper_shows_the_right(session: Session, lot: Lot) -> None:
    """Another paper takes the place of the first; a paper of another lot or a photo shows nothing."""
    first = add_paper(session, "a.pdf", lot_id=lot.id)
    second = add_paper(session, "bb.pdf", lot_id=lot.id)
    for paper in (first, second):
        assert set_terms(session, lot_id=lot.id, right=Right(), terms=Terms(), paper_id=paper)
    assert [one.name for one in list_papers(session, lot_id=lot.id) if one.proves] == ["bb.pdf"]
    with pytest.raises(PaperElsewhereError):
        set_terms(session, lot_id=lot.id, right=Right(), terms=Terms(), paper_id=uuid4())


def test_nothing_else_has_terms(session: Session, country: Country, lot: Lot) -> None:
    """An estimate has no terms, and a site nobody knows no contract."""
    more = {"quantity_low": 1, "quantity_high": 9000, "rule": "r", "rule_source": "s"}
    estimate = country.lot("E", country.site("T", SLAGELSE), basis=Basis.ESTIMATED, **more)
    with pytest.raises(TermsOfEstimateError):
        set_terms(session, lot_id=estimate.id, right=Right(), terms=Terms())
    with pytest.raises(SiteUnknownError):
        set_contract(session, site_id=uuid4(), right=Right())


def test_contract_is_taken_back_step_by_step(session: Session, lot: Lot) -> None:
    """The latest change of a contract is undone, then the one before it, unless it changed otherwise."""
    site_id = lot.site_id
    first = add_paper(session, "a.pdf", site_id=site_id)
    second = add_paper(session, "bb.pdf", site_id=site_id)
    bare = tuple(read_contract(session, site_id=site_id))
    set_contract(session, site_id=site_id, right=Right(owner="Ejer"), paper_id=first, by="AB")
    said = tuple(read_contract(session, site_id=site_id))
    right = Right(owner="Nedriver", sellable_from=date(2027, 2, 1))
    set_contract(session, site_id=site_id, right=right, paper_id=second, why="Kontrakt")
    newest, oldest = read_contract_history(session, site_id=site_id)
    assert newest.data["changes"]["right_paper"] == ["a.pdf", "bb.pdf"]
    with pytest.raises(ContractNotLastError):
        undo_contract(session, site_id=site_id, step=oldest.id)
    undo_contract(session, site_id=site_id, step=newest.id, by="CD")
    assert tuple(read_contract(session, site_id=site_id)) == said
    undo_contract(session, site_id=site_id, step=oldest.id)
    assert tuple(read_contract(session, site_id=site_id)) == bare
    assert all(step.undone for step in read_contract_history(session, site_id=site_id))
    set_contract(session, site_id=site_id, right=right)
    session.get_one(Site, site_id).sellable_from = date(2027, 3, 1)
    session.flush()
    with pytest.raises(ContractRestedOnError):
        undo_contract(session, site_id=site_id, step=read_contract_history(session, site_id=site_id)[0].id)
