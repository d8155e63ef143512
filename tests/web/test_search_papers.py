# SPDX-License-Identifier: EUPL-1.2
"""Searches for how complete a lot's papers are: as its page says, after every write, in list and file."""

import csv
import io
import re
from dataclasses import replace
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from inventory.actions.map.marks import keep_map
from inventory.database import open_session
from inventory.queries.documentation import read_completeness
from inventory.queries.search.answer import select_ids
from inventory.queries.search.counts import choose_part, count_kept
from inventory.queries.search.facets import read_facets
from inventory.queries.search.search import Search
from inventory.tables import LotSearch
from tests.web.reading import find_id, get_page, read_counts, read_text
from tests.web.sample_ids import lot_id

PAPERS = (
    """
    INSERT INTO attachment (id, kind, lot_id, content_hash, thumbnail_hash, width_px, height_px, media_type,
                            bytes, name)
    VALUES (gen_random_uuid(), 'photo', :lot, repeat('a', 64), repeat('b', 64), 1, 1, 'image/png', 1, 'p.png')
    """,
    "UPDATE lot SET screening = 'unknown' WHERE id = :lot",
    """
    INSERT INTO lot_survey (lot_id, count, access_note) VALUES (:lot, 1, 'Fra gaden')
    ON CONFLICT (lot_id) DO UPDATE SET access_note = excluded.access_note, fixing = NULL
    """,
    "UPDATE lot_survey SET fixing = 'loose', detachability = 'whole' WHERE lot_id = :lot",
    """
    INSERT INTO lot_test (id, lot_id, test, outcome, laboratory, tested_on)
    VALUES (gen_random_uuid(), :lot, 'brick_strength', 'passed', 'Prøvelab', '2026-01-02')
    """,
    "UPDATE lot SET screening = 'clean' WHERE id = :lot",
    "DELETE FROM lot_test WHERE lot_id = :lot",
    "DELETE FROM attachment WHERE lot_id = :lot",
)


def test_how_complete_papers_are_follows_every_write(sample_url: str):
    """A photo, a survey, a test, a screening: what searches ask is what its page says, at once."""
    lot = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
    with open_session(sample_url) as session:
        keep_map(session, wait=True)
        seen = [_read_papers(session)[lot]]
        for write in PAPERS:
            session.execute(text(write), {"lot": lot})
            keep_map(session, wait=True)
            papers = _read_papers(session)
            judged = read_completeness(session, lot_ids=list(papers))
            assert papers == {one: (said.score, said.enough_to_offer) for one, said in judged.items()}
            assert papers[lot] != seen[-1], write
            seen.append(papers[lot])
            for search in (Search(completeness=papers[lot][0]), Search(enough_to_offer=True)):
                found = session.scalars(select_ids(search)).all()
                assert (lot in found) == (search.completeness is not None or papers[lot][1])
        assert {enough for _, enough in seen} == {True, False}
        estimates = select(LotSearch.completeness).where(LotSearch.basis == "estimated").distinct()
        assert session.scalars(estimates).all() == [None]
        session.rollback()


def test_lots_with_papers_enough_are_counted_as_all_others_are(sample_url: str):
    """How many have enough to be offered is kept with the other counts, by every write, and asked of them."""
    lot = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
    with open_session(sample_url) as session:
        keep_map(session, wait=True)
        seen = set()
        for write in PAPERS:
            session.execute(text(write), {"lot": lot})
            keep_map(session, wait=True)
            for search in (Search(), Search(months=(date(2027, 2, 1),)), Search(enough_to_offer=True)):
                assert choose_part(search) is not None
                found = len(session.scalars(select_ids(replace(search, enough_to_offer=True))).all())
                assert read_facets(session, search=search)["enough"].counts.get("true", 0) == found
                seen.add(found)
            assert count_kept(session, search=Search(enough_to_offer=True)) == found
        assert len(seen) > 1
        session.rollback()


def _read_papers(session: Session) -> dict[object, tuple[int | None, bool]]:
    rows = select(LotSearch.lot_id, LotSearch.completeness, LotSearch.enough_to_offer)
    return {
        row.lot_id: (row.completeness, row.enough_to_offer)
        for row in session.execute(rows.where(LotSearch.basis == "surveyed"))
    }


def test_search_asks_how_complete_papers_are(client: FlaskClient):
    """The form asks a least score, the list says each, the file holds it, and what is no share is told."""
    page = get_page(client, "/en/?completeness=10")
    assert 0 < read_counts(page)[0] < read_counts(get_page(client, "/en/"))[0]
    assert re.search(r"papers \d+ of 100", read_text(find_id(page, "results")))
    assert find_id(page, "completeness").getAttribute("value") == "10"
    rows = list(csv.DictReader(io.StringIO(client.get("/lots.csv?completeness=10").text)))
    assert len(rows) == read_counts(page)[0]
    assert all(int(row["completeness"]) >= 10 for row in rows)
    assert read_counts(get_page(client, "/?enough=1&completeness=100"))[0] == 0
    assert "0 to 100" in read_text(find_id(get_page(client, "/en/?completeness=101"), "results"))
