# SPDX-License-Identifier: EUPL-1.2
"""Moments of a database: the same number only where nothing was committed between."""

from sqlalchemy import Engine, text

from inventory.queries.moment import MomentReader


def test_a_moment_passes_with_every_write_and_only_then(engine: Engine, database_url: str):
    """Reading leaves the moment as it is; a commit, a rollback of a write and a lost connection pass it."""
    moments = MomentReader(url=database_url)
    try:
        first = moments.read()
        assert first is not None
        with engine.connect() as reading:
            reading.execute(text("SELECT count(*) FROM site"))
            reading.execute(text("CREATE TEMPORARY TABLE written (number integer)"))
            # begun and not ended: nobody sees anything of it
            during = moments.read()
            assert during is not None
            assert moments.read() == during
            reading.commit()
        assert (after := moments.read()) is not None
        assert after > first
        with engine.begin() as writing:
            writing.execute(text("INSERT INTO map_stale (site_id) SELECT id FROM site WHERE false"))
        assert moments.read() == after, "nothing was written"
        with engine.begin() as stopping:
            stopping.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        assert (again := moments.read()) is not None
        assert again > after, "over a new connection it may be another server"
    finally:
        moments.dispose()


def test_a_database_that_is_away_has_no_moment():
    """Nobody is told that nothing changed where nobody answers."""
    moments = MomentReader(url="postgresql+psycopg://nobody@/nothing?host=/nowhere")
    assert moments.read() is None
    assert moments.read() is None
