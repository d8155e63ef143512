# SPDX-License-Identifier: EUPL-1.2
"""The photos and documents people added, sent so that no browser runs what is in them."""

import io
from uuid import UUID

from flask import Blueprint, Flask, Response, current_app, send_file

from inventory.files.store import FileStore, find_store
from inventory.queries.attachments import read_attachment
from inventory.settings import Settings
from web.errors import PageNotFoundError
from web.own_papers import may_read
from web.session import get_session

_EXTENSION = "genbro_files"
_KEPT_SECONDS = 3600


def get_store() -> FileStore:
    """Return the application's folder of files."""
    store: FileStore = current_app.extensions[_EXTENSION]
    return store


def init_files(app: Flask, *, settings: Settings) -> None:
    """Give the application its folder of files; nothing is made before a file is added."""
    app.extensions[_EXTENSION] = find_store(settings)
    app.jinja_env.globals["may_read"] = may_read


def _send(content_hash: str, *, media_type: str, name: str, inline: bool) -> Response:
    # The bytes of a hash never change, so the hash is the tag a browser asks with.
    response = send_file(
        io.BytesIO(get_store().read(content_hash)),
        mimetype=media_type,
        as_attachment=not inline,
        download_name=name,
        etag=content_hash,
        max_age=_KEPT_SECONDS,
    )
    response.cache_control.public = False
    response.cache_control.private = True
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def send_attachment(attachment_id: UUID) -> Response:
    """Send a photo to be shown, a document to be saved.

    Raises
    ------
    PageNotFoundError
        There is no such attachment, or it is a contract that another added: the two look alike from outside.
    """
    row = read_attachment(get_session(), attachment_id=attachment_id)
    if row is None or not may_read(row):
        raise PageNotFoundError(what="file", name=attachment_id)
    photo = row.thumbnail_hash is not None
    # A photo was drawn again as JPEG, whatever it was called when it came.
    name = f"{row.name.rpartition('.')[0] or row.name}.jpg" if photo else row.name
    return _send(row.content_hash, media_type=row.media_type, name=name, inline=photo)


def send_thumbnail(attachment_id: UUID) -> Response:
    """Send the thumbnail of a photo.

    Raises
    ------
    PageNotFoundError
        There is no such photo.
    """
    row = read_attachment(get_session(), attachment_id=attachment_id)
    if row is None or row.thumbnail_hash is None:
        raise PageNotFoundError(what="photo", name=attachment_id)
    return _send(row.thumbnail_hash, media_type=row.media_type, name="thumbnail.jpg", inline=True)


def make_files() -> Blueprint:
    """Make the blueprint of files."""
    files = Blueprint("files", __name__, url_prefix="/files")
    files.add_url_rule("/<uuid:attachment_id>", "attachment", send_attachment, methods=["GET"])
    files.add_url_rule("/<uuid:attachment_id>/thumbnail", "thumbnail", send_thumbnail, methods=["GET"])
    return files
