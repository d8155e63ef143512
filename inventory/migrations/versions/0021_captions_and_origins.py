# SPDX-License-Identifier: EUPL-1.2
"""Captions of photos and documents, and which merges were undone: those make nobody's origin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# An undoing has a number that no event carries; it was written in the same transaction as its events.
_UNDONE = """
UPDATE lot_origin SET undone_merge = (merged.data ->> 'move')::uuid
FROM event AS undone JOIN event AS merged ON merged.id = (undone.data ->> 'undoes')::bigint
WHERE undone.kind = 'lot_undone' AND merged.kind = 'lot_merged' AND undone.at = lot_origin.at
    AND undone.subject_id = lot_origin.parent_id
    AND lot_origin.move_id <> (merged.data ->> 'move')::uuid
"""


def upgrade() -> None:
    """No file has a caption yet; merges that were undone are found in the log."""
    op.add_column(
        "attachment",
        sa.Column("caption", sa.Text(), nullable=True, comment="What it shows, in a person's words"),
    )
    op.create_check_constraint(op.f("ck_attachment_caption_not_empty"), "attachment", "caption <> ''")
    op.add_column(
        "lot_origin",
        sa.Column(
            "undone_merge",
            sa.Uuid(),
            nullable=True,
            comment="The merge it takes back: neither line makes an origin",
        ),
    )
    op.create_index(op.f("ix_lot_origin_undone_merge"), "lot_origin", ["undone_merge"])
    op.execute(_UNDONE)


def downgrade() -> None:
    """Forget captions, and take every line of origin for one again."""
    op.drop_index(op.f("ix_lot_origin_undone_merge"), "lot_origin")
    op.drop_column("lot_origin", "undone_merge")
    op.drop_constraint(op.f("ck_attachment_caption_not_empty"), "attachment")
    op.drop_column("attachment", "caption")
