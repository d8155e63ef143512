# SPDX-License-Identifier: EUPL-1.2
"""Attachments: the photos and documents of sites and lots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

HASH = "'^[0-9a-f]{64}$'"
PIXELS = "num_nonnulls(thumbnail_hash, width_px, height_px)"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("lot_id", sa.Uuid(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="SHA-256 of the file as it is kept"),
        sa.Column("thumbnail_hash", sa.Text(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False, comment="Told by the bytes"),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=True),
        sa.Column("height_px", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False, comment="As the file was called when it came"),
        sa.Column(
            "added_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("added_by", sa.Text(), nullable=True, comment="Who; empty while there are no accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_attachment_site_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_attachment_lot_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "site_id",
            "lot_id",
            "content_hash",
            name="uq_attachment_owner",
            postgresql_nulls_not_distinct=True,
        ),
        sa.CheckConstraint("kind IN ('photo', 'document')", name=op.f("ck_attachment_kind_code")),
        sa.CheckConstraint("num_nonnulls(site_id, lot_id) = 1", name=op.f("ck_attachment_one_owner")),
        sa.CheckConstraint(f"content_hash ~ {HASH}", name=op.f("ck_attachment_content_hash_sha256")),
        sa.CheckConstraint(f"thumbnail_hash ~ {HASH}", name=op.f("ck_attachment_thumbnail_hash_sha256")),
        sa.CheckConstraint("bytes > 0", name=op.f("ck_attachment_bytes_positive")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_attachment_name_not_empty")),
        sa.CheckConstraint(
            f"(kind = 'photo') = ({PIXELS} = 3) AND {PIXELS} IN (0, 3)",
            name=op.f("ck_attachment_photo_has_pixels"),
        ),
    )
    op.create_index("ix_attachment_lot_id", "attachment", ["lot_id"])


def downgrade() -> None:
    """Forget them; their bytes stay in the folder of files."""
    op.drop_table("attachment")
