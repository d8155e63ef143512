# SPDX-License-Identifier: EUPL-1.2
"""Files are sent so that a browser shows photos, saves documents and runs nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from inventory.actions.attachments import add_attachment
from inventory.database import open_session
from inventory.files.store import FileStore
from inventory.settings import Settings
from tests.inventory.files.test_intake import PDF, draw
from tests.web.sample_ids import lot_id
from web.app import create_app
from web.session import get_reader

LOT = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")


@pytest.fixture
def filed(front_end: None, sample_url: str, tmp_path: Path) -> Iterator[FlaskClient]:
    """The application with an empty folder of files."""
    app = create_app(Settings(database_url=sample_url, files=tmp_path))
    yield app.test_client()
    with app.app_context():
        get_reader().dispose()


def attach(url: str, folder: Path, *, content: bytes, name: str) -> UUID:
    """Attach a file to the sample's surveyed lot."""
    with open_session(url) as session:
        return add_attachment(
            session,
            store=FileStore(folder=folder),
            owner="lot",
            owner_id=LOT,
            content=content,
            name=name,
            at=datetime.now(UTC),
        )


def test_photo_is_shown(filed: FlaskClient, sample_url: str, tmp_path: Path):
    """A photo comes as JPEG in a sandbox, its thumbnail smaller, and is not sent twice to one who has it."""
    photo = attach(sample_url, tmp_path, content=draw(size=(900, 600), kind="PNG"), name="mur\r\nX: y.png")
    answer = filed.get(f"/files/{photo}")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "\n" not in answer.headers["Content-Disposition"]
    assert answer.cache_control.private
    small = filed.get(f"/files/{photo}/thumbnail")
    assert len(small.data) < len(answer.data)
    assert filed.get(f"/files/{photo}", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_document_is_saved(filed: FlaskClient, sample_url: str, tmp_path: Path):
    """A PDF is never opened inside the site, and has no thumbnail."""
    report = attach(sample_url, tmp_path, content=PDF, name="prøve.pdf")
    answer = filed.get(f"/files/{report}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "pr%C3%B8ve.pdf" in answer.headers["Content-Disposition"]
    assert filed.get(f"/files/{report}/thumbnail").status_code == 404


def test_what_is_not_there_is_said(filed: FlaskClient, sample_url: str, tmp_path: Path):
    """An unknown id is a plain 404, a file lost from the folder a plain 409."""
    assert filed.get(f"/files/{uuid4()}").status_code == 404
    report = attach(sample_url, tmp_path, content=PDF + b"%%EOF", name="tabt.pdf")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()
    lost = filed.get(f"/files/{report}")
    assert (lost.status_code, lost.mimetype) == (409, "text/plain")
