# SPDX-License-Identifier: EUPL-1.2
"""Uploads: how large a file may be, asked before any of it is read."""

from collections.abc import Iterator

from flask import Flask, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from inventory.files.intake import MOST_BYTES

LARGEST_UPLOAD = 200_000_000
"""Bytes of one file; a request carries little more."""
_BESIDE_THE_FILE = 100_000
_PART = 4_000_000
# Largest file of the forms that carry one, by page.
_UPLOADS = {
    "imports_upload": LARGEST_UPLOAD,
    "lot_test_record": MOST_BYTES,
    "materialepas_upload": MOST_BYTES,
}
# A mapping of a thousand columns is some hundred kilobytes.
_MOST_FORM = 1_000_000


class UploadTooLargeError(RequestEntityTooLarge):
    """The file is larger than may be uploaded."""


def _set_limit() -> None:
    _language, _dot, page = (request.endpoint or "").partition(".")
    if page in _UPLOADS:
        request.max_content_length = _UPLOADS[page] + _BESIDE_THE_FILE
        if (request.content_length or 0) > request.max_content_length:
            raise UploadTooLargeError
    request.max_form_memory_size = _MOST_FORM


def init_uploads(app: Flask) -> None:
    """Set the limit of each request before anything looks into it, CSRF protection included."""
    app.before_request(_set_limit)


def read_upload(upload: FileStorage) -> Iterator[bytes]:
    """Read an uploaded file in parts of 4 MB."""
    while part := upload.stream.read(_PART):
        yield part
