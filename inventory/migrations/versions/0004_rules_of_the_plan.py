# SPDX-License-Identifier: EUPL-1.2
"""The rules a lot, a requirement or a project sets, and what a plan decides for a project."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHECKS = (
    ("lot", "minimum_take_not_negative", "minimum_take >= 0"),
    ("lot", "kind_not_empty", "kind <> ''"),
    ("requirement", "most_donors_not_negative", "most_donors >= 0"),
    ("requirement", "minimum_fulfilment_share", "minimum_fulfilment_permille BETWEEN 0 AND 1000"),
    ("requirement", "breakage_share", "breakage_permille BETWEEN 0 AND 900"),
    ("requirement", "priority_share", "priority_permille BETWEEN 0 AND 1000000"),
    ("project", "budget_ore_not_negative", "budget_ore >= 0"),
    ("design_option", "name_not_empty", "name <> ''"),
)

MATCH_CHECKS = (
    ("delivered_not_negative", "delivered >= 0"),
    ("surplus_not_negative", "surplus >= 0"),
    ("trip_ore_not_negative", "trip_ore >= 0"),
    ("load_ore_not_negative", "load_ore >= 0"),
    ("surplus_delivered", "surplus <= delivered"),
)
BEFORE = {"quantity": "Steps of that class", "transport_ore": None}
CONVERSION = {
    "p": "Steps wanted that q steps offered make",
    "q": "Steps offered that make p steps wanted",
}
AFTER = {"quantity": "Taken from the lot, in steps of that class", "transport_ore": "By weight and road"}


def add_number(table: str, name: str, kind: type[sa.Integer], comment: str) -> None:
    """Add a number that is 0 where nothing is said."""
    default = sa.text("0")
    op.add_column(table, sa.Column(name, kind(), server_default=default, nullable=False, comment=comment))


def add_flag(table: str, name: str, comment: str) -> None:
    """Add a flag that is down where nothing is said."""
    default = sa.text("false")
    op.add_column(
        table, sa.Column(name, sa.Boolean(), server_default=default, nullable=False, comment=comment)
    )


def upgrade() -> None:
    """Add the rules; what is there has none."""
    add_number("lot", "minimum_take", sa.BigInteger, "Least that one requirement may take, in steps; 0 = any")
    add_flag("lot", "indivisible", "One requirement takes all of it or nothing")
    op.add_column(
        "lot",
        sa.Column(
            "kind",
            sa.Text(),
            nullable=True,
            comment="Which product it is, for requirements of one kind; empty = unlike any other lot",
        ),
    )
    add_number(
        "requirement",
        "minimum_fulfilment_permille",
        sa.Integer,
        "Least share that is met if anything is, in ‰; 1000 = all or nothing",
    )
    add_number("requirement", "most_donors", sa.Integer, "Most lots it may be served from; 0 = any")
    add_flag("requirement", "one_kind", "All of one class and one product (one facade, one brick)")
    add_number("requirement", "breakage_permille", sa.Integer, "Share of what is taken that is lost, in ‰")
    add_number(
        "requirement",
        "priority_permille",
        sa.Integer,
        "How much more than its cost a step bought new counts, in ‰",
    )
    op.add_column(
        "project",
        sa.Column(
            "budget_ore",
            sa.BigInteger(),
            nullable=True,
            comment="Most it may pay above buying new, in money; empty = any",
        ),
    )
    op.alter_column(
        "design_option",
        "chosen",
        comment="The builder has chosen it: plans look at no other option of the project",
        existing_type=sa.Boolean(),
        existing_nullable=False,
        existing_server_default=sa.text("false"),
    )
    for table, name, rule in CHECKS:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)
    _widen_match()
    op.drop_constraint(op.f("ck_substitute_one_to_one"), "substitute", type_="check")
    op.create_check_constraint(
        op.f("ck_substitute_conversion"),
        "substitute",
        "p BETWEEN 1 AND 1000000 AND q BETWEEN 1 AND 1000000",
    )
    comment_conversion(CONVERSION, before={"p": None, "q": None})
    op.create_table(
        "project_outcome",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column(
            "design_option_id",
            sa.Uuid(),
            nullable=True,
            comment="The option chosen; empty where it has none",
        ),
        sa.Column(
            "price",
            sa.BigInteger(),
            nullable=False,
            comment="What a further krone of budget would save, in thousandths of it, as the proof counts",
        ),
        sa.CheckConstraint("price >= 0", name=op.f("ck_project_outcome_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["project_id", "design_option_id"],
            ["design_option.project_id", "design_option.id"],
            name=op.f("fk_project_outcome_project_id_design_option_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_outcome_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name=op.f("fk_project_outcome_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "project_id", name=op.f("pk_project_outcome")),
    )
    op.create_index(op.f("ix_project_outcome_project_id"), "project_outcome", ["project_id"])


def _widen_match() -> None:
    """Say what a match delivers and what its lorries cost; so far a step taken was a step delivered."""
    op.add_column(
        "match",
        sa.Column(
            "delivered",
            sa.BigInteger(),
            nullable=True,
            comment="Steps wanted that this makes, after conversion and breakage",
        ),
    )
    op.execute("UPDATE match SET delivered = quantity")
    op.alter_column("match", "delivered", nullable=False)
    add_number("match", "surplus", sa.BigInteger, "How much of that is beyond what is wanted")
    add_number("match", "trip_ore", sa.BigInteger, "The trip, whatever is fetched")
    add_number("match", "load_ore", sa.BigInteger, "The loads begun")
    comment_match(
        AFTER,
        before=BEFORE,
    )
    for name, rule in MATCH_CHECKS:
        op.create_check_constraint(op.f(f"ck_match_{name}"), "match", rule)


def comment_conversion(comments: Mapping[str, str | None], *, before: Mapping[str, str | None]) -> None:
    """Say anew what the two sides of a conversion are."""
    for name, comment in comments.items():
        op.alter_column(
            "substitute",
            name,
            comment=comment,
            existing_comment=before[name],
            existing_type=sa.Integer(),
            existing_nullable=False,
        )


def comment_match(comments: Mapping[str, str | None], *, before: Mapping[str, str | None]) -> None:
    """Say anew what columns of a match mean."""
    for name, comment in comments.items():
        op.alter_column(
            "match",
            name,
            comment=comment,
            existing_comment=before[name],
            existing_type=sa.BigInteger(),
            existing_nullable=False,
        )


def downgrade() -> None:
    """Forget the rules."""
    op.drop_table("project_outcome")
    comment_conversion({"p": None, "q": None}, before=CONVERSION)
    op.drop_constraint(op.f("ck_substitute_conversion"), "substitute", type_="check")
    op.create_check_constraint(op.f("ck_substitute_one_to_one"), "substitute", "p = 1 AND q = 1")
    for name in ("load_ore", "trip_ore", "surplus", "delivered"):
        op.drop_column("match", name)
    comment_match(
        BEFORE,
        before=AFTER,
    )
    for table, name, _ in reversed(CHECKS):
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.alter_column(
        "design_option",
        "chosen",
        comment=None,
        existing_comment="The builder has chosen it: plans look at no other option of the project",
        existing_type=sa.Boolean(),
        existing_nullable=False,
        existing_server_default=sa.text("false"),
    )
    op.drop_column("project", "budget_ore")
    for name in (
        "priority_permille",
        "breakage_permille",
        "one_kind",
        "most_donors",
        "minimum_fulfilment_permille",
    ):
        op.drop_column("requirement", name)
    for name in ("kind", "indivisible", "minimum_take"):
        op.drop_column("lot", name)
