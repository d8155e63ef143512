# SPDX-License-Identifier: EUPL-1.2
"""The migrations make just the tables of the code, go up, down and up again, and carry the queue."""

import hashlib
import json
from collections.abc import Callable, Iterator
from importlib.metadata import version

import pytest
from alembic import command
from alembic.config import Config
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from inventory.database import make_engine
from inventory.tables import Base
from inventory.upgrade import migration_config

# All but the extensions' own objects, of which the catalogue knows that they belong to an extension.
OURS = """
    SELECT 'table ' || c.relname AS name FROM pg_class c
    WHERE c.relkind IN ('r', 'S', 'v') AND c.relnamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'function ' || p.proname FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'type ' || t.typname FROM pg_type t
    WHERE t.typtype = 'e' AND t.typnamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
    ORDER BY name
"""

RULES = """
    SELECT conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
        AND contype <> 't'  -- a deferred trigger: the models know of none
        AND conrelid::regclass::text NOT LIKE 'procrastinate%'
        AND conrelid::regclass::text NOT IN ('alembic_version', 'spatial_ref_sys')
    UNION ALL
    SELECT tablename || ' ' || indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename NOT LIKE 'procrastinate%'
        AND tablename NOT IN ('alembic_version', 'spatial_ref_sys')
    UNION ALL
    SELECT table_name || '.' || column_name,
        concat_ws(' ', udt_name, is_nullable, column_default, is_identity)
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name NOT LIKE 'procrastinate%'
        AND table_name NOT IN (
            'alembic_version', 'spatial_ref_sys', 'geometry_columns', 'geography_columns'
        )
"""

OLD_MATCH = (
    """
    INSERT INTO material_class (id, code, name_da, name_en, unit, step, tradable, mass_g_per_step,
        volume_ml_per_step, source) VALUES (42, 'x', 'x', 'x', 'piece', 1, false, 1, 1, 'x')
    """,
    """
    INSERT INTO lot (id, site_id, ref, class_id, unit, quantity, basis)
    VALUES (gen_random_uuid(), gen_random_uuid(), 'L', 42, 'piece', 5, 'surveyed')
    """,
    """
    INSERT INTO match (run_id, lot_id, requirement_id, quantity, pick_up, deliver, storage_days, metres,
        loads, price_ore, preparation_ore, transport_ore, storage_ore, disposal_ore, penalty_ore, new_ore,
        co2e_new_g, co2e_preparation_g, co2e_transport_g, co2e_regulatory_g, cost, basis, firmness)
    SELECT gen_random_uuid(), id, gen_random_uuid(), 5, '2027-01-01', '2027-01-01', 0, 0, 1,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'surveyed', 'possible' FROM lot
    """,
)
"""A match of revision 0002, with its lot and the lot's class."""

OLD_EDIT = {
    "by": "AB",
    "why": None,
    "fields": ["crane", "right_paper", "status"],
    "organisation": "00000000-0000-4000-8000-000000000001",
    "lots": [
        {
            "id": "00000000-0000-4000-8000-000000000002",
            "ref": "1",
            "step": 7,
            "papers": {"00000000-0000-4000-8000-000000000003": None},
            "before": {"crane": None, "status": "surveyed"},
            "after": {"crane": "hire", "status": "offered"},
        },
        {
            "id": "00000000-0000-4000-8000-000000000004",
            "ref": "2",
            "surveyed": True,
            "before": {"storage_place": None},
            "after": {"storage_place": "A"},
        },
    ],
    "refused": [
        {
            "id": "00000000-0000-4000-8000-000000000005",
            "ref": "3",
            "error": "EstimateUnchangedError",
            "told": "It is an estimate.",
            "details": {"ref": "3"},
        }
    ],
}
"""What revision 0032 kept of a change of many lots."""

SCHEMA_SHA256 = "c70ec4b400a60ad9592787653aae5ae77ae41bf801d56b5bd2712751a07f2009"
"""Of procrastinate 3.10.0's schema file: another version needs a migration of its own."""


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Engine]:
    """An engine on a database with PostGIS alone."""
    engine = make_engine(empty_database_url)
    yield engine
    engine.dispose()


def configure(connection: Connection) -> Config:
    """Give alembic the connection to work on."""
    config = migration_config()
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine, step: Callable[[Config, str], None], revision: str) -> None:
    """Go up or down to a revision, in one transaction."""
    with engine.begin() as connection:
        step(configure(connection), revision)


def read_ours(engine: Engine) -> list[str]:
    """Name all tables, functions and enumerations that are no extension's."""
    with engine.connect() as connection:
        return list(connection.scalars(text(OURS)))


def read_rules(engine: Engine) -> dict[str, str]:
    """Read the columns, constraints and indexes as the database writes them."""
    with engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(text(RULES))}


def test_up_down_up(empty: Engine) -> None:
    """Going down leaves nothing of ours behind, and going up again makes the same."""
    before = read_ours(empty)
    migrate(empty, command.upgrade, "head")
    first, first_rules = read_ours(empty), read_rules(empty)
    assert {f"table {name}" for name in Base.metadata.tables} < set(first)
    assert {"table procrastinate_jobs", "function genbro_lot_geom", "type procrastinate_job_status"} < set(
        first
    )
    migrate(empty, command.downgrade, "base")
    assert read_ours(empty) == sorted([*before, "table alembic_version"])
    migrate(empty, command.upgrade, "head")
    assert read_ours(empty) == first
    assert read_rules(empty) == first_rules


def test_each_step_goes_back(empty: Engine) -> None:
    """The queue alone can be taken away and put back."""
    migrate(empty, command.upgrade, "0001")
    tables = read_ours(empty)
    migrate(empty, command.upgrade, "0002")
    migrate(empty, command.downgrade, "0001")
    assert read_ours(empty) == tables


def test_old_matches_take_the_class_of_their_lot(empty: Engine) -> None:
    """A match from before matches kept a class gets the one its lot has, and gives it up again."""
    migrate(empty, command.upgrade, "0002")
    with empty.begin() as connection:
        # The rows around the match are none of this step's business.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in OLD_MATCH:
            connection.execute(text(statement))
    migrate(empty, command.upgrade, "0003")
    with empty.connect() as connection:
        assert connection.execute(text("SELECT class_id, quantity FROM match")).one() == (42, 5)
    migrate(empty, command.downgrade, "0002")
    with empty.connect() as connection:
        assert connection.execute(text("SELECT quantity FROM match")).scalars().all() == [5]


def test_an_old_change_of_many_lots_gets_rows_and_gives_them_up_again(empty: Engine) -> None:
    """What a change did to each lot moves from its event to rows and back, and nothing of it is lost."""
    migrate(empty, command.upgrade, "0027")
    write = """
        INSERT INTO event (kind, subject_kind, subject_id, data)
        VALUES ('lots_edited', 'bulk_edit', gen_random_uuid(), CAST(:data AS jsonb))
    """
    with empty.begin() as connection:
        connection.execute(text(write), {"data": json.dumps(OLD_EDIT)})
    migrate(empty, command.upgrade, "0028")
    with empty.connect() as connection:
        query = "SELECT ref, step_id, surveyed, error, after ->> 'crane' FROM bulk_edit_lot ORDER BY place"
        assert [tuple(row) for row in connection.execute(text(query))] == [
            ("1", 7, False, None, "hire"),
            ("2", None, True, None, None),
            ("3", None, False, "EstimateUnchangedError", None),
        ]
        data = connection.scalars(text("SELECT data FROM event")).one()
        assert (data["changed"], data["refused"], "lots" in data) == (2, 1, False)
        assert data["papers"] == OLD_EDIT["lots"][0]["papers"]  # type: ignore[index]
    migrate(empty, command.downgrade, "0027")
    with empty.connect() as connection:
        assert connection.scalars(text("SELECT data FROM event")).one() == OLD_EDIT


def test_failed_step_leaves_nothing(empty: Engine) -> None:
    """A step that breaks half way leaves the database as it was."""
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE unmet (odd int)"))
    before = read_ours(empty)
    with pytest.raises(DBAPIError):
        migrate(empty, command.upgrade, "head")
    assert read_ours(empty) == before


def test_no_migration_is_missing(engine: Engine) -> None:
    """Alembic finds nothing to add to a migrated database."""
    with engine.connect() as connection:
        command.check(configure(connection))


def test_migrations_make_the_tables_of_the_code(engine: Engine, empty: Engine) -> None:
    """Migrated and made from the code, both databases have the same columns, rules and indexes.

    Alembic's own check compares neither CHECKs nor exclusions.
    """
    with empty.begin() as connection:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS btree_gist"))
        Base.metadata.create_all(connection)
    assert read_rules(engine) == read_rules(empty)


def test_every_rule_is_named() -> None:
    """Each constraint and index has a name of ours that PostgreSQL does not cut (63 bytes)."""
    for table in Base.metadata.sorted_tables:
        for given in [*(rule.name for rule in table.constraints), *(index.name for index in table.indexes)]:
            name = str(given)
            assert name.startswith(("pk_", "fk_", "uq_", "ck_", "ix_", "ex_")), (table.name, name)
            assert len(name) <= 63, name


def test_check_finds_a_difference(empty: Engine) -> None:
    """A column too many in the database is found, so an empty check means something."""
    migrate(empty, command.upgrade, "head")
    with empty.begin() as connection:
        connection.execute(text("ALTER TABLE site ADD COLUMN odd int"))
    with empty.connect() as connection, pytest.raises(Exception, match="odd"):
        command.check(configure(connection))


def test_queue_is_that_of_the_pinned_version() -> None:
    """The migration applies procrastinate's file as it is: a new version must come with a new migration."""
    assert version("procrastinate") == "3.10.0"
    assert hashlib.sha256(SchemaManager.get_schema().encode()).hexdigest() == SCHEMA_SHA256


def test_queue_takes_a_job(engine: Engine) -> None:
    """The queue's tables and functions are whole: a job put in comes out."""
    defer = """
        SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(
            'default', 'a_task', 0, NULL, NULL, '{}'::jsonb, NULL
        )::procrastinate_job_to_defer_v1])
    """
    with engine.connect() as connection:
        connection.execute(text(defer))
        assert connection.scalars(text("SELECT task_name FROM procrastinate_jobs")).all() == ["a_task"]
        connection.rollback()
