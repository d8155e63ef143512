# SPDX-License-Identifier: EUPL-1.2
"""The life of a lot: its steps, what it was parted from or put into, and its way of reuse."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATES = (
    "'surveyed', 'offered', 'withdrawn', 'held', 'agreed', 'dismantled', 'stored', 'delivered', 'installed',"
    " 'discarded'"
)
NEEDS = "'amount', 'reuse', 'not_hazardous', 'no_asbestos', 'waste_trail'"
TEXT = sa.Text()
NUMBER = "Running number of the waste notification, where it is prepared for reuse"
MOVED = "Steps of the quantity that came from other lots less those that went to others"

FUNCTIONS = (
    "genbro_lot_step()",
    "genbro_lot_missing(lot, text[])",
    "genbro_lot_moved()",
    "genbro_lot_origin()",
    "genbro_lot_balance()",
    "genbro_origin_balance()",
    "genbro_refuse_imbalance(uuid)",
)

RULES = (
    # One definition of what each need means, for the trigger and for the page that says what is missing. A
    # need nobody knows is never met.
    """
    CREATE FUNCTION genbro_lot_missing(one lot, needs text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
        SELECT coalesce(array_agg(asked.need ORDER BY asked.place), '{}')
        FROM unnest(needs) WITH ORDINALITY AS asked(need, place)
        WHERE one.basis = 'surveyed' AND NOT CASE asked.need
            WHEN 'amount' THEN one.quantity > 0
            WHEN 'reuse' THEN one.reuse IS NOT NULL
            WHEN 'not_hazardous' THEN one.screening <> 'hazardous'
            WHEN 'no_asbestos' THEN NOT one.asbestos_suspect
            WHEN 'waste_trail' THEN one.reuse IS DISTINCT FROM 'preparation'
                OR (one.waste_number IS NOT NULL AND one.waste_receiver IS NOT NULL)
            ELSE false END
    $$
    """,
    """
    CREATE FUNCTION genbro_lot_step() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        step lot_step%ROWTYPE;
        missing text[];
    BEGIN
        SELECT * INTO step FROM lot_step
        WHERE from_status = OLD.status AND to_status = NEW.status
          AND valid_from <= current_date AND (valid_to IS NULL OR valid_to > current_date);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'lot %: % may not follow %', NEW.ref, NEW.status, OLD.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_lot_step_allowed', TABLE = 'lot',
                SCHEMA = TG_TABLE_SCHEMA;
        END IF;
        IF NEW.basis = 'surveyed' AND NEW.quantity <> OLD.quantity THEN
            RAISE EXCEPTION 'lot %: a step keeps the quantity', NEW.ref
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_lot_step_keeps_quantity', TABLE = 'lot',
                SCHEMA = TG_TABLE_SCHEMA;
        END IF;
        missing := genbro_lot_missing(NEW, step.needs);
        IF cardinality(missing) > 0 THEN
            RAISE EXCEPTION 'lot %: % needs %', NEW.ref, NEW.status, array_to_string(missing, ', ')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_lot_step_needs', TABLE = 'lot',
                SCHEMA = TG_TABLE_SCHEMA;
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER lot_step BEFORE UPDATE ON lot
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION genbro_lot_step()
    """,
    # What moves in or out changes the quantity by just as much; a count is never changed on the way.
    """
    CREATE FUNCTION genbro_lot_moved() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        before bigint := 0;
        moved_before bigint := 0;
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            before := OLD.quantity;
            moved_before := OLD.moved;
        END IF;
        IF NEW.quantity - before <> NEW.moved - moved_before THEN
            RAISE EXCEPTION 'lot %: % steps moved, but the quantity changed by %', NEW.ref,
                NEW.moved - moved_before, NEW.quantity - before
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_lot_moved_is_quantity', TABLE = 'lot',
                SCHEMA = TG_TABLE_SCHEMA;
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER lot_moved_in BEFORE INSERT ON lot
    FOR EACH ROW WHEN (NEW.moved <> 0) EXECUTE FUNCTION genbro_lot_moved()
    """,
    """
    CREATE TRIGGER lot_moved BEFORE UPDATE ON lot
    FOR EACH ROW WHEN (OLD.moved <> NEW.moved) EXECUTE FUNCTION genbro_lot_moved()
    """,
    """
    CREATE FUNCTION genbro_lot_origin() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM FROM lot AS parent JOIN lot AS child ON child.class_id = parent.class_id
        WHERE parent.id = NEW.parent_id AND child.id = NEW.child_id
          AND parent.basis = 'surveyed' AND child.basis = 'surveyed';
        IF NOT FOUND AND EXISTS (SELECT FROM lot WHERE id = NEW.parent_id)
            AND EXISTS (SELECT FROM lot WHERE id = NEW.child_id) THEN
            RAISE EXCEPTION 'only surveyed lots of one class are parted or put together'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_lot_origin_alike', TABLE = 'lot_origin',
                SCHEMA = TG_TABLE_SCHEMA;
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER lot_origin_alike BEFORE INSERT OR UPDATE ON lot_origin
    FOR EACH ROW EXECUTE FUNCTION genbro_lot_origin()
    """,
    """
    CREATE FUNCTION genbro_refuse_imbalance(one uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        kept bigint := (SELECT moved FROM lot WHERE id = one);
        summed bigint := (SELECT coalesce(sum(CASE WHEN child_id = one THEN quantity ELSE -quantity END), 0)
                          FROM lot_origin WHERE child_id = one OR parent_id = one);
    BEGIN
        IF kept <> summed THEN
            RAISE EXCEPTION 'lot %: % steps moved, but its origins make %', one, kept, summed
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_lot_moved_by_origins', TABLE = 'lot';
        END IF;
    END $$
    """,
    """
    CREATE FUNCTION genbro_lot_balance() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM genbro_refuse_imbalance(NEW.id);
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION genbro_origin_balance() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            PERFORM genbro_refuse_imbalance(OLD.parent_id), genbro_refuse_imbalance(OLD.child_id);
        END IF;
        IF TG_OP <> 'DELETE' THEN
            PERFORM genbro_refuse_imbalance(NEW.parent_id), genbro_refuse_imbalance(NEW.child_id);
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER lot_balance_in AFTER INSERT ON lot DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.moved <> 0) EXECUTE FUNCTION genbro_lot_balance()
    """,
    """
    CREATE CONSTRAINT TRIGGER lot_balance AFTER UPDATE ON lot DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.moved <> NEW.moved) EXECUTE FUNCTION genbro_lot_balance()
    """,
    """
    CREATE CONSTRAINT TRIGGER lot_origin_balance AFTER INSERT OR UPDATE OR DELETE ON lot_origin
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION genbro_origin_balance()
    """,
)


def upgrade() -> None:
    """Lots there are keep their state: offered or withdrawn."""
    op.create_table(
        "lot_step",
        sa.Column("from_status", TEXT, nullable=False),
        sa.Column("to_status", TEXT, nullable=False),
        sa.Column(
            "undo_only", sa.Boolean(), nullable=False, comment="Taken only to undo the step the other way"
        ),
        sa.Column(
            "needs",
            postgresql.ARRAY(TEXT),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="What a surveyed lot must have; nothing is asked of estimates",
        ),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="Exclusive"),
        sa.Column("note", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("from_status", "to_status", name=op.f("pk_lot_step")),
        sa.CheckConstraint(f"from_status IN ({STATES})", name=op.f("ck_lot_step_from_status_code")),
        sa.CheckConstraint(f"to_status IN ({STATES})", name=op.f("ck_lot_step_to_status_code")),
        sa.CheckConstraint("from_status <> to_status", name=op.f("ck_lot_step_two_states")),
        sa.CheckConstraint(f"needs <@ ARRAY[{NEEDS}]", name=op.f("ck_lot_step_needs_known")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_lot_step_window_not_empty")),
    )
    op.create_table(
        "lot_origin",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False, comment="Steps"),
        sa.Column(
            "move_id",
            sa.Uuid(),
            nullable=False,
            comment="The split, merge or undoing it belongs to; its events carry it too",
        ),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_origin")),
        sa.ForeignKeyConstraint(["parent_id"], ["lot.id"], name=op.f("fk_lot_origin_parent_id")),
        sa.ForeignKeyConstraint(["child_id"], ["lot.id"], name=op.f("fk_lot_origin_child_id")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_lot_origin_quantity_positive")),
        sa.CheckConstraint("parent_id <> child_id", name=op.f("ck_lot_origin_two_lots")),
    )
    for column in ("parent_id", "child_id", "move_id"):
        op.create_index(op.f(f"ix_lot_origin_{column}"), "lot_origin", [column])
    op.add_column(
        "lot",
        sa.Column("moved", sa.BigInteger(), server_default=sa.text("0"), nullable=False, comment=MOVED),
    )
    op.add_column("lot", sa.Column("reuse", TEXT, nullable=True, comment="Empty = not decided"))
    op.add_column("lot", sa.Column("waste_number", TEXT, nullable=True, comment=NUMBER))
    op.add_column("lot", sa.Column("waste_receiver", TEXT, nullable=True, comment="Who receives it as waste"))
    op.drop_constraint(op.f("ck_lot_status_code"), "lot")
    for name, rule in (
        ("status_code", f"status IN ({STATES})"),
        ("reuse_code", "reuse IN ('direct', 'preparation')"),
        ("estimate_not_moved", "basis <> 'estimated' OR moved = 0"),
        ("estimate_has_no_life", "basis <> 'estimated' OR status IN ('offered', 'withdrawn')"),
        (
            "waste_is_prepared",
            "coalesce(reuse = 'preparation', false) OR num_nonnulls(waste_number, waste_receiver) = 0",
        ),
    ):
        op.create_check_constraint(op.f(f"ck_lot_{name}"), "lot", rule)
    for rule in RULES:
        op.execute(rule)


def downgrade() -> None:
    """Offered lots stay offered, all others are withdrawn; what was parted stays parted."""
    for trigger in ("lot_step", "lot_moved", "lot_moved_in", "lot_balance", "lot_balance_in"):
        op.execute(f"DROP TRIGGER {trigger} ON lot")
    op.drop_table("lot_origin")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("lot_step")
    for name in (
        "waste_is_prepared",
        "estimate_has_no_life",
        "estimate_not_moved",
        "reuse_code",
        "status_code",
    ):
        op.drop_constraint(op.f(f"ck_lot_{name}"), "lot")
    op.execute("UPDATE lot SET status = 'withdrawn' WHERE status <> 'offered'")
    op.create_check_constraint(op.f("ck_lot_status_code"), "lot", "status IN ('offered', 'withdrawn')")
    for column in ("waste_receiver", "waste_number", "reuse", "moved"):
        op.drop_column("lot", column)
