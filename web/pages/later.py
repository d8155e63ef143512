# SPDX-License-Identifier: EUPL-1.2
"""Views whose module is imported when they are first asked for, so that the server starts light."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

View = Callable[..., Any]


def load_later(module: str, name: str) -> View:
    """Return a view that imports its module at its first request: those that read tables need pandas.

    Parameters
    ----------
    module, name
        Where the view stands.
    """

    def answer(**values: Any) -> Any:
        return getattr(import_module(module), name)(**values)

    return answer
