# SPDX-License-Identifier: EUPL-1.2
"""Text from strangers' files that a spreadsheet would take for a formula."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def disarm(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would calculate; anything else stays as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
