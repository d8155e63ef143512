# SPDX-License-Identifier: EUPL-1.2
"""The web: maps, pages and an API over the inventory. It owns HTTP and nothing else."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(*args: Any, **kwargs: Any) -> "Flask":
    """Make the Flask application; see `web.app.create_app`, which is loaded only when it is called."""
    # Loaded here so that `python -m web.vendor` and friends do not pay for Flask and SQLAlchemy.
    from web.app import create_app as create  # noqa: PLC0415

    return create(*args, **kwargs)
