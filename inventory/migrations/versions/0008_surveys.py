# SPDX-License-Identifier: EUPL-1.2
"""Surveys: the rooms of buildings, and what was seen of each lot."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CHECKS = {
    "described_code": "described IN ('model', 'item')",
    "trade_unit_code": "trade_unit IN ('own', 'piece', 'pallet', 'metre', 'element')",
    "fixing_code": "fixing IN ('loose', 'screwed', 'nailed', 'mortar', 'glued', 'welded', 'cast_in')",
    "detachability_code": "detachability IN ('whole', 'with_loss', 'breaks')",
    "condition_basis_code": "condition_basis IN ('visual', 'tested')",
    "count_not_negative": "count >= 0",
    "dismantling_ore_not_negative": "dismantling_ore >= 0",
    "content_positive": "content > 0",
    "identical_positive": "identical > 0",
    "yield_percent_share": "yield_percent BETWEEN 0 AND 100",
    "yield_has_source": "yield_percent = 100 OR yield_source IS NOT NULL",
    "appearance_one_to_five": "appearance BETWEEN 1 AND 5",
    "item_is_one": "described <> 'item' OR coalesce(identical, 1) = 1",
}
SOURCE = "Who says so, or what it was measured on"
CONTENT = "Units of the class in one trade unit; empty = from the dimensions"
TEXT, NUMBER = sa.Text(), sa.Numeric()


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "room",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("floor", TEXT, nullable=True, comment="Such as st., 1. or kælder"),
        sa.Column("name", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_room_site_id"), ondelete="CASCADE"),
        sa.UniqueConstraint(
            "site_id", "floor", "name", name="uq_room_name", postgresql_nulls_not_distinct=True
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_room_name_not_empty")),
        sa.CheckConstraint("floor <> ''", name=op.f("ck_room_floor_not_empty")),
    )
    op.create_table(
        "lot_survey",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("described", TEXT, server_default="model", nullable=False),
        sa.Column("identical", sa.Integer(), nullable=True, comment="How many alike were counted"),
        sa.Column("trade_unit", TEXT, server_default="own", nullable=False),
        sa.Column("count", NUMBER, nullable=False, comment="Gross in the building, in trade units"),
        sa.Column("content", NUMBER, nullable=True, comment=CONTENT),
        sa.Column(
            "yield_percent",
            sa.Integer(),
            server_default=sa.text("100"),
            nullable=False,
            comment="Share of the gross that is usable",
        ),
        sa.Column("yield_source", TEXT, nullable=True, comment=SOURCE),
        sa.Column("fixing", TEXT, nullable=True),
        sa.Column("detachability", TEXT, nullable=True),
        sa.Column("condition_basis", TEXT, nullable=True),
        sa.Column(
            "appearance",
            sa.Integer(),
            nullable=True,
            comment="1 worst to 5 best; the lot's grade is technical",
        ),
        sa.Column("access_note", TEXT, nullable=True, comment="How to get at it; crane, lift, stairs"),
        sa.Column("storage_place", TEXT, nullable=True),
        sa.Column("dismantling_ore", NUMBER, nullable=True, comment="Cost of taking it down, per step"),
        sa.Column("ce_ref", TEXT, nullable=True),
        sa.Column("dop_ref", TEXT, nullable=True, comment="Declaration of performance"),
        sa.Column("epd_ref", TEXT, nullable=True, comment="Environmental product declaration"),
        sa.Column(
            "surveyed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("surveyed_by", TEXT, nullable=True, comment="Who; empty while there are no accounts"),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_lot_survey")),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_lot_survey_lot_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_lot_survey_room_id"), ondelete="SET NULL"
        ),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_lot_survey_{name}")) for name, rule in CHECKS.items()),
    )
    op.create_index("ix_lot_survey_room_id", "lot_survey", ["room_id"])


def downgrade() -> None:
    """Forget them; the lots and what is offered of them stay."""
    op.drop_table("lot_survey")
    op.drop_table("room")
