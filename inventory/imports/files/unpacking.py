# SPDX-License-Identifier: EUPL-1.2
"""How much a packed file may unpack to, asked before any of it is unpacked."""

import zipfile
from collections.abc import Sequence

from inventory.imports.refusal import FileRefusedError

# An unpacked file above this is no list of lots, but may be a trap for the memory.
_MOST_UNPACKED = 2_000_000_000
# A workbook packs 5 to 40 times; one that packs 200 times and is large was made to fill the memory.
_SUSPECT_UNPACKED, _SUSPECT_RATIO = 300_000_000, 200


def refuse_bomb(entries: Sequence[zipfile.ZipInfo], *, file: str) -> None:
    """Refuse a packed file that would fill the memory.

    Parameters
    ----------
    entries
        Those of its parts that are to be unpacked.
    file
        Its name, for errors.

    Raises
    ------
    FileRefusedError
        ``unpacks_too_much``.
    """
    unpacked, packed = (
        sum(getattr(entry, size) for entry in entries) for size in ("file_size", "compress_size")
    )
    if unpacked > _MOST_UNPACKED or unpacked > max(_SUSPECT_UNPACKED, _SUSPECT_RATIO * packed):
        found = f"{min(unpacked, _MOST_UNPACKED) // 1_000_000} MB"
        raise FileRefusedError(file=file, code="unpacks_too_much", found=found)
