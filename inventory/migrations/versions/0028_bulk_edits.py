# SPDX-License-Identifier: EUPL-1.2
"""What a change of many lots did to each has rows of its own, so that it may be of any number of lots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TEXT = sa.Text()

_EVENTS = "event.subject_kind = 'bulk_edit' AND event.kind = 'lots_edited'"
_MOVE_OUT = f"""
INSERT INTO bulk_edit_lot
    (edit_id, place, lot_id, ref, before, after, step_id, surveyed, error, told, details)
SELECT event.subject_id, row_number() OVER (PARTITION BY event.id ORDER BY list.at, one.place),
    CAST(one.value ->> 'id' AS uuid), one.value ->> 'ref',
    coalesce(one.value -> 'before', '{{}}'), coalesce(one.value -> 'after', '{{}}'),
    CAST(one.value ->> 'step' AS bigint), coalesce(CAST(one.value ->> 'surveyed' AS boolean), false),
    one.value ->> 'error', one.value ->> 'told', one.value -> 'details'
FROM event
CROSS JOIN LATERAL (VALUES (1, event.data -> 'lots'), (2, event.data -> 'refused')) AS list (at, lots)
CROSS JOIN LATERAL jsonb_array_elements(list.lots) WITH ORDINALITY AS one (value, place)
WHERE {_EVENTS}
"""  # noqa: S608 - our own names
# of a paper that two lots marked, what it was before the first of them is what it goes back to
_COUNT = f"""
UPDATE event SET data = event.data - 'lots' - 'refused' || jsonb_build_object(
    'changed', jsonb_array_length(event.data -> 'lots'),
    'refused', jsonb_array_length(event.data -> 'refused'),
    'papers', (SELECT coalesce(jsonb_object_agg(paper.key, paper.value ORDER BY one.place DESC), '{{}}')
               FROM jsonb_array_elements(event.data -> 'lots') WITH ORDINALITY AS one (value, place),
                   jsonb_each(coalesce(one.value -> 'papers', '{{}}')) AS paper))
WHERE {_EVENTS}
"""  # noqa: S608 - our own names
_MOVE_BACK = f"""
UPDATE event SET data = event.data - 'changed' - 'papers' || jsonb_build_object(
    'lots', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', one.lot_id, 'ref', one.ref,
            'before', one.before, 'after', one.after)
            || CASE WHEN one.step_id IS NULL THEN '{{}}' ELSE jsonb_build_object('step', one.step_id) END
            || CASE WHEN one.surveyed THEN jsonb_build_object('surveyed', true) ELSE '{{}}' END
            || CASE WHEN event.data -> 'papers' <> '{{}}' AND one.place = (
                SELECT min(first.place) FROM bulk_edit_lot AS first
                WHERE first.edit_id = one.edit_id AND first.error IS NULL
            ) THEN jsonb_build_object('papers', event.data -> 'papers') ELSE '{{}}' END
        ORDER BY one.place), '[]')
        FROM bulk_edit_lot AS one WHERE one.edit_id = event.subject_id AND one.error IS NULL),
    'refused', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', one.lot_id, 'ref', one.ref,
            'error', one.error, 'told', one.told, 'details', one.details) ORDER BY one.place), '[]')
        FROM bulk_edit_lot AS one WHERE one.edit_id = event.subject_id AND one.error IS NOT NULL))
WHERE {_EVENTS}
"""  # noqa: S608 - our own names


def upgrade() -> None:
    """Take what each change did out of its event."""
    op.create_table(
        "bulk_edit_lot",
        sa.Column(
            "edit_id",
            sa.Uuid(),
            nullable=False,
            comment="Subject of the event lots_edited, which says who, when and why",
        ),
        sa.Column("place", sa.Integer(), nullable=False, comment="In the order in which it is told of"),
        sa.Column("lot_id", sa.Uuid(), nullable=False, comment="Kept when the lot is gone"),
        sa.Column("ref", TEXT, nullable=False, comment="What the lot was called"),
        sa.Column("before", postgresql.JSONB(), nullable=False),
        sa.Column("after", postgresql.JSONB(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=True, comment="Event of the step taken, if one was"),
        sa.Column(
            "surveyed", sa.Boolean(), nullable=False, comment="Whether the change began the lot's survey"
        ),
        sa.Column("error", TEXT, nullable=True, comment="Class of the refusal, where it was left out"),
        sa.Column("told", TEXT, nullable=True, comment="The refusal in English"),
        sa.Column("details", postgresql.JSONB(), nullable=True, comment="What the refusal names"),
        sa.CheckConstraint(
            "(error IS NULL) = (after <> '{}')", name=op.f("ck_bulk_edit_lot_changed_or_refused")
        ),
        sa.PrimaryKeyConstraint("edit_id", "place", name=op.f("pk_bulk_edit_lot")),
    )
    op.execute(_MOVE_OUT)
    op.execute(_COUNT)


def downgrade() -> None:
    """Put what each change did back into its event."""
    op.execute(_MOVE_BACK)
    op.drop_table("bulk_edit_lot")
