# SPDX-License-Identifier: EUPL-1.2
"""What files are taken: photos and PDFs, told by their bytes and never by their names."""

from dataclasses import dataclass

from inventory.files.errors import (
    FileBrokenError,
    FileEmptyError,
    FileTooLargeError,
    FileTypeRefusedError,
)
from inventory.files.photo import clean_photo
from inventory.files.store import FileStore

MEGABYTE = 1_000_000
MOST_BYTES = 20 * MEGABYTE
JPEG, PDF = "image/jpeg", "application/pdf"
_PDF_HEAD, _PDF_END, _PDF_END_WITHIN = b"%PDF-", b"%%EOF", 2048
_IMAGE_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file in the store; thumbnail and pixels are a photo's alone."""

    content_hash: str
    media_type: str
    bytes: int
    thumbnail_hash: str | None = None
    width: int | None = None
    height: int | None = None


def keep_file(store: FileStore, *, content: bytes, name: str) -> KeptFile:
    """Check a file from its bytes and keep it: a photo drawn again, a PDF as it is.

    Parameters
    ----------
    store
        Where it is kept.
    content
        The bytes as they were sent.
    name
        What to call it in an error.

    Raises
    ------
    FileRefusedError
        It is empty, larger than `MOST_BYTES`, neither photo nor PDF, broken, or has too many pixels.
    FileFolderError
        The store cannot be written to.
    """
    if not content:
        raise FileEmptyError(name=name)
    if len(content) > MOST_BYTES:
        raise FileTooLargeError(
            name=name, megabytes=round(len(content) / MEGABYTE), most=MOST_BYTES // MEGABYTE
        )
    if content.startswith(_PDF_HEAD):
        if _PDF_END not in content[-_PDF_END_WITHIN:]:
            raise FileBrokenError(name=name)
        return KeptFile(content_hash=store.add(content), media_type=PDF, bytes=len(content))
    if not content.startswith(_IMAGE_HEADS):
        raise FileTypeRefusedError(name=name)
    photo = clean_photo(content, name=name)
    return KeptFile(
        content_hash=store.add(photo.content),
        media_type=JPEG,
        bytes=len(photo.content),
        thumbnail_hash=store.add(photo.thumbnail),
        width=photo.width,
        height=photo.height,
    )
