# SPDX-License-Identifier: EUPL-1.2
"""Lots as a search asks for them, how many of each kind, and the words that find a class."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TEXT = sa.Text()
ATTRIBUTES = (
    *("length_mm", "width_mm", "height_mm", "thickness_mm"),
    *("grade", "year", "strength", "fire", "colour"),
)
CODES = {
    "basis": ("estimated", "surveyed"),
    "firmness": ("possible", "permit_applied", "permit_given", "started", "gone"),
    "screening": ("clean", "unknown", "contaminated", "hazardous"),
    "documentation": ("none", "basic", "tested"),
}
ORDERS = (
    ("class_id", "amount", "lot_id"),
    ("municipality_code", "available_from", "lot_id"),
    ("firmness", "available_from", "lot_id"),
    ("available_from", "lot_id"),
    ("decide_by", "lot_id"),
    ("amount", "lot_id"),
    ("unit_price_ore", "lot_id"),
    ("site_id",),
)


FOLDED = "replace(replace(replace(lower(word), 'å', 'aa'), 'æ', 'ae'), 'ø', 'oe')"


def _code_checks() -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(
            f"{column} IN ({', '.join(repr(code) for code in codes)})",
            name=op.f(f"ck_lot_search_{column}_code"),
        )
        for column, codes in CODES.items()
    ]


def upgrade() -> None:
    """Whoever keeps the map fills the rows: all sites have to be looked at."""
    op.create_table(
        "class_word",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("word", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column(
            "folded",
            TEXT,
            sa.Computed(FOLDED, persisted=True),
            nullable=False,
            comment="Danish letters as two, to compare with what people write",
        ),
        sa.Column(
            "stems",
            postgresql.TSVECTOR(),
            sa.Computed(
                "to_tsvector('danish'::regconfig, word) || to_tsvector('english'::regconfig, word)",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("class_id", "language", "word", name=op.f("pk_class_word")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["material_class.id"], name=op.f("fk_class_word_class_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("language IN ('da', 'en')", name=op.f("ck_class_word_language_code")),
        sa.CheckConstraint(
            "word ~ '^[^[:space:]]+$' AND word = lower(word)", name=op.f("ck_class_word_word_one_lower")
        ),
    )
    op.create_index(op.f("ix_class_word_word"), "class_word", ["word"])
    op.create_table(
        "lot_search",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", TEXT, nullable=True),
        sa.Column("not_counted", TEXT, nullable=True, comment="Why it counts nothing; empty = it counts"),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("firmness", TEXT, nullable=True),
        sa.Column("screening", TEXT, nullable=False),
        sa.Column("documentation", TEXT, nullable=False),
        sa.Column("asbestos_suspect", sa.Boolean(), nullable=False),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("available_to", sa.Date(), nullable=True, comment="Exclusive"),
        sa.Column(
            "month_free", sa.Date(), nullable=True, comment="First day of the month it becomes free in"
        ),
        sa.Column("decide_by", sa.Date(), nullable=True, comment="Its own, else the last day of its window"),
        sa.Column("decide_stated", sa.Boolean(), nullable=False, comment="Whether it is its own"),
        sa.Column("amount", sa.Numeric(), nullable=False, comment="What counts, in the class's unit"),
        sa.Column("likely", sa.Numeric(), nullable=False, comment="In the class's unit"),
        sa.Column("unit_price_ore", sa.Numeric(), nullable=True, comment="Its own price, per unit"),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ATTRIBUTES),
        sa.Column(
            "point",
            Geometry("POINT", srid=25832, spatial_index=False),
            nullable=True,
            comment="As the public may see it",
        ),
        sa.Column(
            "words",
            postgresql.TSVECTOR(),
            nullable=False,
            comment="Of its reference, its note and its site's name and town, as far as public",
        ),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_lot_search")),
        *_code_checks(),
    )
    op.create_index(
        "ix_lot_search_class_id_point", "lot_search", ["class_id", "point"], postgresql_using="gist"
    )
    op.create_index("ix_lot_search_point", "lot_search", ["point"], postgresql_using="gist")
    op.create_index("ix_lot_search_words", "lot_search", ["words"], postgresql_using="gin")
    for columns in ORDERS:
        op.create_index("ix_lot_search_" + "_".join(columns), "lot_search", list(columns))
    op.create_table(
        "lot_count",
        sa.Column("part", TEXT, nullable=False),
        sa.Column("municipality_code", TEXT, nullable=False),
        sa.Column("month_free", sa.Date(), nullable=False, comment="0001-01-01 where there is none"),
        sa.Column("class_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("not_counted", TEXT, nullable=False, comment="Empty = it counts"),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("firmness", TEXT, nullable=False),
        sa.Column("screening", TEXT, nullable=False),
        sa.Column("lots", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "part",
            "municipality_code",
            "month_free",
            "class_id",
            "not_counted",
            "basis",
            "firmness",
            "screening",
            name=op.f("pk_lot_count"),
        ),
        sa.CheckConstraint("part IN ('place', 'month')", name=op.f("ck_lot_count_part_code")),
        sa.CheckConstraint("lots >= 0", name=op.f("ck_lot_count_lots_not_negative")),
    )
    op.create_index("ix_lot_count_class_id", "lot_count", ["part", "class_id"])
    op.execute("INSERT INTO map_stale (site_id) SELECT id FROM site")


def downgrade() -> None:
    """Forget the search: all of it comes from the other tables and files."""
    for table in ("lot_count", "lot_search", "class_word"):
        op.drop_table(table)
