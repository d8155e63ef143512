# SPDX-License-Identifier: EUPL-1.2
"""Answers that hold for this one request: what they say is neither in the database nor in the address."""

from flask import g


def be_momentary() -> None:
    """Note that the answer says something that may be otherwise the next time, though nothing was written."""
    g.is_momentary = True


def is_momentary() -> bool:
    """Tell whether that was noted."""
    return "is_momentary" in g
