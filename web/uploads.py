# SPDX-License-Identifier: EUPL-1.2
"""Uploads: how large a file may be, asked before any of it is read."""

from collections.abc import Iterator

from flask import Flask, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from inventory.files.intake import MOST_BYTES

LARGEST_UPLOAD = 200_000_000
"""Bytes of one file of an import; a request carries little more."""
LARGEST_PHOTOS = 100_000_000
"""Bytes of all photos and documents sent with one form of a survey."""
_BESIDE_THE_FILE = 100_000
_PART = 4_000_000
# Most bytes of the files of a form, by page; all other requests keep to what the application says.
_LARGEST = {
    "imports_upload": LARGEST_UPLOAD,
    "lot_test_record": MOST_BYTES,
    "materialepas_upload": MOST_BYTES,
    "survey_add_lot": LARGEST_PHOTOS,
    "survey_add_files": LARGEST_PHOTOS,
    "sample_add": MOST_BYTES,
    "site_contract_save": MOST_BYTES,
    "sample_correct": MOST_BYTES,
}
# A mapping of a thousand columns is some hundred kilobytes.
_MOST_FORM = 1_000_000


class UploadTooLargeError(RequestEntityTooLarge):
    """The file is larger than may be uploaded."""


def find_largest() -> int | None:
    """Return how many bytes of files the route asked for takes, or None where it takes none."""
    return _LARGEST.get((request.endpoint or "").partition(".")[2])


def _set_limit() -> None:
    largest = find_largest()
    if largest is not None:
        request.max_content_length = largest + _BESIDE_THE_FILE
        if (request.content_length or 0) > request.max_content_length:
            raise UploadTooLargeError
    request.max_form_memory_size = _MOST_FORM


def init_uploads(app: Flask) -> None:
    """Set the limit of each request before anything looks into it, CSRF protection included."""
    app.before_request(_set_limit)
    app.jinja_env.globals["find_largest"] = find_largest


def read_upload(upload: FileStorage) -> Iterator[bytes]:
    """Read an uploaded file in parts of 4 MB."""
    while part := upload.stream.read(_PART):
        yield part
