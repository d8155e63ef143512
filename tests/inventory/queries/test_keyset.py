# SPDX-License-Identifier: EUPL-1.2
"""Pages of a list by where each ends: every row once, forwards and back, whatever the order and its gaps."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.fill_country import fill_country
from inventory.database import open_session
from inventory.queries.keyset import PAGE_ROWS, Page, Place, Turn
from inventory.queries.lots.of_firm import SORTS as LOT_SORTS
from inventory.queries.lots.of_firm import FirmLotFilter, list_lot_ids, read_firm_lots
from inventory.queries.projects.projects import list_projects
from inventory.queries.projects.requirements import SORTS as REQUIREMENT_SORTS
from inventory.queries.projects.requirements import read_requirements
from inventory.queries.search.search import Search
from inventory.queries.surveys.pages import read_begun, read_surveyable

WANTED = 300
FIRM = UUID("11111111-1111-4111-8111-111111111111")
CHANGES = (
    f"INSERT INTO organisation (id, name, kind) VALUES ('{FIRM}', 'Ned A/S', 'demolition_firm')",
    f"UPDATE site SET organisation_id = '{FIRM}' WHERE kind = 'donor'",
    "UPDATE site SET municipality_code = NULL WHERE ref LIKE '%3'",
    "UPDATE site SET available_from = NULL, available_to = NULL, firmness = NULL WHERE ref LIKE 'donor%5'",
    "UPDATE lot SET price_ore = CASE WHEN ref LIKE '%1' THEN 500 END",
    "UPDATE requirement SET wanted_from = '2027-03-01', wanted_to = '2027-09-01' WHERE ref LIKE '%2'",
    # Words that a place in an order is written with.
    "UPDATE project SET name = 'a~b!n' WHERE id = (SELECT id FROM project ORDER BY id LIMIT 1)",
)


@pytest.fixture(scope="module")
def country(database_url: str) -> Iterator[Session]:
    """A session on a made-up country whose donors are one firm's, with gaps of every kind."""
    with open_session(database_url) as session:
        fill_country(session.connection(), lots=160, requirements=WANTED)
        for change in CHANGES:
            session.execute(text(change))
    with open_session(database_url) as session:
        yield session


def walk(read: Callable[[Turn[Place]], Page[Place]]) -> list[UUID]:
    """Go through a list from its first page, then back from its last, and give the ids in order."""
    page = read(Turn())
    assert page.first is None
    forwards = [page]
    while page.final is not None:
        page = read(Turn(page=page.page + 1, after=page.final))
        forwards.append(page)
    page = read(Turn(last=True))
    assert page.final is None
    back = [page]
    while page.first is not None:
        page = read(Turn(page=page.page - 1, before=page.first))
        back.append(page)
    pages = [[row.id for row in one.rows] for one in forwards]
    assert [[row.id for row in one.rows] for one in reversed(back)] == pages
    assert [one.page for one in forwards] == list(range(1, (forwards[0].pages or 0) + 1))
    ids = [one for rows in pages for one in rows]
    assert len(set(ids)) == len(ids) == forwards[0].total
    return ids


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", LOT_SORTS)
def test_lots_of_a_firm_come_once_each(country: Session, sort: str, *, descending: bool):
    """Its pages hold a firm's lots in the order that its file has, gaps last."""
    filters = FirmLotFilter(organisation_id=FIRM, basis=None)
    order = {"sort": sort, "descending": descending}
    expected = list_lot_ids(country, filters=filters, **order)  # type: ignore[arg-type]
    assert len(expected) > 3
    total = len(expected)
    assert expected == walk(
        lambda turn: read_firm_lots(country, filters=filters, total=total, turn=turn, **order)  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", REQUIREMENT_SORTS)
def test_requirements_come_once_each(country: Session, sort: str, *, descending: bool):
    """The pages of what is wanted hold each requirement once, in every order."""
    total = country.execute(text("SELECT count(*) FROM requirement WHERE status = 'open'")).scalar_one()
    assert total > 3 * PAGE_ROWS
    walk(
        lambda turn: read_requirements(
            country, search=Search(), total=total, sort=sort, descending=descending, turn=turn
        )
    )


def test_projects_and_buildings_come_once_each(country: Session):
    """So do those of projects, and of the buildings to survey and begun."""
    assert len(walk(lambda turn: list_projects(country, turn=turn))) > PAGE_ROWS
    assert walk(lambda turn: read_surveyable(country, turn=turn)) or walk(
        lambda turn: read_begun(country, turn=turn)
    )


def test_a_page_stands_whatever_comes_before_it(country: Session):
    """A project begun meanwhile moves nothing: the next page begins where it did."""
    first = list_projects(country)
    assert first.final is not None
    second = [row.id for row in list_projects(country, turn=Turn(page=2, after=first.final)).rows]
    change = country.begin_nested()
    country.execute(text("UPDATE project SET name = '0 ' || name WHERE id = :id"), {"id": second[-1]})
    again = [row.id for row in list_projects(country, turn=Turn(page=2, after=first.final)).rows]
    change.rollback()
    assert again[: len(second) - 1] == second[:-1]


@pytest.mark.parametrize("place", [("x",), ("a", "b"), (None, "b"), ("a\x00", str(FIRM)), ("1", "2", "3")])
def test_a_place_of_another_order_is_the_first_page(country: Session, place: Place):
    """What was written by hand, or belongs to another order, leads to the first page."""
    expected = [row.id for row in list_projects(country).rows]
    assert [row.id for row in list_projects(country, turn=Turn(after=place)).rows] == expected


def test_days_and_numbers_are_read_as_they_were_written(country: Session):
    """A day is a day: one that is none, and a number beyond all, lead to the first page."""
    asked = {"search": Search(), "total": WANTED, "sort": "from"}
    first = read_requirements(country, **asked)  # type: ignore[arg-type]
    assert first.final is not None
    assert date.fromisoformat(str(first.final[0]))
    for wrong in (("2027-02-31", first.final[1]), ("1e400", first.final[1])):
        again = read_requirements(country, turn=Turn(after=wrong), **asked)  # type: ignore[arg-type]
        assert [row.id for row in again.rows] == [row.id for row in first.rows]
