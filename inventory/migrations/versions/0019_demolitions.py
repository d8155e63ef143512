# SPDX-License-Identifier: EUPL-1.2
"""The days of demolitions from early to late, and matches whose pick-up a moved window leaves out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_SOURCES = "'owner_plan', 'master_plan', 'local_plan', 'tender', 'register', 'permit', 'firm'"

# A match holds as long as the day it is fetched lies in its lot's window. Triggers see to it, so that
# a window that moves by whatever way - a form, a file, an undo - marks its matches and unmarks them.
_MARK = """
    CREATE FUNCTION genbro_mark_matches(lots uuid[]) RETURNS void LANGUAGE sql AS $$
        UPDATE match SET status = now.status
          FROM (SELECT m.id, CASE
                    WHEN m.pick_up >= coalesce(l.available_from, s.available_from)
                     AND m.pick_up < coalesce(l.available_to, s.available_to)
                    THEN 'proposed' ELSE 'moved' END AS status
                  FROM match AS m JOIN lot AS l ON l.id = m.lot_id JOIN site AS s ON s.id = l.site_id
                 WHERE l.id = ANY(lots)) AS now
         WHERE match.id = now.id AND match.status IN ('proposed', 'moved') AND match.status <> now.status
    $$
"""
_OF_LOT = """
    CREATE FUNCTION genbro_lot_rescheduled() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM genbro_mark_matches(ARRAY[NEW.id]);
        RETURN NULL;
    END $$
"""
_OF_SITE = """
    CREATE FUNCTION genbro_site_rescheduled() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM genbro_mark_matches(ARRAY(SELECT id FROM lot WHERE site_id = NEW.id));
        RETURN NULL;
    END $$
"""


def _trigger(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_rescheduled AFTER UPDATE OF available_from, available_to ON {table}"
        " FOR EACH ROW WHEN ((OLD.available_from, OLD.available_to) IS DISTINCT FROM"
        f" (NEW.available_from, NEW.available_to)) EXECUTE FUNCTION genbro_{table}_rescheduled()"
    )


def upgrade() -> None:
    """Make the table of demolitions, and let moved windows mark matches."""
    op.create_table(
        "demolition",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, comment="The paper or person that says so"),
        sa.Column("source_date", sa.Date(), nullable=False, comment="When it said so"),
        sa.Column("start_early", sa.Date(), nullable=False, comment="The first day, at the earliest"),
        sa.Column("start_likely", sa.Date(), nullable=False),
        sa.Column("start_late", sa.Date(), nullable=False, comment="The first day, at the latest"),
        sa.Column("end_early", sa.Date(), nullable=False, comment="Day after the last, at the earliest"),
        sa.Column("end_likely", sa.Date(), nullable=False),
        sa.Column("end_late", sa.Date(), nullable=False, comment="Day after the last, at the latest"),
        sa.Column(
            "notice_days",
            sa.Integer(),
            nullable=True,
            comment="How long before the first day it is told for sure; empty = not agreed",
        ),
        sa.CheckConstraint(f"source_kind IN ({_SOURCES})", name=op.f("ck_demolition_source_kind_code")),
        sa.CheckConstraint(
            "start_early <= start_likely AND start_likely <= start_late",
            name=op.f("ck_demolition_start_in_order"),
        ),
        sa.CheckConstraint(
            "end_early <= end_likely AND end_likely <= end_late", name=op.f("ck_demolition_end_in_order")
        ),
        sa.CheckConstraint(
            "start_early < end_early AND start_late < end_late",
            name=op.f("ck_demolition_start_before_end"),
        ),
        sa.CheckConstraint("start_likely < end_likely", name=op.f("ck_demolition_likely_days")),
        sa.CheckConstraint("notice_days >= 0", name=op.f("ck_demolition_notice_days_not_negative")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_demolition_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_demolition")),
    )
    _allow("'proposed', 'stale', 'moved'")
    for statement in (_MARK, _OF_LOT, _OF_SITE, _trigger("lot"), _trigger("site")):
        op.execute(statement)


def downgrade() -> None:
    """Forget them; a match that a moved window left out is stale."""
    for table in ("lot", "site"):
        op.execute(f"DROP TRIGGER {table}_rescheduled ON {table}")
        op.execute(f"DROP FUNCTION genbro_{table}_rescheduled()")
    op.execute("DROP FUNCTION genbro_mark_matches(uuid[])")
    op.execute("UPDATE match SET status = 'stale' WHERE status = 'moved'")
    _allow("'proposed', 'stale'")
    op.drop_table("demolition")


def _allow(statuses: str) -> None:
    name = op.f("ck_match_status_code")
    op.drop_constraint(name, "match")
    op.create_check_constraint(name, "match", f"status IN ({statuses})")
