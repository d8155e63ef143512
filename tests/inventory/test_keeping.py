# SPDX-License-Identifier: EUPL-1.2
"""The map is current soon after a commit: by the worker's ear on the database, or by the first who reads."""

from collections.abc import Callable
from time import monotonic, sleep

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from inventory.database import make_engine, session_factory
from inventory.keeping import Keeper, keeping_map
from inventory.queries.map.group_tiles import read_map_version
from inventory.tables import MapMark
from tests.inventory.conftest import SLAGELSE, Country

PATIENCE_S = 60


def test_worker_hears_of_each_commit(own_database_url: str, make_country: Callable[[Session], Country]):
    """What was written before it listened, and what is written then, is on the map without anybody asking."""
    engine = make_engine(own_database_url)
    sessions = session_factory(engine)
    with sessions.begin() as session:
        country = make_country(session)
        country.lot("before", country.site("s", SLAGELSE))

    def wait_for(marks: int) -> None:
        deadline = monotonic() + PATIENCE_S
        while True:
            with sessions() as session:
                if session.scalar(select(func.count()).select_from(MapMark)) == marks:
                    return
            assert monotonic() < deadline
            sleep(0.05)

    with keeping_map(own_database_url):
        wait_for(1)
        with sessions.begin() as session:
            session.execute(text("UPDATE lot SET status = 'withdrawn'"))
        wait_for(0)
    engine.dispose()


def test_reader_takes_in_little_and_leaves_much_to_a_thread(
    own_database_url: str, make_country: Callable[[Session], Country]
):
    """More sites than a reader waits for are seen to behind its back; after that nothing is behind."""
    engine = make_engine(own_database_url)
    sessions = session_factory(engine)
    with sessions.begin() as session:
        country = make_country(session)
        country.lot("L", country.site("s", SLAGELSE))
        session.execute(
            text("INSERT INTO map_stale (site_id) SELECT gen_random_uuid() FROM generate_series(1, 900)")
        )
    keeper = Keeper(write=sessions.begin)
    keeper.catch_up()
    deadline = monotonic() + PATIENCE_S
    while True:
        with sessions() as session:
            version = read_map_version(session)
        if not version.behind:
            break
        assert monotonic() < deadline
        sleep(0.05)
    assert version.number > 0
    with keeper.at_it:  # the thread has ended
        engine.dispose()
