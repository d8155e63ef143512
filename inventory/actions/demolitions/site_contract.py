# SPDX-License-Identifier: EUPL-1.2
"""Who owns the materials of a site, when they pass to whom, and on which paper: said, and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inventory.actions.changes import record_changes
from inventory.actions.events import record_event
from inventory.actions.lots.terms import Right, mark_paper, write_right
from inventory.errors import BadInputError, StateError
from inventory.queries.demolitions.site_contract import CONTRACT, UNDONE, read_contract, read_contract_history
from inventory.tables import Attachment, AttachmentKind, Proves, Site


class SiteUnknownError(BadInputError):
    """There is no site {site_id}."""


class ContractNotLastError(StateError):
    """Only the latest change of the contract that still stands can be undone, and this is not it."""


class ContractRestedOnError(StateError):
    """The change of the contract cannot be undone: it has changed since in another way. Write it anew."""


def set_contract(
    session: Session,
    *,
    site_id: UUID,
    right: Right,
    paper_id: UUID | None = None,
    by: str | None = None,
    why: str | None = None,
) -> bool:
    """Say who owns the materials of a site and may sell them from when, unless a lot says otherwise.

    The demolition contract often passes them to the contractor.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    site_id
        The site.
    right
        All of it as it should be.
    paper_id
        The document of the site that shows it.
    by, why
        Who and for what reason, for the history.

    Returns
    -------
    bool
        Whether anything changed.

    Raises
    ------
    SiteUnknownError, inventory.actions.lots.terms.PaperElsewhereError
        See there.
    """
    site, shown = _lock(session, site_id), read_contract(session, site_id=site_id).paper_id
    changes = write_right(session, site, right, {})
    if paper_id is not None:
        changes |= mark_paper(session, paper_id, lot_id=None, site_id=site_id)
    more = {"papers": [str(shown) if shown else None, str(paper_id)]} if "right_paper" in changes else None
    return record_changes(
        session,
        CONTRACT,
        subject="site",
        subject_id=site_id,
        changes=changes,
        by=by,
        why=why,
        more=more,
    )


def undo_contract(session: Session, *, site_id: UUID, step: int, by: str | None = None) -> None:
    """Take the latest change of a site's contract back.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    site_id, step
        The site, and the id of the change in its history.
    by
        Who takes it back.

    Raises
    ------
    SiteUnknownError, ContractNotLastError
        See there.
    ContractRestedOnError
        What it said is no longer what is there, as after an import.
    """
    site = _lock(session, site_id)
    standing = next((one for one in read_contract_history(session, site_id=site_id) if not one.undone), None)
    if standing is None or standing.id != step:
        raise ContractNotLastError
    changes: dict[str, list[Any]] = standing.data["changes"]
    now = read_contract(session, site_id=site_id)
    there = {
        "owner": now.owner,
        "sellable_from": None if now.sellable_from is None else now.sellable_from.isoformat(),
        "right_paper": now.paper,
    }
    if any(there[name] != after for name, (_before, after) in changes.items()):
        raise ContractRestedOnError
    before = there | {name: pair[0] for name, pair in changes.items()}
    day = before["sellable_from"]
    right = Right(owner=before["owner"], sellable_from=None if day is None else date.fromisoformat(day))
    write_right(session, site, right, {})
    if "right_paper" in changes:
        _show(session, site_id=site_id, paper_id=standing.data["papers"][0])
    record_event(session, kind=UNDONE, subject_kind="site", subject_id=site_id, data={"of": step, "by": by})


def _show(session: Session, *, site_id: UUID, paper_id: str | None) -> None:
    """Let one document of the site, or none, show the right."""
    documents = update(Attachment).where(
        Attachment.site_id == site_id, Attachment.kind == AttachmentKind.DOCUMENT
    )
    session.execute(documents.values(proves=None))
    if paper_id is not None:
        chosen = update(Attachment).where(Attachment.id == UUID(paper_id), Attachment.site_id == site_id)
        session.execute(chosen.values(proves=Proves.RIGHT_TO_SELL))


def _lock(session: Session, site_id: UUID) -> Site:
    query = select(Site).where(Site.id == site_id).with_for_update().execution_options(populate_existing=True)
    site = session.scalars(query).one_or_none()
    if site is None:
        raise SiteUnknownError(site_id=site_id)
    return site
