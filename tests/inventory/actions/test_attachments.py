# SPDX-License-Identifier: EUPL-1.2
"""Attachments are added once, read in order, taken away, and each step is in the log."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.attachments import (
    AttachmentMissingError,
    add_attachment,
    remove_attachment,
    restore_attachment,
)
from inventory.files.store import FileStore
from inventory.queries.attachments import read_attachment, read_attachments, read_removed
from inventory.tables import Event
from tests.inventory.conftest import SLAGELSE, Country
from tests.inventory.files.test_intake import PDF, draw

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_attach_read_and_remove(
    session: Session, make_country: Callable[[Session], Country], tmp_path: Path
) -> None:
    """A photo and a PDF of one lot; the photo sent twice stays one; removed, it is gone from the list."""
    country, store = make_country(session), FileStore(folder=tmp_path)
    lot = country.lot("L1", country.site("S", SLAGELSE))

    def add(content: bytes, name: str, at: datetime = AT):
        return add_attachment(
            session, store=store, owner="lot", owner_id=lot.id, content=content, name=name, at=at
        )

    report = add(PDF, "C:\\papirer\\rapport.pdf")
    photo = add(draw(), "facade.jpg")
    assert add(draw(), "again.jpg", AT.replace(hour=10)) == photo
    assert [row.id for row in read_attachments(session, owner="lot", owner_id=lot.id)] == [photo, report]
    remove_attachment(session, attachment_id=photo)
    assert [gone.name for gone in read_removed(session, owner="lot", owner_id=lot.id)] == ["facade.jpg"]
    restore_attachment(session, attachment_id=photo)
    restore_attachment(session, attachment_id=photo)
    assert [row.id for row in read_attachments(session, owner="lot", owner_id=lot.id)] == [photo, report]
    assert read_removed(session, owner="lot", owner_id=lot.id) == []
    row = read_attachment(session, attachment_id=report)
    assert row is not None
    assert (row.name, row.media_type, row.added_at) == ("rapport.pdf", "application/pdf", AT)
    remove_attachment(session, attachment_id=photo)
    assert [row.id for row in read_attachments(session, owner="lot", owner_id=lot.id)] == [report]
    kinds = session.scalars(select(Event.kind).where(Event.subject_id == lot.id).order_by(Event.id)).all()
    once = ["attachment_added", "attachment_added", "attachment_removed"]
    assert kinds == [*once, "attachment_restored", "attachment_removed"]


def test_nothing_to_remove(session: Session) -> None:
    """Taking away what is not there is an error that names it."""
    with pytest.raises(AttachmentMissingError):
        remove_attachment(session, attachment_id=uuid4())


def test_only_things_with_a_column_have_attachments(session: Session, tmp_path: Path) -> None:
    """An owner of another kind is a programming error, never a row without owner."""
    with pytest.raises(ValueError, match="run"):
        add_attachment(
            session,
            store=FileStore(folder=tmp_path),
            owner="run",
            owner_id=uuid4(),
            content=PDF,
            name="x",
            at=AT,
        )
