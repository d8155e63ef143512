# SPDX-License-Identifier: EUPL-1.2
"""Attachments: the photos and documents of a site, a lot and whatever else has some."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big, Code, code_check

OWNERS = ("site_id", "lot_id")
"""The columns of which exactly one names the owner; a new kind of owner is one column more."""


class AttachmentKind(StrEnum):
    """What is attached."""

    PHOTO = "photo"
    DOCUMENT = "document"


class Proves(StrEnum):
    """What a paper is there to show."""

    RIGHT_TO_SELL = "right_to_sell"


class Attachment(Base):
    """A photo or document of one thing; the bytes lie in the folder of files, under their hash."""

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint(
            *OWNERS, "content_hash", name="uq_attachment_owner", postgresql_nulls_not_distinct=True
        ),
        code_check("kind", AttachmentKind),
        code_check("proves", Proves),
        CheckConstraint(f"num_nonnulls({', '.join(OWNERS)}) = 1", name="one_owner"),
        CheckConstraint("content_hash ~ '^[0-9a-f]{64}$'", name="content_hash_sha256"),
        CheckConstraint("thumbnail_hash ~ '^[0-9a-f]{64}$'", name="thumbnail_hash_sha256"),
        CheckConstraint("bytes > 0", name="bytes_positive"),
        CheckConstraint("name <> ''", name="name_not_empty"),
        CheckConstraint("caption <> ''", name="caption_not_empty"),
        CheckConstraint(
            "(kind = 'photo') = (num_nonnulls(thumbnail_hash, width_px, height_px) = 3)"
            " AND num_nonnulls(thumbnail_hash, width_px, height_px) IN (0, 3)",
            name="photo_has_pixels",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[AttachmentKind] = mapped_column(Code(AttachmentKind))
    site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    lot_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"), index=True)
    content_hash: Mapped[str] = mapped_column(comment="SHA-256 of the file as it is kept")
    thumbnail_hash: Mapped[str | None]
    media_type: Mapped[str] = mapped_column(comment="Told by the bytes")
    bytes: Mapped[Big]
    width_px: Mapped[int | None]
    height_px: Mapped[int | None]
    name: Mapped[str] = mapped_column(comment="As the file was called when it came")
    proves: Mapped[Proves | None] = mapped_column(Code(Proves), comment="What the paper is there to show")
    added_at: Mapped[datetime] = mapped_column(server_default=func.now())
    added_by: Mapped[str | None] = mapped_column(comment="Who; empty while there are no accounts")
    caption: Mapped[str | None] = mapped_column(comment="What it shows, in a person's words")
