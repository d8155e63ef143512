# SPDX-License-Identifier: EUPL-1.2
"""Filters of templates whose answers hang on the language of the page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask
from jinja2 import pass_context


def add_filters(app: Flask, **filters: Callable[..., Any]) -> None:
    """Give templates filters that are asked anew on each page.

    Jinja works out the filter of a constant once, as it compiles a template: the words would then be in the
    language of whoever came first, for everybody. One that takes the context it leaves alone.
    """
    app.jinja_env.filters.update({name: _ask_anew(each) for name, each in filters.items()})


def _ask_anew(plain: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(plain)
    def ask(_context: object, *values: Any, **named: Any) -> Any:
        return plain(*values, **named)

    return pass_context(ask)
