# SPDX-License-Identifier: EUPL-1.2
"""Who owns a lot, who may sell it from when and on which paper, and the terms it is sold on."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from inventory.actions.changes import Changes, record_changes, set_columns
from inventory.actions.lots.step import lock_surveyed
from inventory.actions.organisations import find_or_add_organisation
from inventory.errors import BadInputError, StateError
from inventory.queries.lots.origins import speaks_of
from inventory.tables import (
    Attachment,
    AttachmentKind,
    Crane,
    Lot,
    Organisation,
    Party,
    PriceAt,
    Proves,
    Site,
)


class TermsOfEstimateError(StateError):
    """Lot {ref} is an estimate: it has no terms of sale before it is surveyed."""


class PaperElsewhereError(BadInputError):
    """The paper chosen is no document of this lot or its site. Add it there first, then choose it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """Who owns the materials, by name, and from which day they may be sold; of a lot, None = the site's."""

    owner: str | None = None
    sellable_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of sale of a lot; None = not said. The price itself is the lot's `price_ore`, without VAT."""

    price_at: PriceAt | None = None
    dismantled_by: Party | None = None
    loaded_by: Party | None = None
    unloaded_by: Party | None = None
    crane: Crane | None = None
    minimum_hire_hours: int | None = None


def set_terms(
    session: Session,
    *,
    lot_id: UUID,
    right: Right,
    terms: Terms,
    paper_id: UUID | None = None,
    by: str | None = None,
    why: str | None = None,
) -> bool:
    """Say who may sell a lot and on what terms.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    lot_id
        A surveyed lot.
    right, terms
        All of it as it should be. An owner who is not known yet is added as an organisation.
    paper_id
        The document of the lot or its site that shows the right to sell, such as the demolition contract.
    by, why
        Who and for what reason, for the history.

    Returns
    -------
    bool
        Whether anything changed.

    Raises
    ------
    inventory.actions.lots.step.LotUnknownError
        There is no such lot.
    TermsOfEstimateError, PaperElsewhereError
        See there.
    """
    lot = lock_surveyed(session, lot_id, refusal=TermsOfEstimateError)
    values = {one.name: getattr(terms, one.name) for one in fields(terms)}
    changes = write_right(session, lot, right, values)
    if paper_id is not None:
        changes |= mark_paper(session, paper_id, lot_id=lot_id, site_id=lot.site_id)
    return record_changes(
        session, "lot_terms_set", subject="lot", subject_id=lot_id, changes=changes, by=by, why=why
    )


def write_right(session: Session, thing: Lot | Site, right: Right, values: Mapping[str, Any]) -> Changes:
    """Set owner and right of a locked lot or site, and other columns; give what changed."""
    before = None if thing.owner_id is None else session.get_one(Organisation, thing.owner_id).name
    owner = " ".join((right.owner or "").split()) or None
    changes: Changes = {}
    if owner != before:
        changes["owner"] = [before, owner]
        thing.owner_id = None if owner is None else find_or_add_organisation(session, owner)
    return changes | set_columns(session, thing, {"sellable_from": right.sellable_from, **values})


def mark_paper(session: Session, paper_id: UUID, *, lot_id: UUID | None, site_id: UUID) -> Changes:
    """Mark one document of the thing as the one that shows the right; another that did no longer does.

    Raises
    ------
    PaperElsewhereError
        It is no document of the lot or its site.
    """
    own = Attachment.site_id == site_id
    if lot_id is not None:
        own = or_(own, speaks_of(Attachment.lot_id, lot_id))
    paper = session.scalars(
        select(Attachment).where(Attachment.id == paper_id, Attachment.kind == AttachmentKind.DOCUMENT, own)
    ).one_or_none()
    if paper is None:
        raise PaperElsewhereError
    if paper.proves is Proves.RIGHT_TO_SELL:
        return {}
    same = Attachment.lot_id == paper.lot_id if paper.lot_id else Attachment.site_id == paper.site_id
    shown = session.scalars(
        select(Attachment.name).where(same, Attachment.proves == Proves.RIGHT_TO_SELL).limit(1)
    ).one_or_none()
    session.execute(update(Attachment).where(same).values(proves=None))
    paper.proves = Proves.RIGHT_TO_SELL
    session.flush()
    return {"right_paper": [shown, paper.name]}
