# SPDX-License-Identifier: EUPL-1.2
"""The page of a lot that was sampled: what each substance says, by whose limit, and what is still open."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from inventory.actions.screen import add_samples, screen_lot
from inventory.database import open_session
from inventory.tables import Lot, Sample
from tests.inventory.sampling import make_sample
from tests.web.reading import get_page, read_text
from tests.web.sample_ids import lot_id

BRICKS = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
RESULTS = [
    ("lead", "55", "mg/kg"),
    ("hydrocarbons_sum", "<20", "mg/kg TS"),
    ("pcb_total", "<500", "µg/kg"),
    ("asbestos", "ikke påvist", "presence"),
]


@pytest.fixture
def sampled(sample_url: str) -> Iterator[None]:
    """The bricks of the school, sampled by one laboratory."""
    with open_session(sample_url) as session:
        add_samples(
            session,
            samples=[
                make_sample(
                    BRICKS,
                    substance,
                    text,
                    unit,
                    place="facade mod nord",
                    laboratory="Prøvelab",
                    report="rapport-7.pdf",
                )
                for substance, text, unit in RESULTS
            ],
        )
        screen_lot(session, lot_id=BRICKS, today=date(2026, 12, 1))
    yield
    with open_session(sample_url) as session:
        session.execute(delete(Sample))
        session.get_one(Lot, BRICKS).screening = "clean"  # type: ignore[assignment]


@pytest.mark.usefixtures("sampled")
def test_page_says_what_decided_and_whose_limit_it_is(client: FlaskClient):
    """Lead is above guidance, hydrocarbons are under Aarhus' own limit, and <500 µg/kg says too little."""
    text = read_text(get_page(client, f"/lots/{BRICKS}"))
    for words in (
        "Hvad prøverne siger Forurenet. Det indgår ikke i planer.",
        "Bly Forurenet. På eller over grænsen for rent 55 mg/kg tørstof 40 2.500 Vejledende",
        "Ren. Under grænsen for rent < 20 mg/kg tørstof 100 1.000 Kommunens egen. silkeborg.dk",
        "Kan ikke afgøres. Laboratoriets detektionsgrænse er for høj, til at det kan kaldes rent < 0,5",
        "Asbest Ren. Ikke fundet ikke påvist",
        "facade mod nord",
        "<500 µg/kg",
        "akkreditering ikke oplyst",
        "rapport-7.pdf",
    ):
        assert words in text, text[text.find("Hvad prøverne") :][:1500]


@pytest.mark.usefixtures("sampled")
def test_page_in_english(client: FlaskClient):
    """The same in English."""
    text = read_text(get_page(client, f"/en/lots/{BRICKS}"))
    assert "Lead Contaminated. At or above the limit of clean" in text
    assert "Guidance: no limit of the municipality itself is known here" in text


def test_lot_without_samples_shows_no_table(client: FlaskClient):
    """Where nobody took samples, the page does not speak of them."""
    assert "Hvad prøverne siger" not in read_text(get_page(client, f"/lots/{BRICKS}"))
