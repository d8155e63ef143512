# SPDX-License-Identifier: EUPL-1.2
"""Who owns a lot and may sell it from when, on which paper, and on what terms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TEXT = sa.Text()
PARTY = ("seller", "buyer")
CODES = {
    "price_at": ("site", "delivered"),
    "dismantled_by": PARTY,
    "loaded_by": PARTY,
    "unloaded_by": PARTY,
    "crane": ("none", "there", "hire"),
}
COMMENTS = {
    "price_at": "What the price covers: fetched at the site, or delivered",
    "dismantled_by": "Who takes it down",
    "loaded_by": "Who loads it",
    "unloaded_by": "Who unloads it",
    "crane": "Whether lifting gear is needed: none, there already, or to be hired",
}
OWNER = "Who owns the materials; of a lot, empty = the site's"
SELLABLE = "First day the owner may sell; of a lot, empty = the site's"


def upgrade() -> None:
    """Nothing is known of the lots and sites there are."""
    for table in ("site", "lot"):
        op.add_column(table, sa.Column("owner_id", sa.Uuid(), nullable=True, comment=OWNER))
        op.create_foreign_key(op.f(f"fk_{table}_owner_id"), table, "organisation", ["owner_id"], ["id"])
        op.create_index(op.f(f"ix_{table}_owner_id"), table, ["owner_id"])
        op.add_column(table, sa.Column("sellable_from", sa.Date(), nullable=True, comment=SELLABLE))
    for column, codes in CODES.items():
        op.add_column("lot", sa.Column(column, TEXT, nullable=True, comment=COMMENTS[column]))
        listed = ", ".join(f"'{code}'" for code in codes)
        op.create_check_constraint(op.f(f"ck_lot_{column}_code"), "lot", f"{column} IN ({listed})")
    op.add_column(
        "lot",
        sa.Column(
            "minimum_hire_hours", sa.Integer(), nullable=True, comment="Least the lifting gear is hired for"
        ),
    )
    op.create_check_constraint(
        op.f("ck_lot_minimum_hire_hours_not_negative"), "lot", "minimum_hire_hours >= 0"
    )
    op.add_column(
        "attachment", sa.Column("proves", TEXT, nullable=True, comment="What the paper is there to show")
    )
    op.create_check_constraint(op.f("ck_attachment_proves_code"), "attachment", "proves IN ('right_to_sell')")


def downgrade() -> None:
    """Forget owners, rights and terms."""
    op.drop_constraint(op.f("ck_attachment_proves_code"), "attachment")
    op.drop_column("attachment", "proves")
    op.drop_constraint(op.f("ck_lot_minimum_hire_hours_not_negative"), "lot")
    op.drop_column("lot", "minimum_hire_hours")
    for column in CODES:
        op.drop_constraint(op.f(f"ck_lot_{column}_code"), "lot")
        op.drop_column("lot", column)
    for table in ("lot", "site"):
        op.drop_column(table, "sellable_from")
        op.drop_index(op.f(f"ix_{table}_owner_id"), table)
        op.drop_constraint(op.f(f"fk_{table}_owner_id"), table)
        op.drop_column(table, "owner_id")
