# SPDX-License-Identifier: EUPL-1.2
"""The folder of files: each is kept once, under the SHA-256 of its content."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from inventory.files.errors import FileFolderError, FileGoneError
from inventory.postgres.paths import default_home
from inventory.settings import Settings

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStore:
    """A folder of files that are added and never changed."""

    folder: Path

    def find(self, content_hash: str) -> Path:
        """Say where the file of a hash lies, or would lie.

        Raises
        ------
        ValueError
            It is no SHA-256 in lower-case hexadecimal digits.
        """
        if not _HASH.fullmatch(content_hash):
            raise ValueError(f"not a SHA-256: {content_hash!r}")
        return self.folder / content_hash[:2] / content_hash

    def add(self, content: bytes) -> str:
        """Keep a content and return its hash; what is there already is not written again.

        The file is whole or not there at all, whenever the machine stops. One whose transaction is rolled
        back stays behind and does no harm.

        Raises
        ------
        FileFolderError
            The folder cannot be made or written to.
        """
        content_hash = hashlib.sha256(content).hexdigest()
        target = self.find(content_hash)
        try:
            if target.is_file():
                return content_hash
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".adding-", dir=target.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(target)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise FileFolderError(folder=self.folder, why=error.strerror or str(error)) from error
        return content_hash

    def read(self, content_hash: str) -> bytes:
        """Read a content back.

        Raises
        ------
        FileGoneError
            There is no such file.
        """
        try:
            return self.find(content_hash).read_bytes()
        except FileNotFoundError as error:
            raise FileGoneError(content_hash=content_hash) from error


def find_store(settings: Settings) -> FileStore:
    """Find the folder of files: that of the setting, else the one beside the data of this clone."""
    folder = settings.files or (settings.home or default_home(settings)) / "files"
    return FileStore(folder=folder.expanduser().resolve())
