# SPDX-License-Identifier: EUPL-1.2
"""Imports as records: what each brought, so that it can be shown and undone, and what headers meant."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS = "kind IN ('buildings', 'lots', 'requirements')"
STATUSES = "status IN ('uploaded', 'checking', 'checked', 'running', 'done', 'failed', 'undone')"
MOMENT = postgresql.TIMESTAMP(timezone=True)
MARKS = "Position of the cell (-1 = the row) -> list of severity, code, da, en"
COUNTS = "rows, inserted, updated, unchanged, refused, warned, blank, and codes of findings"


def upgrade() -> None:
    """Make the five tables."""
    op.create_table(
        "import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False, comment="Name of the file"),
        sa.Column("organisation_id", sa.Uuid(), nullable=True, comment="Whose; empty = nobody's"),
        sa.Column("status", sa.Text(), server_default="uploaded", nullable=False),
        sa.Column("step", sa.Text(), nullable=True, comment="read, check or write, while it is worked on"),
        sa.Column(
            "done_rows",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Rows of the step that are done",
        ),
        sa.Column("total_rows", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "mapping", postgresql.JSONB(), nullable=True, comment="How it is read; empty = by its headers"
        ),
        sa.Column("counts", postgresql.JSONB(), nullable=True, comment=COUNTS),
        sa.Column(
            "error", postgresql.JSONB(), nullable=True, comment="Why the file was refused: code, da, en"
        ),
        sa.Column("created_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_import_organisation_id"),
            ondelete="SET NULL",
        ),
        sa.CheckConstraint(KINDS, name=op.f("ck_import_kind_code")),
        sa.CheckConstraint(STATUSES, name=op.f("ck_import_status_code")),
        sa.CheckConstraint("done_rows >= 0", name=op.f("ck_import_done_rows_not_negative")),
        sa.CheckConstraint("total_rows >= 0", name=op.f("ck_import_total_rows_not_negative")),
        sa.CheckConstraint(
            "status NOT IN ('done', 'undone') OR counts IS NOT NULL", name=op.f("ck_import_done_has_counts")
        ),
        sa.CheckConstraint(
            "status <> 'failed' OR error IS NOT NULL", name=op.f("ck_import_failed_has_error")
        ),
        sa.CheckConstraint(
            "(status = 'undone') = (undone_at IS NOT NULL)", name=op.f("ck_import_undone_at_undone")
        ),
    )
    op.create_index("ix_import_created_at", "import", ["created_at"])
    op.create_index("ix_import_organisation_id", "import", ["organisation_id"])
    op.create_table(
        "import_part",
        *_belong("import_part", "part", sa.Column("part", sa.Integer(), nullable=False, comment="From 0")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    number = sa.Column(
        "number", sa.Integer(), nullable=False, comment="As a spreadsheet shows it; 0 = the headers"
    )
    op.create_table(
        "import_row",
        *_belong("import_row", "number", number),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("cells", postgresql.ARRAY(sa.Text()), nullable=False, comment="As the file has them"),
        sa.Column("marks", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False, comment=MARKS),
    )
    op.create_table(
        "import_change",
        *_belong("import_change", "table_name, row_id", sa.Column("table_name", sa.Text(), nullable=False)),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True, comment="MD5 of the row as the import left it"),
    )
    op.create_index("ix_import_change_row_id", "import_change", ["row_id"])
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False, comment="Folded: lower case letters and digits"),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("used_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_import_mapping_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(KINDS, name=op.f("ck_import_mapping_kind_code")),
    )
    op.create_index(
        "uq_import_mapping_owner",
        "import_mapping",
        ["organisation_id", "kind", "header"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )


def _belong(
    table: str, keys: str, column: sa.Column[Any]
) -> list[sa.Column[Any] | sa.PrimaryKeyConstraint | sa.ForeignKeyConstraint]:
    """Give the columns and constraints of a table whose rows belong to an import."""
    return [
        sa.Column("import_id", sa.Uuid(), nullable=False),
        column,
        sa.PrimaryKeyConstraint("import_id", *keys.split(", "), name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import.id"], name=op.f(f"fk_{table}_import_id"), ondelete="CASCADE"
        ),
    ]


def downgrade() -> None:
    """Forget them."""
    for table in ("import_mapping", "import_change", "import_row", "import_part", "import"):
        op.drop_table(table)
