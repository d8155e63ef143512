# SPDX-License-Identifier: EUPL-1.2
"""The answer of a search as a file to take along: CSV as it comes, a workbook or a GeoPackage made first."""

from collections.abc import Generator
from datetime import date
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response, request

from inventory.exports.search_files import (
    MOST_ROWS,
    name_file,
    write_csv,
    write_geopackage,
    write_workbook,
)
from inventory.queries.reading import Reader
from inventory.queries.search.answer import read_all
from inventory.queries.search.search import Search
from web.clock import current_day
from web.errors import FilterError, PageNotFoundError
from web.search import read_search
from web.search_choices import read_choices
from web.session import get_keeper, get_reader, get_session

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3",
}


def _write_csv(reader: Reader, search: Search, *, today: date) -> Generator[bytes, None, None]:
    """Write the answer from a session of its own, which lasts as long as the sending does."""
    with reader.open() as session:
        yield from write_csv(read_all(session, search=search, today=today, most=MOST_ROWS["csv"]))


def download_lots(kind: str) -> Response:
    """Give the lots that answer the search in the address.

    Raises
    ------
    PageNotFoundError
        There is no such kind of file.
    FilterError
        A part of the search cannot be read; a file has no place to say so.
    """
    if kind not in _TYPES:
        raise PageNotFoundError(what="file", name=f"lots.{kind}")
    get_keeper().catch_up()
    session, today = get_session(), current_day()
    given = read_search(
        request.args, session=session, choices=read_choices(session, today=today), today=today
    )
    if given.refused:
        raise FilterError(why=", ".join(f"{name}: {why}" for name, why in given.refused.items()))
    search = given.search
    headers = {"Content-Disposition": f'attachment; filename="{name_file(search, kind=kind)}"'}
    if kind == "csv":
        # The first part before the headers: a database that fails is told as an error, not as half a file.
        written = _write_csv(get_reader(), search, today=today)
        response = Response(chain([next(written)], written), content_type=_TYPES[kind], headers=headers)
        response.call_on_close(written.close)  # whoever goes away meanwhile leaves no session behind
        return response
    rows = read_all(session, search=search, today=today, most=MOST_ROWS[kind])
    if kind == "xlsx":
        return Response(write_workbook(rows), content_type=_TYPES[kind], headers=headers)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lots.gpkg"
        write_geopackage(rows, path)
        return Response(path.read_bytes(), content_type=_TYPES[kind], headers=headers)
