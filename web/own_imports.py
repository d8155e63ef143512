# SPDX-License-Identifier: EUPL-1.2
"""Whose imports a browser may see: until there are accounts, those that it uploaded itself."""

from uuid import UUID

from flask import session as cookie

from inventory.queries.imports.records import ImportRecord, read_import
from web.errors import PageNotFoundError
from web.session import get_session

_KEY = "imports"
_MOST = 50


def own_import(import_id: UUID) -> None:
    """Note that this browser uploaded an import; of more than 50 the oldest are forgotten."""
    cookie[_KEY] = [str(import_id), *cookie.get(_KEY, [])][:_MOST]


def list_own_ids() -> list[UUID]:
    """List the ids of the imports this browser uploaded, newest first."""
    return [UUID(one) for one in cookie.get(_KEY, [])]


def read_own_import(import_id: UUID) -> ImportRecord:
    """Read an import of this browser's.

    Raises
    ------
    PageNotFoundError
        There is none, or it is another's: the two look alike from outside.
    """
    record = read_import(get_session(), import_id=import_id) if import_id in list_own_ids() else None
    if record is None:
        raise PageNotFoundError(what="import", name=import_id)
    return record
