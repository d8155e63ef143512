# SPDX-License-Identifier: EUPL-1.2
"""Rules: what the types of earlier building models were taken for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FOLDED = "Folded: lower case letters and digits"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "ifc_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("entity", sa.Text(), nullable=False, comment="IFC class, such as IfcDoor"),
        sa.Column(
            "predefined", sa.Text(), server_default=sa.text("''"), nullable=False, comment="Predefined type"
        ),
        sa.Column("type_name", sa.Text(), nullable=False, comment=FOLDED),
        sa.Column("material", sa.Text(), nullable=False, comment="Folded, as type_name"),
        sa.Column(
            "layer",
            sa.Text(),
            server_default=sa.text("''"),
            nullable=False,
            comment="Folded; of a layer of the type its material, else empty",
        ),
        sa.Column(
            "class_code", sa.Text(), nullable=True, comment="Code of the material class; empty = not taken"
        ),
        sa.Column(
            "used_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ifc_rule")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_ifc_rule_organisation_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "uq_ifc_rule_owner",
        "ifc_rule",
        ["organisation_id", "entity", "predefined", "type_name", "material", "layer"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("ifc_rule")
