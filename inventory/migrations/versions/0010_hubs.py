# SPDX-License-Identifier: EUPL-1.2
"""Hubs with room and prices, how long materials may wait at a site, and where each match waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Matches there are wait on the donor's site: until now there was nowhere else."""
    op.create_table(
        "hub",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("open_from", sa.Date(), nullable=True, comment="First day it receives; empty = always"),
        sa.Column(
            "open_to", sa.Date(), nullable=True, comment="Day after the last it hands out; empty = never"
        ),
        sa.Column(
            "area_m2",
            sa.Integer(),
            nullable=True,
            comment="Room there is in each calendar month; empty = as much as anybody wants",
        ),
        sa.Column(
            "price_ore_per_m2_day",
            sa.Numeric(),
            nullable=True,
            comment="Empty = the factor hub_price of the day",
        ),
        sa.Column(
            "price_ore_per_step_day",
            sa.Numeric(),
            nullable=True,
            comment="For a step of any class, on top",
        ),
        sa.CheckConstraint("open_from < open_to", name=op.f("ck_hub_window_not_empty")),
        sa.CheckConstraint("area_m2 >= 0", name=op.f("ck_hub_area_m2_not_negative")),
        sa.CheckConstraint(
            "price_ore_per_m2_day >= 0", name=op.f("ck_hub_price_ore_per_m2_day_not_negative")
        ),
        sa.CheckConstraint(
            "price_ore_per_step_day >= 0", name=op.f("ck_hub_price_ore_per_step_day_not_negative")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_hub_site_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_hub")),
    )
    op.add_column(
        "certificate",
        sa.Column(
            "hub_prices",
            postgresql.JSONB(),
            server_default=sa.text("'[]'"),
            nullable=False,
            comment="Hub, month and thousandths of an øre for a cm2 of it: where room in hubs binds",
        ),
    )
    op.add_column(
        "site",
        sa.Column(
            "storage_days",
            sa.Integer(),
            nullable=True,
            comment="Most days materials may wait here; empty = a donor's as many as the requirement allows,"
            " a project's none",
        ),
    )
    op.create_check_constraint(op.f("ck_site_storage_days_not_negative"), "site", "storage_days >= 0")
    op.add_column(
        "match",
        sa.Column(
            "storage",
            sa.Text(),
            nullable=True,
            comment="Where it waits: the donor's site, the builder's, a hub",
        ),
    )
    op.execute("UPDATE match SET storage = CASE WHEN storage_days = 0 THEN 'direct' ELSE 'site' END")
    op.alter_column("match", "storage", nullable=False)
    op.add_column("match", sa.Column("hub_id", sa.Uuid(), nullable=True, comment="The hub it waits at"))
    op.create_index(op.f("ix_match_hub_id"), "match", ["hub_id"])
    op.create_foreign_key(op.f("fk_match_hub_id"), "match", "site", ["hub_id"], ["id"])
    op.create_check_constraint(
        op.f("ck_match_storage_code"), "match", "storage IN ('direct', 'site', 'builder', 'hub')"
    )
    op.create_check_constraint(
        op.f("ck_match_storage_at_hub"), "match", "storage <> 'hub' OR hub_id IS NOT NULL"
    )
    op.create_check_constraint(
        op.f("ck_match_storage_direct"), "match", "(storage = 'direct') = (storage_days = 0)"
    )
    op.alter_column(
        "match",
        "metres",
        comment="One way, by road; both legs where it waits at a hub",
        existing_comment="One way, by road",
        existing_type=sa.Integer(),
        existing_nullable=False,
    )


def downgrade() -> None:
    """Forget hubs and where matches wait."""
    op.alter_column(
        "match",
        "metres",
        comment="One way, by road",
        existing_comment="One way, by road; both legs where it waits at a hub",
        existing_type=sa.Integer(),
        existing_nullable=False,
    )
    for name in ("storage_direct", "storage_at_hub", "storage_code"):
        op.drop_constraint(op.f(f"ck_match_{name}"), "match")
    op.drop_constraint(op.f("fk_match_hub_id"), "match")
    op.drop_index(op.f("ix_match_hub_id"), "match")
    op.drop_column("match", "hub_id")
    op.drop_column("match", "storage")
    op.drop_constraint(op.f("ck_site_storage_days_not_negative"), "site")
    op.drop_column("site", "storage_days")
    op.drop_column("certificate", "hub_prices")
    op.drop_table("hub")
