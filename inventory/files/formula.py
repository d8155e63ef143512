# SPDX-License-Identifier: EUPL-1.2
"""Text from strangers' files that a spreadsheet would take for a formula."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def disarm(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would calculate; anything else stays as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def rearm(value: object) -> object:
    """Take the apostrophe of `disarm` away again; anything else stays as it is."""
    if isinstance(value, str) and value.startswith("'") and value[1:].startswith(FORMULA_STARTS):
        return value[1:]
    return value
