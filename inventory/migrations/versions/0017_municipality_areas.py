# SPDX-License-Identifier: EUPL-1.2
"""Areas of municipalities, which the operator may load from a file of polygons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TABLES = ("import", "import_mapping")


def _allow(kinds: str) -> None:
    for table in _TABLES:
        name = op.f(f"ck_{table}_kind_code")
        op.drop_constraint(name, table)
        op.create_check_constraint(name, table, f"kind IN ({kinds})")


def upgrade() -> None:
    """Make the table, empty: until it is filled, municipalities are told by their towns."""
    op.create_table(
        "municipality_area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.CHAR(length=4), nullable=False),
        sa.Column(
            "geom",
            Geometry("MULTIPOLYGON", srid=25832, spatial_index=False),
            nullable=False,
            comment="A hundred rows: no index",
        ),
        sa.Column("source", sa.Text(), nullable=False, comment="Name of the file it came from"),
        sa.CheckConstraint("NOT ST_IsEmpty(geom)", name=op.f("ck_municipality_area_area_not_empty")),
        sa.ForeignKeyConstraint(["code"], ["municipality.code"], name=op.f("fk_municipality_area_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality_area")),
        sa.UniqueConstraint("code", name=op.f("uq_municipality_area_code")),
    )
    _allow("'buildings', 'lots', 'requirements', 'hubs', 'geography'")


def downgrade() -> None:
    """Forget the areas and their imports."""
    for table in _TABLES:
        op.execute(f"DELETE FROM {table} WHERE kind = 'geography'")  # noqa: S608 - our own names
    _allow("'buildings', 'lots', 'requirements', 'hubs'")
    op.drop_table("municipality_area")
