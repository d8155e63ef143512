# SPDX-License-Identifier: EUPL-1.2
"""What a file that was sent is called here."""

_LONGEST = 200


def tidy_name(name: str) -> str:
    """Take the last part of a path, without what cannot be printed; of a long one the end with its kind."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-_LONGEST:].strip() or "file"
