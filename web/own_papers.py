# SPDX-License-Identifier: EUPL-1.2
"""Who may read a contract: until there are accounts, the browser that added it."""

from typing import Any
from uuid import UUID

from flask import session as cookie

from inventory.queries.attachments import read_attachment
from inventory.tables import AttachmentKind, Proves
from web.session import get_session

_KEY = "papers"
_MOST = 40
"""More would not go into a cookie beside what else it holds."""


def own_paper(attachment_id: UUID) -> None:
    """Note that this browser added a document; of more than 40 the oldest are forgotten."""
    kept = [one for one in cookie.get(_KEY, []) if one != attachment_id.hex]
    cookie[_KEY] = [attachment_id.hex, *kept][:_MOST]


def keep_paper(attachment_id: UUID) -> None:
    """Let this browser go on reading a document that it may read now and says is a contract."""
    row = read_attachment(get_session(), attachment_id=attachment_id)
    if row is not None and may_read(row):
        own_paper(attachment_id)


def may_read(file: Any) -> bool:
    """Say whether this browser may open an attachment.

    Photos, and the documents of lots, are there for whoever sees the lot. A document of a site, or one that
    shows the right to sell, is a contract: it names people and sums, and buyers need to know it is there,
    not what stands in it.

    Parameters
    ----------
    file
        A row of `attachment`: id, kind, site_id, proves.
    """
    if file.kind == AttachmentKind.PHOTO or (file.site_id is None and file.proves != Proves.RIGHT_TO_SELL):
        return True
    return file.id.hex in cookie.get(_KEY, [])
