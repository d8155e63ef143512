# SPDX-License-Identifier: EUPL-1.2
"""A scarce lot that two projects want, and what every test of a run does with it."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select

from inventory.database import make_engine, session_factory
from inventory.tables import Certificate, LotPrice, Match, Unmet

SLAGELSE = (639_000, 6_142_500)
NYBORG = (611_500, 6_130_500)


@pytest.fixture
def built(own_database_url: str, make_country: Callable[..., Any]) -> Iterator[Engine]:
    """A lot of 1,000 bricks in Slagelse, wanted by a project there (800) and one in Nyborg (700)."""
    engine = make_engine(own_database_url)
    with session_factory(engine).begin() as session:
        country = make_country(session)
        country.lot("bricks", country.site("donor", SLAGELSE))
        country.requirement("here", country.project("Slagelse", SLAGELSE), quantity=800)
        country.requirement("there", country.project("Nyborg", NYBORG), quantity=700)
    yield engine
    engine.dispose()


@pytest.fixture
def ask(built: Engine, request_here: Callable[..., UUID]) -> Callable[..., UUID]:
    """Ask for a run in a transaction of its own."""

    def ask_once(*, queued: bool = False) -> UUID:
        with session_factory(built).begin() as session:
            return request_here(session, queued=queued)

    return ask_once


@pytest.fixture
def plan_rows(built: Engine) -> Callable[[UUID], dict[str, int]]:
    """Count what a run has left in each table of the plan."""

    def count(run_id: UUID) -> dict[str, int]:
        with session_factory(built)() as session:
            return {
                table.__tablename__: session.execute(
                    select(func.count()).select_from(table).where(table.run_id == run_id)
                ).scalar_one()
                for table in (Match, Unmet, LotPrice, Certificate)
            }

    return count
