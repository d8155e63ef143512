# SPDX-License-Identifier: EUPL-1.2
"""What a worker tells of a run that failed."""

import logging
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from inventory.database import session_factory
from inventory.jobs import work


def _perform_queued(built: Engine) -> None:
    work(built.url.render_as_string(hide_password=False), until_empty=True)


def test_a_failed_run_is_told_in_one_line(
    built: Engine, ask: Callable[..., UUID], caplog: pytest.LogCaptureFixture
) -> None:
    """What a person can mend is one plain line, without the queue's traceback; the job has failed."""
    run_id = ask(queued=True)
    with session_factory(built).begin() as session:
        session.execute(text("DELETE FROM factor WHERE kind = 'new_price'"))
    with caplog.at_level(logging.WARNING):
        _perform_queued(built)
    assert [record.exc_info for record in caplog.records] == [None]
    assert str(run_id) in caplog.text
    assert "no new_price for class brick" in caplog.text
    with built.connect() as connection:
        assert connection.scalars(text("SELECT status::text FROM procrastinate_jobs")).all() == ["failed"]


def test_a_fault_of_ours_keeps_its_traceback(
    built: Engine, ask: Callable[..., UUID], caplog: pytest.LogCaptureFixture
) -> None:
    """A broken row that no message foresees is shown with all the queue knows of it."""
    ask(queued=True)
    with session_factory(built).begin() as session:
        session.execute(text("UPDATE run SET params = '{}'"))
    with caplog.at_level(logging.WARNING):
        _perform_queued(built)
    assert any(record.exc_info for record in caplog.records)
