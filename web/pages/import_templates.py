# SPDX-License-Identifier: EUPL-1.2
"""An empty table to fill in, as a workbook with a guide and the material classes."""

from flask import Response

from inventory.empty_tables import LAYOUTS, make_empty_table
from web.errors import PageNotFoundError
from web.language import current_language

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_template(kind: str) -> Response:
    """Send the empty table of a kind, in the language of the page.

    Raises
    ------
    PageNotFoundError
        There is no such kind of table.
    """
    if kind not in LAYOUTS:
        raise PageNotFoundError(what="kind of table", name=kind)
    data = make_empty_table(kind, language="da" if current_language() == "da" else "en")
    disposition = f'attachment; filename="genbro-{kind}.xlsx"'
    return Response(data, mimetype=_XLSX, headers={"Content-Disposition": disposition})
