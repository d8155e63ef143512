# SPDX-License-Identifier: EUPL-1.2
"""Photos and documents added to a thing and taken away again, each with a line in the log."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from inventory.actions.changes import record_changes, set_columns
from inventory.actions.documentation import settle_documentation
from inventory.actions.events import record_event
from inventory.errors import BadInputError
from inventory.files.intake import keep_file
from inventory.files.names import tidy_name
from inventory.files.store import FileStore
from inventory.queries.attachments import read_removal
from inventory.queries.surveys.surveys import was_sent
from inventory.tables import Attachment, AttachmentKind
from inventory.tables.attachment import OWNERS

_COLUMNS = tuple(Attachment.__table__.columns)
LONGEST_CAPTION = 200


class AttachmentMissingError(BadInputError):
    """There is no attachment {attachment_id}."""


class CaptionTooLongError(BadInputError):
    """The caption has {length} letters; at most {most} are taken."""


def add_attachment(
    session: Session,
    *,
    store: FileStore,
    owner: str,
    owner_id: UUID,
    content: bytes,
    name: str,
    at: datetime,
    by: str | None = None,
    sent: str | None = None,
) -> UUID | None:
    """Attach a file to a thing; the very same file again stays one attachment.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    store
        Where the bytes are kept.
    owner
        Table of the thing: ``site``, ``lot``, or another with a column in `OWNERS`.
    owner_id
        Its id.
    content, name
        The file as it was sent. Its kind is told by the bytes.
    at, by
        Now, and who; None while there are no accounts.
    sent
        Key chosen by the sender: a file sent again, as after a lost network, does not come back once it
        has been removed.

    Returns
    -------
    UUID or None
        Id of the attachment, new or there before; None where the key was used already.

    Raises
    ------
    inventory.files.errors.FileRefusedError
        The file is not taken; its class says why.
    sqlalchemy.exc.IntegrityError
        There is no such thing.
    """
    column = f"{owner}_id"
    if column not in OWNERS:
        raise ValueError(f"a {owner} has no attachments")
    if sent is not None and was_sent(session, subject_id=owner_id, key=sent):
        return None
    name = tidy_name(name)
    kept = keep_file(store, content=content, name=name)
    kind = AttachmentKind.PHOTO if kept.thumbnail_hash else AttachmentKind.DOCUMENT
    added = insert(Attachment).values(
        {
            "id": uuid4(),
            "kind": kind,
            column: owner_id,
            "content_hash": kept.content_hash,
            "thumbnail_hash": kept.thumbnail_hash,
            "media_type": kept.media_type,
            "bytes": kept.bytes,
            "width_px": kept.width,
            "height_px": kept.height,
            "name": name,
            "added_at": at,
            "added_by": by,
        }
    )
    again = added.on_conflict_do_update(constraint="uq_attachment_owner", set_={column: owner_id}).returning(
        Attachment.id, Attachment.added_at
    )
    attachment_id, added_at = session.execute(again).one()
    if added_at == at:
        record_event(
            session,
            kind="attachment_added",
            subject_kind=owner,
            subject_id=owner_id,
            data={"attachment": str(attachment_id), "name": name, "kind": kind.value, "by": by}
            | ({"sent": sent} if sent else {}),
        )
        if owner == "lot":
            settle_documentation(session, lot_id=owner_id)
    return UUID(str(attachment_id))


def caption_attachment(session: Session, *, attachment_id: UUID, caption: str, by: str | None = None) -> bool:
    """Say what a photo or document shows, or say it better; nothing takes the words away.

    Returns
    -------
    bool
        Whether anything changed.

    Raises
    ------
    AttachmentMissingError
        It is not there.
    CaptionTooLongError
        See there.
    """
    attachment = session.get(Attachment, attachment_id, with_for_update=True)
    if attachment is None:
        raise AttachmentMissingError(attachment_id=attachment_id)
    words = " ".join(caption.split()) or None
    if words is not None and len(words) > LONGEST_CAPTION:
        raise CaptionTooLongError(length=len(words), most=LONGEST_CAPTION)
    changes = set_columns(session, attachment, {"caption": words})
    column = next(name for name in OWNERS if getattr(attachment, name) is not None)
    return record_changes(
        session,
        "attachment_captioned",
        subject=column.removesuffix("_id"),
        subject_id=getattr(attachment, column),
        changes=changes,
        by=by,
        more={"attachment": str(attachment_id), "name": attachment.name},
    )


def remove_attachment(session: Session, *, attachment_id: UUID, by: str | None = None) -> None:
    """Take an attachment away; its bytes stay in the store, since another thing may have the same file.

    Raises
    ------
    AttachmentMissingError
        It is not there.
    """
    gone = session.execute(
        delete(Attachment).where(Attachment.id == attachment_id).returning(*_COLUMNS)
    ).one_or_none()
    if gone is None:
        raise AttachmentMissingError(attachment_id=attachment_id)
    column = next(name for name in OWNERS if getattr(gone, name) is not None)
    record_event(
        session,
        kind="attachment_removed",
        subject_kind=column.removesuffix("_id"),
        subject_id=getattr(gone, column),
        data={
            "attachment": str(attachment_id),
            "name": gone.name,
            "content_hash": gone.content_hash,
            "by": by,
            "row": {name: _plain(value) for name, value in gone._mapping.items()},  # noqa: SLF001  SQLAlchemy's public name
        },
    )


def restore_attachment(session: Session, *, attachment_id: UUID, by: str | None = None) -> None:
    """Put back an attachment that was taken away, as it was; one that is there stays.

    Raises
    ------
    AttachmentMissingError
        It was never taken away, or its thing is gone.
    """
    removal = read_removal(session, attachment_id=attachment_id)
    if removal is None or removal.data.get("row") is None:
        raise AttachmentMissingError(attachment_id=attachment_id)
    put_back = (
        insert(Attachment).values(removal.data["row"]).on_conflict_do_nothing().returning(Attachment.id)
    )
    if session.scalar(put_back) is not None:
        record_event(
            session,
            kind="attachment_restored",
            subject_kind=removal.subject_kind,
            subject_id=removal.subject_id,
            data={"attachment": str(attachment_id), "name": removal.data["name"], "by": by},
        )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
