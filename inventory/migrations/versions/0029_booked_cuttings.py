# SPDX-License-Identifier: EUPL-1.2
"""Cutting plans that are booked: the bars that were sawn, and the lots of pieces and off-cuts they became."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TIME = postgresql.TIMESTAMP(timezone=True)
_MILLIMETRES = (
    ("pieces_mm", "Of all pieces together"),
    ("offcuts_mm", "Of all off-cuts together that became lots"),
    ("kerf_mm", "Sawn away, rounded to whole mm"),
    ("scrap_mm", "Too short to be kept, with what rounding left over"),
)


def upgrade() -> None:
    """Nothing has been booked."""
    op.add_column(
        "cutting",
        sa.Column(
            "seen",
            postgresql.JSONB(),
            nullable=True,
            comment="What the plan took each of its lots to be; empty of plans older than that",
        ),
    )
    op.add_column(
        "cutting",
        sa.Column("booked_at", TIME, nullable=True, comment="When its bars were booked as sawn"),
    )
    op.add_column(
        "cutting",
        sa.Column("booked_by", sa.Text(), nullable=True, comment="Who; empty while there are no accounts"),
    )
    op.create_check_constraint(
        op.f("ck_cutting_booked_is_done"), "cutting", "booked_at IS NULL OR status = 'done'"
    )
    op.create_check_constraint(
        op.f("ck_cutting_booked_by_when_booked"), "cutting", "booked_by IS NULL OR booked_at IS NOT NULL"
    )
    op.create_table(
        "cutting_bar",
        sa.Column("cutting_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("bars", sa.Integer(), nullable=False),
        sa.Column("length_mm", sa.Integer(), nullable=False, comment="Of each bar"),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False, comment=comment)
            for name, comment in _MILLIMETRES
        ),
        sa.Column(
            "scrap_lot_id",
            sa.Uuid(),
            nullable=True,
            comment="The discarded lot of what was sawn away or too short",
        ),
        *(
            sa.CheckConstraint(f"{name} >= 0", name=op.f(f"ck_cutting_bar_{name}_not_negative"))
            for name, _ in _MILLIMETRES
        ),
        sa.CheckConstraint("bars > 0 AND length_mm > 0", name=op.f("ck_cutting_bar_some_sawn")),
        sa.CheckConstraint(
            "bars::bigint * length_mm = pieces_mm + offcuts_mm + kerf_mm + scrap_mm",
            name=op.f("ck_cutting_bar_length_kept"),
        ),
        sa.ForeignKeyConstraint(
            ["cutting_id"], ["cutting.id"], name=op.f("fk_cutting_bar_cutting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_cutting_bar_lot_id")),
        sa.ForeignKeyConstraint(["scrap_lot_id"], ["lot.id"], name=op.f("fk_cutting_bar_scrap_lot_id")),
        sa.PrimaryKeyConstraint("cutting_id", "lot_id", name=op.f("pk_cutting_bar")),
    )
    for column in ("lot_id", "scrap_lot_id"):
        op.create_index(op.f(f"ix_cutting_bar_{column}"), "cutting_bar", [column])
    op.create_table(
        "cutting_part",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("cutting_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "requirement_id", sa.Uuid(), nullable=True, comment="Whom a piece is for; empty of an off-cut"
        ),
        sa.Column("length_mm", sa.Integer(), nullable=False, comment="Of each"),
        sa.Column("count", sa.Integer(), nullable=False, comment="How many there are"),
        sa.CheckConstraint("kind IN ('piece', 'offcut')", name=op.f("ck_cutting_part_kind_code")),
        sa.CheckConstraint("length_mm > 0 AND count > 0", name=op.f("ck_cutting_part_some_made")),
        sa.CheckConstraint(
            "(kind = 'piece') = (requirement_id IS NOT NULL)", name=op.f("ck_cutting_part_piece_is_wanted")
        ),
        sa.ForeignKeyConstraint(
            ["cutting_id"], ["cutting.id"], name=op.f("fk_cutting_part_cutting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_cutting_part_lot_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["lot.id"], name=op.f("fk_cutting_part_parent_id")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_cutting_part_requirement_id")
        ),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_cutting_part")),
    )
    for column in ("cutting_id", "parent_id", "requirement_id"):
        op.create_index(op.f(f"ix_cutting_part_{column}"), "cutting_part", [column])


def downgrade() -> None:
    """Forget which lots sawing made; the lots stay, and so do the lines of where their quantity came from."""
    op.drop_table("cutting_part")
    op.drop_table("cutting_bar")
    for name in ("booked_by_when_booked", "booked_is_done"):
        op.drop_constraint(op.f(f"ck_cutting_{name}"), "cutting")
    for column in ("booked_by", "booked_at", "seen"):
        op.drop_column("cutting", column)
