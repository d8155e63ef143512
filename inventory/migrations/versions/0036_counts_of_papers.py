# SPDX-License-Identifier: EUPL-1.2
"""Kept counts of lots tell which of them have all that is needed to offer them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

OLD_KEY = (
    *("part", "municipality_code", "month_free", "class_id"),
    *("not_counted", "basis", "firmness", "screening"),
)
NEW_KEY = (*OLD_KEY, "enough_to_offer")
PARTS = {
    "place": ("coalesce(municipality_code, '')", "DATE '0001-01-01'"),
    "month": ("''", "coalesce(month_free, DATE '0001-01-01')"),
}


def _count_again(key: tuple[str, ...]) -> None:
    """Count the lots anew: the counts follow from the rows that searches ask."""
    op.execute("DELETE FROM lot_count")
    for part, (place, month) in PARTS.items():
        columns = [
            f"'{part}'",
            place,
            month,
            "class_id",
            *(f"coalesce({name}::text, '')" for name in ("not_counted", "basis", "firmness", "screening")),
            *key[len(OLD_KEY) :],
        ]
        groups = ", ".join(str(number) for number in range(1, len(columns) + 1))
        op.execute(
            f"INSERT INTO lot_count ({', '.join(key)}, lots)"  # noqa: S608  our own names
            f" SELECT {', '.join(columns)}, count(*) FROM lot_search GROUP BY {groups}"
        )


def _key(columns: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("pk_lot_count"), "lot_count", type_="primary")
    op.create_primary_key(op.f("pk_lot_count"), "lot_count", list(columns))


def upgrade() -> None:
    """Count by one thing more."""
    op.add_column(
        "lot_count",
        sa.Column(
            "enough_to_offer",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="Whether all is known that who takes it down can give",
        ),
    )
    op.alter_column("lot_count", "enough_to_offer", server_default=None)
    _key(NEW_KEY)
    _count_again(NEW_KEY)


def downgrade() -> None:
    """Count by one thing less."""
    op.execute("DELETE FROM lot_count")
    _key(OLD_KEY)
    op.drop_column("lot_count", "enough_to_offer")
    _count_again(OLD_KEY)
