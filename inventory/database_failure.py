# SPDX-License-Identifier: EUPL-1.2
"""Failures of the database itself, told in plain words: no disk, no rights, a server that went away."""

import psycopg
from psycopg.errors import InsufficientPrivilege, ReadOnlySqlTransaction
from sqlalchemy.exc import DBAPIError

from inventory.errors import GenbroError


class DatabaseFailedError(GenbroError):
    """The database could not do this: {why}. What was under way was rolled back."""


def explain_failure(error: BaseException) -> DatabaseFailedError | None:
    """Put an exception into words if it says what is the matter with the database, not with our program.

    Returns
    -------
    DatabaseFailedError or None
        None for any other exception, which is then a fault of ours and needs its traceback.
    """
    original = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(original, psycopg.OperationalError | InsufficientPrivilege | ReadOnlySqlTransaction):
        return None
    lines = [line.strip().removeprefix("HINT:").strip() for line in str(original).splitlines()]
    told = [line for line in lines if line and not line.startswith(("CONTEXT:", "LINE ", "DETAIL:"))]
    return DatabaseFailedError(why="; ".join(told[:2]).rstrip(".") or type(original).__name__)
